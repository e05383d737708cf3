// Views of an older graph, asked anew: the same questions, who was on the map stays on it, and nothing moves.

import {answered, filtered, withQuery} from './answers.js';
import {MOST} from './detail.js';
import {EMPTY, merged, singleActors} from './model.js';
import {aroundParent, asPlaced} from './places.js';

/** Answers that are kept for views that begin with the same questions. */
const KEPT = 30;

export class Renewal {
  #api;
  /** `[{steps, state}]`: what the steps of an older recipe lead to now. */
  #known = [];

  constructor(api) { this.#api = api; }

  /** The graph has changed again. */
  forget() { this.#known = []; }

  /** The state that the recipe of this one leads to in the graph as it is now. Questions that it shares with one before are not asked again. */
  async renewed(state) { return settled(this.#api, await this.#led(state.recipe), state); }

  async #led(recipe) {
    const shared = this.#known.filter(({steps}) => steps.length <= recipe.length && steps.every((step, n) => step === recipe[n]));
    const {steps, state} = shared.reduce((best, one) => (one.steps.length > best.steps.length ? one : best), {steps: [], state: EMPTY});
    let next = state;
    for (let n = steps.length; n < recipe.length; n += 1) {
      next = await again(this.#api, next, recipe[n]);
      if (recipe[n].ask !== 'move') this.#known = [...this.#known, {steps: recipe.slice(0, n + 1), state: next}].slice(-KEPT);
    }
    return next;
  }
}

/** What the recipe of a state led to, with what was done to the view besides. */
async function settled(api, led, state) {
  let next = led;
  if (!next.overview && !next.paths) next = standing(await withAll(api, next, state), state);
  const hidden = new Set([...state.hidden].filter(id => next.overview || next.actors.has(id)));
  return filtered(api, {...next, hidden, recipe: knowing(next.recipe, state.recipe), paths: chosenIn(next.paths, state.paths), lens: state.lens}, state.lens.filter);
}

/** One step, taken again. */
async function again(api, state, step) {
  try {
    return await (step.ask === 'query' ? drawnAgain : answered)(api, state, step);
  } catch (error) {
    // What a later step was about is in the graph no more: the others are still good.
    if (error.status === 404 && state.recipe.length) return state;
    throw error;
  }
}

/** A query that somebody ran and put on the map is run again; where it has no answer now, what it brought is asked for by its ids. */
async function drawnAgain(api, state, step) {
  const answer = await api.cypher(step.query).catch(error => { if (error.away) throw error; return null; });
  if (answer?.graph) return withQuery(state, answer.graph, step.query, false);
  const actors = step.found.slice(0, MOST);
  const next = actors.length ? merged(state, await api.drawn(actors), asPlaced) : state;
  return {...next, recipe: [...state.recipe, step], more: null};
}

/** The state with those of an older one that an answer would now leave out for others: only what joined them then. */
async function withAll(api, state, before) {
  const gone = [...singleActors(before).keys()].filter(id => !state.actors.has(id)).slice(0, MOST - state.actors.size);
  if (!gone.length) return state;
  const away = new Set(gone);
  const old = [...before.relations.values()].filter(({subject, object}) => away.has(subject) || away.has(object));
  const ids = [...new Set([...gone, ...old.flatMap(({subject, object}) => [subject, object])])].slice(0, MOST);
  const {depth, ...filter} = before.recipe[0]?.filter ?? {};
  const answer = await api.drawn(ids, filter).catch(error => { if (error.status === 404) return null; throw error; });
  if (!answer) return state;
  const kept = new Set(old.map(({id}) => id));
  return merged(state, {
    actors: answer.actors.filter(({id}) => away.has(id)), relations: answer.relations.filter(({id}) => kept.has(id)),
    view: {nodes: answer.view.nodes.filter(({id}) => away.has(id)), edges: answer.view.edges},
  }, fresh => fresh);
}

/** Who was there before stands where it stood; who is new takes a free place. */
function standing(state, {nodes: before, recipe}) {
  const nodes = new Map();
  const fresh = [];
  for (const [id, one] of state.nodes) {
    const {x, y} = before.get(id) ?? {};
    if (before.has(id)) nodes.set(id, {...one, x, y}); else fresh.push(one);
  }
  const placed = fresh.length ? aroundParent(recipe[0]?.actor)(fresh, {...state, nodes}) : [];
  for (const one of placed) nodes.set(one.id, one);
  return {...state, nodes};
}

/** The steps still know whom they brought the first time: what one of them brought can be taken back. */
function knowing(recipe, before) {
  if (recipe.length !== before.length) return recipe;
  return recipe.map((step, n) => (step.found && before[n].found ? {...step, found: [...new Set([...step.found, ...before[n].found])]} : step));
}

/** The same path is chosen, where it is still among them. */
function chosenIn(paths, before) {
  const old = before?.list[before.chosen ?? -1];
  if (!paths || !old) return paths;
  const same = paths.list.findIndex(({actors}) => actors.join('\n') === old.actors.join('\n'));
  return same < 0 ? paths : {...paths, chosen: same};
}
