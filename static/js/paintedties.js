// Lines that the page paints itself, under the actors: thousands of them, those out of view left out.

import {bow, farFrom, farFromBow, headOf, until} from './curves.js';
import {addBar, addHead, lengthOf} from './heads.js';
import {areSmall} from './linewords.js';
import {Looks} from './looks.js';
import {areWritten, writeWords} from './paintedwords.js';

/** Lines of one stroke: long paths are slow to paint, and where faint lines lie over each other that shows only between strokes. */
const AT_ONCE = 64;
const FAINT_AT_ONCE = 8;
/** Pixels of the window beside a line at which it is still pointed at. */
const REACH = 6;
/** Heads that are shorter on the screen, in pixels, are not seen. */
const LEAST_HEAD = 1.2;
/** A line of the library is never thinner on the screen. */
const LEAST_WIDTH = 0.3;

/** Of lines that are drawn by width: that in units of the map. Of mere ties: as wide on the screen as can be seen, and never wider than
 *  on a map of few. */
function widthAt(scale, width) {
  if (width === 'thick') return Math.max(3, 1.8 / scale);
  if (width === 'thin') return Math.max(1.2, 0.9 / scale);
  return Math.max(width, LEAST_WIDTH / scale);
}

export class PaintedTies {
  #lines = [];
  #except = new Set();
  #number = new Map();
  #places = new Float64Array(0);
  #sizes = [];
  #ends = new Uint32Array(0);
  #bows = new Map();
  #groups = [];
  #worded = [];

