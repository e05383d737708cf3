// The only file that knows vis-network: draws the model's state and tells what was pointed at.

import {shownActors, shownRelations} from './model.js';

const FAN_TURN = 0.16;
const MOST_IN_FAN = 5;
const FAINT = 0.16;
const RICH = 300;
const LABELS_WHEN_MANY = 60;
const EDGE_LABELS = 60;

/** Emits `pick` ({kind, id} or null), `expand` (id), `menu` ({kind, id, x, y}) and `moved` ({id, x, y}). */
export class GraphMap extends EventTarget {
  #container;
  #model;
  #style;
  #theme;
  #nodes = new vis.DataSet();
  #edges = new vis.DataSet();
  #network;
  #clicks = 0;

  constructor(container, model, style, theme) {
    super();
    this.#container = container;
    this.#model = model;
    this.#style = style;
    this.#theme = theme;
    this.#network = new vis.Network(container, {nodes: this.#nodes, edges: this.#edges}, this.#options());
    this.#listen();
    model.addEventListener('change', () => this.draw());
    model.addEventListener('select', () => this.draw());
    // Canvas text is drawn with whatever font is there: draw again when it has come.
    document.fonts?.ready.then(() => this.#network.redraw());
  }

  get network() { return this.#network; }

  setTheme(theme) {
    this.#theme = theme;
    this.#network.setOptions(this.#options());
    this.draw();
  }

  fit(ids) {
    const nodes = ids ?? this.#nodes.getIds();
    if (nodes.length) this.#network.fit({nodes, maxZoomLevel: 1.1, animation: this.#animation()});
  }

  zoom(factor) {
    this.#network.moveTo({scale: this.#network.getScale() * factor, animation: this.#animation()});
  }

  /** Bring an actor into view without changing the zoom, where it is out of view. */
  reveal(id) {
    if (!this.#nodes.get(id)) return;
    const {x, y} = this.#network.canvasToDOM(this.#network.getPosition(id));
    const {clientWidth, clientHeight} = this.#container;
    if (x < 40 || y < 40 || x > clientWidth - 40 || y > clientHeight - 40) {
      this.#network.focus(id, {scale: this.#network.getScale(), animation: this.#animation()});
    }
  }

  /** Make the picture that of the model's state: one batch for actors, one for ties, nothing that is the same. */
  draw() {
    const {state, selection} = this.#model;
    const actors = shownActors(state);
    const relations = shownRelations(state);
    const lit = highlighted(state, selection, relations);
    this.#sync(this.#nodes, this.#drawnNodes(state, actors, lit));
    this.#sync(this.#edges, this.#drawnEdges(state, relations, lit, selection));
    this.#network.setSelection({
      nodes: selection?.kind === 'actor' && actors.has(selection.id) ? [selection.id] : [],
      edges: selection?.kind === 'relation' ? this.#edgesOf(selection.id) : [],
    }, {highlightEdges: false});
  }

  #options() {
    const options = structuredClone(this.#style.themes[this.#theme].options);
    options.interaction = {...options.interaction, hideEdgesOnDrag: false, zoomView: true};
    return options;
  }

  #animation() {
    return matchMedia('(prefers-reduced-motion: reduce)').matches ? false : {duration: 250, easingFunction: 'easeInOutQuad'};
  }

  #drawnNodes(state, actors, lit) {
    const named = actors.size > RICH ? mostConnected(actors, LABELS_WHEN_MANY) : null;
    return [...actors].map(([id, actor]) => {
      const node = state.nodes.get(id);
      const on = !lit || lit.actors.has(id);
      const label = named && !named.has(id) && !lit?.actors.has(id) ? undefined : node.label ?? actor.name;
      return {...node, label, opacity: on ? 1 : FAINT * 1.6, font: {...node.font, ...this.#ink(on)}};
    });
  }

  #ink(on) {
    const {ink, background} = this.#style.themes[this.#theme].surface;
    return {color: on ? ink : `${ink}55`, strokeColor: on ? background : `${background}55`};
  }

  #drawnEdges(state, relations, lit, selection) {
    const visible = [...state.edges.values()].filter(edge => idsOf(edge).some(id => relations.has(id)));
    const colours = this.#style.themes[this.#theme].families;
    const few = visible.length <= EDGE_LABELS;
    return fanned(visible, relations).map(edge => {
      const relation = relations.get(idsOf(edge).find(id => relations.has(id)));
      const on = !lit || idsOf(edge).some(id => lit.relations.has(id));
      const chosen = selection?.kind === 'relation' && idsOf(edge).includes(selection.id);
      const colour = colours[relation.family] ?? colours.unclassified;
      return {
        ...edge,
        label: few || chosen || (lit && on && lit.relations.size <= EDGE_LABELS) ? edge.caption ?? edge.label : undefined,
        color: {color: colour, highlight: colour, hover: colour, opacity: on ? 1 : FAINT},
        width: (edge.width ?? 1.5) + (chosen ? 2 : 0),
        font: {...edge.font, ...this.#ink(on)},
      };
    });
  }

