// What is asked of the service, made into states: a first actor, an expansion, the paths between two, an overview, a filter.

import {collapsed} from './collapse.js';
import {changesBetween} from './compare.js';
import {MOST, fitting, roomIn} from './detail.js';
import {tidy} from './lens.js';
import {EMPTY, merged, singleActors} from './model.js';
import {withHome, withOnly, withOpened, withOverview} from './overview.js';
import {PAGE, freshAround, idsAround} from './pages.js';
import {aroundParent, asPlaced, movedTo} from './places.js';
import {sharedWith} from './sharing.js';
import {titlesFor} from './sourcenames.js';
import {leftWithout} from './whatif.js';

export const FIRST = 40;
export const EXPANSION = 25;
/** More than so many new actors are not put round the one they came from, but beside everything as the service placed them. */
const MOST_AROUND = 120;

/** The state after one step of a recipe: `{ask: 'actor' | 'expand' | 'collapse' | 'common' | 'move' | 'path' | 'overview' |
 *  'open' | 'community', …}`. A step that brought actors notes whom it `found`, and whether it is `rooted`: about somebody who was not
 *  on the map before. */
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

/** The state under a filter: which relations pass it, and with which counts, is asked of the service; so is what falls without
 *  some sources, and what changed between two dates. */
export async function filtered(api, state, filter) {
  const lens = {...state.lens, filter: tidy(filter)};
  const actors = [...singleActors(state).keys()];
  const [through, left, changes, titles] = await Promise.all([passingIn, leftWithout, changesBetween].map(ask => ask(api, actors, lens, state.relations)).concat(titlesFor(api, lens)));
  return {...state, lens: {...lens, ...through, left, changes, titles}};
}

async function passingIn(api, actors, {filter}, known) {
  if (!Object.keys(filter).length || !actors.length) return {passing: null, undated: 0};
  const {relations, meta} = await api.subgraph(actors, filter);
  return {passing: sharedWith(known, relations), undated: meta.undated};
}

/** A first actor with what is around it; with everything in one picture where that is more than a page. */
async function withFirst(api, step) {
  const take = Math.min(step.limit ?? FIRST, MOST - 1);
  const ofAnyKind = Object.keys(step.filter).every(name => name === 'depth');
  if (take > PAGE && ofAnyKind) return withMany(api, step, take);
  const {parts, left, next} = await freshAround(api, EMPTY, {...step, take, between: true});
  const state = parts.reduce((before, part) => merged(before, part, asPlaced), EMPTY);
  return {...state, recipe: [step], more: remaining(step, left, next)};
}

/** Thousands round a first actor: who they are is asked page by page, what joins them and where they stand at once. */
async function withMany(api, step, take) {
  const {ids, left, next} = await idsAround(api, {...step, take});
  return {...merged(EMPTY, await api.drawn(ids), asPlaced), recipe: [step], more: remaining(step, left, next)};
}

/** In an overview an actor is looked for in its bubble first: what is around it comes only where it is not there. */
async function withFound(api, state, step) {
  const home = await withHome(api, state, step.actor);
  return home.actors.has(step.actor) ? home : withExpansion(api, home, step);
}

/** An expansion brings at most so many new actors, the best supported first; it says how many are left. On a full map it
 *  brings none. */
async function withExpansion(api, state, step) {
  const take = Math.min(step.limit ?? EXPANSION, roomIn(state));
  if (!take) return state;
  const {more} = state;
  const goesOn = more?.actor === step.actor && sameFilter(more.filter, step.filter);
  const {parts, left, next} = await freshAround(api, state, {...step, take, next: goesOn ? more.next : null});
  const found = parts.flatMap(idsIn);
  const fresh = new Set(found.filter(id => !state.actors.has(id)));
  if (step.filter.type && fresh.size) parts.push(await among(api, state, step.actor, fresh));
  const place = fresh.size > MOST_AROUND ? asPlaced : aroundParent(step.actor);
  const grown = parts.reduce((before, part) => merged(before, part, place), state);
  grown.hidden.delete(step.actor);
  return {...grown, recipe: [...state.recipe, {...step, rooted: !state.actors.has(step.actor), found}], more: remaining(step, left, next), unfit: 0};
}

/** A type says who is brought: then all that joins them, the actor and its neighbours on the map is there, as where everybody is brought. */
async function among(api, state, actor, fresh) {
  const beside = [...state.relations.values()].flatMap(({subject, object}) => (subject === actor ? [object] : object === actor ? [subject] : []));
  return api.drawn([...new Set([actor, ...fresh, ...beside])].slice(0, PAGE));
}

/** Whom several actors have in common, near the first of them. */
async function withCommon(api, state, step) {
  const {graph} = await api.common(step.actors);
  const {answer, unfit} = fitting(state, graph);
  return {...merged(state, answer, aroundParent(step.actors[0])), recipe: [...state.recipe, {...step, found: idsIn(answer)}], more: null, unfit};
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
  const {answer, unfit} = fitting(before, graph);
  const next = merged(before, answer, asPlaced);
  for (const {id} of graph.actors) next.hidden.delete(id);
  return {...next, recipe: [...before.recipe, {ask: 'query', query, found: idsIn(answer)}], more: null, unfit};
}

function idsIn({actors}) { return actors.map(({id}) => id); }

/** The step with ids where it had names. */
function understood(step, actors) {
  const ids = key => actors[key].map(({id}) => id);
  const named = Object.fromEntries(['via', 'avoid'].filter(key => actors[key].length).map(key => [key, ids(key)]));
  return {...step, from: ids('from'), to: ids('to'), filter: {...step.filter, ...named}};
}

function sameFilter(one, other) { return JSON.stringify(one) === JSON.stringify(other); }

/** Who was left out of an answer, and the place where they begin: kept with the state, not in its address. */
function remaining(step, count, next) {
  return count ? {actor: step.actor, filter: step.filter, count, next} : null;
}
