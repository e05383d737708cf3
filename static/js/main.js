// Wires the modules: what is asked of the service becomes states of the model, and the address follows.

import {readAddress, writeAddress, withoutSelection} from './address.js';
import {EXPANSION, answered, withQuery} from './answers.js';
import {Api, Problem, signInAddress} from './api.js';
import {say, untilThere} from './banner.js';
import {Connect} from './connect.js';
import {copiedBy} from './copying.js';
import {CypherPanel} from './cypher.js';
import {byId, counted} from './dom.js';
import {Inspector} from './inspector.js';
import {listenToKeys, showHelp} from './keys.js';
import {Legend} from './legend.js';
import {GraphMap} from './map.js';
import {EMPTY, Model} from './model.js';
import {listenToOverview} from './overview.js';
import {showBusy} from './progress.js';
import {ActorSearch} from './search.js';
import {StartPage} from './start.js';
import {showOnly, showSummary} from './summary.js';
import {Table} from './table.js';
import {currentTheme, followTheme, paintWith, toggleTheme} from './theme.js';
import {neighbourTowards} from './walk.js';

const KEPT_VIEWS = 100;

const api = new Api();
const model = new Model();

start().catch(error => error.locked ? location.replace(signInAddress()) : say(error, () => location.reload()));

async function start() {
  const style = await untilThere(() => api.style());
  paintWith(style);
  const map = new GraphMap(byId('map'), model, style, currentTheme());
  const explorer = new Explorer(style, map);
  followTheme(theme => explorer.setTheme(theme));
  await explorer.open(location.hash);
}

class Explorer {
  #map;
  #inspector;
  #connect;
  #cypher;
  #legend;
  #table;
  #startPage;
  #fragment = '';
  #views = new Map();
  #opening = 0;
  #begun = false;
  #settling = false;

