// Words on lines that would be too small on the screen to read: larger, where they lie over no name and no other word.

import {bow, pointAt} from './curves.js';

/** Pixels of the screen below which the library leaves the words of a line to us. */
const LEAST = 10;
const LETTERS = 10.5;
/** Never much larger than the names of actors. */
const BY_NAMES = 1.2;
/** Below so many pixels nothing is seen of a word. */
const SEEN = 4;
/** More words are not moved apart: they would fill the map. */
const MOST = 200;
/** Half the height of a word by its letters. */
const HALF = 0.55;
/** Where along a line a word may stand; the bar of a denial keeps the middle. */
const PLACES = [0.5, 0.4, 0.6, 0.3, 0.7];

/** Whether so many words with such letters, in pixels, are to be made larger and moved apart here. */
export function areSmall(number, letters) { return letters < LEAST && number <= MOST; }

/** What the library is told of a line whose words are painted here when they are small; a loop stays its own. */
export function lettered({from, to}) { return from === to ? {} : {scaling: {label: {drawThreshold: LEAST + 1}}}; }

/** Paint them. `lines` are those of the library, `placeOf(id)` `{x, y, size}` of an end, `boxes` (`{id, left, …}`) what should stay
 *  free. Ids of the boxes that are not: words that have no room stand where the library would write them. */
export function paintWords(context, lines, {placeOf, boxes, zoom, names}) {
  const small = lines.filter(({from, to, label, font}) => from !== to && label?.trim() && font.size * zoom < LEAST && font.size * zoom >= SEEN);
  const touched = new Set();
  if (!small.length) return touched;
  const wanted = small.length > MOST ? 0 : Math.min(LETTERS, BY_NAMES * names * zoom) / zoom;
  const taken = [];
  context.save();
  Object.assign(context, {textAlign: 'center', textBaseline: 'middle', lineJoin: 'round'});
  for (const line of small) {
    const word = wordOf(line, placeOf);
    const size = Math.max(wanted, word.font.size);
    const width = widthOf(context, word, size);
    const isFree = bead => !boxes.some(box => inside(bead, box)) && !taken.some(other => meet(bead, other));
    const place = width > word.room ? undefined : word.places.find(one => beadsAt(one, word, width, size).every(isFree));
    if (place) taken.push(...beadsAt(place, word, width, size));
    else for (const {id} of boxesUnder(word, widthOf(context, word, word.font.size), boxes)) touched.add(id);
    write(context, word, place ?? word.middle, place ? size : word.font.size);
  }
  context.restore();
  return touched;
}

/** Where the words of a line stand, how they are turned, and how much room the line has. */
function wordOf({from, to, smooth, label, font, arrows}, placeOf) {
  const [one, other] = [placeOf(from), placeOf(to)];
  const at = t => pointAt(one, bow(one, other, smooth), other, t);
  const turn = font.align === 'horizontal' ? 0 : Math.atan2(other.y - one.y, other.x - one.x);
  const room = Math.hypot(other.x - one.x, other.y - one.y) - one.size - other.size;
  const places = PLACES.slice(arrows?.middle?.enabled ? 1 : 0).map(at);
  return {text: label.trim(), font, places, middle: at(0.5), room, turn: Math.abs(turn) > Math.PI / 2 ? turn + Math.PI : turn};
}

function widthOf(context, {text, font}, size) {
  context.font = `${size}px ${font.face}`;
  return context.measureText(text).width;
}

/** The circles along a word that stands at a place. */
function beadsAt({x, y}, {turn}, width, size) {
  const count = Math.max(1, Math.ceil(width / size));
  return Array.from({length: count}, (_, n) => (n + 0.5) / count * width - width / 2)
    .map(along => ({x: x + along * Math.cos(turn), y: y + along * Math.sin(turn), r: HALF * size}));
}

function boxesUnder(word, width, boxes) {
  const beads = beadsAt(word.middle, word, width, word.font.size);
  return boxes.filter(box => beads.some(bead => inside(bead, box)));
}

function write(context, {text, font, turn}, {x, y}, size) {
  context.save();
  context.translate(x, y);
  context.rotate(turn);
  context.font = `${size}px ${font.face}`;
  // Wide enough to leave nothing of the line between two words.
  Object.assign(context, {lineWidth: size / 2, strokeStyle: font.strokeColor, fillStyle: font.color});
  context.strokeText(text, 0, 0);
  context.fillText(text, 0, 0);
  context.restore();
}

function inside({x, y, r}, {left, right, top, bottom}) { return x > left - r && x < right + r && y > top - r && y < bottom + r; }

function meet(one, other) { return Math.hypot(one.x - other.x, one.y - other.y) < one.r + other.r; }
