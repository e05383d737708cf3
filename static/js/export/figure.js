// The picture of a map as a figure that can be read alone: a title over it, and under it what its discs and lines mean, where
// the claims are from, and the day. All of this has bands of its own, so it covers nothing that is drawn.

import {LINE_HEIGHT, s} from './svgelement.js';
import {flowed, measured, wrapped} from './typeset.js';

/** Height of the letters by the longer side of the map, and at least. */
const LETTERS = 1 / 90;
const LEAST_LETTERS = 13;
/** A figure is never narrower, and has this rim, in letters. */
const NARROWEST = 34;
const RIM = 1.6;
const TITLE = 1.55;
const SMALL = 0.92;
/** Column of the words before the entries of a row, and a row's height, in letters. */
const COLUMN = 5.6;
const ROW = 1.7;
const [TITLE_LINES, FACT_LINES, NOTE_LINES] = [2, 3, 3];

/** The same `svg` element with bands above and below: `title`, `facts` and `notes` are words, `rows` those of the key (`keyRows`);
 *  without a title there is nothing above. */
export function figureOf(picture, {title = '', facts = '', rows, notes}, style) {
  const frame = frameOf(picture);
  const figure = new Figure(frame, style);
  const above = figure.above(title, facts);
  const below = figure.below(rows, notes);
  const {left, width} = figure;
  const [top, height] = [frame.y - above.height, above.height + frame.height + below.height];
  picture.setAttribute('viewBox', `${left} ${top} ${width} ${height}`);
  picture.setAttribute('width', width);
  picture.setAttribute('height', height);
  const ground = picture.querySelector('rect');
  for (const [name, value] of Object.entries({x: left, y: top, width, height})) ground.setAttribute(name, value);
  above.element.setAttribute('transform', `translate(${left} ${top})`);
  below.element.setAttribute('transform', `translate(${left} ${frame.y + frame.height})`);
  picture.append(above.element, below.element);
  return picture;
}

function frameOf(picture) {
  const [x, y, width, height] = picture.getAttribute('viewBox').split(' ').map(Number);
  return {x, y, width, height};
}

class Figure {
  #style;
  #size;
  #measure;

  constructor({x, width, height}, style) {
    this.#style = style;
    this.#size = Math.max(LEAST_LETTERS, Math.round(LETTERS * Math.max(width, height)));
    this.#measure = measured(style.options.nodes.font.face);
    this.width = Math.max(width, NARROWEST * this.#size);
    this.left = Math.round(x - (this.width - width) / 2);
  }

  get #rim() { return RIM * this.#size; }

  get #inner() { return this.width - 2 * this.#rim; }

  above(title, facts) {
    const band = s('g', {class: 'title'});
    if (!title) return {element: band, height: 0};
    const {ink, muted} = this.#style.surface;
    let y = this.#rim + TITLE * this.#size;
    y = this.#write(band, title, {y, size: TITLE * this.#size, fill: ink, most: TITLE_LINES, weight: 650});
    y = this.#write(band, facts, {y: y + 0.1 * this.#size, size: this.#size, fill: muted, most: FACT_LINES});
    return {element: band, height: Math.round(y)};
  }

  below(rows, notes) {
    const band = s('g', {class: 'key'});
    const {ink, muted} = this.#style.surface;
    const size = this.#size;
    band.append(s('path', {d: `M${this.#rim} 0 H${this.width - this.#rim}`, stroke: muted, 'stroke-width': size / 16, opacity: 0.5}));
    let y = 0.6 * size;
    for (const {label, entries} of rows) {
      const places = flowed(entries.map(one => this.#widthOf(one)), this.#inner - COLUMN * size, 1.4 * size);
      band.append(this.#line(label, {x: this.#rim, y: y + ROW * 0.66 * size, size: SMALL * size, fill: muted}));
      entries.forEach(({draw, label: words, wide}, n) => {
        const [x, at] = [this.#rim + COLUMN * size + places[n].x, y + places[n].row * ROW * size];
        band.append(draw({x, y: at + ROW * 0.45 * size, size}), this.#line(words, {x: x + (wide + 0.5) * size, y: at + ROW * 0.66 * size, size, fill: ink}));
      });
      y += ROW * size * (1 + Math.max(0, ...places.map(({row}) => row)));
    }
    y += 0.5 * size;
    for (const note of notes.filter(Boolean)) y = this.#write(band, note, {y: y + SMALL * size, size: SMALL * size, fill: muted, most: NOTE_LINES}) - 0.7 * size;
    return {element: band, height: Math.ceil(y + this.#rim)};
  }

  #widthOf({label, wide}) { return (wide + 0.5) * this.#size + this.#measure(label, this.#size); }

  #line(words, {x, y, size, fill, weight = null}) { return s('text', {x, y, 'font-size': size, fill, 'font-weight': weight}, words); }

  /** Words in lines from the left; where the next ones may begin. */
  #write(band, words, {y, size, fill, most, weight = null}) {
    let at = y;
    for (const line of wrapped(words, this.#inner, most, one => this.#measure(one, size, weight))) {
      band.append(this.#line(line, {x: this.#rim, y: at, size, fill, weight}));
      at += 1.1 * LINE_HEIGHT * size;
    }
    return at;
  }
}
