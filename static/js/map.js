// The only file that gives vis-network something to draw: the model's state. Tells what was pointed at.

import {BoxSelect} from './boxselect.js';
import {paintNames} from './bubblenames.js';
import {RICH, detailOf} from './detail.js';
import {Fingers, isFinger, meantByFinger} from './fingers.js';
import {Given} from './given.js';
import {idsOf} from './lines.js';
import {paintWords} from './linewords.js';
import {lit} from './lit.js';
import {bareActors, shownActors, shownRelations, singleActors} from './model.js';
import {Names} from './names.js';
import {actorsDrawn} from './picture.js';
import {followPointer} from './pointing.js';
import {paintRings, ringsOf} from './rings.js';
import {discsIn, lineIn, meant} from './selection.js';
import {Ties} from './ties.js';
import {Viewport} from './viewport.js';

/** Pixels across at which the picture of a whole map is looked at, and all of it. */
const ON_A_PAGE = 1100;
const EVERYWHERE = {left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity};
/** After a movement, before what is near now is drawn in full. */
const SETTLED_MS = 160;

/** Emits `pick` ({kind, id, more}; kind null for nothing, `more` with a key that adds), `box` (ids), `menu` ({kind, id, x, y} in
 *  pixels of the window), `expand` (id) and `moved` ([{id, x, y}]). */
export class GraphMap extends EventTarget {
  #container;
  #model;
  #style;
  #theme;
  #nodes = new vis.DataSet();
  #edges = new vis.DataSet();
  #givenNodes = new Given(this.#nodes);
  #givenEdges = new Given(this.#edges);
  #ties = new Ties();
  #names;
  #network;
  #viewport;
  #fingers;
  #box;
  #tapped = null;
  #near = null;
  #settling = 0;
  #stale = false;
  #unpainted = false;

