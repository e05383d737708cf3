// Lines that look alike are painted at once: the looks that occur, each with its lines.

export class Looks {
  #known = new Map();
  #colours = new Map();
  #dashes = new Map();

  /** The group of lines that look like this one, `{colour, opacity, width, dashes, lines, heads}`; a new one has no lines yet. */
  like({colour, opacity, width, dashes}) {
    // A number is found much quicker than a text, and this is asked of each of thousands of lines.
    const stroke = typeof width === 'number' ? Math.round(100 * width) : width === 'thin' ? 90_001 : 90_002;
    const ink = numberIn(this.#colours, colour) * 1000 + Math.round(100 * opacity);
    const pattern = dashes ? numberIn(this.#dashes, String(dashes)) + 1 : 0;
    const key = (ink * 100 + pattern) * 100_000 + stroke;
    let group = this.#known.get(key);
    if (!group) this.#known.set(key, group = {colour, opacity, width, dashes: dashes || [], lines: [], heads: []});
    return group;
  }

  get all() { return [...this.#known.values()]; }
}

function numberIn(known, value) {
  let number = known.get(value);
  if (number === undefined) known.set(value, number = known.size);
  return number;
}
