// The lines of the map: which of them the library draws, and, where they are many, which the page paints.

import {drawnAlone, isNoTie, lookedAt} from './alone.js';
import {MOST_LINES} from './detail.js';
import {MOST_IN_FAN, edgesFor, fanned, idsOf, linesFor} from './lines.js';
import {brightnessOf} from './marks.js';
import {PaintedTies} from './paintedties.js';
import {pairsOf} from './pairs.js';
import {colourOf, libraryLine, linesSeen} from './picture.js';
import {endingAtRings} from './rings.js';

/** How much is seen of mere ties: thousands of lines are ink, hundreds are lines. */
const SEEN = {least: 0.1, most: 0.6, lines: 1500};
const DIMMED = 0.3;
const DENIED = [2, 6];
const THICK_FROM = 5;

/** @typedef {{state: object, relations: Map, nodes: Map, bright: object|null, chosen: string|null, near: Set|null, theme: object,
 *   detail: object, had: function}} Picture - of `nodes` the place and size of each actor that is drawn */

export class Ties {
  #painted = new PaintedTies();
  #picture = null;
  #seen = [];
  #hovered = null;

  /** Whether the page paints lines. */
  get painted() { return this.#painted.size > 0; }

  /** Make the lines those of a picture; what the library is to draw: `{lines, points}`. */
  become(picture) {
    this.#picture = picture;
    if (picture.detail.dots) this.#becomePairs(picture); else this.#becomeLines(picture);
    return this.#forLibrary();
  }

  /** Point at a painted line, or at none (null); what the library is to draw then, or null where that is the same. */
  point(line) {
    const key = line?.ids[0] ?? null;
    if (key === this.#hovered) return null;
    this.#hovered = key;
    return this.#forLibrary();
  }

  /** On a map of thousands ties are mere lines. */
  #becomePairs({state, relations, nodes, bright, theme}) {
    const pairs = pairsOf(relations);
    this.#seen = [];
    const usual = usualOpacity(pairs.length);
    this.#painted.become(pairs.filter(({alone}) => !alone), nodes, pair => pair, ({ids, family, denied}) => (
      {colour: colourOf(theme, family), opacity: opacityIn(bright, ids, brightnessOf(state, ids, usual)), width: ids.length >= THICK_FROM ? 'thick' : 'thin', dashes: denied ? DENIED : null}));
  }

  /** Where they are many they are painted as the library would draw them. */
  #becomeLines(picture) {
    const {state, relations, detail, nodes} = picture;
    this.#seen = linesSeen({...picture, lines: linesFor(state.edges, relations, detail.apart ? MOST_IN_FAN : 1)});
    const painted = this.#seen.length > MOST_LINES ? this.#seen.filter(line => !isNoTie(line, relations)) : [];
    this.#painted.become(painted, nodes, ({edge}) => edge, ({edge: {dashes, smooth, arrows}, colour, opacity, width, words}) => (
      {colour, opacity, width, words, dashes, smooth, arrows}));
  }

  #forLibrary() {
    const {state} = this.#picture;
    const drawn = this.#alone().map(line => libraryLine(line, this.#picture));
    return state.overview ? endingAtRings(drawn, state.overview) : {lines: drawn, points: []};
  }

  /** The lines that the library draws. */
  #alone() {
    const {relations, bright, chosen, near, detail} = this.#picture;
    if (detail.dots) {
      const pairs = drawnAlone(pairsOf(relations), {bright, chosen, near, hovered: this.#hovered});
      this.#painted.leaveOut(pairs);
      return this.#seenOf(pairs);
    }
    if (!this.painted) return this.#seen;
    const alone = lookedAt(this.#painted.lines, {hovered: this.#hovered});
    this.#painted.leaveOut(alone);
    return this.#seen.filter(line => alone.has(line) || isNoTie(line, relations));
  }

  /** Pairs as lines. */
  #seenOf(pairs, picture = this.#picture) {
    const {state, relations} = picture;
    const edges = edgesFor(state.edges, new Set([...pairs].flatMap(({ids}) => ids)));
    return linesSeen({...picture, lines: fanned(edges, relations, 1)});
  }

  /** Mere ties as lines, as much of each seen as is painted. */
  #inkOf(pairs, picture) {
    const usual = usualOpacity(pairsOf(picture.relations).length);
    return this.#seenOf(pairs, picture).map(line => ({...line, opacity: opacityIn(picture.bright, line.ids, brightnessOf(picture.state, line.ids, usual))}));
  }

  /** Ids of the relations of the line at a point of the map; `edge` is the one of the library there, if any. */
  at(point, scale, edge) {
    const line = edge && this.#isUnpainted(edge) ? null : this.nearest(point, scale);
    return line?.ids ?? (edge ? idsOf(edge) : null);
  }

  /** The painted line at a point of the map, or null. */
  nearest(point, scale) { return this.#painted.at(point, scale); }

  /** Whether the library's line has no painted one under it. */
  #isUnpainted(edge) { return !this.painted || isNoTie({edge, ids: idsOf(edge)}, this.#picture.relations); }

  /** An actor was dragged. */
  move(id, place) { this.#painted.move(id, place); }

  paint(context, scale, view) {
    if (this.painted) this.#painted.paint(context, scale, view, this.#picture.theme.options.edges.font);
  }

  /** Painted lines, as those of the library, whose words somebody else has to write. */
  smallWords(scale, view) {
    if (!this.painted) return [];
    const small = this.#painted.smallWords(scale, view, this.#picture.theme.options.edges.font);
    return small.map(line => libraryLine(line, this.#picture));
  }

  /** What is painted now, as lines of the library: for who draws it elsewhere. */
  asLines() {
    const lines = this.#painted.lines.filter(line => !this.#painted.leftOut.has(line));
    const picture = {...this.#picture, chosen: null, had: () => false};
    return (picture.detail.dots ? this.#inkOf(lines, picture) : lines).map(line => libraryLine(line, picture));
  }
}

/** How much is seen of one of so many. */
function usualOpacity(number) { return Math.round(100 * Math.min(SEEN.most, Math.max(SEEN.least, SEEN.most * SEEN.lines / number))) / 100; }

function opacityIn(bright, ids, usual) { return !bright ? usual : ids.some(id => bright.relations.has(id)) ? 1 : usual * DIMMED; }
