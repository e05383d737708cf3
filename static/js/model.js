// What is on the map, as values: every change of the view makes a new state, so undo is going back to the old one.

/** @typedef {{actors: Map, relations: Map, nodes: Map, edges: Map, hidden: Set, moved: Map, off: Set,
 *   recipe: object[], paths: object|null, more: object|null, overview: object|null, only: object|null}} State */

/** The state of an empty map. */
export const EMPTY = Object.freeze({
  actors: new Map(), relations: new Map(), nodes: new Map(), edges: new Map(),
  hidden: new Set(), moved: new Map(), off: new Set(), recipe: [], paths: null, more: null, overview: null, only: null,
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

/** Emits `change` ({state, before, reason}) and `select` ({selection, before}). */
export class Model extends EventTarget {
  #state = EMPTY;
  #past = [];
  #future = [];
  #selection = null;

  get state() { return this.#state; }
  get selection() { return this.#selection; }
  get canUndo() { return this.#past.length > 0; }
  get canRedo() { return this.#future.length > 0; }

  /** Begin with a state: there is nothing before it to go back to. */
  begin(state, reason) {
    this.#past = [];
    this.#future = [];
    this.#set(state, reason);
  }

  /** Make `state` the current one; it can be undone. */
  change(state, reason) {
    if (state === this.#state) return;
    this.#past.push(this.#state);
    if (this.#past.length > REMEMBERED) this.#past.shift();
    this.#future = [];
    this.#set(state, reason);
  }

  undo() { this.#step(this.#past, this.#future, 'undone'); }
  redo() { this.#step(this.#future, this.#past, 'done again'); }

  /** Select an actor, a relation or nothing. */
  select(given) {
    const selection = given && {...given, kind: kindOf(this.#state, given)};
    const before = this.#selection;
    if (before?.id === selection?.id && before?.kind === selection?.kind) return;
    this.#selection = selection;
    this.dispatchEvent(new CustomEvent('select', {detail: {selection, before}}));
  }

  hide(id) {
    this.change({...this.#state, hidden: new Set([...this.#state.hidden, id])}, 'hidden');
  }

  /** Show an actor that was hidden. */
  reveal(id) {
    const hidden = new Set(this.#state.hidden);
    if (hidden.delete(id)) this.change({...this.#state, hidden}, 'shown again');
  }

  move(id, place) {
    const moved = new Map(this.#state.moved).set(id, place);
    const nodes = new Map(this.#state.nodes).set(id, {...this.#state.nodes.get(id), ...place});
    this.change({...this.#state, moved, nodes}, 'moved');
  }

  /** Show or leave out a family of relations. */
  toggleFamily(family) {
    const off = new Set(this.#state.off);
    if (!off.delete(family)) off.add(family);
    this.change({...this.#state, off}, 'filtered');
  }

  choosePath(index) {
    const {paths} = this.#state;
    if (paths && paths.chosen !== index) this.change({...this.#state, paths: {...paths, chosen: index}}, 'path chosen');
  }

  #step(from, to, reason) {
    const state = from.pop();
    if (!state) return;
    to.push(this.#state);
    this.#set(state, reason);
  }

  #set(state, reason) {
    const before = this.#state;
    this.#state = state;
    this.dispatchEvent(new CustomEvent('change', {detail: {state, before, reason}}));
    const {selection} = this;
    const shown = isActor(selection) ? shownActors(state).has(selection.id) : shownRelations(state).has(selection?.id);
    if (selection && !shown) this.select(null);
  }
}

/** Whether what is selected is drawn as an actor is: one, or a community. */
export function isActor(selection) { return selection?.kind === 'actor' || selection?.kind === 'community'; }

/** What an id on the map stands for: a bubble and a bond are pointed at like an actor and a relation. */
function kindOf(state, {kind, id}) {
  if (state.actors.get(id)?.community) return 'community';
  return state.relations.get(id)?.bond ? 'bond' : kind;
}

/** Actors that are on the map and not hidden. */
export function shownActors(state) {
  return new Map([...state.actors].filter(([id]) => !state.hidden.has(id)));
}

/** Relations whose ends are shown and whose family is not switched off. */
export function shownRelations(state) {
  return new Map([...state.relations].filter(([, relation]) =>
    !state.hidden.has(relation.subject) && !state.hidden.has(relation.object) && !state.off.has(relation.family)));
}
