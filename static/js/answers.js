// What is asked of the service, made into states: a first actor, an expansion, the paths between two, an overview, a filter.

import {collapsed} from './collapse.js';
import {tidy} from './lens.js';
import {EMPTY, merged, singleActors} from './model.js';
import {withHome, withOnly, withOpened, withOverview} from './overview.js';
import {aroundParent, asPlaced, movedTo} from './places.js';

export const FIRST = 40;
export const EXPANSION = 25;
const MOST = 1000;

/** The state after one step of a recipe: `{ask: 'actor' | 'expand' | 'collapse' | 'common' | 'move' | 'path' | 'overview' |
 *  'open' | 'community', …}`. */
export async function answered(api, state, step) {
  if (step.ask === 'collapse') return collapsed(state, step.actor);
  if (step.ask === 'move') return movedTo(state, {id: step.actor, x: step.x, y: step.y});
  // Another question begins with a clear view: nothing of its answer is left out unseen.
  if (step.ask === 'path') return withPaths(api, step);
  if (step.ask === 'actor') return withFirst(api, step);
  if (step.ask === 'overview') return withOverview(api, step);
  if (step.ask === 'community') return withOnly(api, step);
  const next = await grown(api, state, step);
  return next === state ? state : filtered(api, next, state.lens.filter);
}

/** The state with what a step adds to it. */
function grown(api, state, step) {
  if (step.ask === 'common') return withCommon(api, state, step);
  if (step.ask === 'open') return withOpened(api, state, step);
  return state.overview && !state.actors.has(step.actor) ? withFound(api, state, step) : withExpansion(api, state, step);
}

/** The state under a filter: which relations pass it, and with which counts, is asked of the service. */
export async function filtered(api, state, filter) {
  const wanted = tidy(filter);
  const actors = [...singleActors(state).keys()];
  if (!Object.keys(wanted).length || !actors.length) return {...state, lens: {...state.lens, filter: wanted, passing: null, undated: 0}};
  const {relations, meta} = await api.subgraph(actors, wanted);
  const passing = new Map(relations.map(relation => [relation.id, relation]));
  return {...state, lens: {...state.lens, filter: wanted, passing, undated: meta.undated}};
}

async function withFirst(api, step) {
  const answer = await api.neighbourhood(step.actor, {limit: step.limit ?? FIRST, between: true, ...step.filter});
  const next = merged(EMPTY, answer, asPlaced);
  return {...next, recipe: [step], more: remaining(step, answer.meta.omitted_actors)};
}

/** In an overview an actor is looked for in its bubble first: what is around it comes only where it is not there. */
async function withFound(api, state, step) {
  const home = await withHome(api, state, step.actor);
  return home.actors.has(step.actor) ? home : withExpansion(api, home, step);
}

/** An expansion brings at most so many new actors, the best supported first; it says how many are left. */
async function withExpansion(api, state, step) {
  const take = step.limit ?? EXPANSION;
  const limit = Math.min(MOST, state.actors.size + take);
  const answer = await api.neighbourhood(step.actor, {limit, between: !step.filter.type, ...step.filter});
  const fresh = answer.actors.filter(actor => !state.actors.has(actor.id) && actor.id !== step.actor);
  const left = new Set(fresh.slice(take).map(actor => actor.id));
  const next = merged(state, without(answer, left), aroundParent(step.actor));
  next.hidden.delete(step.actor);
  return {...next, recipe: [...state.recipe, step], more: remaining(step, left.size + answer.meta.omitted_actors)};
}

/** Whom several actors have in common, near the first of them. */
async function withCommon(api, state, step) {
  const {graph} = await api.common(step.actors);
  return {...merged(state, graph, aroundParent(step.actors[0])), recipe: [...state.recipe, step], more: null};
}

async function withPaths(api, step) {
  const answer = await api.paths({from: step.from, to: step.to, ...step.filter});
  const next = merged(EMPTY, answer.graph, asPlaced);
  const asked = understood(step, answer.meta.asked);
  return {...next, recipe: [asked], more: null, paths: {list: answer.paths, chosen: answer.paths.length ? 0 : null, asked, meta: answer.meta}};
}

/** The state with what a query brought: in place of what was there, or beside it. Its step tells an address, not how to ask again. */
export function withQuery(state, graph, query, replace) {
  const before = replace ? EMPTY : state;
  const next = merged(before, graph, asPlaced);
  for (const {id} of graph.actors) next.hidden.delete(id);
  return {...next, recipe: [...before.recipe, {ask: 'query', query}], more: null};
}

/** The step with ids where it had names. */
function understood(step, actors) {
  const ids = key => actors[key].map(({id}) => id);
  const named = Object.fromEntries(['via', 'avoid'].filter(key => actors[key].length).map(key => [key, ids(key)]));
  return {...step, from: ids('from'), to: ids('to'), filter: {...step.filter, ...named}};
}

/** An answer without some actors and what hangs on them. */
function without(answer, left) {
  if (!left.size) return answer;
  const stays = id => !left.has(id);
  return {
    ...answer,
    actors: answer.actors.filter(actor => stays(actor.id)),
    relations: answer.relations.filter(relation => stays(relation.subject) && stays(relation.object)),
    view: {
      nodes: answer.view.nodes.filter(node => stays(node.id)),
      edges: answer.view.edges.filter(edge => stays(edge.from) && stays(edge.to)),
    },
  };
}

function remaining(step, count) {
  return count ? {actor: step.actor, filter: step.filter, count} : null;
}
