// The sheet of a map on paper: title, what is shown, the caption of a story, the map, what its signs mean; and where it is from.

import {el, swatch} from './dom.js';
import {mapKey} from './mapkey.js';
import {printedMap} from './printing.js';

const LONGEST_ADDRESS = 400;

/** The region of the page with this id, where it is open. */
export function opened(id) {
  const part = document.getElementById(id);
  return part.hidden ? null : part;
}

export function sheetOf({title, words}, {state, map, style}) {
  const caption = opened('story')?.querySelector('.caption')?.textContent;
  return [
    el('h1', {dir: 'auto'}, title), el('p', {class: 'facts'}, words),
    caption ? el('p', {class: 'printed-caption', dir: 'auto'}, caption) : null,
    printedMap(map), legendOf(state, style),
  ].filter(Boolean);
}

/** The day and the address; `short` tells whether that leads here. */
export function fromWhere(address, short = true) {
  const day = new Date().toISOString().slice(0, 10);
  return el('p', {class: 'printed-from'}, `Printed ${day} from ${short && address.length <= LONGEST_ADDRESS ? address : `${location.origin} (the link is too long for paper)`}`);
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
