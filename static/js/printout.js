// The explorer on paper: title, map, what its signs mean, what is left out, and the table where no details are open.

import {counted, el, swatch} from './dom.js';
import {mapKey} from './mapkey.js';
import {shownSingleRelations} from './model.js';
import {printedMap, whilePrinting} from './printing.js';
import {filterWords} from './summary.js';
import {VIEWS, columnsNow, inOrder, openings} from './tableviews.js';
import {titleOf} from './viewtitle.js';

const MOST_ROWS = 500;
const LONGEST_LINK = 400;

export function wirePrinting({model, map, table, style}) {
  const [sheet, foot] = [el('div', {class: 'printout'}), el('div', {class: 'printout'})];
  whilePrinting(style, {
    prepare: () => {
      if (!model.state.actors.size) return;
      sheet.replaceChildren(...sheetOf(model.state, map, style));
      foot.replaceChildren(...footOf(model.state, table));
      document.body.prepend(sheet);
      document.body.append(foot);
    },
    restore: () => { sheet.remove(); foot.remove(); },
  });
}

function opened(id) {
  const part = document.getElementById(id);
  return part.hidden ? null : part;
}

function sheetOf(state, map, style) {
  const caption = opened('story')?.querySelector('.caption')?.textContent;
  return [
    el('h1', {dir: 'auto'}, titleOf(state)),
    el('p', {class: 'facts'}, [document.getElementById('summary').textContent, ...filterWords(state)].join(' · ')),
    caption ? el('p', {class: 'printed-caption', dir: 'auto'}, caption) : null,
    printedMap(map), legendOf(state, style),
  ].filter(Boolean);
}

/** Details and paths that are open stand between the sheet and its foot; the table that is open, or where nothing is the one of relations, in it. */
function footOf(state, table) {
  const [inspector, connect] = [opened('inspector'), opened('connect')];
  const lists = table.open ? [table.listed] : inspector || (state.paths && connect) ? [] : usualLists(state);
  return [...lists.map(list => tableOf(list, state)), ...unprinted(inspector), fromWhere()];
}

/** What is shown, and nothing else: kinds, families, and how lines are drawn. */
function legendOf(state, style) {
  const {kinds, families, strokes, marks} = mapKey(state, style);
  const entries = (list, signOf, counts = true) => list.map(one => el('li', {}, signOf(one), el('span', {}, one.label), counts ? el('span', {class: 'count'}, one.count.toLocaleString('en')) : null));
  return el('ul', {class: 'printed-legend'},
    entries(kinds, ({kind}) => el('img', {src: style.themes.light.kinds[kind], alt: '', width: 16, height: 16})),
    entries(families, ({family}) => swatch(family)),
    entries(strokes, ({name}) => el('span', {class: `stroke ${name}`}), false),
    entries(marks, ({sign}) => el('strong', {}, sign)));
}

/** Communities of an overview, and the relations on the map. */
function usualLists(state) {
  const keys = [state.overview ? 'communities' : null, shownSingleRelations(state).size ? 'relations' : null].filter(Boolean);
  const name = id => state.actors.get(id)?.name ?? id;
  return keys.map(key => {
    const view = VIEWS[key];
    const [column, sign] = openings()[key];
    const columns = columnsNow(view, state).map(([, one]) => one);
    return {...view, columns, rows: inOrder(view.rows(state), row => view.columns[column].of(row, name, state), sign)};
  });
}

function tableOf({title, columns, rows, waiting = false, holding = ''}, state) {
  const name = id => state.actors.get(id)?.name ?? id;
  const kind = ({number}) => (number ? 'number' : null);
  return el('section', {},
    el('h2', {}, title),
    holding ? el('p', {class: 'facts'}, 'Only rows that hold “', el('bdi', {}, holding), '”.') : null,
    waiting ? el('p', {class: 'facts'}, 'They were not there yet: print again.') : null,
    el('table', {}, el('thead', {}, el('tr', {}, columns.map(column => el('th', {scope: 'col', class: kind(column)}, column.title)))),
      el('tbody', {}, rows.slice(0, MOST_ROWS).map(row => el('tr', {}, columns.map(column => el('td', {class: kind(column)}, el('bdi', {}, String(column.of(row, name, state))))))))),
    rows.length > MOST_ROWS ? el('p', {class: 'facts'}, `${counted(rows.length - MOST_ROWS, 'more row')} not printed.`) : null);
}

/** What a list on the page has behind a button is not on paper either. */
function unprinted(panel) {
  return [...panel?.querySelectorAll('.rest') ?? []]
    .map(button => el('p', {class: 'facts'}, `Not printed: ${button.textContent.replace(/^Show /, '')}`));
}

function fromWhere() {
  const day = new Date().toISOString().slice(0, 10);
  const {href, origin} = location;
  return el('p', {class: 'printed-from'}, `Printed ${day} from ${href.length > LONGEST_LINK ? `${origin} (the link is too long for paper)` : href}`);
}
