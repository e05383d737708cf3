// Who is next to whom on the map, and going from actor to actor with the arrow keys.

import {shownActors, shownRelations} from './model.js';

/** Ids of the shown actors that are tied to this one by what is seen; a denial is no tie. */
export function tied(state, id) {
  const ties = [...shownRelations(state).values()].filter(({polarity}) => polarity === 'positive');
  return new Set(ties.flatMap(({subject, object}) => (subject === id ? [object] : object === id ? [subject] : [])).filter(other => other !== id));
}

/** Id of the neighbour of `here` that lies in direction (dx, dy); the first actor when nothing is selected. */
export function neighbourTowards(state, here, dx, dy) {
  const actors = shownActors(state);
  if (!actors.has(here)) return actors.keys().next().value ?? null;
  const at = state.nodes.get(here);
  const beside = [...shownRelations(state).values()].flatMap(({subject, object}) => (subject === here ? [object] : object === here ? [subject] : []));
  const ways = [...new Set(beside)].filter(id => id !== here).map(id => ({id, ...turn(at, state.nodes.get(id), dx, dy)}));
  return ways.filter(({angle}) => angle < Math.PI / 2).sort((a, b) => a.angle - b.angle || a.far - b.far)[0]?.id ?? null;
}

function turn(from, to, dx, dy) {
  const angle = Math.abs(Math.atan2(to.y - from.y, to.x - from.x) - Math.atan2(dy, dx));
  return {angle: Math.min(angle, 2 * Math.PI - angle), far: Math.hypot(to.x - from.x, to.y - from.y)};
}
