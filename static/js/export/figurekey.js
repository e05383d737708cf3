// The key of a figure: its rows, each with words and the signs that they explain.

import {s} from './svgelement.js';

/** What discs and lines of an overview are. */
export const BUBBLES = 'A disc is a community, as large as its actors are many; a line between two stands for all their ties.';
/** Widths of a line and of a disc, in letters. */
const [LINE, DISC] = [2.2, 1.2];
const BAR = 0.45;
/** Length of a dash by that of the map, whose letters are as large as these. */
const LETTERS_OF_MAP = 13;

/** `[{label, entries: [{label, wide, draw}]}]` of what `drawnKey` found and of signs with their words; `draw({x, y, size})` makes the sign
 *  beside a middle line, `wide` letters wide. */
export function keyRows({discs, families, strokes}, marks, {surface}) {
  const {ink, muted} = surface;
  return [
    {label: 'Actors', entries: discs.map(({label, ...look}) => ({label, wide: DISC, draw: place => discOf(look, place)}))},
    {label: 'Relations', entries: families.map(({label, colour}) => ({label, wide: LINE, draw: place => strokeOf({colour, width: 0.2}, place)}))},
    {label: 'Said how', entries: strokes.map(({label, ...stroke}) => ({label, wide: LINE, draw: place => strokeOf({...stroke, colour: muted, width: 0.13}, place)}))},
    {label: 'Marked', entries: marks.map(({label, sign}) => ({label, wide: 1, draw: ({x, y, size}) => s('text', {x, y: y + 0.21 * size, 'font-size': size, 'font-weight': 650, fill: ink}, sign)}))},
  ].filter(({entries}) => entries.length);
}

function discOf({picture, fill, rim}, {x, y, size}) {
  const across = DISC * size;
  return picture
    ? s('image', {href: picture, x, y: y - across / 2, width: across, height: across})
    : s('circle', {cx: x + across / 2, cy: y, r: 0.45 * size, fill, stroke: rim, 'stroke-width': rim ? size / 12 : null});
}

function strokeOf({colour, width, dashes = [], bar = false}, {x, y, size}) {
  const line = s('path', {d: `M${x} ${y} H${x + LINE * size}`, fill: 'none', stroke: colour, 'stroke-width': width * size, 'stroke-dasharray': dashes.map(one => one * size / LETTERS_OF_MAP).join(' ') || null});
  const middle = x + LINE * size / 2;
  return s('g', {}, line, bar ? s('path', {d: `M${middle} ${y - BAR * size} V${y + BAR * size}`, stroke: colour, 'stroke-width': 1.3 * width * size}) : '');
}
