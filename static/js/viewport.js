// What part of the map is seen: everything, what is brought near, and what lies over the map meanwhile.

import {PLAIN} from './detail.js';
import {mostConnected} from './lit.js';
import {shownActors} from './model.js';
import {discsIn, lineIn} from './selection.js';

const LARGEST_ZOOM = 1.15;
const NARROW = 620;
/** Room around places that are brought near, for their discs and names. */
const FRAME = 110;
const READABLE_ZOOM = 0.62;
/** Pixels at the bottom that one line of words takes, and how many a picture leaves free anyway. */
const ONE_LINE = 44;
const FREE = 20;
/** What is nearer to an edge is not in sight. */
const SIGHT = 40;
/** Room of a dot. */
const DOT_ROOM = 40;

export class Viewport {
  #container;
  #network;
  #model;
  #observer;
  #fitted = true;
  #readable = true;
  #size = {width: 0, height: 0};

  constructor(container, network, model) {
    this.#container = container;
    this.#network = network;
    this.#model = model;
    for (const moved of ['dragStart', 'zoom']) network.on(moved, () => { this.#fitted = false; });
    // Panels come and go: a picture that was fitted stays fitted, one that somebody arranged stays as it is.
    this.#observer = new ResizeObserver(() => requestAnimationFrame(() => this.#resized()));
    this.#observer.observe(container);
  }

  /** Follow the container no more. */
  close() {
    this.#observer.disconnect();
    this.#observer = null;
  }

  #resized() {
    if (!this.#observer) return;
    const seen = this.#sees(this.#place(), this.#size, 0);
    // Painted once and at once: a canvas of another size is empty.
    const {emitter} = this.#network.body;
    emitter.emit('_blockRedraw');
    this.#network.setSize();
    if (this.#fitted) this.fit({readable: this.#readable});
    emitter.emit('_allowRedraw');
    this.#network.redraw();
    this.#size = this.#room();
    const place = this.#place();
    // The details of what was pressed do not cover it.
    if (!this.#fitted && seen && !this.#sees(place, this.#size)) this.#network.moveTo({position: place, scale: this.#network.getScale(), animation: this.#animation()});
  }

  #room() { return {width: this.#container.clientWidth, height: this.#container.clientHeight}; }

  /** Where on the map the one thing is that is selected, between its ends if it is a line; null where that is nothing. */
  #place() {
    const {state, selection} = this.#model;
    const line = state.relations.get(lineIn(selection));
    const ids = line ? [line.subject, line.object] : discsIn(selection);
    const places = ids.length && (line || ids.length === 1) ? ids.map(id => state.nodes.get(id)).filter(Boolean) : [];
    return places.length ? {x: (places[0].x + places.at(-1).x) / 2, y: (places[0].y + places.at(-1).y) / 2} : null;
  }

  #sees(place, {width, height}, edge = SIGHT) {
    const at = place && this.#network.canvasToDOM(place);
    return Boolean(at) && at.x >= edge && at.y >= edge && at.x <= width - edge && at.y <= height - edge;
  }

  /** What is seen, in units of the map. */
  get seen() {
    const {clientWidth, clientHeight} = this.#container;
    const [{x: left, y: top}, {x: right, y: bottom}] = [{x: 0, y: 0}, {x: clientWidth, y: clientHeight}].map(place => this.#network.DOMtoCanvas(place));
    return {left, top, right, bottom};
  }

  /** Everything in view, beside what lies over the map; `readable`: on a small screen rather a part that can be read. */
  fit({animated = false, readable = false} = {}) {
    // The library looks for another size now and then, and stretches what it draws meanwhile.
    this.#network.setSize();
    const {clientWidth, clientHeight} = this.#container;
    const boxes = this.#boxes();
    if (!boxes.length || !clientWidth || !clientHeight) return;
    const [left, right] = [Math.min(...boxes.map(box => box.left)), Math.max(...boxes.map(box => box.right))];
    const [top, bottom] = [Math.min(...boxes.map(box => box.top)), Math.max(...boxes.map(box => box.bottom))];
    const over = this.#covered(clientWidth);
    const width = clientWidth - over - 70;
    const below = this.#captioned() || this.#worded();
    const height = clientHeight - (below ? 40 : 60) - below;
    const whole = Math.min(width / (right - left), height / (bottom - top), LARGEST_ZOOM);
    const part = readable && !this.#model.state.overview && clientWidth < NARROW && whole < READABLE_ZOOM ? this.#middle() : null;
    this.#network.moveTo({
      position: part ?? {x: (left + right) / 2, y: (top + bottom) / 2}, scale: part ? READABLE_ZOOM : whole, offset: {x: (over - 20) / 2, y: -6 - below / 2},
      animation: animated ? this.#animation() : false,
    });
    this.#fitted = true;
    this.#readable = readable;
  }

  zoom(factor) {
    this.#fitted = false;
    this.#network.moveTo({scale: this.#network.getScale() * factor, animation: this.#animation()});
  }

  /** Bring an actor into view without changing the zoom, where it is out of view. */
  reveal(id) {
    if (!this.#sees(this.#network.getPosition(id), this.#room())) {
      this.#network.focus(id, {scale: this.#network.getScale(), animation: this.#animation()});
    }
  }

  /** Bring places near, around a middle: what an opened bubble holds. */
  frame(places, {x, y}) {
    const across = Math.max(0, ...places.map(place => Math.abs(place.x - x))) + FRAME;
    const down = Math.max(0, ...places.map(place => Math.abs(place.y - y))) + FRAME;
    const {clientWidth, clientHeight} = this.#container;
    const over = this.#covered(clientWidth);
    const scale = Math.min((clientWidth - over) / (2 * across), clientHeight / (2 * down), LARGEST_ZOOM);
    this.#network.moveTo({position: {x, y}, scale, offset: {x: over / 2, y: 0}, animation: this.#animation()});
    this.#fitted = false;
  }

  /** The room of each actor. Of a dot it is known without asking. */
  #boxes() {
    const {state} = this.#model;
    const actors = shownActors(state);
    if (actors.size > PLAIN && !state.overview) {
      return [...actors.keys()].map(id => state.nodes.get(id)).map(({x, y}) => ({left: x - DOT_ROOM, right: x + DOT_ROOM, top: y - DOT_ROOM, bottom: y + DOT_ROOM}));
    }
    return this.#network.body.nodeIndices.map(id => this.#network.getBoundingBox(id)).filter(Boolean);
  }

