// What somebody can do to the view, by name: bar, map, menu, panels and keys all call these.

import {EXPANSION, answered, filtered, withQuery} from './answers.js';
import {Problem} from './api.js';
import {say} from './banner.js';
import {hangingOn, isExpanded} from './collapse.js';
import {copiedBy} from './copying.js';
import {leftOf} from './counts.js';
import {MOST, roomIn} from './detail.js';
import {byId, counted} from './dom.js';
import {EMPTY, bareActors, shownActors, shownRelations} from './model.js';
import {actorsIn, ofActors} from './selection.js';
import {tied} from './walk.js';

export class Deeds {
  #api;
  #model;
  #map;
  #connects = 0;
  #expansions = 0;

  constructor(api, model, map) {
    this.#api = api;
    this.#model = model;
    this.#map = map;
  }

  get #state() { return this.#model.state; }

  /** Ask, and make the answer the next state; `false` when that went wrong. */
  async ask(step, told) { return this.#become(state => answered(this.#api, state, step), told); }

  /** Under another filter of claims; relations that do not pass it leave the map, actors stay where they are. `lens` is what
   *  else is asked: which sources to leave out in thought, which dates to compare. */
  filter({filter, lens = {}, ...more}) {
    return this.#become(state => filtered(this.#api, {...state, lens: {...state.lens, ...lens}}, filter), 'filtered', more);
  }

  /** Under another lens with the same filter of claims. */
  look(lens) { this.#model.change({...this.#state, lens}, 'filtered'); }

  /** An answer that is not `wanted` any more when it comes, or whose map gave way to another one, is dropped;
   *  what went wrong with it as well. */
  async #become(next, told, {amend = false, wanted = () => true} = {}) {
    const before = this.#state;
    const late = () => !wanted() || !sameMap(before, this.#state);
    try {
      const state = await next(before);
      if (late()) return false;
      // Something else was done meanwhile: the answer belongs to what is there now.
      if (this.#state !== before) return this.#become(next, told, {amend, wanted});
      this.#model[amend ? 'amend' : 'change'](state, told ?? changed(before, state));
      return true;
    } catch (error) {
      if (!late()) say(error, () => this.#become(next, told, {amend, wanted}));
      return false;
    }
  }

  /** From the search box: a first actor starts a map, a further one joins it. */
  async find(actor) {
    if (!this.#state.actors.has(actor.id)) {
      const first = !this.#state.actors.size;
      const step = {ask: first ? 'actor' : 'expand', actor: actor.id, filter: {}};
      if (this.#isFull() || !await this.ask(step)) return;
      if (first) this.#map.fit({readable: true});
    }
    this.goTo(actor.id);
    byId('map').focus({preventScroll: true});
  }

  /** Bring neighbours, 25 at most unless `limit` says how many. */
  async expand(actor, filter = {}, limit = undefined) {
    return !this.#isFull() && this.ask({ask: 'expand', actor, filter, ...(limit && {limit})});
  }

  /** Everything within so many steps of an actor, as far as a map holds it. */
  async surroundings(actor, depth) {
    if (await this.ask({ask: 'actor', actor, filter: {depth}, limit: MOST - 1}, `within ${depth} steps`)) this.#map.fit({readable: true});
  }

  /** Whether the map takes nobody more; it is said then. */
  #isFull() {
    const full = !roomIn(this.#state);
    if (full) say({title: 'The map is full.', message: `It shows ${MOST.toLocaleString('en')} actors at most. Collapse some, or begin with an overview of everything.`, instead: {href: '#overview', words: 'Overview of everything'}});
    return full;
  }

  async collapse(actor) {
    if (hangingOn(this.#state, actor).length) return this.ask({ask: 'collapse', actor});
    byId('live').textContent = 'nothing hangs only on it';
    return true;
  }

  /** The double click: brings neighbours, or takes back what hangs only on the actor. It brings what the menu offers. */
  async expandOrCollapse(id) {
    if (isExpanded(this.#state, id)) return this.collapse(id);
    const actor = this.#state.actors.get(id);
    if (leftOf(this.#state, actor)) return this.expand(id);
    // On a map that a question restricts an actor may have more neighbours than it says.
    const asked = this.#expansions += 1;
    const whole = await this.#api.actor(id).catch(error => { say(error, () => this.expandOrCollapse(id)); return null; });
    if (!whole || asked !== this.#expansions || !this.#state.actors.has(id)) return false;
    return leftOf(this.#state, whole) ? this.expand(id) : this.collapse(id);
  }

  /** Whom these actors have in common joins the map. */
  async common(actors) { return !this.#isFull() && this.ask({ask: 'common', actors}); }

  hide(ids) { if (ids.length) this.#model.hide(ids); }

  /** Of one actor its neighbours stay as well, of several only they. */
  hideOthers(ids) {
    const stay = new Set(ids.length === 1 ? [...ids, ...tied(this.#state, ids[0])] : ids);
    this.hide([...shownActors(this.#state).keys()].filter(id => !stay.has(id)));
  }

  /** Hide the actors that have no tie left under the filter. */
  hideBare() { this.hide([...bareActors(this.#state)]); }

  showHidden() { this.#model.reveal([...this.#state.hidden]); }

  select(selection) { this.#model.select(selection); }

  /** Show an actor, select it and bring it into view. */
  goTo(id) {
    this.#model.reveal([id]);
    this.#unveil(id);
    this.select(ofActors([id]));
    this.#map.reveal(id);
  }

  /** Go to what is selected, fetching an actor that is not on the map yet. */
  async open(selection) {
    if (selection?.kind !== 'actor') { this.select(selection); return; }
    const {id} = selection;
    if (!this.#state.actors.has(id) && !await this.expand(id, {}, EXPANSION)) return;
    this.goTo(id);
  }

  /** Paths are a question of their own; what is wrong with it is said where it was asked. */
  async connect({from, to, filter}, complain) {
    const asked = this.#connects += 1;
    const before = this.#state;
    // Asked again, or left for another map: the answer to the older question would replace what is there now.
    const late = () => asked !== this.#connects || !sameMap(before, this.#state);
    try {
      const state = await answered(this.#api, before, {ask: 'path', from, to, filter});
      if (late()) return;
      this.select(null);
      this.#model.change(state, `${counted(state.paths.list.length, 'path')} found`);
      this.#map.fit();
    } catch (error) {
      if (late()) return;
      if (error instanceof Problem && !error.away) complain(error); else say(error, () => this.connect({from, to, filter}, complain));
    }
  }

  /** The sentences with their footnotes, as the service writes them. */
  async copyPaths(button, tell) {
    const {from, to, filter} = this.#state.paths.asked;
    try {
      if (await copiedBy(button, this.#api.pathsAsText({from, to, ...filter}))) tell('copied');
    } catch (error) { say(error, () => this.copyPaths(button, tell)); }
  }

  /** Put what a query brought on the map. */
  async draw({graph, query, replace}) {
    if (!replace && this.#isFull()) return false;
    if (replace) this.select(null);
    return this.#become(state => filtered(this.#api, withQuery(state, graph, query, replace), replace ? {} : state.lens.filter), 'drawn');
  }

  /** From a row of an answer: what is not on the map yet joins it. */
  async openFound({graph, query, selection: {kind, id}}) {
    const {actors, relations} = this.#state;
    if (!(kind === 'actor' ? actors : relations).has(id)) await this.draw({graph, query, replace: !actors.size});
    if (kind === 'actor') this.goTo(id); else this.select({kind, id});
  }

  async liftQuestionFilter() {
    const [{actor, filter: {depth}, limit}] = this.#state.recipe;
    if (await this.ask({ask: 'actor', actor, filter: depth ? {depth} : {}, ...(limit && {limit})}, 'filter lifted')) this.#map.fit({readable: true});
  }

  /** Everything off the map; `false` where it was empty already. */
  empty() {
    this.#connects += 1;
    this.select(null);
    if (!this.#state.actors.size && !this.#state.paths) return false;
    this.#model.change(EMPTY, 'map emptied');
    return true;
  }

  /** What is selected together with its neighbours becomes the selection. */
  selectNeighbours() {
    const ids = actorsIn(this.#model.selection);
    this.select(ofActors([...ids, ...ids.flatMap(id => [...tied(this.#state, id)])]));
  }

  /** Somebody who is asked for by name is seen, also when the kind was switched off. */
  #unveil(id) {
    const {lens, actors} = this.#state;
    const kind = actors.get(id)?.kind;
    if (lens.kinds.has(kind)) this.look({...lens, kinds: new Set([...lens.kinds].filter(one => one !== kind))});
  }
}

/** Whether a state grew from the same first question as another: else the map was emptied or begun anew between them. */
function sameMap({recipe: [one]}, {recipe: [other]}) { return one === other; }

function changed(before, state) {
  const added = state.actors.size - before.actors.size;
  if (added > 0) return `${counted(added, 'actor')} added`;
  if (added < 0) return `${counted(-added, 'actor')} taken off the map`;
  return shownRelations(state).size > shownRelations(before).size ? 'relations added' : 'nothing new to add';
}
