// The map as an SVG: the same discs, lines, dashes, bars and words at the same places, as elements that can be edited.

import {liesOver, shortName} from '../bubblenames.js';
import {bow, headOf, pointAt, until} from '../curves.js';
import {LINE_HEIGHT, s, text} from './svgelement.js';

const MARGIN = 40;
/** Letters of bubbles as large as this share of the picture can be read on a page. */
const READABLE = 1 / 90;
/** Where along a line with a bar its words stand. */
const BESIDE_BAR = 0.36;
/** Least height of the letters over what an opened bubble holds. */
const PLATE = 16;
/** Width of a letter by its height, on average. */
const LETTER = 0.55;

/** An `svg` element of a picture of the map; `target` may give a line or an actor an address that it leads to. */
export function svgOf({nodes, lines, rings = [], style}, {target = () => null} = {}) {
  const places = new Map(nodes.map(node => [node.id, node]));
  const {x, y, width, height} = frameOf([...nodes, ...rings.map(ring => ({...ring, size: ring.r}))]);
  const picture = s('svg', {viewBox: `${x} ${y} ${width} ${height}`, width, height, 'font-family': style.options.nodes.font.face, role: 'img'},
    s('rect', {x, y, width, height, fill: style.surface.background}));
  for (const {x: cx, y: cy, r, fill, stroke} of rings) picture.append(s('circle', {cx, cy, r, fill, stroke, 'stroke-width': 1.5}));
  for (const line of lines) picture.append(leading(target(line.relations?.[0] ?? line.id), lineOf(line, places, style)));
  const words = bubbleWords(nodes.filter(({bubble}) => bubble), READABLE * Math.max(width, height), style);
  for (const node of nodes) if (!node.end) picture.append(leading(target(node.id), node.bubble ? bubbleOf(node, words.get(node.id), style) : actorOf(node, style)));
  return picture;
}

