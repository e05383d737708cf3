// Words on the lines of the library: large enough to read at every zoom, where they lie over no name and no other word.
// Where there is no room for that they are left out, until somebody zooms in.

import {bow, pointAt} from './curves.js';

/** Pixels of the screen below which letters cannot be read, and the smallest that are written. */
const LEAST = 10;
const LETTERS = 10.5;
/** Where the letters of the map are smaller, no word is written: it would be longer than most lines. */
const SEEN = 4;
/** The library never draws these: near the least size it would let them fade. */
const NEVER = 1e6;
/** More words are not moved apart: they would fill the map. */
const MOST = 200;
/** Half the height of a word by its letters. */
const HALF = 0.55;
/** Where along a line a word may stand; the bar of a denial keeps the middle. */
const PLACES = [0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75];

/** Whether so many words with such letters, in pixels, are to be made larger and moved apart here. */
export function areSmall(number, letters) { return letters < LEAST && number <= MOST; }

/** What the library is told of a line whose words are painted here; a loop stays its own. */
export function lettered({from, to}) { return from === to ? {} : {scaling: {label: {drawThreshold: NEVER}}}; }

/** Paint them. `lines` are those of the library, `placeOf(id)` `{x, y, size}` of an end, `boxes` what should stay free. */
export function paintWords(context, lines, {placeOf, boxes, zoom}) {
  const worded = lines.filter(({from, to, label, font}) => from !== to && label?.trim() && font.size * zoom >= SEEN);
  if (!worded.length) return;
  const many = worded.length > MOST;
  const taken = [];
  context.save();
  Object.assign(context, {textAlign: 'center', textBaseline: 'middle', lineJoin: 'round'});
  for (const line of worded) {
    const size = Math.max(LETTERS / zoom, line.font.size);
    const choices = [line.label.trim(), ...line.shorter ?? []].map(text => wordOf(line, text, placeOf)).map(word => ({word, width: widthOf(context, word, size)}));
    const found = many ? null : firstOf(choices, ({word, width}) => placeFor(word, width, size, {boxes, taken}));
    if (found) taken.push(...found.beads);
    // In their own size, which can be read, words may lie over a name.
    if (found) write(context, found.word, found.at, size);
    else if (line.font.size * zoom >= LEAST) writeInside(context, choices, size);
  }
  context.restore();
}

/** The first answer to one of some choices; null where there is none. */
function firstOf(choices, answer) {
  for (const choice of choices) {
    const found = answer(choice);
    if (found) return found;
  }
  return null;
}

/** Write what is not longer than its line, or the shortest. */
function writeInside(context, choices, size) {
  const {word} = choices.find(({word: {room}, width}) => width <= room) ?? choices.at(-1);
  write(context, word, word.middle, size);
}

/** The first place where a word lies over nothing else; null where there is none. */
function placeFor(word, width, size, {boxes, taken}) {
  if (width > word.room) return null;
  const isFree = bead => !boxes.some(box => inside(bead, box)) && !taken.some(other => meet(bead, other));
  return word.places.map(at => ({word, at, beads: beadsAt(at, word, width, size)})).find(({beads}) => beads.every(isFree)) ?? null;
}

/** Where words on a line stand, how they are turned, and how much room the line has. */
function wordOf({from, to, smooth, font, arrows}, text, placeOf) {
  const [one, other] = [placeOf(from), placeOf(to)];
  const at = t => pointAt(one, bow(one, other, smooth), other, t);
  const turn = font.align === 'horizontal' ? 0 : Math.atan2(other.y - one.y, other.x - one.x);
  const room = Math.hypot(other.x - one.x, other.y - one.y) - one.size - other.size;
  const places = PLACES.slice(arrows?.middle?.enabled ? 1 : 0).map(at);
  return {text, font, places, middle: at(0.5), room, turn: Math.abs(turn) > Math.PI / 2 ? turn + Math.PI : turn};
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
