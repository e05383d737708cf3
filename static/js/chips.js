// What was picked, as chips: each says what it is and has a button that takes it out again.

import {el} from './dom.js';

/** Emits `change`. Items are `{id, name}`; an id is there once. */
export class Chips extends EventTarget {
  #items = [];
  element;

  constructor(label) {
    super();
    this.element = el('ul', {class: 'chips', 'aria-label': label, hidden: true});
  }

  get items() { return this.#items; }
  get ids() { return this.#items.map(({id}) => id); }

  set(items) {
    this.#items = [...new Map(items.map(item => [item.id, item])).values()];
    this.element.hidden = !this.#items.length;
    this.element.replaceChildren(...this.#items.map(item => el('li', {class: 'chip'}, el('bdi', {}, item.name),
      el('button', {type: 'button', 'aria-label': `Without ${item.name}`, click: () => this.#take(item)}, el('span', {'aria-hidden': 'true'}, '×')))));
  }

  add(item) { this.set([...this.#items, item]); this.#changed(); }

  takeLast() { if (this.#items.length) this.#take(this.#items.at(-1)); }

  /** The keyboard stays in the list: on the next chip, or on whatever comes after the last. */
  #take(item) {
    const at = this.#items.indexOf(item);
    const had = this.element.contains(document.activeElement);
    this.set(this.#items.filter(other => other !== item));
    if (had) (this.element.querySelectorAll('button')[Math.min(at, this.#items.length - 1)] ?? this.after)?.focus();
    this.#changed();
  }

  #changed() { this.dispatchEvent(new Event('change')); }
}
