// A relation in the inspector: every claim behind it, both sides where it is contested, and what else joins the two.

import {claimList, sourcesById} from './claims.js';
import {period} from './dates.js';
import {counted, el, swatch} from './dom.js';

/** Everything the inspector needs of a relation: the service's answer and what else is between its two actors. */
export async function relationParts(api, id) {
  const relation = await api.relation(id);
  const {relations} = await api.subgraph([...new Set([relation.subject, relation.object])]);
  return {relation, others: relations.filter(other => other.id !== id && other.id !== relation.opposing?.id)};
}

/** The elements of it; `known` gives the name of an actor that the answer does not have, `remarks` is what the map says of it. */
export function relationPart({relation, others}, {known, emit, remarks}) {
  const names = new Map(relation.actors.map(actor => [actor.id, actor.name]));
  const called = id => names.get(id) ?? known(id);
  const name = id => el('button', {type: 'button', class: 'name', click: () => emit('select', {kind: 'actor', id})}, el('bdi', {}, called(id)));
  const sources = sourcesById(relation.sources);
  const both = relation.opposing;
  const sides = [relation, ...both ? [both] : []].sort((a, b) => (a.polarity === 'positive' ? 0 : 1) - (b.polarity === 'positive' ? 0 : 1));
  return [
    el('header', {class: 'about tie'},
      el('h2', {}, name(relation.subject), el('span', {class: 'verb'}, swatch(relation.family), relation.label), name(relation.object)),
      el('p', {class: 'facts'}, [counted(relation.claim_count, 'claim'), counted(relation.source_count, 'source'),
        period(relation.first_date, relation.last_date), relation.contested ? 'contested' : null].filter(Boolean).join(' · '))),
    remarks,
    both ? el('p', {class: 'contested'}, 'Contested: the sources say both. Nothing is decided here.') : null,
    el('div', {class: both ? 'sides-of' : null}, sides.map(side => sidePart(side, both ? sideTitle(side) : null, name, sources))),
    others.length ? el('h3', {}, 'Also between the two') : null,
    others.length ? el('ul', {class: 'others'}, others.map(other => otherPart(other, called, emit))) : null,
  ];
}

function sidePart(relation, title, name, sources) {
  return el('section', {}, title ? el('h3', {}, title) : null, claimList(relation.claims ?? [], sources, name));
}

function otherPart(other, called, emit) {
  const name = id => el('bdi', {}, called(id));
  return el('li', {}, el('button', {type: 'button', click: () => emit('select', {kind: 'relation', id: other.id})},
    swatch(other.family), el('span', {}, name(other.subject), ` ${other.label} `, name(other.object)),
    el('span', {class: 'quiet'}, String(other.claim_count))));
}

function sideTitle(relation) { return relation.polarity === 'negative' ? 'Against' : 'For'; }