  constructor(style, map) {
    this.#map = map;
    this.#inspector = new Inspector(byId('inspector'), api, style, model);
    this.#connect = new Connect(byId('connect'), api, style);
    this.#cypher = new CypherPanel(byId('cypher'), api);
    this.#legend = new Legend(byId('legend'), style);
    this.#table = new Table(byId('table'), model);
    this.#startPage = new StartPage(byId('start'), api);
    const search = new ActorSearch(api, style, byId('search-input'), byId('search-list'));
    search.addEventListener('choose', ({detail}) => { byId('search-input').value = ''; this.#find(detail); });
    search.addEventListener('problem', ({detail}) => say(detail));
    this.#listenToPanels();
    this.#listenToMap();
    this.#listenToModel();
    this.#listenToButtons();
    this.#listenToKeys();
    listenToOverview({map, model, inspector: this.#inspector, ask: (step, told) => this.#do(step, told)});
    api.addEventListener('busy', ({detail}) => showBusy(detail));
    api.addEventListener('locked', ({detail}) => say(detail));
    addEventListener('popstate', () => { if (location.hash.slice(1) !== this.#fragment) this.open(location.hash); });
  }

  setTheme(theme) {
    this.#map.setTheme(theme);
    this.#legend.show(model.state);
    if (model.selection) this.#inspector.show(model.selection);
  }

  /** Show what an address asks for; a view of this visit comes back as it was, without asking again. */
  async open(address) {
    const fragment = address.replace(/^#/, '');
    const opening = this.#opening += 1;
    const asked = readAddress(fragment);
    const kept = this.#views.get(withoutSelection(fragment));
    try {
      const state = kept ?? await untilThere(() => this.#asked(asked));
      if (opening !== this.#opening) return;
      this.#fragment = fragment;
      this.#settling = true;
      if (this.#begun) { if (state !== model.state) model.change(state, 'opened'); } else model.begin(state, 'opened');
      this.#begun = true;
      this.#select(asked.selection ?? (kept ? null : centreOf(asked)));
      if (state.paths) this.#openConnect(); else this.#closeConnect();
      if (asked.query) this.#openCypher(asked.query); else this.#closeCypher();
      this.#settling = false;
      if (!kept) this.#map.fit({readable: !state.paths});
    } catch (error) {
      this.#settling = false;
      if (opening !== this.#opening) return;
      this.#fragment = fragment;
      this.#show(model.state);
      say(error, () => this.open(fragment));
    }
  }

  /** The state that an address describes. */
  async #asked({steps, hidden, moved, off, chosen}) {
    let state = EMPTY;
    for (const step of steps) state = await answered(api, state, step);
    const nodes = new Map(state.nodes);
    const places = moved.filter(({id}) => nodes.has(id));
    for (const {id, x, y} of places) nodes.set(id, {...nodes.get(id), x, y});
    const paths = state.paths?.list[chosen] ? {...state.paths, chosen} : state.paths;
    return {...state, nodes, paths, off: new Set(off), hidden: new Set(hidden.filter(id => nodes.has(id))),
      moved: new Map(places.map(({id, x, y}) => [id, {x, y}]))};
  }

  /** Ask, and make the answer the next state; `false` when that went wrong. */
  async #do(step, told) {
    const before = model.state;
    try {
      const state = await answered(api, before, step);
      // Something else was done meanwhile: the answer belongs to what is there now.
      if (model.state !== before) return this.#do(step, told);
      const added = state.actors.size - before.actors.size;
      model.change(state, told ?? (added > 0 ? `${counted(added, 'actor')} added` : 'nothing new to add'));
      return true;
    } catch (error) {
      say(error, () => this.#do(step, told));
      return false;
    }
  }

  /** From the search box: a first actor starts a map, a further one joins it. */
  async #find(actor) {
    if (!model.state.actors.has(actor.id)) {
      const first = !model.state.actors.size;
      if (!await this.#do(first ? {ask: 'actor', actor: actor.id, filter: {}} : {ask: 'expand', actor: actor.id, filter: {}})) return;
      if (first) this.#map.fit({readable: true});
    }
    this.#goTo(actor.id);
    byId('map').focus({preventScroll: true});
  }

  async #paths({from, to, filter}) {
    try {
      const state = await answered(api, model.state, {ask: 'path', from, to, filter});
      this.#select(null);
      model.change(state, `${counted(state.paths.list.length, 'path')} found`);
      this.#map.fit();
    } catch (error) {
      if (error instanceof Problem && !error.away) this.#connect.problem(error); else say(error, () => this.#paths({from, to, filter}));
    }
  }

  /** The sentences with their footnotes, as the service writes them. */
  async #copy(button) {
    const {from, to, filter} = model.state.paths.asked;
    try {
      if (await copiedBy(button, api.pathsAsText({from, to, ...filter}))) this.#tell('copied');
    } catch (error) { say(error, () => this.#copy(button)); }
  }

  #expand(actor, filter) { return this.#do({ask: 'expand', actor, filter}); }

  #goTo(id) {
    model.reveal(id);
    this.#select({kind: 'actor', id});
    this.#map.reveal(id);
  }

  #select(selection) { model.select(selection); }

  async #selectOrFetch(selection) {
    if (selection.kind === 'actor') {
      if (!model.state.actors.has(selection.id) && !await this.#do({ask: 'expand', actor: selection.id, filter: {}, limit: EXPANSION})) return;
      this.#goTo(selection.id);
    } else this.#select(selection);
  }

  #listenToPanels() {
    this.#inspector.addEventListener('expand', ({detail}) => this.#expand(detail.actor, detail.filter));
    this.#inspector.addEventListener('select', ({detail}) => this.#selectOrFetch(detail));
    this.#inspector.addEventListener('hide', ({detail}) => model.hide(detail));
    this.#inspector.addEventListener('close', () => { this.#select(null); if (!this.#connect.focusAgain()) byId('map').focus({preventScroll: true}); });
    this.#inspector.addEventListener('connect', ({detail}) => { this.#select(null); this.#openConnect(); this.#connect.set(detail.end, detail.actor); });
    this.#connect.addEventListener('ask', ({detail}) => this.#paths(detail));
    this.#connect.addEventListener('choose', ({detail}) => { this.#select(null); model.choosePath(detail); });
    this.#connect.addEventListener('close', () => { this.#closeConnect(); byId('connect-open').focus(); });
    this.#connect.addEventListener('evidence', ({detail}) => { this.#select({kind: 'relation', id: detail}); byId('inspector').focus(); });
    this.#connect.addEventListener('copy', ({detail}) => this.#copy(detail));
    this.#connect.addEventListener('problem', ({detail}) => say(detail));
    this.#cypher.addEventListener('draw', ({detail}) => { this.#draw(detail); this.#map.fit({animated: true}); });
    this.#cypher.addEventListener('open', ({detail}) => this.#openFound(detail));
    this.#cypher.addEventListener('asked', () => this.#address());
    this.#cypher.addEventListener('tell', ({detail}) => { byId('live').textContent = detail; });
    this.#cypher.addEventListener('problem', ({detail}) => say(detail));
    this.#cypher.addEventListener('close', () => { this.#closeCypher(); this.#address(); byId('cypher-open').focus(); });
    this.#table.addEventListener('select', ({detail}) => { this.#select(detail); if (detail.kind === 'actor') this.#map.reveal(detail.id); });
    this.#table.addEventListener('close', () => { this.#toggleTable(); byId('table-open').focus(); });
    this.#legend.addEventListener('toggle', ({detail}) => model.toggleFamily(detail));
  }

  #listenToMap() {
    this.#map.addEventListener('pick', ({detail: {kind, id}}) => this.#select(kind ? {kind, id} : null));
    this.#map.addEventListener('expand', ({detail}) => this.#expand(detail, {}));
    this.#map.addEventListener('moved', ({detail: {id, x, y}}) => model.move(id, {x, y}));
  }

  #listenToModel() {
    model.addEventListener('change', ({detail: {state, reason}}) => { this.#show(state); this.#address(); this.#tell(reason); });
    model.addEventListener('select', ({detail: {selection}}) => {
      document.body.classList.toggle('inspecting', Boolean(selection));
      if (selection) this.#inspector.show(selection); else this.#inspector.close();
      this.#address();
    });
  }

  #show(state) {
    byId('undo').disabled = !model.canUndo;
    byId('redo').disabled = !model.canRedo;
    byId('map').classList.toggle('empty', !state.actors.size);
    this.#legend.show(state);
    this.#connect.show(state.paths, state.actors);
    this.#inspector.refresh();
    showSummary(state);
    showOnly(state);
    byId('blank').hidden = !state.paths || state.actors.size > 0;
    this.#startPage.show(!state.actors.size && !state.paths).catch(say);
  }

  #address() {
    const fragment = writeAddress(model.state, model.selection, this.#cypher.asked);
    const view = withoutSelection(fragment);
    this.#views.delete(view);
    this.#views.set(view, model.state);
    if (this.#views.size > KEPT_VIEWS) this.#views.delete(this.#views.keys().next().value);
    if (fragment === this.#fragment) return;
    // A selection is no step of its own, nor is writing an address more exactly: "back" goes to the view before.
    const step = !this.#settling && view !== withoutSelection(this.#fragment);
    this.#fragment = fragment;
    history[step ? 'pushState' : 'replaceState'](null, '', fragment ? `#${fragment}` : location.pathname);
  }

  async #liftFilter() {
    const [{actor}] = model.state.recipe;
    if (await this.#do({ask: 'actor', actor, filter: {}}, 'filter lifted')) this.#map.fit({readable: true});
  }

  #listenToButtons() {
    const on = (id, action) => byId(id).addEventListener('click', action);
    on('home', event => { event.preventDefault(); this.#empty(); });
    on('skip', event => { event.preventDefault(); (byId('inspector').hidden ? byId('table-open') : byId('inspector')).focus(); });
    on('undo', () => model.undo()); on('redo', () => model.redo());
    on('theme', toggleTheme);
    on('connect-open', () => (byId('connect').hidden || model.selection ? this.#connectFromHere() : this.#closeConnect()));
    on('table-open', () => this.#toggleTable());
    on('cypher-open', () => this.#toggleCypher());
    on('help-open', showHelp);
    on('zoom-in', () => this.#map.zoom(1.3)); on('zoom-out', () => this.#map.zoom(1 / 1.3));
    on('zoom-fit', () => this.#map.fit({animated: true}));
    on('only', () => this.#liftFilter());
    on('more', () => { const {actor, filter} = model.state.more; this.#expand(actor, filter); });
  }

  #empty() {
    this.#select(null);
    this.#closeConnect();
    this.#closeCypher();
    if (model.state.actors.size || model.state.paths) model.change(EMPTY, 'map emptied'); else this.#address();
  }

  #listenToKeys() {
    const selected = () => (model.selection?.kind === 'actor' ? model.selection.id : null);
    const walk = (dx, dy) => { const next = neighbourTowards(model.state, selected(), dx, dy); if (next) this.#goTo(next); };
    listenToKeys({
      search: () => byId('search-input').focus(), help: showHelp, connect: () => this.#connectFromHere(), table: () => this.#toggleTable(), cypher: () => this.#toggleCypher(),
      hide: () => { if (selected()) model.hide(selected()); }, undo: () => model.undo(), redo: () => model.redo(),
      zoomIn: () => this.#map.zoom(1.3), zoomOut: () => this.#map.zoom(1 / 1.3), fit: () => this.#map.fit({animated: true}),
      expand: () => { if (selected()) this.#expand(selected(), {}); },
      west: () => walk(-1, 0), east: () => walk(1, 0), north: () => walk(0, -1), south: () => walk(0, 1),
      leave: () => { if (model.selection) { this.#select(null); this.#connect.focusAgain(); } else if (this.#table.open) this.#toggleTable(); else if (this.#cypher.open) this.#toggleCypher(); else this.#closeConnect(); },
    });
  }

  #connectFromHere() {
    const here = model.selection?.kind === 'actor' ? model.state.actors.get(model.selection.id) : null;
    this.#select(null);
    this.#openConnect();
    if (here && !model.state.paths) this.#connect.set('from', here);
    this.#connect.focus();
  }

  #openConnect() {
    this.#connect.open();
    byId('connect-open').setAttribute('aria-expanded', 'true');
  }

  #closeConnect() {
    this.#connect.close();
    byId('connect-open').setAttribute('aria-expanded', 'false');
  }

  /** The table and Cypher lie in the same place. */
  #toggleTable() {
    if (this.#cypher.open) { this.#closeCypher(); this.#address(); }
    this.#table.toggle();
    byId('table-open').setAttribute('aria-expanded', String(this.#table.open));
  }

  #openCypher(query) {
    if (this.#table.open) this.#toggleTable();
    if (query) this.#cypher.ready(query); else this.#cypher.show();
    byId('cypher-open').setAttribute('aria-expanded', 'true');
  }

  #closeCypher() {
    this.#cypher.close();
    byId('cypher-open').setAttribute('aria-expanded', 'false');
  }

  #toggleCypher() {
    const had = byId('cypher').contains(document.activeElement);
    if (this.#cypher.open) this.#closeCypher(); else { this.#openCypher(); this.#cypher.focus(); }
    if (had) byId('cypher-open').focus();
    this.#address();
  }

  #draw({graph, query, replace}) {
    if (replace) this.#select(null);
    model.change(withQuery(model.state, graph, query, replace), 'drawn');
  }

  /** From a row of an answer: what is not on the map yet joins it. */
  #openFound({graph, query, selection: {kind, id}}) {
    if (!model.state[kind === 'actor' ? 'actors' : 'relations'].has(id)) this.#draw({graph, query, replace: !model.state.actors.size});
    if (kind === 'actor') this.#goTo(id); else this.#select({kind, id});
  }

  #tell(text) { byId('live').textContent = `${text}. ${byId('summary').textContent}`; }
}

/** The actor that an address asks for, where it asks for one and nothing else. */
function centreOf({steps: [first]}) {
  return first?.ask === 'actor' ? {kind: 'actor', id: first.actor} : null;
}
