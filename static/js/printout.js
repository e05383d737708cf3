// The explorer on paper: title, map, what its signs mean, what is left out, and the table where no details are open.

import {fragmentHere, isTooLong} from './addressbar.js';
import {counted, el, swatch} from './dom.js';
import {tally} from './legendrow.js';
import {signsOn} from './marks.js';
import {shownActors, shownRelations, shownSingleRelations} from './model.js';
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

/** What is shown, and nothing else: kinds, families, and how lines are drawn that are not simply asserted. */
function legendOf(state, style) {
  const relations = [...shownRelations(state).values()];
  const [kinds, families] = [tally([...shownActors(state).values()].map(({kind}) => kind)), tally(relations.map(({family}) => family))];
  const statuses = style.statuses.filter(({status}) => relations.some(one => one.statuses[status]));
  const entry = (sign, label, count) => el('li', {}, sign, el('span', {}, label), count === undefined ? null : el('span', {class: 'count'}, count.toLocaleString('en')));
  const stroke = name => el('span', {class: `stroke ${name}`});
  return el('ul', {class: 'printed-legend'},
    style.kinds.filter(({kind}) => kinds.has(kind)).map(({kind, label}) => entry(el('img', {src: style.themes.light.kinds[kind], alt: '', width: 16, height: 16}), label, kinds.get(kind))),
    style.families.filter(({family}) => families.has(family)).map(({family, label}) => entry(swatch(family), label, families.get(family))),
    statuses.map(({status, label}) => entry(stroke(status), label)),
    relations.some(({polarity}) => polarity === 'negative') ? entry(stroke('denied'), style.denied.label) : null,
    relations.some(({contested}) => contested) ? entry(stroke('doubled'), 'contested') : null,
    signsOn(state).map(({sign, words, count}) => entry(el('strong', {}, sign), words, count)));
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
  return el('p', {class: 'printed-from'}, `Printed ${day} from ${href.length > LONGEST_LINK || isTooLong(fragmentHere() ?? '') ? `${origin} (the link is too long for paper)` : href}`);
}
