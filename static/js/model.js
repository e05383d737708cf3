// What is on the map, as values: every change of the view makes a new state, so undo is going back to the old one.

import {withoutHiddenNames} from './communitynames.js';
import {CLEAR, narrows, seen} from './lens.js';
import {movedTo} from './places.js';
import {remembered} from './remembered.js';
import {meant, sameSelection, stillThere} from './selection.js';

/** @typedef {{actors: Map, relations: Map, nodes: Map, edges: Map, hidden: Set, lens: object,
 *   recipe: object[], paths: object|null, more: object|null, overview: object|null, only: object|null, unfit: number}} State */

/** The state of an empty map. */
export const EMPTY = Object.freeze({
  actors: new Map(), relations: new Map(), nodes: new Map(), edges: new Map(),
  hidden: new Set(), lens: CLEAR, recipe: [], paths: null, more: null, overview: null, only: null, unfit: 0,
});
const REMEMBERED = 200;

/** A state with the actors and relations of an answer merged in by id; places are given by `place`. */
export function merged(state, answer, place) {
  const next = {...state, actors: new Map(state.actors), relations: new Map(state.relations),
    nodes: new Map(state.nodes), edges: new Map(state.edges), hidden: new Set(state.hidden)};
  for (const actor of answer.actors) next.actors.set(actor.id, actor);
  for (const relation of answer.relations) next.relations.set(relation.id, relation);
  const fresh = answer.view.nodes.filter(node => !state.nodes.has(node.id));
  for (const node of place(fresh, state)) next.nodes.set(node.id, node);
  for (const edge of answer.view.edges) next.edges.set(edge.id, edge);
  return next;
}

/** Emits `change` ({state, before, reason, amended}) and `select` ({selection, before}). */
export class Model extends EventTarget {
  #state = EMPTY;
  #past = [];
  #future = [];
  #selection = null;
  #outdated = new WeakSet();