export function svgText(picture) { return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(picture)}\n`; }

function frameOf(nodes) {
  const wide = node => Math.max(node.size, 0.3 * Math.max(...words(node.label).map(line => line.length)) * (node.font?.size ?? 12));
  const left = Math.min(...nodes.map(node => node.x - wide(node))) - MARGIN;
  const right = Math.max(...nodes.map(node => node.x + wide(node))) + MARGIN;
  const top = Math.min(...nodes.map(node => node.y - node.size)) - MARGIN;
  const bottom = Math.max(...nodes.map(node => node.y + node.size + 1.4 * (node.font?.size ?? 14) * words(node.label).length)) + MARGIN;
  return {x: Math.floor(left), y: Math.floor(top), width: Math.ceil(right - left), height: Math.ceil(bottom - top)};
}

function actorOf(node, style) {
  const {x, y, size, shape, kind} = node;
  const font = node.font?.size ?? style.options.nodes.font.size;
  return s('g', {opacity: node.opacity ?? 1}, s('title', {}, node.title ?? node.label ?? ''),
    shape === 'dot'
      ? s('circle', {cx: x, cy: y, r: size, fill: (style.options.groups[kind] ?? style.options.groups.other).color.background})
      : s('image', {href: style.kinds[kind] ?? style.kinds.other, x: x - size, y: y - size, width: 2 * size, height: 2 * size}),
    !node.label?.trim() ? '' : text(words(node.label), {x, y: y + size + font, size: font, fill: style.surface.ink, halo: style.surface.background}));
}

/** What is written in bubbles, `{lines, height}` by id: its own words, or where these would be too small to read a name alone, if
 *  that has room. */
function bubbleWords(bubbles, least, style) {
  const taken = [];
  return new Map([...bubbles].sort((one, other) => other.size - one.size).map(bubble => {
    const {id, x, y, shape, label, font} = bubble;
    const height = font?.size ?? style.options.nodes.font.size;
    if (shape !== 'dot') return [id, {lines: words(label), height: Math.max(PLATE, least)}];
    if (height >= least) return [id, {lines: words(label), height}];
    const lines = shortName(label ?? '');
    const across = LETTER * least * Math.max(...lines.map(({length}) => length)) / 2;
    const box = {left: x - across, right: x + across, top: y - least * lines.length / 2, bottom: y + least * lines.length / 2};
    if (bubbles.some(other => other !== bubble && liesOver(box, other)) || taken.some(other => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)) return [id, {lines: [], height}];
    taken.push(box);
    return [id, {lines, height: least}];
  }));
}

/** A closed bubble with its words in the middle; of an opened one only the words are left, over what it holds. */
function bubbleOf({x, y, size, shape, color, label, title, opacity = 1}, {lines: written, height}, style) {
  return s('g', {opacity}, s('title', {}, title ?? label ?? ''),
    shape === 'dot' ? s('circle', {cx: x, cy: y, r: size, fill: color.background, stroke: color.border, 'stroke-width': 1.5}) : '',
    text(written, {x, y: y + height * (0.8 - LINE_HEIGHT * written.length / (shape === 'dot' ? 2 : 1)), size: height, fill: style.surface.ink, halo: style.surface.background}));
}

function lineOf(line, places, style) {
  const [from, to] = [places.get(line.from), places.get(line.to)];
  if (from === to) return loopOf(line, from);
  const via = bow(from, to, line.smooth);
  const end = until(from, via, to, to.size + 2);
  const colour = line.color.color;
  const middle = pointAt(from, via, to, 0.5);
  const turn = headOf(from, via, to, 0.5);
  // The bar of a denial keeps the middle.
  const beside = line.arrows?.middle?.enabled ? BESIDE_BAR : 0.5;
  const parts = [s('path', {
    d: via ? `M${at(from)} Q${at(via)} ${at(to)}` : `M${at(from)} L${at(to)}`, fill: 'none', stroke: colour, 'stroke-width': line.width ?? 1.5,
    'stroke-dasharray': line.dashes ? line.dashes.join(' ') : null,
  })];
  if (line.arrows?.to?.enabled) parts.push(head(end, headOf(from, via, to, end.t), colour));
  if (line.arrows?.from?.enabled) {
    const begin = until(to, via, from, from.size + 2);
    parts.push(head(begin, headOf(to, via, from, begin.t), colour));
  }
  if (line.arrows?.middle?.enabled) parts.push(s('path', {d: 'M0 -8 L0 8', stroke: colour, 'stroke-width': 2.5, transform: `translate(${at(middle)}) rotate(${turn})`}));
  // That a line stands back must not make its words harder to read.
  return s('g', {}, s('title', {}, line.title ?? line.caption ?? ''), s('g', {opacity: line.color.opacity ?? 1}, ...parts), line.label?.trim() ? caption(wordsFor(line, from, to, style), pointAt(from, via, to, beside), headOf(from, via, to, beside), style) : '');
}

function head(tip, turn, colour) { return s('path', {d: 'M0 0 L-9 -4 L-7 0 L-9 4 Z', fill: colour, transform: `translate(${at(tip)}) rotate(${turn})`}); }

function loopOf(line, {x, y, size}) {
  return s('g', {opacity: line.color.opacity ?? 1}, s('title', {}, line.title ?? ''),
    s('circle', {cx: x + size, cy: y - size, r: 16, fill: 'none', stroke: line.color.color, 'stroke-width': line.width ?? 1.5}));
}

/** The words of a line that are not longer than it, or the shortest. */
function wordsFor({label, shorter = []}, from, to, style) {
  const room = Math.hypot(to.x - from.x, to.y - from.y) - from.size - to.size;
  const choices = [label.trim(), ...shorter];
  return choices.find(({length}) => LETTER * style.options.edges.font.size * length <= room) ?? choices.at(-1);
}

/** Words along a line, never upside down. */
function caption(words, {x, y}, turn, style) {
  const upright = turn > 90 || turn < -90 ? turn + 180 : turn;
  const written = text([words], {x: 0, y: 4, size: style.options.edges.font.size, fill: style.surface.muted, halo: style.surface.background, round: 6});
  written.setAttribute('transform', `translate(${at({x, y})}) rotate(${Math.round(upright)})`);
  return written;
}

function leading(address, part) { return address ? s('a', {href: address}, part) : part; }

function words(label) { return (label ?? '').trim().split('\n'); }

function at({x, y}) { return `${Math.round(10 * x) / 10} ${Math.round(10 * y) / 10}`; }
