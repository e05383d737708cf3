// Elements of an SVG, and words in one that stay readable over whatever lies under them.

import {allowed} from './xml.js';

const SVG = 'http://www.w3.org/2000/svg';
/** From line to line by the height of the letters. */
export const LINE_HEIGHT = 1.15;

/** An element with attributes (those without a value are left out) and children (strings become text). */
export function s(name, attributes, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined) node.setAttribute(key, allowed(value));
  // A tree takes any character, but the text it is written as must not hold those that XML forbids.
  node.append(...children.map(child => (typeof child === 'string' ? allowed(child) : child)));
  return node;
}

/** Lines of words one below the other round a middle, with a rim in the colour of the ground. */
export function text(lines, {x, y, size, fill, halo, round = 4}) {
  return s('text', {x, y, 'font-size': size, fill, 'text-anchor': 'middle', stroke: halo, 'stroke-width': Math.max(round, size / 4), 'stroke-linejoin': 'round', 'paint-order': 'stroke'},
    ...lines.map((one, n) => s('tspan', {x, dy: n ? size * LINE_HEIGHT : 0}, one)));
}
