// The pairs of a group as a table: each cell says what is on record between two actors, and opens it.

import {counted, el} from './dom.js';

const STATES = {
  tied: ({claims}) => ({sign: String(claims), words: counted(claims, 'claim')}),
  contested: ({claims, denials}) => ({sign: `${claims}/${denials}`, words: `contested: ${counted(claims, 'claim')}, ${counted(denials, 'denial')}`}),
  denied: ({denials}) => ({sign: 'not', words: `only denials: ${denials}`}),
  only_through: ({through}) => ({sign: '·', words: `only through others, best ${through.name}`}),
  no_record: () => ({sign: '', words: 'no record'}),
};

export function matrix({actors, pairs}, {name, emit}) {
  const cells = new Map(pairs.flatMap(pair => [[`${pair.from}\n${pair.to}`, pair], [`${pair.to}\n${pair.from}`, pair]]));
  const head = el('tr', {}, el('td'), actors.map((id, n) => el('th', {scope: 'col', title: name(id)}, el('abbr', {title: name(id)}, String(n + 1)))));
  const rows = actors.map((one, n) => el('tr', {},
    el('th', {scope: 'row'}, el('span', {class: 'number-of'}, String(n + 1)),
      el('button', {type: 'button', class: 'name', click: () => emit('select', {kind: 'actor', id: one})}, el('bdi', {}, name(one)))),
    actors.map(other => cell(cells.get(`${one}\n${other}`), one, other, {name, emit}))));
  return el('div', {class: 'matrix', tabindex: 0, role: 'region', 'aria-label': 'Between them'},
    el('table', {}, el('thead', {}, head), el('tbody', {}, rows)),
    el('p', {class: 'quiet small'}, 'Number of claims · a dot: only through others'));
}

function cell(pair, one, other, {name, emit}) {
  if (!pair) return el('td', {class: 'same'});
  const {sign, words} = STATES[pair.state](pair);
  const about = `${name(one)} and ${name(other)}: ${words}`;
  if (!pair.relations.length) return el('td', {title: about}, el('span', {'aria-hidden': 'true'}, sign), el('span', {class: 'visually-hidden'}, words));
  return el('td', {class: pair.state}, el('button', {type: 'button', title: about, 'aria-label': about, click: () => emit('select', {kind: 'relation', id: pair.relations[0]})}, sign));
}
