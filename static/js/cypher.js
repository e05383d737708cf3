// The Cypher panel: a query on one side; its rows, its plan, or queries to begin with on the other.

import {answerTable, planList, summary} from './answertable.js';
import {FORMS} from './callforms.js';
import {copiedBy} from './copying.js';
import {el} from './dom.js';
import {exampleQueries} from './examples.js';
import {KeptQueries} from './keptqueries.js';
import {explained, sameQuery} from './query.js';
import {QueryForm} from './queryform.js';
import {exampleList, firstLine, nameForm, recentList, savedList} from './querylists.js';

const SIDES = {answer: 'Result', examples: 'Examples', saved: 'Saved', recent: 'Recent'};
// What a server open to everybody says about Cypher, with the way on that a reader of this page has.
const CLOSED = {
  'not-public': 'This server is open to everybody and has no key, so it answers no Cypher. Its owner can set one (ACTORGRAPH_API_KEY).',
  'key-needed': 'Cypher is answered here only to who has the key of this server, and this page has none. Take the query along with “Copy as curl” and send the key with it, as X-API-Key.',
};

/** Emits `draw` and `open` ({graph, query, replace; selection}), `asked`, `problem` (error), `tell` (text) and `close`. */
export class CypherPanel extends EventTarget {
  #panel;
  #api;
  #form = new QueryForm();
  #kept = new KeptQueries();
  #naming = el('div', {class: 'naming-place'});
  #status = el('p', {class: 'quiet running', role: 'status'});
  #side = el('div', {class: 'side-body'});
  #tabs;
  #shown = 'examples';
  #answer = [];
  #hasRows = false;
  #examples = null;
  #asking = null;
  #asked = null;
  #at = -1;
  #called = '';

