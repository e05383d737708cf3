// Wires the modules: what is asked of the service becomes states of the model, and the address follows.

import {readAddress, writeAddress} from './address.js';
import {Api, Problem} from './api.js';
import {Connect} from './connect.js';
import {byId, counted, el} from './dom.js';
import {Inspector} from './inspector.js';
import {keyTable, listenToKeys} from './keys.js';
import {Legend} from './legend.js';
import {GraphMap} from './map.js';
import {EMPTY, Model, merged, shownActors, shownRelations} from './model.js';
import {aroundParent, asPlaced} from './places.js';
import {ActorSearch} from './search.js';
import {Table} from './table.js';
import {currentTheme, followTheme, toggleTheme} from './theme.js';

const FIRST = 40;
const EXPANSION = 25;
const RETRY_MS = 3000;

const api = new Api();
const model = new Model();

start().catch(fail);

async function start() {
  const style = await untilThere(() => api.style());
  const map = new GraphMap(byId('map'), model, style, currentTheme());
  const explorer = new Explorer(style, map);
  followTheme(theme => explorer.setTheme(theme));
  await explorer.open(location.hash);
}

/** Ask again and again while the service is away, with a banner that says so. */
async function untilThere(ask) {
  for (;;) {
    try {
      const answer = await ask();
      byId('banner').hidden = true;
      return answer;
    } catch (error) {
      if (!(error instanceof Problem) || !error.away) throw error;
      say(error);
      await new Promise(resolve => { setTimeout(resolve, RETRY_MS); });
    }
  }
}

function say(error, again) {
  const banner = byId('banner');
  banner.hidden = false;
  banner.replaceChildren(el('strong', {}, error.title ?? 'Something went wrong'), ' ', el('span', {}, error.message),
    again ? el('button', {type: 'button', click: () => { banner.hidden = true; again(); }}, 'Try again') : null,
    el('button', {type: 'button', class: 'close', 'aria-label': 'Dismiss', click: () => { banner.hidden = true; }}, '×'));
}

function fail(error) { say(error, () => location.reload()); }

class Explorer {
  #map;
  #inspector;
  #connect;
  #legend;
  #table;
  #writing = '';
  #opening = 0;

