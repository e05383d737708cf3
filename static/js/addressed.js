// What an address means, asked of the service: a state, and what is selected in it.

import {answered, filtered} from './answers.js';
import {EMPTY, shownActors} from './model.js';
import {actorsIn, meant, ofActors} from './selection.js';

/** The state that an address describes. */
export async function stateOf(api, {steps, lens, hidden, kept, chosen}) {
  let state = EMPTY;
  for (const step of steps) state = await answered(api, state, step);
  const stay = new Set(kept);
  const away = stay.size ? [...state.actors.keys()].filter(id => !stay.has(id)) : hidden.filter(id => state.overview || state.actors.has(id));
  const paths = state.paths?.list[chosen] ? {...state.paths, chosen} : state.paths;
  return filtered(api, {...state, paths, lens, hidden: new Set(away)}, lens.filter);
}

/** What an address selects in a state that was asked for it: without a word about that, the actor that it is about. */
export function selectionIn(asked, state) { return thereOf(asked.selection, state) ?? thereOf(centreOf(asked), state); }

/** What an address selects, without actors that are not on the map: nothing could be done with them. */
export function thereOf(given, state) {
  const selection = meant(given, state);
  const ids = actorsIn(selection);
  const shown = shownActors(state);
  return ids.every(id => shown.has(id)) ? selection : ofActors(ids.filter(id => shown.has(id)));
}

/** The actor that an address asks for, where it asks for one and nothing else. */
function centreOf({steps: [first]}) {
  return first?.ask === 'actor' ? {kind: 'actor', id: first.actor} : null;
}
