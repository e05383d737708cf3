// A menu at a place of the window: arrows choose, Enter takes, Esc and a click elsewhere close it.

import {el} from './dom.js';
import {isFinger, pressNothing} from './fingers.js';

const EDGE_PX = 8;

/** One menu at a time. Items are `{label, act, hint, sign, disabled}`, `{title}` or `null` for a line between. */
export class Menu {
  #box = el('div', {class: 'menu', role: 'menu', hidden: true, keydown: event => this.#key(event)});
  #back = null;
  #place = null;

  constructor(host) {
    host.append(this.#box);
    document.addEventListener('pointerdown', event => { if (this.isOpen && !this.#box.contains(event.target)) this.#left(event); }, {capture: true});
    addEventListener('resize', () => this.close(false));
  }

  get isOpen() { return !this.#box.hidden; }

  /** Open with a name for who cannot see it; `later` may bring more items that replace these. */
  async open(name, items, {x, y}, later = null) {
    this.#back = document.activeElement;
    const place = this.#place = {x, y};
    this.#box.setAttribute('aria-label', name);
    this.#fill(items);
    this.#focus(0);
    const more = await later;
    if (more && this.isOpen && place === this.#place) {
      const held = this.#entries().indexOf(document.activeElement);
      this.#fill(more);
      this.#focus(Math.max(held, 0));
    }
  }

  /** Close; the keyboard goes back to where it was. */
  close(back = true) {
    if (!this.isOpen) return;
    this.#box.hidden = true;
    this.#box.replaceChildren();
    if (back) this.#back?.focus({preventScroll: true});
  }

  /** Pressed elsewhere: a finger only closes the menu, a mouse does there what it does. */
  #left(event) {
    this.close(false);
    if (isFinger(event)) pressNothing(event);
  }

  #fill(items) {
    this.#box.replaceChildren(...items.map(item => {
      if (!item) return el('div', {role: 'separator'});
      if (item.title) return el('div', {class: 'menu-title', role: 'presentation'}, el('bdi', {}, item.title), item.note ? el('small', {}, item.note) : null);
      return el('button', {
        type: 'button', role: 'menuitem', tabindex: -1, 'aria-disabled': item.disabled ? 'true' : null, click: () => this.#take(item),
      }, item.sign ?? null, el('span', {}, item.label), item.hint ? el('span', {class: 'hint'}, item.hint) : null);
    }));
    this.#box.hidden = false;
    this.#put();
  }

  /** Beside the place, wholly inside the window. */
  #put() {
    const {width, height} = this.#box.getBoundingClientRect();
    const inside = (at, size, all) => Math.max(EDGE_PX, at + size + EDGE_PX > all ? Math.min(at, all) - Math.max(0, at + size + EDGE_PX - all) : at);
    this.#box.style.left = `${inside(this.#place.x, width, innerWidth)}px`;
    this.#box.style.top = `${inside(this.#place.y, height, innerHeight)}px`;
  }

  #take(item) {
    if (item.disabled) return;
    this.close();
    item.act();
  }

  #entries() { return [...this.#box.querySelectorAll('[role=menuitem]')]; }

  #focus(n) {
    const entries = this.#entries();
    entries[(n + entries.length) % entries.length]?.focus();
  }

  #key(event) {
    const at = this.#entries().indexOf(document.activeElement);
    const moves = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1};
    if (event.key in moves) this.#focus(moves[event.key]);
    else if (event.key === 'Escape' || event.key === 'Tab') this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
