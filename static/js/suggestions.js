// The list of what may stand at the caret: arrows go through it, Enter and Tab take, Escape closes. The keyboard stays in the text.

import {el} from './dom.js';

/** Emits `choose` (item). Serves one field, which names the list as the one it controls. */
export class Suggestions extends EventTarget {
  #field;
  #items = [];
  #active = 0;
  element;

  constructor(field, id) {
    super();
    this.#field = field;
    this.element = el('ul', {id, class: 'suggestions', role: 'listbox', 'aria-label': 'What may stand here', hidden: true});
  }

  get open() { return !this.element.hidden; }

  /** Show items at a place of the window, above it where there is more room. */
  show(items, {left, top, bottom}) {
    this.#items = items;
    this.element.replaceChildren(...items.map(({text, note}, n) => el('li', {
      role: 'option', id: `${this.element.id}-${n}`, 'aria-selected': 'false',
      mousedown: event => { event.preventDefault(); this.#choose(n); },
    }, el('code', {}, text), note ? el('small', {}, note) : null)));
    this.element.hidden = false;
    const {offsetWidth, offsetHeight} = this.element;
    const below = bottom + 4 + offsetHeight <= innerHeight;
    this.element.style.left = `${Math.max(4, Math.min(left, innerWidth - offsetWidth - 4))}px`;
    this.element.style.top = `${below ? bottom + 4 : Math.max(4, top - offsetHeight - 4)}px`;
    this.#mark(0);
  }

  close() {
    this.element.hidden = true;
    this.#field.removeAttribute('aria-activedescendant');
  }

  /** Whether the list made use of a key; others are the field's. */
  takes(event) {
    if (!this.open || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step) this.#mark((this.#active + step + this.#items.length) % this.#items.length);
    else if (event.key === 'Enter' || event.key === 'Tab') this.#choose(this.#active);
    else if (event.key === 'Escape') { event.stopPropagation(); this.close(); } else return false;
    event.preventDefault();
    return true;
  }

  #mark(n) {
    this.#active = n;
    for (const [at, option] of [...this.element.children].entries()) option.setAttribute('aria-selected', String(at === n));
    this.#field.setAttribute('aria-activedescendant', `${this.element.id}-${n}`);
    this.element.children[n].scrollIntoView({block: 'nearest'});
  }

  #choose(n) {
    this.close();
    this.dispatchEvent(new CustomEvent('choose', {detail: this.#items[n]}));
  }
}
