// Names over the map, painted by the page: on a map of few each under its disc, on one of many as large on the screen at every
// zoom, the best connected first, none over another.

import {LINE, namesPlaced, paintActorNames} from './actornames.js';

const SIZE = 12.5;
const MOST_NAMES = 60;
const BESIDE = 4;
const LONGEST = 28;
/** Inside an opened bubble nothing is written while the letters of the map are smaller, in pixels. */
const LEAST_INSIDE = 5;

/** Names that fit: `[{id, lines, x, size, box}]` in units of the map. `actors` are `{id, name, x, y, r}`, the most important first;
 *  `view` is what is in view; `widthOf(text)` its width in letters of height 1. */
export function namesThatFit(actors, {left, top, right, bottom}, scale, widthOf) {
  const kept = [];
  const size = SIZE / scale;
  for (const {id, name, x, y, r} of actors) {
    if (kept.length === MOST_NAMES) break;
    if (x < left || x > right || y < top || y > bottom) continue;
    const text = shortened(name);
    const width = widthOf(text) * size + 2 * BESIDE / scale;
    const box = {left: x - width / 2, right: x + width / 2, top: y + r, bottom: y + r + LINE * size};
    if (kept.every(({box: other}) => box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom)) {
      kept.push({id, lines: [text], x, size, box});
    }
  }
  return kept;
}

function shortened(name) {
  const flat = name.replace(/\s+/g, ' ').trim();
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST - 1)}…` : flat;
}

/** Whose names are painted, and where. */
export class Names {
  #widths = new Map();
  #context = document.createElement('canvas').getContext('2d');
  #usual;
  #actors = [];
  #all = false;
  #least = 0;

  /** `options` are those of the drawing library. */
  constructor({nodes: {font}}) {
    this.#usual = font;
    // Canvas text is measured with whatever font is there: measure again when it has come.
    document.fonts?.ready.then(() => this.#widths.clear());
  }

  /** Colours of another theme. */
  paintAs({nodes: {font}}) { this.#usual = font; }

  /** Make these the ones that are named: `drawn` are items of the library, `actors` what is known of each, `bright` who is seen
   *  (null for all), `all` whether everybody is named. */
  become({drawn, actors, bright, all, inside}) {
    const named = drawn.filter(({id, bubble}) => !bubble && (all || !bright || bright.actors.has(id)));
    this.#actors = named.map(node => ({node, name: signed(actors.get(node.id).name, node.sign), degree: actors.get(node.id).degree, on: node.opacity === 1}))
      .sort((one, other) => other.on - one.on || other.degree - one.degree);
    this.#all = all;
    this.#least = inside ? LEAST_INSIDE : 0;
  }

  /** Those that are written at a zoom in a view; `placeOf(id)` is where an actor is now. */
  placed({view, scale, placeOf}) {
    if (!this.#all) return namesThatFit(this.#actors.map(({node: {id, size}, name}) => ({id, name, ...placeOf(id), r: size})), view, scale, line => this.#widthOf(line)).map(one => ({...one, font: this.#usual}));
    const seen = this.#actors.map(({node}) => ({id: node.id, ...placeOf(node.id), r: node.size, lines: node.label.split('\n'), font: {...this.#usual, ...node.font}}));
    return namesPlaced(seen.filter(({font}) => font.size * scale >= this.#least), scale, line => this.#widthOf(line));
  }

  paint(context, names) { paintActorNames(context, names); }

  #widthOf(line) {
    if (!this.#widths.has(line)) {
      this.#context.font = `100px ${this.#usual.face}`;
      this.#widths.set(line, this.#context.measureText(line).width / 100);
    }
    return this.#widths.get(line);
  }
}

/** A name with the sign of what becomes of its actor. */
export function signed(name, sign) { return sign ? `${sign} ${name}` : name; }