  constructor(panel, api) {
    super();
    this.#panel = panel;
    this.#api = api;
    this.#tabs = Object.fromEntries(Object.entries(SIDES).map(([side, words]) => [side, el('button', {type: 'button', 'aria-pressed': 'false', click: () => this.#turnTo(side)}, words)]));
    panel.replaceChildren(
      el('button', {type: 'button', class: 'close', 'aria-label': 'Close Cypher', click: () => this.#emit('close')}, '×'),
      el('div', {class: 'written'}, el('h2', {}, 'Cypher'), this.#form.element, this.#naming),
      el('div', {class: 'side'}, el('div', {class: 'row sides', role: 'group', 'aria-label': 'Beside the statement'}, Object.values(this.#tabs)), this.#status, this.#side));
    this.#listen();
  }

  get open() { return !this.#panel.hidden; }

  /** The query that belongs to the address: the last one that was run or came with a link. */
  get asked() { return this.open ? this.#asked : null; }

  show() {
    this.#panel.hidden = false;
    this.#prepare();
  }

  /** The graph has changed since: what examples and completion are made of is asked again. */
  forget() {
    this.#examples = null;
    if (this.#hasRows) this.#answer = [el('p', {class: 'notes'}, 'A file was loaded since: “Run” asks again.'), ...this.#answer];
    this.#hasRows = false;
    if (this.open) this.#prepare();
  }

  close() {
    this.#panel.hidden = true;
    this.#asking?.abort();
  }

  focus() { this.#form.focus(); }

  /** A query from a link: shown, and run only when somebody says so. */
  ready(query) {
    this.show();
    if (sameQuery(query, this.#asked)) return;
    this.#asking?.abort();
    this.#asked = query;
    this.#form.write(query);
    this.#hasRows = false;
    this.#answer = [el('p', {class: 'empty'}, 'This query came with the address. It has not been run: read it, then press “Run”.')];
    this.#turnTo('answer');
  }

  #listen() {
    const on = (name, action) => this.#form.addEventListener(name, ({detail}) => action(detail));
    on('run', () => { const query = this.#form.read(); if (query) this.#run(query, query, 0); });
    on('explain', () => { const query = this.#form.read(); if (query) { const {query: asked, moved} = explained(query); this.#run(query, asked, moved); } });
    on('stop', () => this.#asking?.abort());
    on('save', () => this.#save());
    on('copy', detail => this.#copy(detail));
    on('earlier', () => this.#leaf(1));
    on('later', () => this.#leaf(-1));
    this.#kept.addEventListener('change', () => { if (this.#shown === 'saved' || this.#shown === 'recent') this.#turnTo(this.#shown); });
  }

  /** What completion and examples are made of, once; where it cannot be had, the next opening asks again. */
  async #prepare() {
    this.#turnTo(this.#shown);
    if (this.#examples) return;
    try {
      const [schema, {datasets}] = await Promise.all([this.#api.schema(), this.#api.datasets()]);
      this.#form.types = schema.types;
      this.#examples = exampleQueries(datasets, schema);
      if (this.#shown === 'examples') this.#turnTo('examples');
    } catch (error) { this.#emit('problem', error); }
  }

  async #run(query, asked, moved) {
    this.#asking?.abort();
    const asking = this.#asking = new AbortController();
    this.#asked = query;
    this.#at = -1;
    this.#kept.ran(query);
    this.#emit('asked');
    this.#form.running = true;
    this.#status.textContent = 'Running …';
    let told = '';
    try {
      const answer = await this.#api.cypher(asked, asking.signal);
      if (asking === this.#asking) told = this.#found(answer, query);
    } catch (error) {
      if (asking === this.#asking) told = error.name === 'AbortError' ? 'Stopped.' : this.#wrong(error, moved);
    }
    if (asking !== this.#asking) return;
    this.#asking = null;
    this.#form.running = false;
    this.#status.textContent = '';
    this.#emit('tell', told);
  }

  #found(answer, query) {
    const {graph} = answer;
    this.#hasRows = !answer.plan;
    this.#answer = answer.plan ? planList(answer.plan) : answerTable(answer, {
      draw: replace => this.#emit('draw', {graph, query, replace}),
      open: selection => this.#emit('open', {graph, query, selection}),
    });
    this.#turnTo('answer');
    // On a small screen the answer lies below the statement: bring it up.
    this.#panel.scrollTop = this.#side.parentElement.offsetTop;
    return answer.plan ? 'The plan is shown' : summary(answer);
  }

  /** A fault in the statement is told under it; that the service is away has its own place. */
  #wrong(error, moved) {
    const place = error.place && {...error.place, column: error.place.line === 1 ? Math.max(1, error.place.column - moved) : error.place.column};
    this.#form.fault(CLOSED[error.code] ?? error.message, place);
    this.#hasRows = false;
    this.#answer = [el('p', {class: 'empty'}, 'No answer: what is wrong stands under the statement.')];
    this.#turnTo('answer');
    if (error.away) this.#emit('problem', error);
    return '';
  }

  #turnTo(side) {
    this.#shown = side;
    for (const [name, tab] of Object.entries(this.#tabs)) tab.setAttribute('aria-pressed', String(name === side));
    const take = query => this.#take(query);
    const filled = {
      answer: () => (this.#answer.length ? this.#answer : [el('p', {class: 'empty'}, 'Nothing was run yet.')]),
      examples: () => (this.#examples ? exampleList(this.#examples, take) : [el('p', {class: 'quiet'}, 'Loading …')]),
      saved: () => savedList(this.#kept, {take, rename: (name, next) => this.#kept.rename(name, next), drop: name => this.#drop(name)}),
      recent: () => recentList(this.#kept.recent, take),
    };
    this.#side.replaceChildren(...filled[side]());
  }

  #take({statement, parameters, name, text}) {
    this.#called = name ?? text ?? '';
    this.#form.write({statement, parameters});
    this.#form.focus();
  }

  #leaf(step) {
    const {recent} = this.#kept;
    const next = this.#at + step;
    if (next < 0 || next >= recent.length) return;
    this.#at = next;
    this.#take(recent[next]);
  }

  #save() {
    const query = this.#form.read();
    if (!query) return;
    const leave = () => { this.#naming.replaceChildren(); this.#form.focus(); };
    const done = name => {
      // The first press says that the name is taken, the second means it.
      if (this.#kept.has(name) && this.#naming.dataset.taken !== name) { this.#naming.dataset.taken = name; return `“${name}” is there already: press “Save” again to overwrite it.`; }
      delete this.#naming.dataset.taken;
      this.#kept.save(name, query);
      this.#turnTo('saved');
      leave();
      this.#emit('tell', `${name} is saved`);
      return '';
    };
    this.#naming.replaceChildren(nameForm('Save as', this.#called || firstLine(query), 'Save', done, leave));
    this.#naming.querySelector('input').select();
  }

  #drop(name) {
    const query = this.#kept.saved.find(one => one.name === name);
    this.#kept.delete(name);
    const back = el('button', {type: 'button', click: () => { this.#kept.save(name, query); this.#tabs.saved.focus(); }}, 'Put back');
    this.#side.prepend(el('p', {class: 'notes'}, el('bdi', {}, `“${name}” is deleted. `), back));
    back.focus();
    this.#emit('tell', `${name} is deleted`);
  }

  async #copy({form, button}) {
    const query = this.#form.read();
    if (query && await copiedBy(button, FORMS[form](query, this.#api.cypherAddress), `Query as ${form}`)) this.#emit('tell', 'copied');
  }

  #emit(name, detail) { this.dispatchEvent(new CustomEvent(name, {detail})); }
}
