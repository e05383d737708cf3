// The only file that knows vis-network: draws the model's state and tells what was pointed at.

import {boxSelect} from './boxselect.js';
import {Given} from './given.js';
import {MOST_IN_FAN, fanned, idsOf} from './lines.js';
import {lit, mostConnected} from './lit.js';
import {bareActors, shownActors, shownRelations, singleActors} from './model.js';
import {bubblePaint, endingAtRings, paintRings, ringsOf} from './rings.js';
import {discsIn, lineIn, meant} from './selection.js';

const FAINT = 0.13;
const FAINT_ACTOR = 0.3;
const RICH = 300;
const LABELS_WHEN_MANY = 60;
const CAPTIONED = 24;
const CAPTIONED_AROUND_ONE = 14;
const LARGEST_ZOOM = 1.15;
const NARROW = 620;
/** Room around places that are brought near, for their discs and names. */
const FRAME = 110;
const READABLE_ZOOM = 0.62;
const HIDE_LINES_WHILE_MOVING = 1000;

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
  #network;
  #stale = false;
  #unpainted = false;
  #fitted = true;
  #readable = true;

  constructor(container, model, style, theme) {
    super();
    this.#container = container;
    this.#model = model;
    this.#style = style;
    this.#theme = theme;
    this.#network = new vis.Network(container, {nodes: this.#nodes, edges: this.#edges}, this.#options());
    // The container has the keyboard, a name and a role; the library's own frame would be a second, nameless stop.
    container.querySelector('.vis-network')?.setAttribute('tabindex', '-1');
    this.#listen();
    this.draw();
    model.addEventListener('change', () => this.#drawSoon());
    model.addEventListener('select', () => this.#drawSoon());
    // Canvas text is drawn with whatever font is there: draw again when it has come.
    document.fonts?.ready.then(() => this.#network.redraw());
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

  setTheme(theme) {
    this.#theme = theme;
    this.#network.setOptions(this.#options());
    this.draw();
  }

  /** Everything in view, beside what lies over the map; `readable`: on a small screen rather a part that can be read. */
  fit({animated = false, readable = false} = {}) {
    this.#drawStale();
    // The library knows how large an actor is once it has drawn it.
    if (this.#unpainted) this.#network.redraw();
    const boxes = this.#nodes.getIds().map(id => this.#network.getBoundingBox(id)).filter(Boolean);
    const {clientWidth, clientHeight} = this.#container;
    if (!boxes.length || !clientWidth || !clientHeight) return;
    const [left, right] = [Math.min(...boxes.map(box => box.left)), Math.max(...boxes.map(box => box.right))];
    const [top, bottom] = [Math.min(...boxes.map(box => box.top)), Math.max(...boxes.map(box => box.bottom))];
    const over = this.#covered(clientWidth);
    const width = clientWidth - over - 70;
    const below = this.#captioned();
    const height = clientHeight - 60 - below;
    const whole = Math.min(width / (right - left), height / (bottom - top), LARGEST_ZOOM);
    const part = readable && !this.#model.state.overview && clientWidth < NARROW && whole < READABLE_ZOOM ? this.#middle() : null;
    this.#network.moveTo({
      position: part ?? {x: (left + right) / 2, y: (top + bottom) / 2}, scale: part ? READABLE_ZOOM : whole, offset: {x: (over - 20) / 2, y: -6 - below / 2},
      animation: animated ? this.#animation() : false,
    });
    this.#fitted = true;
    this.#readable = readable;
  }

  /** Place of the selected actor, else of the one with most neighbours. */
  #middle() {
    const {state, selection} = this.#model;
    const [best] = mostConnected(shownActors(state), 1);
    return this.#network.getPosition(discsIn(selection).find(id => this.#nodes.get(id)) ?? best);
  }

  zoom(factor) {
    this.#fitted = false;
    this.#network.moveTo({scale: this.#network.getScale() * factor, animation: this.#animation()});
  }

  /** Bring an actor into view without changing the zoom, where it is out of view. */
  reveal(id) {
    this.#drawStale();
    if (!this.#nodes.get(id)) return;
    const {x, y} = this.#network.canvasToDOM(this.#network.getPosition(id));
    const {clientWidth, clientHeight} = this.#container;
    if (x < 40 || y < 40 || x > clientWidth - 40 || y > clientHeight - 40) {
      this.#network.focus(id, {scale: this.#network.getScale(), animation: this.#animation()});
    }
  }

  /** One deed may change the state and the selection: what it made is drawn once, after it. */
  #drawSoon() {
    if (this.#stale) return;
    this.#stale = true;
    queueMicrotask(() => this.#drawStale());
  }

  #drawStale() { if (this.#stale) this.draw(); }

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

  /** Make the picture that of the model's state: one batch for actors, one for ties, nothing that is the same. */
  draw() {
    this.#stale = false;
    this.#painted(() => this.#give());
  }

  /** The library paints everything after each change of its data; here once, in the next frame, after all of them. */
  #painted(change) {
    const {emitter} = this.#network.body;
    emitter.emit('_blockRedraw');
    try { change(); } finally { emitter.emit('_allowRedraw'); }
    this.#unpainted = true;
    emitter.emit('_requestRedraw');
  }

  #give() {
    const {state, selection} = this.#model;
    const actors = shownActors(state);
    const relations = shownRelations(state);
    const bright = lit(state, selection, relations);
    const drawn = this.#drawnEdges(state, relations, bright, selection);
    const {lines, points} = state.overview ? endingAtRings(drawn, state.overview) : {lines: drawn, points: []};
    this.#givenNodes.become([...this.#drawnNodes(state, actors, bright, bareActors(state, relations)), ...points]);
    this.#givenEdges.become(lines);
    this.#network.setSelection({
      nodes: discsIn(selection).filter(id => actors.has(id)),
      edges: lineIn(selection) ? this.#edgesOf(selection.id) : [],
    }, {highlightEdges: false});
  }

  /** Width at the left that the legend covers. */
  #covered(width) {
    const legend = document.getElementById('legend')?.getBoundingClientRect();
    return legend && width > NARROW && legend.height > 60 ? legend.width + 12 : 0;
  }

  /** Height at the bottom that the caption of a story covers. */
  #captioned() { return document.getElementById('story')?.offsetHeight ?? 0; }

  #options() {
    const options = structuredClone(this.#style.themes[this.#theme].options);
    const many = this.#model.state.actors.size > HIDE_LINES_WHILE_MOVING;
    options.interaction = {...options.interaction, hideEdgesOnDrag: many, hideEdgesOnZoom: many};
    return options;
  }

  #animation() {
    return matchMedia('(prefers-reduced-motion: reduce)').matches ? false : {duration: 250, easingFunction: 'easeInOutQuad'};
  }

  /** What is drawn now, for who draws it elsewhere. */
  picture() {
    this.#drawStale();
    const style = this.#style.themes[this.#theme];
    return {nodes: this.#nodes.get(), lines: this.#edges.get(), rings: ringsOf(this.#model.state.overview, style), style};
  }

  #drawnNodes(state, actors, bright, bare) {
    const named = actors.size > RICH ? mostConnected(actors, LABELS_WHEN_MANY) : null;
    return [...actors].map(([id, actor]) => {
      const node = state.nodes.get(id);
      const on = bright ? bright.actors.has(id) : !bare.has(id);
      const label = named && !named.has(id) && !(bright && on) && !node.bubble ? ' ' : node.label ?? actor.name;
      const paint = node.bubble ? bubblePaint(this.#style.themes[this.#theme], node.kind) : {};
      return {...node, ...paint, closed: null, label, opacity: on ? 1 : FAINT_ACTOR, font: {...node.font, ...this.#ink(on, 'ink')}};
    });
  }

  #ink(on, colour) {
    const {[colour]: ink, background} = this.#style.themes[this.#theme].surface;
    return {color: on ? ink : `${ink}60`, strokeColor: on ? background : `${background}60`};
  }

  #drawnEdges(state, relations, bright, selection) {
    const visible = [...state.edges.values()].filter(edge => idsOf(edge).some(id => relations.has(id)));
    const colours = this.#style.themes[this.#theme].families;
    const lines = fanned(visible, relations, shownActors(state).size > RICH ? 1 : MOST_IN_FAN);
    const captioned = lines.length <= CAPTIONED || (bright && bright.relations.size <= CAPTIONED_AROUND_ONE);
    return lines.map(edge => {
      const ids = idsOf(edge).filter(id => relations.has(id));
      const on = !bright || ids.some(id => bright.relations.has(id));
      const chosen = ids.includes(lineIn(selection));
      const families = new Set(ids.map(id => relations.get(id).family));
      const colour = colours[families.has(edge.family) ? edge.family : [...families][0]] ?? colours.unclassified;
      return {
        ...edge,
        label: this.#words(edge, on, chosen || (captioned && !relations.get(ids[0]).bond)),
        color: {color: colour, highlight: colour, hover: colour, opacity: on ? 1 : FAINT, inherit: false},
        width: (edge.width ?? 1.5) + (chosen ? 1.2 : 0),
        font: {...edge.font, ...this.#ink(on, chosen ? 'ink' : 'muted'), align: level(state, edge) ? 'horizontal' : 'middle'},
      };
    });
  }

  /** The words on a line; the library takes no empty text for one that had some. */
  #words(edge, on, captioned) {
    const words = on ? (captioned ? edge.caption : edge.mark) : '';
    return words || (this.#edges.get(edge.id)?.label ? ' ' : '');
  }

  #edgesOf(relation) {
    return this.#edges.getIds({filter: edge => idsOf(edge).includes(relation)});
  }

  #listen() {
    if (window.parent !== window) leaveWheel(this.#container);
    this.#network.on('afterDrawing', () => { this.#unpainted = false; });
    this.#network.on('beforeDrawing', context => paintRings(context, this.#model.state.overview, this.#style.themes[this.#theme], this.#network.getScale()));
    this.#network.on('click', ({nodes, edges, event: {srcEvent}}) => {
      // What was under the pointer, not what the library has selected besides.
      const {kind, id} = this.#picked(nodes.length > 1 ? nodes.slice(-1) : nodes, edges);
      this.#emit('pick', {kind, id, more: Boolean(srcEvent?.ctrlKey || srcEvent?.metaKey || srcEvent?.shiftKey)});
    });
    this.#network.on('oncontext', ({event, pointer}) => { event.preventDefault(); this.#menuAt(pointer.DOM); });
    this.#network.on('hold', ({event, pointer}) => { if (event.pointerType === 'touch') this.#menuAt(pointer.DOM); });
    boxSelect(this.#container, (box, point) => (point ? this.#emit('pick', {...this.#at(box.left, box.top), more: true}) : this.#emit('box', this.#within(box))));
    // A bubble has opened at the first of the two clicks.
    this.#network.on('doubleClick', ({nodes}) => { if (this.#picked(nodes, []).kind === 'actor') this.#emit('expand', nodes[0]); });
    this.#network.on('dragStart', () => { this.#fitted = false; });
    this.#network.on('zoom', () => { this.#fitted = false; });
    this.#network.on('dragEnd', ({nodes}) => {
      if (nodes.length) this.#emit('moved', nodes.map(id => ({id, ...this.#network.getPosition(id)})));
    });
    for (const what of ['Node', 'Edge']) {
      this.#network.on(`hover${what}`, () => this.#container.classList.add('pointing'));
      this.#network.on(`blur${what}`, () => this.#container.classList.remove('pointing'));
    }
    // Panels come and go: a picture that was fitted stays fitted, one that somebody arranged stays as it is.
    new ResizeObserver(() => requestAnimationFrame(() => { if (this.#fitted) this.fit({readable: this.#readable}); })).observe(this.#container);
  }

  #picked(nodes, edges) {
    const {state} = this.#model;
    // What a line ends at is no actor.
    if (state.actors.has(nodes[0])) return meant({kind: 'actor', id: nodes[0]}, state);
    if (!edges.length) return {kind: null, id: null};
    const relations = shownRelations(state);
    const behind = idsOf(this.#edges.get(edges[0])).map(id => relations.get(id)).filter(Boolean);
    const [best] = behind.sort((a, b) => b.claim_count - a.claim_count || (a.id < b.id ? -1 : 1));
    return meant({kind: 'relation', id: best.id}, state);
  }

  /** What lies at a place of the container. */
  #at(x, y) {
    const [node, edge] = [this.#network.getNodeAt({x, y}), this.#network.getEdgeAt({x, y})];
    return this.#picked(node === undefined ? [] : [node], edge === undefined ? [] : [edge]);
  }

  #menuAt({x, y}) {
    const {left, top} = this.#container.getBoundingClientRect();
    this.#emit('menu', {...this.#at(x, y), x: x + left, y: y + top});
  }

  #within({left, top, right, bottom}) {
    const [begin, end] = [this.#network.DOMtoCanvas({x: left, y: top}), this.#network.DOMtoCanvas({x: right, y: bottom})];
    const inside = ([, {x, y}]) => x >= begin.x && x <= end.x && y >= begin.y && y <= end.y;
    const single = singleActors(this.#model.state);
    return Object.entries(this.#network.getPositions()).filter(inside).map(([id]) => id).filter(id => single.has(id));
  }

  #emit(name, detail) { this.dispatchEvent(new CustomEvent(name, {detail})); }
}

/** The library draws the words of an exactly level line at the origin instead of on the line, unless told not to turn them. */
function level(state, {from, to}) { return state.nodes.get(from)?.y === state.nodes.get(to)?.y; }

/** In a page of somebody else the wheel scrolls that page, and zooms only with a key. */
function leaveWheel(container) {
  container.addEventListener('wheel', event => { if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); }, {capture: true});
}
