// The views of a file as pictures and words that need no script: the claims behind every line, and who the actors are.

import {claimCard, sourcesById} from '../claims.js';
import {period} from '../dates.js';
import {counted, el} from '../dom.js';
import {signsOn} from '../marks.js';
import {drawnKey} from './drawnkey.js';
import {figureOf} from './figure.js';
import {BUBBLES, keyRows} from './figurekey.js';
import {svgOf} from './svg.js';

/** The elements of it: `views` with their pictures, `evidence` is that of all of them together, `style` the table of looks. */
export function twinOf({title, views, style, evidence: {actors, relations, claims, sources, communities}}) {
  const anchors = new Map([...[...actors.keys()].map((id, n) => [id, `a${n}`]), ...[...relations.keys()].map((id, n) => [id, `r${n}`])]);
  const names = new Map([...actors.values()].map(({id, name}) => [id, name]));
  const known = sourcesById(sources);
  const all = [...claims.values()].reduce((sum, {length}) => sum + length, 0);
  const facts = [
    communities ? counted(communities, 'community', 'communities') : '',
    ...actors.size || !communities ? [counted(actors.size, 'actor'), counted(relations.size, 'relation'), counted(all, 'claim'), counted(sources.length, 'source')] : [],
  ];
  return [
    el('header', {class: 'file-head', id: 'head'}, el('div', {}, el('h1', {}, el('bdi', {}, title)),
      el('p', {class: 'quiet'}, facts.filter(Boolean).join(' · ')))),
    el('main', {id: 'main'},
      el('div', {id: 'pictures'}, views.map((view, n) => picture(view, n, {anchors, style}))),
      !relations.size ? null : el('section', {class: 'file-text', id: 'evidence', 'aria-labelledby': 'evidence-title'}, el('h2', {id: 'evidence-title'}, 'Who says so'),
        el('div', {class: 'file-relations'}, [...relations.values()].map(relation => relationPart(relation, {anchors, names, known, claims: claims.get(relation.id)})))),
      !actors.size ? null : el('section', {class: 'file-text', 'aria-labelledby': 'actors-title'}, el('h2', {id: 'actors-title'}, 'Actors'),
        el('ul', {class: 'file-actors'}, [...actors.values()].map(actor => actorPart(anchors.get(actor.id), actor))))),
  ];
}

function picture({caption, words, state, drawn}, n, {anchors, style}) {
  const signs = signsOn(state).map(({sign, words: meaning}) => `${sign} ${meaning}`).join(' · ');
  const told = el('figcaption', {}, caption ? el('p', {class: 'caption'}, el('bdi', {}, caption)) : null, el('p', {class: 'quiet'}, words), signs ? el('p', {class: 'quiet'}, `On the lines: ${signs}`) : null);
  const found = drawn.nodes.length ? explained(svgOf(drawn, {target: id => (anchors.has(id) ? `#${anchors.get(id)}` : null)}), {drawn, state, style}) : null;
  found?.setAttribute('aria-label', caption || `Map ${n + 1}`);
  return el('figure', {id: `view${n}`}, told, found);
}

/** With what its discs and lines mean; the caption says what signs do. */
function explained(svg, {drawn, state, style}) {
  return figureOf(svg, {rows: keyRows(drawnKey(drawn, style), [], drawn.style), notes: state.overview ? [BUBBLES] : []}, drawn.style);
}

function relationPart(relation, {anchors, names, known, claims}) {
  const name = id => (names.has(id) ? el('a', {href: `#${anchors.get(id)}`}, el('bdi', {}, names.get(id))) : el('bdi', {}, id));
  return el('section', {id: anchors.get(relation.id), class: 'file-relation', 'data-id': relation.id, 'data-kind': 'relation'},
    el('h3', {}, name(relation.subject), ` ${relation.label} `, name(relation.object)),
    el('p', {class: 'quiet'}, [counted(claims.length, 'claim'), period(relation.first_date, relation.last_date), relation.contested ? 'contested: the sources say both' : null].filter(Boolean).join(' · ')),
    el('ol', {class: 'claims'}, claims.map(claim => claimCard(claim, known, name))));
}

function actorPart(anchor, {id, name, kind, aliases = [], description}) {
  return el('li', {id: anchor, 'data-id': id, 'data-kind': 'actor'}, el('strong', {}, el('bdi', {}, name)), el('span', {class: 'quiet'}, ` ${kind.replaceAll('_', ' ')}`),
    aliases.length ? el('span', {class: 'quiet'}, ', also ', el('bdi', {}, aliases.join(', '))) : null, description ? el('p', {dir: 'auto'}, description) : null);
}
