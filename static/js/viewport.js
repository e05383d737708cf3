// What part of the map is seen: everything, what is brought near, and what lies over the map meanwhile.

import {LETTERS} from './actornames.js';
import {PLAIN} from './detail.js';
import {mostConnected} from './lit.js';
import {shownActors} from './model.js';
import {over} from './overlays.js';
import {discsIn, lineIn} from './selection.js';

const LARGEST_ZOOM = 1.15;
const NARROW = 620;
/** Room around places that are brought near, for their discs and names. */
const FRAME = 80;
const READABLE_ZOOM = 0.45;
/** Pixels over them for the plate that says what they are. */
const PLATE = 40;
/** For larger names room is kept, up to so many times their size; less where they are so small, in pixels, that most are not written. */
const ENLARGED = {most: 2, few: 1.3, under: 5};
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
    const room = this.#over.room;
    const whole = frameIn(boxes, room, LARGEST_ZOOM);
    // Names that would be too small are written larger, so they need more room.
    const {position, scale} = frameIn(boxes.map(box => withName(box, whole.scale)), room, whole.scale);
    const part = readable && !this.#model.state.overview && clientWidth < NARROW && scale < READABLE_ZOOM ? this.#middle() : null;
    this.#network.moveTo({
      position: part ?? position, scale: part ? READABLE_ZOOM : scale, offset: this.#over.offset, animation: animated ? this.#animation() : false,
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
    const {room: {width, height}, offset} = this.#over;
    const scale = Math.min(width / (2 * across), Math.max(1, height - PLATE) / (2 * down), LARGEST_ZOOM);
    this.#network.moveTo({position: {x, y}, scale, offset: {x: offset.x, y: offset.y + PLATE / 2}, animation: this.#animation()});
    this.#fitted = false;
  }

  /** The room of each actor. Of a dot it is known without asking. */
  #boxes() {
    const {state} = this.#model;
    const actors = shownActors(state);
    if (actors.size > PLAIN && !state.overview) {
      return [...actors.keys()].map(id => state.nodes.get(id)).map(({x, y}) => ({left: x - DOT_ROOM, right: x + DOT_ROOM, top: y - DOT_ROOM, bottom: y + DOT_ROOM}));
    }
    const rings = [...state.overview?.opened.values() ?? []].map(({x, y, r}) => ({left: x - r, right: x + r, top: y - r, bottom: y + r}));
    return [...rings, ...this.#network.body.nodeIndices.map(id => this.#boxOf(id)).filter(Boolean)];
  }

  #boxOf(id) {
    const box = this.#network.getBoundingBox(id);
    const {options: {size, font, shape}} = this.#network.body.nodes[id];
    // A plate is as large on the screen at every zoom, and within its ring.
    if (shape === 'custom') return null;
    return box && (shape === 'circularImage' ? {...box, disc: size, letters: font.size} : box);
  }

  /** Place of the selected actor, else of the one with most neighbours. */
  #middle() {
    const {state, selection} = this.#model;
    const shown = shownActors(state);
    const [best] = mostConnected(shown, 1);
    return this.#network.getPosition(discsIn(selection).find(id => shown.has(id)) ?? best);
  }

  /** What lies over the map now. */
  get #over() { return over(this.#container, NARROW); }

  #animation() {
    return matchMedia('(prefers-reduced-motion: reduce)').matches ? false : {duration: 250, easingFunction: 'easeInOutQuad'};
  }
}

/** Where the middle of boxes is, and how large they are drawn in a room. */
function frameIn(boxes, {width, height}, most) {
  const [left, right] = [Math.min(...boxes.map(box => box.left)), Math.max(...boxes.map(box => box.right))];
  const [top, bottom] = [Math.min(...boxes.map(box => box.top)), Math.max(...boxes.map(box => box.bottom))];
  return {position: {x: (left + right) / 2, y: (top + bottom) / 2}, scale: Math.min(width / (right - left), height / (bottom - top), most)};
}

/** The box of an actor with its name as it is written at a zoom. */
function withName(box, scale) {
  const letters = box.letters * scale;
  const times = box.letters ? Math.min(letters < ENLARGED.under ? ENLARGED.few : ENLARGED.most, Math.max(1, LETTERS / letters)) : 1;
  const [middle, under] = [(box.left + box.right) / 2, box.top + 2 * box.disc];
  if (times === 1) return box;
  return {...box, left: middle + times * (box.left - middle), right: middle + times * (box.right - middle), bottom: under + times * (box.bottom - under)};
}
