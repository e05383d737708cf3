// The answer to a query: how many rows, what there is to know about them, the rows themselves, or the plan.

import {Ends, partsOfRow} from './cellparts.js';
import {counted, el} from './dom.js';

const AT_ONCE = 200;
const LONGEST_CELL = 400;

/** Elements for an answer; `take` has `draw` (replace) and `open` ({kind, id}). `drawn`: there is a map to add to. */
export function answerTable(answer, take) {
  const {data, graph} = answer;
  return [
    el('div', {class: 'row answer-head'}, el('p', {class: 'summary-line'}, summary(answer)), graph ? mapButtons(graph, take) : null),
    ...notes(answer),
    data.values.length ? table(answer, take) : el('p', {class: 'empty'}, 'No rows: nothing in the graph fits.'),
  ];
}

/** The plan as a list, operators that feed another one below it. */
export function planList(plan) {
  return [el('p', {class: 'summary-line'}, 'The plan: what the engine would do. The statement was not run.'), el('ul', {class: 'plan'}, operator(plan))];
}

/** What is said in one line, also to who cannot see the table. */
export function summary({data, truncated, elapsed_ms: elapsed}) {
  return `${counted(data.values.length, 'row')}${truncated ? ', and there are more' : ''} · ${elapsed.toLocaleString('en')} ms`;
}

function operator({operator: name, details, rows, children}) {
  return el('li', {}, el('strong', {}, name), details ? [' ', el('code', {}, details)] : null, rows === null ? null : el('span', {class: 'quiet'}, ` ${counted(rows, 'row')} expected`),
    children.length ? el('ul', {}, children.map(operator)) : null);
}

function mapButtons(graph, take) {
  return [
    el('button', {type: 'button', class: 'on-map', click: () => take.draw(true)}, 'Show on map'),
    el('button', {type: 'button', class: 'to-map', click: () => take.draw(false)}, 'Add to map'),
    el('span', {class: 'quiet'}, `${counted(graph.actors.length, 'actor')}, ${counted(graph.relations.length, 'relation')}`),
  ];
}

function notes({truncated, notifications}) {
  const words = notifications.map(one => String(one.description ?? one.title ?? one.code ?? JSON.stringify(one)));
  if (truncated && !words.length) words.unshift('Only the first rows are here: a LIMIT, or a narrower question, brings all of what it asks for.');
  return words.length ? [el('ul', {class: 'notes'}, words.map(text => el('li', {}, el('bdi', {}, text))))] : [];
}

function table({data: {fields, values}, graph}, take) {
  const ends = new Ends(graph);
  const body = el('tbody');
  const numbers = fields.map((_, n) => values.every(row => typeof row[n] === 'number'));
  const more = el('button', {type: 'button', class: 'rest', click: () => grow()});
  let shown = 0;
  const grow = () => {
    const next = values.slice(shown, shown + AT_ONCE);
    body.append(...next.map(row => el('tr', {}, partsOfRow(row, ends).map((parts, n) => cell(parts, numbers[n], take)))));
    shown += next.length;
    more.hidden = shown >= values.length;
    more.textContent = `Show ${Math.min(AT_ONCE, values.length - shown)} more of ${counted(values.length, 'row')}`;
  };
  grow();
  return el('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Rows'},
    el('table', {}, el('thead', {}, el('tr', {}, fields.map((name, n) => el('th', {scope: 'col', class: numbers[n] ? 'number' : null}, el('bdi', {}, name))))), body), more);
}

function cell(parts, number, take) {
  const length = parts.reduce((sum, {text}) => sum + text.length, 0);
  const drawn = el('td', {class: number ? 'number' : null});
  const all = () => drawn.replaceChildren(...parts.map(part => piece(part, take)));
  if (length <= LONGEST_CELL) all();
  else {
    drawn.append(el('bdi', {}, `${parts.map(({text}) => text).join('').slice(0, LONGEST_CELL)}… `),
      el('button', {type: 'button', class: 'text', click: () => { all(); drawn.tabIndex = -1; drawn.focus(); }}, 'all of it'));
  }
  return drawn;
}

function piece({text, opens}, take) {
  const words = el('bdi', {}, text);
  return opens ? el('button', {type: 'button', class: 'name', click: () => take.open(opens)}, words) : words;
}
