// A search box with a list (the combobox pattern): typing finds actors, arrows choose, Enter takes.

import {el} from './dom.js';

const PAUSE_MS = 120;
const SHOWN = 8;

/** Emits `choose` (actor) and `problem` (error). One instance serves one input and its list. */
export class ActorSearch extends EventTarget {
  #api;
  #style;
  #input;
  #list;
  #found = [];
  /** The text that the list was filled for. */
  #filledFor = '';
  #active = -1;
  #timer = 0;
  #asking = null;
  #wanted = false;

  constructor(api, style, input, list) {
    super();
    this.#api = api;
    this.#style = style;
    this.#input = input;
    this.#list = list;
    input.addEventListener('input', () => this.#soon());
    input.addEventListener('keydown', event => this.#key(event));
    input.addEventListener('blur', () => setTimeout(() => this.close(), 150));
    input.addEventListener('focus', () => { if (this.#found.length && input.value.trim()) this.#open(); });
    // Somebody may have typed before this script was there.
    if (input.value.trim() && document.activeElement === input) this.#soon();
  }

  close() {
    this.#list.hidden = true;
    this.#input.setAttribute('aria-expanded', 'false');
    this.#input.removeAttribute('aria-activedescendant');
    this.#active = -1;
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#wanted = false;
    this.#timer = setTimeout(() => this.#ask(), PAUSE_MS);
  }

  async #ask() {
    const text = this.#input.value.trim();
    this.#asking?.abort();
    if (!text) { this.#found = []; this.close(); return; }
    const asking = this.#asking = new AbortController();
    try {
      const answer = await this.#api.search(text, SHOWN, asking.signal);
      if (asking !== this.#asking) return;
      this.#found = answer.actors;
      this.#filledFor = text;
      this.#fill(text, answer.truncated);
      if (this.#wanted && this.#found.length) this.#choose(0);
    } catch (error) {
      if (error.name !== 'AbortError') this.dispatchEvent(new CustomEvent('problem', {detail: error}));
    }
  }

  #fill(text, truncated) {
    const theme = document.documentElement.dataset.theme;
    const pictures = this.#style.themes[theme].kinds;
    const options = this.#found.map((actor, n) => el('li', {
      role: 'option', id: `${this.#list.id}-${n}`, 'aria-selected': 'false',
      mousedown: event => { event.preventDefault(); this.#choose(n); },
    },
    el('img', {src: pictures[actor.kind], alt: '', width: 24, height: 24}),
    el('span', {class: 'found-name'}, el('bdi', {}, actor.name), actor.matched_as ? el('small', {}, ' matched as ', el('bdi', {}, actor.matched_as)) : null),
    el('small', {class: 'found-kind'}, this.#style.kinds.find(({kind}) => kind === actor.kind)?.label ?? actor.kind)));
    if (!options.length) options.push(el('li', {class: 'nothing', role: 'presentation'}, `Nobody is called “${text}”.`));
    if (truncated) options.push(el('li', {class: 'nothing', role: 'presentation'}, 'More fit: type on to narrow it down.'));
    this.#list.replaceChildren(...options);
    this.#open();
    this.#mark(this.#found.length ? 0 : -1);
  }

  #open() {
    this.#list.hidden = false;
    this.#input.setAttribute('aria-expanded', 'true');
  }

  #mark(n) {
    this.#active = n;
    for (const [at, option] of [...this.#list.querySelectorAll('[role=option]')].entries()) option.setAttribute('aria-selected', String(at === n));
    if (n >= 0) {
      this.#input.setAttribute('aria-activedescendant', `${this.#list.id}-${n}`);
      this.#list.children[n].scrollIntoView({block: 'nearest'});
    } else this.#input.removeAttribute('aria-activedescendant');
  }

  #key(event) {
    const open = !this.#list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) { this.#ask(); return; }
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (this.#found.length) this.#mark((this.#active + step + this.#found.length) % this.#found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (open && this.#active >= 0 && this.#filledFor === this.#input.value.trim()) this.#choose(this.#active);
      else {
        // Enter came before the answer: take the first as soon as it is here.
        clearTimeout(this.#timer);
        this.#wanted = true;
        this.#ask();
      }
    } else if (event.key === 'Escape') {
      if (open) { event.stopPropagation(); this.close(); } else this.#input.blur();
    }
  }

  #choose(n) {
    const actor = this.#found[n];
    this.#wanted = false;
    this.close();
    this.dispatchEvent(new CustomEvent('choose', {detail: actor}));
  }
}