  get state() { return this.#state; }
  get selection() { return this.#selection; }
  get canUndo() { return this.#past.length > 0; }
  get canRedo() { return this.#future.length > 0; }
  /** The state so many steps back (negative) or on; the last one there is where there are fewer. */
  stateAt(steps) {
    const from = steps < 0 ? this.#past : this.#future;
    return steps ? from.at(-Math.abs(steps)) ?? from[0] ?? this.#state : this.#state;
  }

  /** Begin with a state: there is nothing before it to go back to. */
  begin(state, reason) {
    this.#past = [];
    this.#future = [];
    this.#set(withoutHiddenNames(state), reason);
  }

  /** Make `state` the current one; it can be undone. */
  change(given, reason) {
    const state = withoutHiddenNames(given);
    if (state === this.#state) return;
    this.#inherit(state);
    this.#past.push(this.#state);
    if (this.#past.length > REMEMBERED) this.#past.shift();
    this.#future = [];
    this.#set(state, reason);
  }

  /** Make `state` the current one as part of the step before. */
  amend(given, reason) {
    const state = withoutHiddenNames(given);
    this.#inherit(state);
    this.#future = [];
    this.#set(state, reason, true);
  }

  /** The graph has changed: every state of this visit is of an older one. */
  outdate() { for (const state of [...this.#past, this.#state, ...this.#future]) if (state !== EMPTY) this.#outdated.add(state); }

  isOutdated(state) { return this.#outdated.has(state); }

  /** What was made of an outdated state holds parts of it. */
  #inherit(state) { if (state !== EMPTY && this.#outdated.has(this.#state)) this.#outdated.add(state); }

  /** The same view of the graph as it is now takes the place of an outdated one, wherever that is remembered. */
  renew(old, given) {
    const fresh = withoutHiddenNames(given);
    const swapped = state => (state === old ? fresh : state);
    this.#past = this.#past.map(swapped);
    this.#future = this.#future.map(swapped);
    if (this.#state === old) this.#set(fresh, 'brought up to date', true);
  }

  /** Go so many steps back (negative) or on, as far as there are any. */
  go(steps) {
    const [from, to, reason] = steps < 0 ? [this.#past, this.#future, 'undone'] : [this.#future, this.#past, 'done again'];
    let next = this.#state;
    for (let left = Math.min(Math.abs(steps), from.length); left > 0; left -= 1) {
      to.push(next);
      next = from.pop();
    }
    if (next !== this.#state) this.#set(next, reason);
  }

  /** Select an actor, a relation, several actors, a community, a bond or nothing. */
  select(given) {
    const selection = meant(given, this.#state);
    const before = this.#selection;
    if (sameSelection(before, selection)) return;
    this.#selection = selection;
    this.dispatchEvent(new CustomEvent('select', {detail: {selection, before}}));
  }

  hide(ids) {
    this.change({...this.#state, hidden: new Set([...this.#state.hidden, ...ids])}, 'hidden');
  }

  /** Show actors that were hidden. */
  reveal(ids) {
    const hidden = new Set(this.#state.hidden);
    for (const id of ids) hidden.delete(id);
    if (hidden.size < this.#state.hidden.size) this.change({...this.#state, hidden}, 'shown again');
  }

  /** Several actors that were dragged together are one change. */
  move(places) {
    this.change(places.reduce(movedTo, this.#state), 'moved');
  }

  choosePath(index) {
    const {paths} = this.#state;
    if (paths && paths.chosen !== index) this.change({...this.#state, paths: {...paths, chosen: index}}, 'path chosen');
  }

  #set(state, reason, amended = false) {
    const before = this.#state;
    this.#state = state;
    this.dispatchEvent(new CustomEvent('change', {detail: {state, before, reason, amended}}));
    this.select(stillThere(this.#selection, shownActors(state), shownRelations(state)));
  }
}

const actorsOf = remembered((actors, hidden, kinds) => new Map([...actors].filter(([id, {kind}]) => !hidden.has(id) && !kinds.has(kind))));

const relationsOf = remembered((relations, actors, off, polarity, contested, passing, changes) => {
  const found = new Map();
  const lens = {off, polarity, contested, passing, changes};
  for (const [id, relation] of relations) {
    const through = actors.has(relation.subject) && actors.has(relation.object) ? seen(lens, relation) : null;
    if (through) found.set(id, through);
  }
  return found;
});

/** Actors that are on the map, not hidden and of a kind that is not switched off. Nobody changes the answer: it is kept. */
export function shownActors({actors, hidden, lens}) { return actorsOf(actors, hidden, lens.kinds.size ? lens.kinds : CLEAR.kinds); }

/** Relations whose ends are shown, as they are seen through the lens. Nobody changes the answer: it is kept. */
export function shownRelations(state) {
  const {off, polarity, contested, passing, changes} = state.lens;
  // What switches nothing off is one value, so that it is remembered.
  return relationsOf(state.relations, shownActors(state), off.size ? off : CLEAR.off, polarity, contested, passing, changes);
}

/** Actors on the map that are there one by one: a community stands for actors, but is none. */
export function singleActors({actors}) { return new Map([...actors].filter(([, {community}]) => !community)); }

/** The actors among what is shown: no communities. */
export function shownSingleActors(state) { return singleActors({actors: shownActors(state)}); }

/** The relations among what is shown: no bonds. */
export function shownSingleRelations(state) { return new Map([...shownRelations(state)].filter(([, {bond}]) => !bond)); }

/** Relations between shown actors, whatever the lens leaves out: what its switches count. */
export function relationsBeforeLens(state) { return shownRelations({...state, lens: {...CLEAR, kinds: state.lens.kinds}}); }

/** Shown actors that have no tie left under a lens that leaves relations out. */
export function bareActors(state, relations = shownRelations(state)) {
  if (!narrows(state.lens)) return new Set();
  const tied = new Set([...relations.values()].flatMap(({subject, object}) => [subject, object]));
  return new Set([...shownSingleActors(state).keys()].filter(id => !tied.has(id)));
}
