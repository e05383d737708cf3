// What stays bright on the map: what is selected with what it touches, else the chosen path.

import {actorsIn, lineIn} from './selection.js';

/** `{actors, relations}` as sets of ids; null: everything. */
export function lit(state, selection, relations) {
  const line = lineIn(selection);
  if (relations.has(line)) {
    const {subject, object, opposed_by: opposed} = relations.get(line);
    return {actors: new Set([subject, object]), relations: new Set([line, opposed])};
  }
  if (selection?.kind === 'community' && state.actors.has(selection.id)) return within(state.overview, selection.id, relations);
  const ids = new Set(actorsIn(selection).filter(id => state.actors.has(id)));
  if (ids.size) return ids.size === 1 ? around(ids, relations) : among(ids, relations);
  const path = state.paths?.list[state.paths.chosen ?? -1];
  return path ? {actors: new Set(path.actors), relations: new Set(path.hops.flatMap(hop => hop.relations))} : null;
}

/** An actor with its neighbours. */
function around(ids, relations) {
  const touching = [...relations.values()].filter(r => ids.has(r.subject) || ids.has(r.object));
  return {actors: new Set([...ids, ...touching.flatMap(r => [r.subject, r.object])]), relations: new Set(touching.map(r => r.id))};
}

/** A community with its bonds; where it is open, with what it holds. */
function within({opened}, id, relations) {
  const [bonds, inside] = [around(new Set([id]), relations), among(new Set(opened.get(id)?.brought), relations)];
  return {actors: new Set([...bonds.actors, ...inside.actors]), relations: new Set([...bonds.relations, ...inside.relations])};
}

/** Several actors with what is between them. */
function among(ids, relations) {
  const inside = [...relations.values()].filter(r => ids.has(r.subject) && ids.has(r.object));
  return {actors: ids, relations: new Set(inside.map(r => r.id))};
}

/** Ids of the actors with most neighbours. */
export function mostConnected(actors, number) {
  return new Set([...actors.values()].sort((a, b) => b.degree - a.degree).slice(0, number).map(actor => actor.id));
}
