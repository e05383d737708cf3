// What the drawing library was given: of the next picture it only gets what is another.

/** The items of one of the library's data sets. */
export class Given {
  #data;
  #items = new Map();

  constructor(data) { this.#data = data; }

  /** An item as it was given, which nobody changes. */
  get(id) { return this.#items.get(id); }

  /** Make these the items: one call for what left, one for what is new or another. */
  become(items) {
    const before = this.#items;
    this.#items = new Map(items.map(item => [item.id, item]));
    const gone = [...before.keys()].filter(id => !this.#items.has(id));
    const changed = items.filter(item => !same(before.get(item.id), item));
    if (gone.length) this.#data.remove(gone);
    if (changed.length) this.#data.update(changed);
  }
}

/** Whether two values of JSON say the same. */
function same(one, other) {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every(name => same(one[name], other[name]));
}
