// What expanding would bring, counted before anybody expands: by type and direction, less what is on the map already.

import {EXPANSION} from './answers.js';
import {CLEAR} from './lens.js';
import {shownActors, shownRelations} from './model.js';
import {remembered} from './remembered.js';

export const ARROWS = {out: '→', in: '←', both: '↔'};
const WAYS = {out: 'from here', in: 'to here', both: 'both ways'};

// Asked for each type of an actor's ties.
const touching = remembered((relations, actor) => [...relations.values()].filter(({subject, object}) => subject === actor || object === actor));

/** An actor's ties: `{count, filter, shown, left, about}` for each type and direction; `shown` maps neighbours to relations. */
export function tiesOf(state, actor) {
  return actor.relations.map(count => {
    const {type, direction} = count;
    const there = neighbours(state, actor.id, relation => relation.type === type
      && (direction === 'both' || (direction === 'out' ? relation.subject : relation.object) === actor.id));
    return {
      count, shown: new Map([...there].filter(([id]) => !state.hidden.has(id))), left: Math.max(count.actors - there.size, 0), arrow: ARROWS[direction], way: WAYS[direction],
      filter: {type, ...(direction === 'both' ? {} : {direction})},
    };
  });
}

/** How many neighbours of an actor are not on the map; denials do not count. */
export function leftOf(state, actor) {
  return Math.max(actor.degree - neighbours(state, actor.id, relation => relation.polarity === 'positive').size, 0);
}

/** "Expand all (+6)", or how many of how many a single expansion brings. */
export function expandWords(left) {
  return left > EXPANSION ? `Expand (${EXPANSION} of ${left.toLocaleString('en')})` : left ? `Expand all (+${left})` : 'All neighbours shown';
}

/** How many of a type one expansion brings: "+6", or "+25 of 299". */
export function bringWords(left) { return left > EXPANSION ? `+${EXPANSION} of ${left.toLocaleString('en')}` : `+${left}`; }

/** Actors on the map that have such a relation with this one: id → the relation. What is only hidden or filtered is there: an expansion
 *  would not bring it. */
function neighbours(state, actor, fits) {
  const found = new Map();
  for (const relation of touching(shownRelations({...state, lens: CLEAR, hidden: CLEAR.off}), actor)) {
    const other = relation.subject === actor ? relation.object : relation.object === actor ? relation.subject : null;
    if (other !== null && other !== actor && fits(relation)) found.set(other, relation);
  }
  return found;
}

/** Names of what is already there, for a list: id, name and relation. */
export function named(state, shown) {
  const actors = shownActors({...state, lens: CLEAR});
  return [...shown].map(([id, relation]) => ({id, relation, name: actors.get(id)?.name ?? id}));
}
