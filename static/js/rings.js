// How bubbles look: a pale disc in the colour of the kind, and a ring round what an opened one holds.

import {plateOf} from './plate.js';

const PALE = 0.2;
const PALER = 0.07;
/** How much is seen of a bond that passes an opened bubble. */
const BEHIND = 0.08;
/** The library draws words from this size on, so those of a bubble never (`bubblenames.js` paints them). */
const DRAWN_FROM = 1e6;

/** What a bubble looks like in a theme; what is left of an opened one is a plate with its words. */
export function bubblePaint(theme, {kind, shape}) {
  const colour = colourOf(theme, kind);
  const [fill, border] = [mixed(colour, theme.surface.background, PALE), mixed(colour, theme.surface.background, 0.8)];
  const chosen = {background: mixed(colour, theme.surface.background, 2 * PALE), border: theme.surface.ink};
  const plate = shape === 'dot' ? {} : {shape: 'custom', ctxRenderer: plateOf(theme)};
  return {...plate, color: {background: fill, border, highlight: chosen, hover: chosen}, scaling: {label: {drawThreshold: DRAWN_FROM}}};
}

/** The circles of opened bubbles with their colours. */
export function ringsOf(overview, theme) {
  const {background} = theme.surface;
  return [...overview?.opened.values() ?? []].map(({x, y, r, kind}) => {
    const colour = colourOf(theme, kind);
    return {x, y, r, fill: mixed(colour, background, PALER), stroke: mixed(colour, background, 0.8)};
  });
}

/** Paint the circles of opened bubbles under everything else. */
export function paintRings(context, overview, theme, zoom) {
  for (const {x, y, r, fill, stroke} of ringsOf(overview, theme)) {
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.fill();
    context.lineWidth = 1.5 / zoom;
    context.strokeStyle = stroke;
    context.stroke();
  }
}

/** The lines with those of opened bubbles ending at their circles, and the points where they end. */
export function endingAtRings(lines, overview) {
  const points = new Map();
  const end = (line, from, to) => {
    const ring = overview.opened.get(from);
    if (!ring || !overview.bonds.has(line.id)) return from;
    const other = overview.places.get(to);
    const angle = Math.atan2(other.y - ring.y, other.x - ring.x);
    const id = JSON.stringify([line.id, from]);
    points.set(id, {id, x: ring.x + ring.r * Math.cos(angle), y: ring.y + ring.r * Math.sin(angle), shape: 'dot', size: 0.1, label: ' ', opacity: 0, end: true});
    return id;
  };
  const drawn = lines.map(line => {
    const behind = overview.bonds.has(line.id) && [...overview.opened].some(([id, ring]) => passes(overview, line, id, ring));
    const color = behind ? {...line.color, opacity: Math.min(line.color.opacity, BEHIND)} : line.color;
    return {...line, color, from: end(line, line.from, line.to), to: end(line, line.to, line.from)};
  });
  return {lines: drawn, points: [...points.values()]};
}

/** Whether a bond of two others leads over an opened bubble, which would hide it if it were closed. */
function passes({places}, {from, to}, id, {x, y, r}) {
  if (from === id || to === id) return false;
  const [one, other] = [places.get(from), places.get(to)];
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  const share = Math.min(1, Math.max(0, ((x - one.x) * dx + (y - one.y) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(one.x + share * dx - x, one.y + share * dy - y) < r;
}

function colourOf(theme, kind) { return (theme.options.groups[kind] ?? theme.options.groups.other).color.background; }

/** A share of one colour in another; both are `#rrggbb`. */
function mixed(colour, ground, share) {
  const parts = text => [1, 3, 5].map(at => parseInt(text.slice(at, at + 2), 16));
  const [one, other] = [parts(colour), parts(ground)];
  return `#${one.map((part, n) => Math.round(part * share + other[n] * (1 - share)).toString(16).padStart(2, '0')).join('')}`;
}
