// Several actors: a search box, and under it a chip for each that was chosen.

import {Chips} from './chips.js';
import {el} from './dom.js';
import {ActorSearch} from './search.js';

/** The input and list of a search for actors, with their label; `id` has to be free on the page. */
export function actorBox(id, label, placeholder = 'Name of an actor') {
  const input = el('input', {
    id, type: 'search', autocomplete: 'off', spellcheck: 'false', role: 'combobox', 'aria-expanded': 'false',
    'aria-controls': `${id}-list`, 'aria-autocomplete': 'list', placeholder,
  });
  const list = el('ul', {id: `${id}-list`, role: 'listbox', 'aria-label': `Actors for ${label}`, hidden: true});
  return {input, list, label: el('label', {for: id}, label)};
}

/** Emits `problem` (error). */
export class ActorPicks extends EventTarget {
  #chips;
  #input;
  element;

  constructor(api, style, id, label) {
    super();
    const box = actorBox(id, label, 'Add an actor');
    this.#input = box.input;
    this.#chips = new Chips(label);
    this.#chips.after = box.input;
    this.element = el('div', {class: 'picks'}, el('div', {class: 'search'}, box.label, box.input, box.list), this.#chips.element);
    const search = new ActorSearch(api, style, box.input, box.list);
    search.addEventListener('choose', ({detail: {id: actor, name}}) => { box.input.value = ''; this.#chips.add({id: actor, name}); });
    search.addEventListener('problem', ({detail}) => this.dispatchEvent(new CustomEvent('problem', {detail})));
    box.input.addEventListener('keydown', event => { if (event.key === 'Backspace' && !box.input.value) this.#chips.takeLast(); });
  }

  /** Ids of the chosen actors, and what stands in the box: the service knows names too. */
  get values() { return [...this.#chips.ids, this.#input.value.trim()].filter(Boolean); }

  set(actors) {
    this.#input.value = '';
    this.#chips.set(actors);
  }
}