  #edgesOf(relation) {
    return this.#edges.getIds({filter: edge => idsOf(edge).includes(relation)});
  }

  #sync(data, items) {
    const wanted = new Map(items.map(item => [item.id, item]));
    const gone = data.getIds().filter(id => !wanted.has(id));
    if (gone.length) data.remove(gone);
    const changed = items.filter(item => JSON.stringify(data.get(item.id)) !== JSON.stringify(item));
    if (changed.length) data.update(changed);
  }

  #listen() {
    this.#network.on('click', ({nodes, edges, event}) => {
      this.#clicks += 1;
      const at = this.#clicks;
      const picked = this.#picked(nodes, edges);
      // A double click expands: wait for it before the inspector opens another tie of the fan.
      this.#emit('pick', {...picked, again: at > 1 && event?.tapCount > 1});
    });
    this.#network.on('doubleClick', ({nodes}) => { if (nodes.length) this.#emit('expand', nodes[0]); });
    this.#network.on('oncontext', ({pointer, event}) => {
      event.preventDefault();
      const node = this.#network.getNodeAt(pointer.DOM);
      if (node !== undefined) this.#emit('menu', {kind: 'actor', id: node, x: event.clientX, y: event.clientY});
    });
    this.#network.on('dragEnd', ({nodes}) => {
      for (const id of nodes) this.#emit('moved', {id, ...this.#network.getPosition(id)});
    });
    this.#network.on('hoverNode', () => this.#container.classList.add('pointing'));
    this.#network.on('blurNode', () => this.#container.classList.remove('pointing'));
    this.#network.on('hoverEdge', () => this.#container.classList.add('pointing'));
    this.#network.on('blurEdge', () => this.#container.classList.remove('pointing'));
  }

  #picked(nodes, edges) {
    if (nodes.length) return {kind: 'actor', id: nodes[0]};
    if (!edges.length) return {kind: null, id: null};
    const relations = shownRelations(this.#model.state);
    const ids = idsOf(this.#edges.get(edges[0])).filter(id => relations.has(id));
    const at = ids.indexOf(this.#model.selection?.id);
    return {kind: 'relation', id: ids[(at + 1) % ids.length]};
  }

  #emit(name, detail) { this.dispatchEvent(new CustomEvent(name, {detail})); }
}

/** Ids of the relations that one line stands for. */
export function idsOf(edge) { return edge.relations ?? [edge.id]; }

/** What stays bright: the chosen path, else what is selected with what it touches; null: everything. */
function highlighted(state, selection, relations) {
  const path = state.paths?.list[state.paths.chosen ?? -1];
  if (path) {
    return {actors: new Set(path.actors), relations: new Set(path.hops.flatMap(hop => hop.relations))};
  }
  if (selection?.kind === 'relation' && relations.has(selection.id)) {
    const {subject, object} = relations.get(selection.id);
    return {actors: new Set([subject, object]), relations: new Set([selection.id])};
  }
  if (selection?.kind !== 'actor') return null;
  const touching = [...relations.values()].filter(r => r.subject === selection.id || r.object === selection.id);
  return {
    actors: new Set([selection.id, ...touching.flatMap(r => [r.subject, r.object])]),
    relations: new Set(touching.map(r => r.id)),
  };
}

/** Parallel ties side by side; more than a few become one thick one with their number. Denials stay apart. */
function fanned(edges, relations) {
  const pairs = new Map();
  for (const edge of edges) {
    const key = JSON.stringify([edge.from, edge.to].sort());
    pairs.set(key, [...pairs.get(key) ?? [], edge]);
  }
  return [...pairs.values()].flatMap(pair => {
    const apart = withoutRepeats(pair);
    const ties = apart.filter(edge => edge.polarity !== 'negative');
    const lines = ties.length > MOST_IN_FAN ? [joined(ties, relations), ...apart.filter(edge => edge.polarity === 'negative')] : apart;
    return lines.sort((a, b) => (a.id < b.id ? -1 : 1)).map((edge, n) => bent(edge, n - (lines.length - 1) / 2));
  });
}

/** Two answers may hold the same relation, alone in one and in a joined line in the other: it is drawn once. */
function withoutRepeats(pair) {
  const drawn = new Set();
  return [...pair].sort((a, b) => idsOf(b).length - idsOf(a).length).filter(edge => {
    const fresh = idsOf(edge).some(id => !drawn.has(id));
    for (const id of idsOf(edge)) drawn.add(id);
    return fresh;
  });
}

function joined(ties, relations) {
  const ids = [...new Set(ties.flatMap(idsOf))].filter(id => relations.has(id));
  const strongest = [...ties].sort((a, b) => claims(b, relations) - claims(a, relations))[0];
  return {...strongest, relations: ids, caption: `${ids.length} relations`, dashes: false, arrows: undefined, width: 1.5 + 1.2 * Math.log2(ids.length)};
}

function claims(edge, relations) {
  return Math.max(...idsOf(edge).map(id => relations.get(id)?.claim_count ?? 0));
}

function bent(edge, offset) {
  if (edge.from === edge.to) {
    return {...edge, smooth: false, selfReference: {size: 16 + 10 * Math.abs(offset), angle: 0.8, renderBehindTheNode: true}};
  }
  if (offset === 0) return {...edge, smooth: false};
  // A tie that points the other way bends to the other side of its own direction, which is the same side of the pair.
  const side = (offset > 0) === (edge.from < edge.to) ? 'curvedCW' : 'curvedCCW';
  return {...edge, smooth: {enabled: true, type: side, roundness: FAN_TURN * Math.abs(offset)}};
}

function mostConnected(actors, number) {
  return new Set([...actors.values()].sort((a, b) => b.degree - a.degree).slice(0, number).map(actor => actor.id));
}