  constructor(container, model, style, theme) {
    super();
    this.#container = container;
    this.#model = model;
    this.#style = style;
    this.#theme = theme;
    this.#names = new Names(style.themes[theme].options);
    this.#network = new vis.Network(container, {nodes: this.#nodes, edges: this.#edges}, this.#options());
    this.#viewport = new Viewport(container, this.#network, model);
    this.#fingers = new Fingers(container, this.#network, {
      hold: place => this.#menuAt(place, true), moves: ({x, y}) => discsIn(this.#model.selection).includes(this.#at(x, y).id), twice: () => this.#expandTapped(),
    });
    // The container has the keyboard, a name and a role; the library's own frame would be a second, nameless stop.
    container.querySelector('.vis-network')?.setAttribute('tabindex', '-1');
    this.#listen();
    this.draw();
    model.addEventListener('change', () => this.#drawSoon());
    model.addEventListener('select', () => this.#drawSoon());
    // Canvas text is drawn with whatever font is there: draw again when it has come.
    document.fonts?.ready.then(() => this.#network?.redraw());
  }

  /** Give back what the library holds; the map is of no use afterwards. */
  close() {
    clearTimeout(this.#settling);
    this.#viewport.close();
    this.#fingers.close();
    this.#network.destroy();
    this.#network = null;
  }

  /** Place of an actor in the window, for what is to stand beside it. */
  windowPlaceOf(id) {
    this.#drawStale();
    const {x, y} = this.#network.canvasToDOM(this.#network.getPosition(id));
    const box = this.#container.getBoundingClientRect();
    return {x: box.x + x, y: box.y + y};
  }

  /** Pixels of the window for one of the map. */
  get scale() { return this.#network.getScale(); }

  /** Whether a drag draws a box and a tap adds, instead of moving the map and opening. */
  get selecting() { return this.#box.on; }
  set selecting(on) { this.#box.on = on; }

  setTheme(theme) {
    this.#theme = theme;
    this.#network.setOptions(this.#options());
    this.#names.paintAs(this.#paint.options);
    this.draw();
  }

  /** Everything in view, beside what lies over the map; `readable`: on a small screen rather a part that can be read. */
  fit(how) {
    this.#drawStale();
    // The library knows how large an actor is once it has drawn it.
    if (this.#unpainted && !this.#detail.dots) this.#network.redraw();
    this.#viewport.fit(how);
  }

  zoom(factor) { this.#viewport.zoom(factor); }

  /** Bring an actor into view without changing the zoom, where it is out of view. */
  reveal(id) {
    this.#drawStale();
    if (this.#nodes.get(id)) this.#viewport.reveal(id);
  }

  /** Bring places near, around a middle: what an opened bubble holds. */
  frame(places, middle) { this.#viewport.frame(places, middle); }

  /** One deed may change the state and the selection: what it made is drawn once, after it. */
  #drawSoon() {
    if (this.#stale) return;
    this.#stale = true;
    queueMicrotask(() => this.#drawStale());
  }

  #drawStale() { if (this.#stale) this.draw(); }

  /** Make the picture that of the model's state: one batch for actors, one for ties, nothing that is the same. */
  draw() {
    this.#stale = false;
    this.#atOnce(() => this.#give());
  }

  /** The library paints everything after each change of its data; here once, in the next frame, after all of them. */
  #atOnce(change) {
    const {emitter} = this.#network.body;
    emitter.emit('_blockRedraw');
    try { change(); } finally { emitter.emit('_allowRedraw'); }
    this.#unpainted = true;
    emitter.emit('_requestRedraw');
  }

  get #paint() { return this.#style.themes[this.#theme]; }

  get #detail() { return detailOf(shownActors(this.#model.state).size); }

  #give() {
    const {state, selection} = this.#model;
    const [actors, relations, detail] = [shownActors(state), shownRelations(state), this.#detail];
    if (!detail.dots) this.#near = null;
    const bright = lit(state, selection, relations);
    const theme = this.#paint;
    const drawn = actorsDrawn({state, actors, bright, bare: bareActors(state, relations), theme, detail, near: this.#near});
    const had = id => this.#givenEdges.get(id)?.label;
    const nodes = new Map(drawn.map(node => [node.id, node]));
    const {lines, points} = this.#ties.become({state, relations, nodes, bright, chosen: lineIn(selection), near: this.#near, theme, detail, had});
    this.#names.become({drawn, actors, bright, all: detail.named, inside: Boolean(state.overview)});
    const reshaped = drawn.filter(({id, shape}) => this.#givenNodes.get(id)?.shape !== shape);
    this.#givenNodes.become([...drawn, ...points]);
    this.#measure(reshaped);
    this.#givenEdges.become(lines);
    this.#hush();
    this.#network.setSelection({
      nodes: discsIn(selection).filter(id => actors.has(id)),
      edges: lineIn(selection) ? this.#edgesOf(selection.id) : [],
    }, {highlightEdges: false});
  }

  /** The library leaves the words beside the pointer of who is gone. */
  #hush() {
    const {interactionHandler: handler, body: {nodes, edges}} = this.#network;
    const id = handler.popupObj?.id;
    if (id === undefined || id in nodes || id in edges) return;
    handler.popup?.hide();
    handler.popupObj = undefined;
  }

  /** The library draws only what it knows to be in view, and measures a new shape when it would have drawn it. */
  #measure(actors) {
    const {body: {nodes}, canvas} = this.#network;
    for (const {id} of actors) nodes[id].updateBoundingBox(canvas.getContext(), false);
  }

  #options() { return structuredClone(this.#paint.options); }

  /** What is drawn now, for who draws it elsewhere: painted ties as lines, painted names as labels; also as in another theme. */
  picture(theme = this.#theme) {
    if (theme !== this.#theme) return this.#inTheme(theme, () => this.picture());
    this.#drawStale();
    const nodes = this.#labelled(this.#nodes.get());
    const lines = [...this.#ties.asLines(), ...this.#edges.get()];
    return {nodes, lines, rings: ringsOf(this.#model.state.overview, this.#paint), style: this.#paint};
  }

  #inTheme(theme, answer) {
    const own = this.#theme;
    this.setTheme(theme);
    try { return answer(); } finally { this.setTheme(own); }
  }

  /** Bubbles where they are now, also while somebody drags one. */
  #nameBubbles(context) {
    if (!this.#model.state.overview) return;
    const bubbles = this.#nodes.get({filter: ({bubble, shape}) => bubble && shape === 'dot'});
    paintNames(context, bubbles.map(one => ({...one, ...this.#network.getPosition(one.id)})), this.#paint, this.scale);
  }

  /** Items of the library with the names that can be read where the whole map is looked at. */
  #labelled(nodes) {
    if (this.#model.state.overview) return nodes;
    const across = Math.max(...['x', 'y'].map(axis => Math.max(...nodes.map(one => one[axis])) - Math.min(...nodes.map(one => one[axis]))), 1);
    const names = new Map(this.#namesAt(EVERYWHERE, Math.min(1, ON_A_PAGE / across)).map(name => [name.id, name]));
    return nodes.map(node => {
      const name = names.get(node.id);
      return node.end ? node : {...node, label: name?.lines.join('\n') ?? ' ', font: {...node.font, size: name?.size ?? node.font.size}};
    });
  }

  #wordLines(context, names) {
    const font = this.#paint.options.edges.font;
    const worded = [...this.#edges.get({filter: ({label}) => label?.trim()}), ...this.#ties.smallWords(this.scale, this.#viewport.seen)];
    const lines = worded.map(line => ({...line, font: {...font, ...line.font}}));
    if (!lines.length) return;
    const placeOf = id => ({...this.#network.getPosition(id), size: this.#nodes.get(id).size});
    // Of thousands only those are discs that are seen close by.
    const discs = this.#detail.dots ? this.#nodes.get([...this.#near ?? []]) : this.#nodes.get();
    const room = ({id, size}) => { const {x, y} = this.#network.getPosition(id); return {left: x - size, right: x + size, top: y - size, bottom: y + size}; };
    const boxes = [...discs.filter(({opacity, bubble}) => opacity === 1 && !bubble).map(room), ...names.map(({box}) => box)];
    paintWords(context, lines, {placeOf, boxes, zoom: this.scale});
  }

  #namesAt(view, scale) { return this.#names.placed({view, scale, placeOf: id => this.#network.getPosition(id)}); }

  #edgesOf(relation) {
    return this.#edges.getIds({filter: edge => idsOf(edge).includes(relation)});
  }

  #listen() {
    if (window.parent !== window) leaveWheel(this.#container);
    this.#network.on('beforeDrawing', context => {
      paintRings(context, this.#model.state.overview, this.#paint, this.scale);
      this.#ties.paint(context, this.scale, this.#viewport.seen);
    });
    this.#network.on('afterDrawing', context => {
      this.#unpainted = false;
      const names = this.#namesAt(this.#viewport.seen, this.scale);
      this.#nameBubbles(context);
      this.#wordLines(context, names);
      this.#names.paint(context, names);
      clearTimeout(this.#settling);
      if (this.#detail.dots) this.#settling = setTimeout(() => this.#lookCloser(), SETTLED_MS);
    });
    this.#network.on('click', ({nodes, edges, pointer, event: {srcEvent}}) => {
      if (this.#fingers.isSecond(srcEvent)) { this.#drawSoon(); this.#expandTapped(); return; }
      // What was under the pointer, not what the library has selected besides.
      const {kind, id} = this.#tapped = isFinger(srcEvent) ? this.#byFinger(pointer.DOM) : this.#picked(nodes.length > 1 ? nodes.slice(-1) : nodes, edges, pointer.canvas);
      this.#emit('pick', {kind, id, more: Boolean(srcEvent.ctrlKey || srcEvent.metaKey || srcEvent.shiftKey)});
    });
    this.#network.on('oncontext', ({event, pointer}) => { event.preventDefault(); this.#menuAt(pointer.DOM); });
    this.#box = new BoxSelect(this.#container, (box, how) => this.#boxed(box, how));
    const placesOf = nodes => nodes.map(id => ({id, ...this.#network.getPosition(id)}));
    this.#network.on('dragging', ({nodes}) => { for (const place of placesOf(nodes)) this.#ties.move(place.id, place); });
    this.#network.on('dragEnd', ({nodes}) => { if (nodes.length) this.#emit('moved', placesOf(nodes)); });
    for (const what of ['Node', 'Edge']) {
      this.#network.on(`hover${what}`, () => this.#container.classList.add('pointing'));
      this.#network.on(`blur${what}`, () => this.#container.classList.remove('pointing'));
    }
    followPointer(this.#container, place => this.#hover(place));
  }

  /** A box without a size is a click that adds. */
  #boxed(box, {point, finger}) {
    const {left: x, top: y} = box;
    if (point) this.#emit('pick', {...finger ? this.#byFinger({x, y}) : this.#at(x, y), more: true}); else this.#emit('box', this.#within(box));
  }

  /** On a map of dots who is in view is drawn in full, where these are few. */
  #lookCloser() {
    const {state} = this.#model;
    const {left, top, right, bottom} = this.#viewport.seen;
    const seen = [...shownActors(state).keys()].filter(id => { const {x, y} = state.nodes.get(id); return x >= left && x <= right && y >= top && y <= bottom; });
    const near = seen.length && seen.length <= RICH ? new Set(seen) : null;
    if (near?.size === this.#near?.size && [...near ?? []].every(id => this.#near.has(id))) return;
    this.#near = near;
    this.draw();
  }

  /** What is pointed at becomes a line of the library, which has words and a cursor for it. */
  #hover(place) {
    if (!this.#ties.painted) return;
    const free = place && this.#network.getNodeAt(place) === undefined;
    const line = free ? this.#ties.nearest(this.#network.DOMtoCanvas(place), this.scale) : null;
    const drawn = this.#ties.point(line);
    if (!drawn) return;
    if (line) this.#container.classList.add('pointing'); else if (free) this.#container.classList.remove('pointing');
    this.#atOnce(() => this.#givenEdges.become(drawn.lines));
  }

  /** What a disc or a line of the library stands for, else the painted tie at a place of the map. */
  #picked(nodes, edges, place = null) {
    const {state} = this.#model;
    // What a line ends at is no actor.
    if (state.actors.has(nodes[0])) return meant({kind: 'actor', id: nodes[0]}, state);
    const edge = edges.length ? this.#edges.get(edges[0]) : null;
    const ids = place ? this.#ties.at(place, this.scale, edge) : edge && idsOf(edge);
    if (!ids) return {kind: null, id: null};
    const relations = shownRelations(state);
    const [best] = ids.map(id => relations.get(id)).filter(Boolean).sort((a, b) => b.claim_count - a.claim_count || (a.id < b.id ? -1 : 1));
    return meant({kind: 'relation', id: best.id}, state);
  }

  /** What lies at a place of the container. */
  #at(x, y) {
    const [node, edge] = [this.#network.getNodeAt({x, y}), this.#network.getEdgeAt({x, y})];
    return this.#picked(node === undefined ? [] : [node], edge === undefined ? [] : [edge], this.#network.DOMtoCanvas({x, y}));
  }

  /** What the first tap of two was on: it may have moved. A bubble has opened at that one. */
  #expandTapped() { if (this.#tapped?.kind === 'actor') this.#emit('expand', this.#tapped.id); }

  /** What a finger means at a place of the container. */
  #byFinger(place) { return meantByFinger(place, (x, y) => this.#at(x, y)); }

  #menuAt({x, y}, finger = false) {
    const {left, top} = this.#container.getBoundingClientRect();
    this.#emit('menu', {...finger ? this.#byFinger({x, y}) : this.#at(x, y), x: x + left, y: y + top});
  }

  #within({left, top, right, bottom}) {
    const [begin, end] = [this.#network.DOMtoCanvas({x: left, y: top}), this.#network.DOMtoCanvas({x: right, y: bottom})];
    const inside = ([, {x, y}]) => x >= begin.x && x <= end.x && y >= begin.y && y <= end.y;
    const single = singleActors(this.#model.state);
    return Object.entries(this.#network.getPositions()).filter(inside).map(([id]) => id).filter(id => single.has(id));
  }

  #emit(name, detail) { this.dispatchEvent(new CustomEvent(name, {detail})); }
}

/** In a page of somebody else the wheel scrolls that page, and zooms only with a key. */
function leaveWheel(container) {
  container.addEventListener('wheel', event => { if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); }, {capture: true});
}
