// What is around an actor, page by page: the service gives at most 1,000 actors at once.

import {MOST, without} from './detail.js';

/** Actors of one page. */
export const PAGE = 1000;

/** Actors around one that are not on the map yet, best supported first, at most `take`. `parts` are answers to be put on the map in
 *  their order, `left` counts who is not among them, `next` is where those begin (null: at the begin). */
export async function freshAround(api, state, {actor, filter, take, between = !filter.type, next = null}) {
  const ask = (limit, cursor) => api.neighbourhood(actor, {between, ...filter, limit, cursor});
  const parts = [];
  const known = new Set([...state.actors.keys(), actor]);
  const most = known.size - 1 + take;
  let [cursor, limit] = [next, Math.min(PAGE, take + (next ? 0 : onTheMap(state, actor, filter)))];
  for (;;) {
    const answer = await ask(limit, cursor).catch(error => { if (error.code !== 'stale-cursor') throw error; return null; });
    // The graph changed since: begin anew, and leave out who is known.
    if (!answer) { [cursor, limit] = [null, Math.min(PAGE, take + onTheMap(state, actor, filter))]; continue; }
    const over = answer.actors.filter(({id}) => !known.has(id)).slice(most - known.size + 1);
    const part = without(answer, new Set(over.map(({id}) => id)));
    for (const {id} of part.actors) known.add(id);
    parts.push(part);
    const {next: after, omitted_actors: omitted} = answer.meta;
    // Of a page that was cut the rest is still to come.
    if (over.length) return {parts, left: over.length + omitted, next: cursor};
    if (!after || known.size > most) return {parts, left: omitted, next: after};
    cursor = after;
    limit = Math.min(PAGE, Math.max(most + 1 - known.size, 2 * limit));
  }
}

/** Ids of the actors around one, best supported first, with itself at the front: `{ids, left, next}`. */
export async function idsAround(api, {actor, filter, take}) {
  const ids = new Set([actor]);
  let answer = null;
  do {
    answer = await api.neighbourhood(actor, {...filter, view: false, limit: Math.min(PAGE, take + 1 - ids.size), cursor: answer?.meta.next});
    for (const {id} of answer.actors) if (ids.size < Math.min(take + 1, MOST)) ids.add(id);
  } while (answer.meta.next && ids.size <= take);
  return {ids: [...ids], left: answer.meta.omitted_actors, next: answer.meta.next};
}

/** How many of the actors around this one may be on the map already. */
function onTheMap(state, actor, {depth = 1}) {
  if (Number(depth) > 1) return state.actors.size;
  const beside = [...state.relations.values()].flatMap(({subject, object}) => (subject === actor ? [object] : object === actor ? [subject] : []));
  return new Set(beside).size;
}
