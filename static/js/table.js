// The table twin: what is on the map as rows, sortable and filterable, selection linked both ways, everything by keyboard.

import {el} from './dom.js';
import {narrows} from './lens.js';
import {actorsIn, selectionValues} from './selection.js';
import {VIEWS, columnsNow, inOrder, openings} from './tableviews.js';

const ROWS = 300;

/** Emits `select` ({kind, id, more}), `menu` ({kind, id, at}), `clear` (the filter of the view) and `close`. */
export class Table extends EventTarget {
  #panel;
  #model;
  #evidence;
  #view = 'relations';
  #sort = openings();
  #find = '';
  #most = ROWS;
  #claims = null;
  #drawing = 0;

  constructor(panel, model, evidence) {
    super();
    this.#panel = panel;
    this.#model = model;
    this.#evidence = evidence;
    model.addEventListener('change', ({detail: {state, before}}) => { this.#turn(state, before); this.#claims = null; this.#draw(); });
    model.addEventListener('select', () => this.#mark(true));
  }

  get open() { return !this.#panel.hidden; }

  /** What is listed now, all of it: title, columns, and rows in order; `holding` what they were looked through for, `waiting`: not there yet. */
  get listed() {
    const view = VIEWS[this.#view];
    const columns = this.#columns(view).map(([, column]) => column);
    const waiting = Boolean(view.needsClaims && !this.#claims);
    return {...view, columns, waiting, holding: this.#find, rows: waiting ? [] : this.#rows(view)};
  }

  show(open) {
    if (open === this.open) return;
    this.#panel.hidden = !open;
    this.#draw();
  }

  focus() { this.#panel.querySelector('input')?.focus(); }

  /** An overview begins with its communities; without one there are none to list. */
  #turn({overview}, before) {
    if (overview && !before.overview) this.#view = 'communities';
    else if (!overview && VIEWS[this.#view].ofOverview) this.#view = 'relations';
  }

  async #draw() {
    const drawing = this.#drawing += 1;
    if (!this.open) { this.#panel.replaceChildren(); return; }
    const view = VIEWS[this.#view];
    if (view.needsClaims && !this.#claims) {
      this.#fill(el('p', {class: 'quiet'}, 'Loading …'), 0);
      const problem = await this.#ask().then(() => null, error => error.message);
      if (drawing !== this.#drawing) return;
      if (problem) { this.#fill(el('p', {class: 'quiet', role: 'alert'}, problem), 0); return; }
    }
    const rows = this.#rows(view);
    this.#fill(rows.length ? this.#grid(view, rows) : this.#nothing(), rows.length);
    this.#mark(false);
  }

  async #ask() {
    const {state} = this.#model;
    const found = await this.#evidence.of(state);
    if (state === this.#model.state) this.#claims = found;
  }

  #name = id => this.#model.state.actors.get(id)?.name ?? id;

  /** The columns that are there now, by their place in the view. */
  #columns(view) { return columnsNow(view, this.#model.state); }

  /** By what is sorted: a column that is not there any more gives way to the usual one. */
  #order() {
    const [column, sign] = this.#sort[this.#view];
    return this.#columns(VIEWS[this.#view]).some(([n]) => n === column) ? [column, sign] : openings()[this.#view];
  }

  /** What is listed, in order; a row is looked through as it is read. */
  #rows(view) {
    const {state} = this.#model;
    const columns = this.#columns(view);
    const wanted = this.#find.toLocaleLowerCase();
    const found = view.rows(state, this.#claims)
      .filter(row => !wanted || columns.map(([, {of}]) => of(row, this.#name, state)).join('\n').toLocaleLowerCase().includes(wanted));
    const [column, sign] = this.#order();
    return inOrder(found, row => view.columns[column].of(row, this.#name, state), sign);
  }

  #fill(content, count) {
    const active = this.#panel.contains(document.activeElement) ? document.activeElement : null;
    const [held, from, to] = [active?.dataset.key, active?.selectionStart ?? null, active?.selectionEnd];
    this.#panel.replaceChildren(this.#head(count), el('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': VIEWS[this.#view].title}, content));
    const again = held ? this.#panel.querySelector(`[data-key="${CSS.escape(held)}"]`) : null;
    again?.focus();
    // Who types while rows arrive goes on where they were.
    if (again && from !== null) again.setSelectionRange(from, to);
  }

  #head(count) {
    const find = el('input', {type: 'search', placeholder: 'Filter rows', 'aria-label': 'Filter rows', value: this.#find, 'data-key': 'find',
      input: event => { this.#find = event.target.value; this.#most = ROWS; this.#draw(); }});
    return el('div', {class: 'row head'},
      Object.entries(VIEWS).filter(([, {ofOverview}]) => !ofOverview || this.#model.state.overview).map(([key, {title, count: number}]) => el('button', {
        type: 'button', 'aria-pressed': String(key === this.#view), 'data-key': `view ${key}`, click: () => { this.#view = key; this.#most = ROWS; this.#draw(); },
      }, title, el('span', {class: 'count'}, ` ${number(this.#model.state).toLocaleString('en')}`))),
      find, this.#find ? el('span', {class: 'quiet'}, `${count.toLocaleString('en')} shown`) : null,
      el('button', {type: 'button', class: 'close', 'aria-label': 'Close table', click: () => this.#emit('close')}, '×'));
  }

  /** Why no row is there, and what brings them back. */
  #nothing() {
    const {lens} = this.#model.state;
    const [why, clear] = this.#find ? [`No row holds “${this.#find}”.`, () => { this.#find = ''; this.#draw(); this.focus(); }]
      : narrows(lens) || lens.kinds.size ? ['Nothing passes the filter of the legend.', () => { this.#emit('clear'); this.focus(); }] : ['Nothing to list.', null];
    return el('p', {class: 'quiet nothing'}, why, clear ? ' ' : '', clear ? el('button', {type: 'button', click: clear}, 'Clear the filter') : null);
  }

  #grid(view, rows) {
    const [column, sign] = this.#order();
    const left = rows.length - this.#most;
    return el('div', {},
      el('table', {}, el('thead', {}, el('tr', {}, this.#columns(view).map(([n, head]) => this.#heading(head, n, column, sign)), el('th', {}, el('span', {class: 'visually-hidden'}, 'Menu')))),
        el('tbody', {}, rows.slice(0, this.#most).map(row => this.#row(view, row)))),
      left > 0 ? el('button', {type: 'button', class: 'rest', click: () => { this.#most += ROWS; this.#draw(); }}, `Show ${Math.min(left, ROWS)} more of ${left.toLocaleString('en')}`) : null);
  }

  #heading({title, number}, n, column, sign) {
    const order = n === column ? (sign > 0 ? 'ascending' : 'descending') : 'none';
    return el('th', {scope: 'col', 'aria-sort': order, class: number ? 'number' : null}, el('button', {
      type: 'button', 'data-key': `sort ${n}`, click: () => { this.#sort[this.#view] = [n, n === column ? -sign : number ? -1 : 1]; this.#draw(); },
    }, title, el('span', {'aria-hidden': 'true'}, order === 'none' ? '' : sign > 0 ? ' ↑' : ' ↓')));
  }

  #row(view, row) {
    const about = view.about(row);
    const pick = event => this.#emit('select', {...about, more: event.ctrlKey || event.metaKey || event.shiftKey});
    return el('tr', {'data-id': about.id}, this.#columns(view).map(([n, {of, number, long, date}]) => {
      const value = el('bdi', {}, String(of(row, this.#name, this.#model.state)));
      return el('td', {class: number ? 'number' : long ? 'long' : date ? 'date' : null}, n === view.opens ? el('button', {type: 'button', class: 'name', 'data-key': `row ${row.id}`, click: pick}, value) : value);
    }), el('td', {class: 'deeds-of'}, el('button', {
      type: 'button', class: 'more-deeds', 'aria-haspopup': 'menu', 'aria-label': `Menu of ${view.called(row, this.#name)}`, 'data-key': `menu ${row.id}`,
      click: event => this.#emit('menu', {...about, at: event.currentTarget}),
    }, '⋯')));
  }

  /** Mark the rows of what is selected; `bring` one of them into sight. */
  #mark(bring) {
    if (!this.open) return;
    const {selection} = this.#model;
    const ids = new Set(selectionValues(selection));
    const actors = new Set(actorsIn(selection));
    for (const tr of this.#panel.querySelectorAll('tbody tr')) tr.setAttribute('aria-selected', String(ids.has(tr.dataset.id) && (this.#view !== 'actors' || actors.has(tr.dataset.id))));
    if (bring && !this.#panel.contains(document.activeElement)) this.#panel.querySelector('tr[aria-selected="true"]')?.scrollIntoView({block: 'nearest'});
  }

  #emit(name, detail) { this.dispatchEvent(new CustomEvent(name, {detail})); }
}