  constructor(style, map) {
    this.#map = map;
    this.#inspector = new Inspector(byId('inspector'), api, style);
    this.#connect = new Connect(byId('connect'), api, style);
    this.#legend = new Legend(byId('legend'), style);
    this.#table = new Table(byId('table'), model);
    const search = new ActorSearch(api, style, byId('search-input'), byId('search-list'));
    search.addEventListener('choose', ({detail}) => { byId('search-input').value = ''; this.#find(detail); });
    search.addEventListener('problem', ({detail}) => say(detail));
    this.#listenToPanels();
    this.#listenToMap();
    this.#listenToModel();
    this.#listenToButtons();
    this.#keys();
    api.addEventListener('busy', ({detail}) => this.#busy(detail));
    addEventListener('hashchange', () => { if (location.hash.slice(1) !== this.#writing) this.open(location.hash); });
  }

  setTheme(theme) {
    this.#map.setTheme(theme);
    this.#legend.show(model.state);
    if (model.selection) this.#inspector.show(model.selection);
  }

  /** Show what an address asks for. */
  async open(fragment) {
    const opening = this.#opening += 1;
    const asked = readAddress(fragment);
    try {
      let state = {...EMPTY, off: new Set(asked.off)};
      for (const step of asked.steps) state = await untilThere(() => this.#answered(state, step));
      if (opening !== this.#opening) return;
      for (const id of asked.hidden) state.hidden.add(id);
      state = moved(state, asked.moved);
      if (state.paths && asked.chosen !== null && state.paths.list[asked.chosen]) state = {...state, paths: {...state.paths, chosen: asked.chosen}};
      this.#writing = fragment.replace(/^#/, '');
      model.replace(state, 'opened');
      model.select(null);
      const centre = asked.steps.length === 1 && asked.steps[0].ask === 'actor' ? {kind: 'actor', id: asked.steps[0].actor} : null;
      model.select(asked.selection ?? centre);
      this.#map.fit();
      if (state.paths) this.#connect.open();
    } catch (error) {
      if (opening !== this.#opening) return;
      model.replace(EMPTY, 'opened');
      say(error, () => this.open(fragment));
    }
  }

  /** The state after one step of a recipe. */
  async #answered(state, step) {
    if (step.ask === 'path') return this.#withPaths(state, step);
    const first = step.ask === 'actor';
    const limit = step.limit ?? (first ? FIRST : EXPANSION);
    const answer = await api.neighbourhood(step.actor, {depth: 1, limit, ...step.filter});
    const next = merged(state, answer, first ? asPlaced : aroundParent(step.actor));
    return {...next, recipe: [...state.recipe, step], omitted: answer.meta.omitted_actors, paths: state.paths};
  }

  async #withPaths(state, step) {
    const answer = await api.paths({from: step.from, to: step.to, ...step.filter});
    const view = answer.view ?? answer.graph.view;
    const next = merged(state, {...answer.graph, view}, asPlaced);
    const [path] = answer.paths;
    const ends = path ? {from: path.actors[0], to: path.actors.at(-1)} : {from: step.from, to: step.to};
    return {...next, recipe: [...state.recipe, step], omitted: 0,
      paths: {list: answer.paths, more: answer.meta.more_of_same_length, chosen: null, asked: step, ends}};
  }

  /** From the search box: a first actor starts a map, a further one joins it. */
  async #find(actor) {
    if (shownActors(model.state).has(actor.id)) {
      model.select({kind: 'actor', id: actor.id});
      this.#map.reveal(actor.id);
      return;
    }
    const first = !model.state.actors.size;
    await this.#do(first ? {ask: 'actor', actor: actor.id, filter: {}} : {ask: 'expand', actor: actor.id, filter: {}, limit: 12});
    model.select({kind: 'actor', id: actor.id});
    if (first) this.#map.fit(); else this.#map.reveal(actor.id);
    byId('map').focus({preventScroll: true});
  }

  /** Ask, and make the answer the next state. */
  async #do(step) {
    const before = model.state;
    try {
      const state = await this.#answered(before, step);
      const added = state.actors.size - before.actors.size;
      model.change(state, added ? `${counted(added, 'actor')} added` : 'nothing new');
      return true;
    } catch (error) {
      say(error, () => this.#do(step));
      return false;
    }
  }

  async #ask({from, to, filter}) {
    try {
      const state = await this.#withPaths(EMPTY, {ask: 'path', from, to, filter});
      model.change({...state, paths: {...state.paths, chosen: state.paths.list.length ? 0 : null}}, counted(state.paths.list.length, 'path'));
      this.#map.fit();
    } catch (error) {
      if (error instanceof Problem && !error.away) this.#connect.problem(error); else say(error, () => this.#ask({from, to, filter}));
    }
  }

  async #expand(actor, filter) {
    await this.#do({ask: 'expand', actor, filter});
  }

  #listenToPanels() {
    const select = ({detail}) => this.#selectOrFetch(detail);
    this.#inspector.addEventListener('expand', ({detail}) => this.#expand(detail.actor, detail.filter));
    this.#inspector.addEventListener('select', select);
    this.#inspector.addEventListener('hide', ({detail}) => model.hide(detail));
    this.#inspector.addEventListener('close', () => model.select(null));
    this.#inspector.addEventListener('connect', ({detail}) => { this.#openConnect(); this.#connect.set(detail.end, detail.actor); });
    this.#connect.addEventListener('ask', ({detail}) => this.#ask(detail));
    this.#connect.addEventListener('choose', ({detail}) => { model.select(null); model.choosePath(detail); });
    this.#connect.addEventListener('close', () => this.#closeConnect());
    this.#connect.addEventListener('copy', ({detail}) => navigator.clipboard.writeText(detail).then(() => this.#tell('copied'), fail));
    this.#table.addEventListener('select', ({detail}) => { model.select(detail); if (detail.kind === 'actor') this.#map.reveal(detail.id); });
    this.#table.addEventListener('close', () => this.#toggleTable());
    this.#legend.addEventListener('toggle', ({detail}) => model.toggleFamily(detail));
  }

  async #selectOrFetch(selection) {
    if (selection.kind === 'actor' && !shownActors(model.state).has(selection.id)) {
      if (!await this.#do({ask: 'expand', actor: selection.id, filter: {}, limit: 12})) return;
    }
    model.select(selection);
    if (selection.kind === 'actor') this.#map.reveal(selection.id);
  }

  #listenToMap() {
    this.#map.addEventListener('pick', ({detail}) => {
      if (detail.kind === null) model.select(null);
      else if (!(detail.again && detail.kind === 'relation')) model.select({kind: detail.kind, id: detail.id});
    });
    this.#map.addEventListener('expand', ({detail}) => this.#expand(detail, {}));
    this.#map.addEventListener('moved', ({detail: {id, x, y}}) => model.move(id, {x, y}));
  }

