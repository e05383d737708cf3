// One line of the legend: a switch with its sign, words and count, and a button that leaves nothing else on.

import {el} from './dom.js';

export function row({key, label, sign = null, count, on, toggle, only = null, aside = null, inside = null}) {
  return el('li', {},
    el('div', {class: 'legend-row'},
      el('label', {}, el('input', {type: 'checkbox', checked: on, 'data-key': key, change: toggle}), sign, el('span', {class: 'words'}, label)),
      only ? el('button', {type: 'button', class: 'only-this', 'data-key': `only ${key}`, 'aria-label': `Only ${label}`, click: only}, 'only') : null, aside,
      el('span', {class: 'count'}, count.toLocaleString('en'))),
    inside);
}

/** How often each value occurs. */
export function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
