// What the drawing library was given: of the next picture it only gets what is another.

/** The items of one of the library's data sets. */
export class Given {
  #data;
  #texts = new Map();

  constructor(data) { this.#data = data; }

  /** Make these the items: one call for what left, one for what is new or another. */
  become(items) {
    const texts = new Map(items.map(item => [item.id, JSON.stringify(item)]));
    const gone = [...this.#texts.keys()].filter(id => !texts.has(id));
    const changed = items.filter(({id}) => this.#texts.get(id) !== texts.get(id));
    this.#texts = texts;
    if (gone.length) this.#data.remove(gone);
    if (changed.length) this.#data.update(changed);
  }
}
