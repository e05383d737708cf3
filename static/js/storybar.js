// The caption of a view that is played, over the map, with the buttons that go on.

import {el} from './dom.js';

/** Emits `step` (by how many views), `end` and `keep`. */
export class StoryBar extends EventTarget {
  #bar;

  constructor(bar) {
    super();
    this.#bar = bar;
  }

  hide() {
    this.#bar.hidden = true;
    this.#bar.replaceChildren();
  }

  /** View `at` of `count` with its caption; `count` is 0 where there is nothing to go to. `keep`: it may be kept. */
  show({caption, at, count, keep = false}) {
    const held = this.#bar.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    this.#bar.hidden = false;
    this.#bar.replaceChildren(
      el('p', {class: 'caption', role: 'status'}, el('bdi', {}, caption)),
      el('div', {class: 'story-deeds'},
        this.#button('before', 'Before', '←', count && at > 0, () => this.#emit('step', -1)),
        count ? el('span', {class: 'quiet'}, `${at + 1} of ${count}`) : null,
        this.#button('next', 'Next', '→', at + 1 < count, () => this.#emit('step', 1)),
        this.#button('end', 'End the story', '×', true, () => this.#emit('end')),
        keep ? el('button', {type: 'button', class: 'keep-story', 'data-key': 'keep', title: 'In this browser', click: () => this.#emit('keep')}, 'Keep this story') : null));
    if (held) (this.#bar.querySelector(`[data-key="${held}"]:enabled`) ?? this.#bar.querySelector('[data-key="end"]')).focus();
  }

  #button(key, label, sign, can, click) {
    return el('button', {type: 'button', 'data-key': key, 'aria-label': label, disabled: !can, click}, el('span', {'aria-hidden': 'true'}, sign));
  }

  #emit(name, detail) { this.dispatchEvent(new CustomEvent(name, {detail})); }
}
