// Ties that the page paints itself, under the actors: straight lines, thousands of them, those out of view left out.

/** Lines of one stroke: long paths are slow to paint. */
const AT_ONCE = 64;
const DENIED = [2, 6];
const THICK_FROM = 5;
/** Pixels of the window beside a line at which it is still pointed at. */
const REACH = 6;

/** A line on the screen is at least this wide, and never wider than on a map of few. */
const widthAt = (scale, thick) => Math.max(thick ? 3 : 1.2, (thick ? 1.8 : 0.9) / scale);

export class PaintedTies {
  #pairs = [];
  #number = new Map();
  #places = new Float64Array(0);
  #ends = new Uint32Array(0);
  #groups = new Map();

  get size() { return this.#pairs.length; }
  get pairs() { return this.#pairs; }

  /** Make these the painted ones. `nodes` gives places by id, `look(pair)` `{colour, opacity}`. */
  become(pairs, nodes, look) {
    this.#pairs = pairs;
    this.#number = new Map();
    this.#ends = new Uint32Array(2 * pairs.length);
    this.#groups = new Map();
    const places = [];
    const numberOf = id => {
      let number = this.#number.get(id);
      if (number === undefined) {
        this.#number.set(id, number = this.#number.size);
        const {x, y} = nodes.get(id);
        places.push(x, y);
      }
      return number;
    };
    pairs.forEach((pair, n) => {
      this.#ends[2 * n] = numberOf(pair.from);
      this.#ends[2 * n + 1] = numberOf(pair.to);
      const {colour, opacity} = look(pair);
      const thick = pair.ids.length >= THICK_FROM;
      const key = `${opacity} ${colour} ${pair.denied} ${thick}`;
      let group = this.#groups.get(key);
      if (!group) this.#groups.set(key, group = {colour, opacity, denied: pair.denied, thick, lines: []});
      group.lines.push(n);
    });
    this.#places = Float64Array.from(places);
  }

  /** An actor was dragged: its lines go along. */
  move(id, {x, y}) {
    const number = this.#number.get(id);
    if (number === undefined) return;
    this.#places[2 * number] = x;
    this.#places[2 * number + 1] = y;
  }

  /** Paint those that are in view (`{left, top, right, bottom}` in units of the map); faint ones first. */
  paint(context, scale, view) {
    if (!this.size) return;
    context.save();
    for (const group of [...this.#groups.values()].sort((a, b) => a.opacity - b.opacity)) {
      context.globalAlpha = group.opacity;
      context.strokeStyle = group.colour;
      context.lineWidth = widthAt(scale, group.thick);
      context.setLineDash(group.denied ? DENIED.map(length => length * context.lineWidth) : []);
      this.#stroke(context, group.lines, view);
    }
    context.restore();
  }

  #stroke(context, lines, {left, top, right, bottom}) {
    const [at, ends] = [this.#places, this.#ends];
    let waiting = 0;
    context.beginPath();
    for (const n of lines) {
      const [a, b] = [2 * ends[2 * n], 2 * ends[2 * n + 1]];
      const [x, y, u, v] = [at[a], at[a + 1], at[b], at[b + 1]];
      if ((x < left && u < left) || (x > right && u > right) || (y < top && v < top) || (y > bottom && v > bottom)) continue;
      context.moveTo(x, y);
      context.lineTo(u, v);
      waiting += 1;
      if (waiting === AT_ONCE) { context.stroke(); context.beginPath(); waiting = 0; }
    }
    if (waiting) context.stroke();
  }

  /** The pair whose line lies nearest to a point of the map, within reach; null for none. */
  at({x, y}, scale) {
    let [best, nearest] = [null, (REACH / scale) ** 2];
    for (let n = 0; n < this.#pairs.length; n += 1) {
      const far = this.#distance(n, x, y);
      if (far < nearest) { nearest = far; best = this.#pairs[n]; }
    }
    return best;
  }

  /** Square of the distance of a point to a line. */
  #distance(n, x, y) {
    const [at, a, b] = [this.#places, 2 * this.#ends[2 * n], 2 * this.#ends[2 * n + 1]];
    const [dx, dy] = [at[b] - at[a], at[b + 1] - at[a + 1]];
    const length = dx * dx + dy * dy;
    const share = length ? Math.min(1, Math.max(0, ((x - at[a]) * dx + (y - at[a + 1]) * dy) / length)) : 0;
    return (at[a] + share * dx - x) ** 2 + (at[a + 1] + share * dy - y) ** 2;
  }
}