  /** Place of the selected actor, else of the one with most neighbours. */
  #middle() {
    const {state, selection} = this.#model;
    const shown = shownActors(state);
    const [best] = mostConnected(shown, 1);
    return this.#network.getPosition(discsIn(selection).find(id => shown.has(id)) ?? best);
  }

  /** Width at the left that the legend covers. */
  #covered(width) {
    const legend = document.getElementById('legend')?.getBoundingClientRect();
    return legend && width > NARROW && legend.height > 60 ? legend.width + 12 : 0;
  }

  /** Height at the bottom that the caption of a story covers. */
  #captioned() {
    const caption = document.getElementById('story')?.getBoundingClientRect();
    return caption?.height ? Math.max(0, this.#container.getBoundingClientRect().bottom - caption.top) : 0;
  }

  /** Height at the bottom that the line under the map covers with its buttons, where it is more than one line. */
  #worded() {
    const line = document.getElementById('summary')?.getBoundingClientRect();
    const covered = line?.height ? this.#container.getBoundingClientRect().bottom - line.top : 0;
    return covered > ONE_LINE ? covered - FREE : 0;
  }

  #animation() {
    return matchMedia('(prefers-reduced-motion: reduce)').matches ? false : {duration: 250, easingFunction: 'easeInOutQuad'};
  }
}