  get size() { return this.#lines.length; }
  get lines() { return this.#lines; }
  get leftOut() { return this.#except; }

  /** Make these the painted ones: `nodes` gives places and sizes by id, `endsOf(line)` `{from, to}`, `look(line)` what it looks like:
   *  `{colour, opacity, width, dashes, smooth, arrows, words}`, of which all but the first three may be missing. */
  become(lines, nodes, endsOf, look) {
    this.#lines = lines;
    this.#except = new Set();
    this.#number = new Map();
    this.#ends = new Uint32Array(2 * lines.length);
    this.#bows = new Map();
    this.#worded = [];
    const groups = new Looks();
    lines.forEach((line, n) => {
      const {from, to} = endsOf(line);
      this.#ends[2 * n] = this.#numberOf(from);
      this.#ends[2 * n + 1] = this.#numberOf(to);
      this.#join(groups, n, look(line));
    });
    this.#groups = groups.all.sort((a, b) => a.opacity - b.opacity);
    const ids = [...this.#number.keys()].map(id => nodes.get(id));
    this.#places = Float64Array.from(ids.flatMap(({x, y}) => [x, y]));
    this.#sizes = ids.map(({size}) => size);
  }

  #numberOf(id) {
    let number = this.#number.get(id);
    if (number === undefined) this.#number.set(id, number = this.#number.size);
    return number;
  }

  #join(looks, n, look) {
    const {smooth, arrows, words, opacity} = look;
    const group = looks.like(look);
    group.lines.push(n);
    if (smooth?.enabled) this.#bows.set(n, smooth);
    if (arrows?.to?.enabled) group.heads.push([n, 'to']);
    if (arrows?.from?.enabled) group.heads.push([n, 'from']);
    if (arrows?.middle?.enabled) group.heads.push([n, 'middle']);
    if (words) this.#worded.push([n, {words, opacity}]);
  }

  /** Leave out those that the library draws. */
  leaveOut(lines) { this.#except = lines; }

  /** An actor was dragged: its lines go along. */
  move(id, {x, y}) {
    const number = this.#number.get(id);
    if (number === undefined) return;
    this.#places[2 * number] = x;
    this.#places[2 * number + 1] = y;
  }

  /** Paint those that are in view (`{left, top, right, bottom}` in units of the map); faint ones first. `font` is that of their words. */
  paint(context, scale, view, font) {
    if (!this.size) return;
    context.save();
    for (const group of this.#groups) {
      const width = widthAt(scale, group.width);
      context.globalAlpha = group.opacity;
      context.strokeStyle = group.colour;
      context.lineWidth = width;
      const mere = typeof group.width === 'string';
      context.setLineDash(mere ? group.dashes.map(length => length * width) : group.dashes);
      context.lineCap = group.dashes.length && !mere ? 'round' : 'butt';
      this.#stroke(context, group, view);
      if (group.heads.length) this.#paintHeads(context, group, scale, view);
    }
    context.setLineDash([]);
    if (areWritten(scale, font)) {
      const worded = this.#wordsIn(view);
      if (!areSmall(worded.length, scale * font.size)) writeWords(context, worded, font);
    }
    context.restore();
  }

  #stroke(context, {lines, opacity}, view) {
    const most = opacity < 1 ? FAINT_AT_ONCE : AT_ONCE;
    const [at, ends] = [this.#places, this.#ends];
    let waiting = 0;
    context.beginPath();
    for (const n of lines) {
      if (!this.#isSeen(n, view)) continue;
      const [a, b] = [2 * ends[2 * n], 2 * ends[2 * n + 1]];
      context.moveTo(at[a], at[a + 1]);
      const via = this.#bows.size ? this.#via(n) : null;
      if (via) context.quadraticCurveTo(via.x, via.y, at[b], at[b + 1]); else context.lineTo(at[b], at[b + 1]);
      waiting += 1;
      if (waiting === most) { context.stroke(); context.beginPath(); waiting = 0; }
    }
    if (waiting) context.stroke();
  }

  #paintHeads(context, {heads, colour, width}, scale, view) {
    const lengths = {to: lengthOf('to', width), from: lengthOf('from', width), middle: lengthOf('middle', width)};
    if (lengths.to * scale < LEAST_HEAD) return;
    context.fillStyle = colour;
    context.beginPath();
    heads.forEach(([n, where], number) => {
      if (this.#isSeen(n, view)) this.#addHead(context, n, where, lengths[where]);
      if (number % AT_ONCE === AT_ONCE - 1) { context.fill(); context.beginPath(); }
    });
    context.fill();
  }

  /** A head ends where the disc of its actor begins. */
  #addHead(context, n, where, length) {
    const {from, to, via} = this.#run(n);
    const [begin, end] = where === 'from' ? [to, from] : [from, to];
    if (where === 'middle') {
      const [dx, dy] = direction(from, to);
      const middle = {x: (from.x + to.x) / 2, y: (from.y + to.y) / 2};
      // Of a bowed line the middle lies half way to the point that it is drawn towards.
      const {x, y} = via ? {x: (middle.x + via.x) / 2, y: (middle.y + via.y) / 2} : middle;
      addBar(context, x, y, dx, dy, length);
      return;
    }
    if (via) {
      const tip = until(begin, via, end, end.size);
      const turn = headOf(begin, via, end, tip.t) * Math.PI / 180;
      addHead(context, tip.x, tip.y, Math.cos(turn), Math.sin(turn), length);
      return;
    }
    const [dx, dy] = direction(begin, end);
    addHead(context, end.x - end.size * dx, end.y - end.size * dy, dx, dy, length);
  }

  #isSeen(n, {left, top, right, bottom}) {
    const [at, a, b] = [this.#places, 2 * this.#ends[2 * n], 2 * this.#ends[2 * n + 1]];
    const [x, y, u, v] = [at[a], at[a + 1], at[b], at[b + 1]];
    if ((x < left && u < left) || (x > right && u > right) || (y < top && v < top) || (y > bottom && v > bottom)) return false;
    return !this.#except.size || !this.#except.has(this.#lines[n]);
  }

  #end(number) { return {x: this.#places[2 * number], y: this.#places[2 * number + 1], size: this.#sizes[number] ?? 0}; }

  #via(n) {
    const smooth = this.#bows.get(n);
    return smooth ? bow(this.#end(this.#ends[2 * n]), this.#end(this.#ends[2 * n + 1]), smooth) : null;
  }

  #run(n) { return {from: this.#end(this.#ends[2 * n]), to: this.#end(this.#ends[2 * n + 1]), via: this.#via(n)}; }

  /** Those in view whose words are too small to read and few enough to be moved apart. */
  smallWords(scale, view, {size}) {
    const worded = this.#worded.filter(([n]) => this.#isSeen(n, view));
    return areSmall(worded.length, scale * size) ? worded.map(([n]) => this.#lines[n]) : [];
  }

  #wordsIn(view) {
    return this.#worded.filter(([n]) => this.#isSeen(n, view)).map(([n, {words, opacity}]) => ({...this.#run(n), words, opacity}));
  }

  /** The line that lies nearest to a point of the map, within reach; null for none. */
  at(point, scale) {
    let [best, nearest] = [null, (REACH / scale) ** 2];
    for (let n = 0; n < this.#lines.length; n += 1) {
      const far = this.#distance(n, point);
      if (far < nearest) { nearest = far; best = this.#lines[n]; }
    }
    return best;
  }

  /** Square of the distance of a point to a line. */
  #distance(n, {x, y}) {
    const [at, a, b] = [this.#places, 2 * this.#ends[2 * n], 2 * this.#ends[2 * n + 1]];
    if (!this.#bows.has(n)) return farFrom(x, y, at[a], at[a + 1], at[b], at[b + 1]);
    const {from, to, via} = this.#run(n);
    return farFromBow({x, y}, from, via, to);
  }
}

function direction(from, to) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return [(to.x - from.x) / length, (to.y - from.y) / length];
}
