// One end of a path: the actor in the search box and, as chips, others that would do as well.

import {Chips} from './chips.js';
import {el} from './dom.js';
import {actorBox} from './picks.js';
import {ActorSearch} from './search.js';

/** Emits `choose` and `problem` (error). Actors are `{id, name}`. */
export class End extends EventTarget {
  #box;
  #chips;
  #chosen = null;
  #another;
  element;

  constructor(api, style, id, label) {
    super();
    this.#box = actorBox(id, label);
    this.#chips = new Chips(`${label} one of`);
    this.#chips.after = this.#box.input;
    this.#another = el('button', {type: 'button', class: 'text another', disabled: true, 'aria-label': `${label} another actor as well`, click: () => this.#more()}, 'or another');
    const {input, list, label: name} = this.#box;
    this.element = el('div', {class: 'end'}, el('div', {class: 'search'}, el('div', {class: 'label'}, name, this.#another), input, list), this.#chips.element);
    const search = new ActorSearch(api, style, input, list);
    search.addEventListener('choose', ({detail}) => { this.put(detail); this.dispatchEvent(new Event('choose')); });
    search.addEventListener('problem', ({detail}) => this.dispatchEvent(new CustomEvent('problem', {detail})));
    input.addEventListener('input', () => { this.#chosen = null; this.#another.disabled = true; });
  }

  /** Ids; what was only typed is a name, which the service knows too. */
  get values() { return [this.#chosen?.id ?? this.#box.input.value.trim(), ...this.#chips.ids].filter(Boolean); }
  get isNamed() { return this.#chosen !== null; }

  /** This actor in the box; the chips stay. */
  put({id, name}) {
    this.#chosen = {id, name};
    this.#box.input.value = name;
    this.#another.disabled = false;
  }

  set([first, ...others]) {
    this.#chips.set(others);
    if (first) this.put(first);
    else { this.#chosen = null; this.#box.input.value = ''; this.#another.disabled = true; }
  }

  /** Everything that was written here, to be put at the other end. */
  get draft() { return {chosen: this.#chosen, text: this.#box.input.value, others: this.#chips.items}; }

  set draft({chosen, text, others}) {
    this.set([chosen, ...others]);
    if (!chosen) this.#box.input.value = text;
  }

  focus() { this.#box.input.focus(); }

  #more() {
    this.set([null, ...this.#chips.items, this.#chosen]);
    this.focus();
  }
}
