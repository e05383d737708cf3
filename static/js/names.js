// Names over a map of many: as large on the screen at every zoom, the best connected first, none over another.

const SIZE = 12.5;
const MOST_NAMES = 60;
const BESIDE = 4;
const LONGEST = 28;

/** Names that fit: `[{id, text, x, y, size}]` in units of the map. `actors` are `{id, name, x, y, r}`, the most important first;
 *  `view` is what is in view; `measure(text)` its width at the size on the screen. */
export function namesThatFit(actors, {left, top, right, bottom}, scale, measure) {
  const kept = [];
  const height = (SIZE + BESIDE) / scale;
  for (const {id, name, x, y, r} of actors) {
    if (kept.length === MOST_NAMES) break;
    if (x < left || x > right || y < top || y > bottom) continue;
    const text = shortened(name);
    const width = (measure(text) + 2 * BESIDE) / scale;
    const box = {left: x - width / 2, right: x + width / 2, top: y + r, bottom: y + r + height};
    if (kept.every(({box: other}) => box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom)) {
      kept.push({id, text, x, y: y + r + height / 2, size: SIZE / scale, box});
    }
  }
  return kept;
}

function shortened(name) {
  const flat = name.replace(/\s+/g, ' ').trim();
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST - 1)}…` : flat;
}

/** Paints names over everything else. */
export class NamePainter {
  #widths = new Map();
  #font;

  constructor(font) { this.#font = font; }

  /** The names that are painted for this view. */
  fitting(context, actors, view, scale) {
    context.save();
    context.font = `${SIZE}px ${this.#font}`;
    const measure = text => {
      if (!this.#widths.has(text)) this.#widths.set(text, context.measureText(text).width);
      return this.#widths.get(text);
    };
    const found = namesThatFit(actors, view, scale, measure);
    context.restore();
    return found;
  }

  paint(context, names, {ink, background}) {
    context.save();
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    for (const {text, x, y, size} of names) {
      context.font = `${size}px ${this.#font}`;
      context.lineWidth = size / 3;
      context.strokeStyle = background;
      context.strokeText(text, x, y);
      context.fillStyle = ink;
      context.fillText(text, x, y);
    }
    context.restore();
  }
}
