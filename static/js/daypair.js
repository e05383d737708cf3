// Two days written one beside the other: what was there by the one is compared with what was there by the other.

import {el} from './dom.js';

const DAY = /^-?\d{4}(-\d\d(-\d\d)?)?$/;

/** Whether a text is a date as far as it is known. */
export function isDay(text) { return DAY.test(text); }

/** Emits `choose` ({since, until}) when both are dates. */
export class DayPair extends EventTarget {
  #since = this.#field('Compare from the day');
  #until = this.#field('Compare to the day');
  #told = new Map();
  element = el('div', {class: 'when-controls day-pair', hidden: true}, this.#since, el('span', {'aria-hidden': 'true'}, 'to'), this.#until);

  /** Follow a state; what somebody is writing stays. */
  show(shown, compare) {
    this.element.hidden = !shown;
    if (shown && !compare) return;
    for (const [field, text] of [[this.#since, compare?.since ?? ''], [this.#until, compare?.until ?? '']]) {
      if (document.activeElement === field && this.#told.get(field) === text) continue;
      this.#told.set(field, text);
      field.value = text;
      field.setAttribute('aria-invalid', 'false');
    }
  }

  focus() { this.#since.focus(); }

  #field(label) { return el('input', {type: 'text', class: 'day', 'aria-label': label, placeholder: '2025-03', size: 10, maxlength: 12, change: () => this.#choose()}); }

  #choose() {
    const [since, until] = [this.#since, this.#until].map(field => field.value.trim());
    for (const field of [this.#since, this.#until]) field.setAttribute('aria-invalid', String(Boolean(field.value) && !isDay(field.value.trim())));
    if (isDay(since) && isDay(until)) this.dispatchEvent(new CustomEvent('choose', {detail: {since, until}}));
  }
}
