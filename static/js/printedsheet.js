// The sheet of a map on paper: title, what is shown, the caption of a story, the map, what its signs mean; and where it is from.

import {el, swatch} from './dom.js';
import {tally} from './legendrow.js';
import {signsOn} from './marks.js';
import {shownActors, shownRelations} from './model.js';
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
