// An actor in the inspector: who it is, what can be done with it, and its ties by type with their counts.

import {EXPANSION} from './answers.js';
import {claimList, sourcesById} from './claims.js';
import {bringWords, expandWords, leftOf, named, tiesOf} from './counts.js';
import {period} from './dates.js';
import {counted, el, swatch} from './dom.js';

const NAMES_SHOWN = 12;

/** The elements of it; `emit` tells what is asked for. `still`: nothing can be brought, and the claims follow that the answer holds. */
export function actorPart(actor, {state, look, emit, still = false}) {
  const ties = tiesOf(state, actor).map(tie => (still ? {...tie, left: 0} : tie));
  return [
    el('header', {class: 'about'}, el('img', {src: look.picture(actor.kind), alt: '', width: 42, height: 42}),
      el('div', {}, el('h2', {}, el('bdi', {}, actor.name)), el('p', {class: 'quiet'}, look.kind(actor.kind)))),
    actor.aliases.length ? el('p', {class: 'quiet'}, 'Also ', ...actor.aliases.flatMap((alias, n) => [n ? ', ' : '', el('bdi', {}, alias)])) : null,
    actor.description ? el('p', {dir: 'auto'}, actor.description) : null,
    el('p', {class: 'facts'}, [counted(actor.degree, 'neighbour'), counted(actor.claims, 'claim'), counted(actor.sources, 'source'),
      period(actor.first_date, actor.last_date)].filter(Boolean).join(' · ')),
    still ? null : deeds(actor, leftOf(state, actor), emit),
    ...section('Ties', ties.filter(({count}) => count.polarity === 'positive'), actor, state, emit),
    ...section('Denied', ties.filter(({count}) => count.polarity === 'negative'), actor, state, emit),
    ...evidencePart(actor, state, emit),
    el('p', {class: 'quiet small'}, 'Id ', el('code', {}, actor.id)),
  ];
}

function deeds(actor, left, emit) {
  const button = (text, more, name, detail) => el('button', {type: 'button', ...more, click: () => emit(name, detail)}, text);
  return el('div', {class: 'row'},
    button(expandWords(left), {class: left ? 'primary' : null, disabled: !left}, 'expand', {actor: actor.id, filter: {}}),
    button('Path from here', {}, 'connect', {end: 'from', actor}),
    button('Path to here', {}, 'connect', {end: 'to', actor}),
    button('Hide', {title: 'Hide in this view (Del)'}, 'hide', actor.id),
    el('button', {type: 'button', class: 'more-deeds', 'aria-label': 'More', title: 'More (m)', 'aria-haspopup': 'menu', click: event => emit('menu', {id: actor.id, at: event.currentTarget})}, '⋯'));
}

/** Every claim about the actor, where the answer holds them. */
function evidencePart({evidence = [], evidenceSources = []}, {actors}, emit) {
  const name = id => el('button', {type: 'button', class: 'name', click: () => emit('select', {kind: 'actor', id})}, el('bdi', {}, actors.get(id)?.name ?? id));
  return evidence.length ? [el('h3', {}, 'Claims'), ...claimList(evidence, sourcesById(evidenceSources), name)] : [];
}

function section(title, ties, actor, state, emit) {
  return ties.length ? [el('h3', {}, title), el('ul', {class: 'ties'}, ties.map(tie => row(tie, state, emit, actor.id)))] : [];
}

/** One type of tie in one direction: how many, how many are not on the map yet, and who is. */
function row({count, filter, shown, left, arrow, way}, state, emit, actor) {
  const about = `${count.label}, ${way}: ${counted(count.actors, 'actor')}, ${counted(count.claims, 'claim')}`;
  return el('li', {},
    el('button', {
      type: 'button', class: 'bring', disabled: !left, title: left ? `Show ${Math.min(left, EXPANSION)} more (${about})` : about,
      click: () => emit('expand', {actor, filter}),
    }, swatch(count.family), el('span', {}, count.label), el('span', {class: 'way', 'aria-hidden': 'true'}, arrow),
    el('span', {class: 'count'}, String(count.actors), left ? el('span', {class: 'plus'}, bringWords(left)) : null)),
    shown.size ? who(named(state, shown), emit) : null);
}

function who(shown, emit) {
  const box = el('div', {class: 'who'});
  const fill = all => {
    const visible = all ? shown : shown.slice(0, NAMES_SHOWN);
    box.replaceChildren(...visible.map(({relation, name}) => el('button', {
      type: 'button', class: 'name', title: 'Open the tie', click: () => emit('select', {kind: 'relation', id: relation.id}),
    }, el('bdi', {}, name))),
    visible.length < shown.length ? el('button', {type: 'button', class: 'text', click: () => fill(true)}, `and ${shown.length - visible.length} more`) : '');
  };
  fill(false);
  return box;
}
