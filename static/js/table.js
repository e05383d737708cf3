// The table twin: what is on the map as rows, sortable, selection linked both ways, everything by keyboard.

import {el} from './dom.js';
import {period} from './inspector.js';
import {shownActors, shownRelations} from './model.js';
import {OVERVIEW_VIEWS} from './overviewtable.js';

const VIEWS = {
  actors: {
    title: 'Actors',
    columns: [['Name', a => a.name], ['Kind', a => a.kind.replaceAll('_', ' ')], ['Neighbours', a => a.degree], ['Claims', a => a.claims]],
    rows: state => [...shownActors(state).values()].filter(actor => !actor.community),
    kind: 'actor',
    opens: 0,
  },
  relations: {
    title: 'Relations',
    columns: [['From', (r, name) => name(r.subject)], ['Relation', r => r.label], ['To', (r, name) => name(r.object)],
      ['Claims', r => r.claim_count], ['Sources', r => r.source_count], ['When', r => period(r.first_date, r.last_date) ?? ''],
      ['Status', r => (r.polarity === 'negative' ? 'denied' : Object.keys(r.statuses).filter(status => r.statuses[status]).join(', ')) + (r.contested ? ', contested' : '')]],
    rows: state => [...shownRelations(state).values()].filter(relation => !relation.bond),
    kind: 'relation',
    opens: 1,
  },
  ...OVERVIEW_VIEWS,
};

const NUMBERS = ['Claims', 'Sources', 'Neighbours', 'Actors', 'Ties'];

/** Emits `select` ({kind, id}) and `close`. */
export class Table extends EventTarget {
  #panel;
  #model;
  #view = 'relations';
  #sort = {relations: [3, -1], actors: [2, -1], communities: [1, -1], bonds: [2, -1]};
  #find = '';

  constructor(panel, model) {
    super();
    this.#panel = panel;
    this.#model = model;
    model.addEventListener('change', ({detail: {state, before}}) => { this.#turn(state, before); this.#draw(); });
    model.addEventListener('select', () => this.#draw());
  }

  get open() { return !this.#panel.hidden; }

  toggle(open = !this.open) {
    this.#panel.hidden = !open;
    this.#draw();
    if (open) this.#panel.querySelector('input')?.focus();
  }

  /** An overview begins with its communities, and without one there are none to list. */
  #turn({overview}, before) {
    if (overview && !before.overview) this.#view = 'communities';
    else if (!overview && VIEWS[this.#view].ofOverview) this.#view = 'relations';
  }

  #draw() {
    if (!this.open) return;
    const view = VIEWS[this.#view];
    const name = id => this.#model.state.actors.get(id)?.name ?? id;
    const [column, sign] = this.#sort[this.#view];
    const value = view.columns[column][1];
    const text = row => view.columns.map(([, of]) => of(row, name)).join('\n').toLocaleLowerCase();
    const rows = view.rows(this.#model.state).filter(row => text(row).includes(this.#find.toLocaleLowerCase()))
      .sort((a, b) => sign * compare(value(a, name), value(b, name)) || (a.id < b.id ? -1 : 1));
    const typing = this.#panel.querySelector('input') === document.activeElement;
    this.#panel.replaceChildren(this.#head(rows.length), el('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': view.title},
      el('table', {}, el('thead', {}, el('tr', {}, view.columns.map(([title], n) => this.#heading(title, n, column, sign)))),
        el('tbody', {}, rows.map(row => this.#row(view, row, name))))));
    if (typing) this.#panel.querySelector('input').focus();
  }

  #head(count) {
    const find = el('input', {type: 'search', placeholder: 'Filter rows', 'aria-label': 'Filter rows', value: this.#find,
      input: event => { this.#find = event.target.value; this.#draw(); }});
    return el('div', {class: 'row head'},
      Object.entries(VIEWS).filter(([, {ofOverview}]) => !ofOverview || this.#model.state.overview).map(([key, {title, rows}]) => el('button', {
        type: 'button', 'aria-pressed': String(key === this.#view), click: () => { this.#view = key; this.#draw(); },
      }, `${title} (${rows(this.#model.state).length})`)),
      find, this.#find ? el('span', {class: 'quiet'}, `${count} shown`) : null,
      el('button', {type: 'button', class: 'close', 'aria-label': 'Close table', click: () => this.dispatchEvent(new CustomEvent('close'))}, '×'));
  }

  #heading(title, n, column, sign) {
    const order = n === column ? (sign > 0 ? 'ascending' : 'descending') : 'none';
    return el('th', {scope: 'col', 'aria-sort': order, class: NUMBERS.includes(title) ? 'number' : null}, el('button', {
      type: 'button', click: () => { this.#sort[this.#view] = [n, n === column ? -sign : 1]; this.#draw(); },
    }, title, el('span', {'aria-hidden': 'true'}, order === 'none' ? '' : sign > 0 ? ' ↑' : ' ↓')));
  }

  #row(view, row, name) {
    const selected = this.#model.selection?.id === row.id;
    const pick = () => this.dispatchEvent(new CustomEvent('select', {detail: {kind: view.kind, id: row.id}}));
    return el('tr', {'aria-selected': String(selected)}, view.columns.map(([, of], n) => {
      const value = el('bdi', {}, String(of(row, name)));
      return el('td', {class: typeof of(row, name) === 'number' ? 'number' : null}, n === view.opens ? el('button', {type: 'button', class: 'name', click: pick}, value) : value);
    }));
  }
}

function compare(a, b) {
  return typeof a === 'number' ? a - b : String(a).localeCompare(String(b));
}