  #listenToModel() {
    model.addEventListener('change', ({detail: {state, reason}}) => {
      byId('undo').disabled = !model.canUndo;
      byId('redo').disabled = !model.canRedo;
      this.#legend.show(state);
      this.#connect.show(state.paths, state.actors);
      this.#summary(state);
      this.#address();
      this.#startPage(state);
      this.#tell(reason);
    });
    model.addEventListener('select', ({detail: {selection}}) => {
      if (selection) this.#inspector.show(selection); else this.#inspector.close();
      document.body.classList.toggle('inspecting', Boolean(selection));
      this.#address();
    });
  }

  #address() {
    const fragment = writeAddress(model.state, model.selection);
    if (fragment === this.#writing) return;
    const onlySelected = withoutSelection(fragment) === withoutSelection(this.#writing);
    this.#writing = fragment;
    const address = fragment ? `#${fragment}` : location.pathname;
    // A selection is no step of its own: "back" goes to the view before.
    if (onlySelected) history.replaceState(null, '', address); else history.pushState(null, '', address);
    this.#writing = location.hash.slice(1);
  }

  #summary(state) {
    const actors = shownActors(state).size;
    const parts = [counted(actors, 'actor'), counted(shownRelations(state).size, 'relation')];
    if (state.omitted) parts.push(`${state.omitted} more left out`);
    if (state.hidden.size) parts.push(`${state.hidden.size} hidden`);
    byId('summary').textContent = state.actors.size ? parts.join(' · ') : '';
    byId('map').classList.toggle('empty', !state.actors.size);
  }

  async #startPage(state) {
    const page = byId('start');
    page.hidden = state.actors.size > 0 || Boolean(state.paths);
    if (page.hidden || page.childElementCount) return;
    page.append(el('p', {class: 'quiet'}, 'Loading …'));
    const [stats, {datasets}] = await untilThere(() => Promise.all([api.stats(), api.datasets()]));
    page.replaceChildren(el('h1', {}, 'Who is connected to whom, and who says so?'),
      el('p', {}, stats.claims ? [counted(stats.claims, 'claim'), ' about ', counted(stats.actors, 'actor'), ' from ', counted(stats.sources, 'source'),
        stats.first_date ? `, ${stats.first_date} to ${stats.last_date}` : '', '. Type a name above, or begin with a question:']
        : ['This graph is empty. Load a file of claims with ', el('code', {}, 'actorgraph load FILE'), ', or the bundled set with ',
          el('code', {}, 'actorgraph load syria-2025'), '.']),
      ...datasets.map(dataset => el('section', {}, el('h2', {}, dataset.title ?? dataset.name),
        dataset.description ? el('p', {class: 'quiet'}, dataset.description) : null,
        el('ul', {class: 'questions'}, dataset.questions.filter(question => question.link.startsWith('#'))
          .map(question => el('li', {}, el('a', {href: question.link}, question.text)))))));
  }

  #listenToButtons() {
    byId('home').addEventListener('click', event => { event.preventDefault(); model.select(null); if (model.state !== EMPTY) model.change(EMPTY, 'map emptied'); });
    byId('undo').addEventListener('click', () => model.undo());
    byId('redo').addEventListener('click', () => model.redo());
    byId('theme').addEventListener('click', toggleTheme);
    byId('connect-open').addEventListener('click', () => (byId('connect').hidden ? this.#openConnect() : this.#closeConnect()));
    byId('table-open').addEventListener('click', () => this.#toggleTable());
    byId('help-open').addEventListener('click', () => this.#help());
    byId('zoom-in').addEventListener('click', () => this.#map.zoom(1.3));
    byId('zoom-out').addEventListener('click', () => this.#map.zoom(1 / 1.3));
    byId('zoom-fit').addEventListener('click', () => this.#map.fit());
  }

  #keys() {
    const selected = () => (model.selection?.kind === 'actor' ? model.selection.id : null);
    listenToKeys({
      search: () => byId('search-input').focus(), help: () => this.#help(), connect: () => this.#openConnect(), table: () => this.#toggleTable(),
      hide: () => { if (selected()) model.hide(selected()); }, undo: () => model.undo(), redo: () => model.redo(),
      zoomIn: () => this.#map.zoom(1.3), zoomOut: () => this.#map.zoom(1 / 1.3), fit: () => this.#map.fit(),
      expand: () => { if (selected()) this.#expand(selected(), {}); },
      west: () => this.#walk(-1, 0), east: () => this.#walk(1, 0), north: () => this.#walk(0, -1), south: () => this.#walk(0, 1),
      leave: () => { if (!byId('connect').hidden) this.#closeConnect(); else if (model.selection) model.select(null); else if (this.#table.open) this.#toggleTable(); },
    });
  }

  /** Select the neighbour that lies most in a direction. */
  #walk(dx, dy) {
    const {state, selection} = model;
    const actors = shownActors(state);
    const here = selection?.kind === 'actor' ? selection.id : actors.keys().next().value;
    if (selection?.kind !== 'actor') { if (here) model.select({kind: 'actor', id: here}); return; }
    const at = state.nodes.get(here);
    const next = [...shownRelations(state).values()].flatMap(r => (r.subject === here ? [r.object] : r.object === here ? [r.subject] : []))
      .filter(id => id !== here).map(id => ({id, ...turn(at, state.nodes.get(id), dx, dy)}))
      .filter(({angle}) => angle < Math.PI / 2).sort((a, b) => a.angle - b.angle || a.far - b.far)[0];
    if (next) { model.select({kind: 'actor', id: next.id}); this.#map.reveal(next.id); }
  }

  #openConnect() {
    this.#connect.open();
    byId('connect-open').setAttribute('aria-expanded', 'true');
    if (model.selection?.kind === 'actor' && !model.state.paths) this.#connect.set('from', model.state.actors.get(model.selection.id));
  }

  #closeConnect() {
    this.#connect.close();
    byId('connect-open').setAttribute('aria-expanded', 'false');
    byId('connect-open').focus();
  }

  #toggleTable() {
    this.#table.toggle();
    byId('table-open').setAttribute('aria-expanded', String(this.#table.open));
  }

  #help() {
    const dialog = byId('help');
    dialog.replaceChildren(...keyTable(() => dialog.close()));
    dialog.showModal();
  }

  #busy(on) {
    clearTimeout(this.busyTimer);
    // Short waits show nothing: a bar that flashes is worse than none.
    if (on) this.busyTimer = setTimeout(() => { byId('progress').hidden = false; }, 400);
    else byId('progress').hidden = true;
  }

  #tell(text) { byId('live').textContent = `${text}. ${byId('summary').textContent}`; }
}

function moved(state, places) {
  if (!places.length) return state;
  const nodes = new Map(state.nodes);
  const by = new Map();
  for (const {id, x, y} of places) {
    if (nodes.has(id)) { nodes.set(id, {...nodes.get(id), x, y}); by.set(id, {x, y}); }
  }
  return {...state, nodes, moved: by};
}

function withoutSelection(fragment) {
  const pairs = new URLSearchParams(fragment);
  pairs.delete('select');
  return pairs.toString();
}

function turn(from, to, dx, dy) {
  const angle = Math.abs(Math.atan2(to.y - from.y, to.x - from.x) - Math.atan2(dy, dx));
  return {angle: Math.min(angle, 2 * Math.PI - angle), far: Math.hypot(to.x - from.x, to.y - from.y)};
}
