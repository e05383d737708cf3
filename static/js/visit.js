// The address of the page and the view, kept the same: opening an address, writing it after every change, back and forward.

import {readAddress, viewOf, writeAddress} from './address.js';
import {answered, filtered} from './answers.js';
import {say, untilThere} from './banner.js';
import {EMPTY, shownActors} from './model.js';
import {actorsIn, meant, ofActors} from './selection.js';

const KEPT_VIEWS = 100;

/** Emits `failed` when an address could not be shown: what was there stays. */
export class Visit extends EventTarget {
  #api;
  #model;
  #map;
  #sheets;
  #fragment = '';
  #views = new Map();
  #opening = 0;
  #begun = false;
  #settling = false;

  constructor({api, model, map, sheets}) {
    super();
    this.#api = api;
    this.#model = model;
    this.#map = map;
    this.#sheets = sheets;
    sheets.addEventListener('change', () => { if (!this.#settling) this.write(); });
    addEventListener('popstate', () => { if (location.hash.slice(1) !== this.#fragment) this.open(location.hash); });
  }

  /** Show what an address asks for; a view of this visit comes back as it was, without asking again. */
  async open(address) {
    const fragment = address.replace(/^#/, '');
    const opening = this.#opening += 1;
    const asked = readAddress(fragment);
    const kept = this.#views.get(viewOf(fragment));
    try {
      const state = kept ?? await untilThere(() => stateOf(this.#api, asked));
      if (opening !== this.#opening) return;
      this.#fragment = fragment;
      this.#settling = true;
      this.#show(state, asked, kept);
      this.#settling = false;
      if (!kept) this.#map.fit({readable: !state.paths});
    } catch (error) {
      this.#settling = false;
      if (opening !== this.#opening) return;
      this.#fragment = fragment;
      this.dispatchEvent(new Event('failed'));
      say(error, () => this.open(fragment));
    }
  }

  #show(state, asked, kept) {
    const model = this.#model;
    const first = !this.#begun;
    if (!first) { if (state !== model.state) model.change(state, 'opened'); } else model.begin(state, 'opened');
    this.#begun = true;
    model.select(thereOf(asked.selection, state) ?? (kept ? null : centreOf(asked)));
    this.#sheets.open(asked, state, first);
    this.write();
  }

  /** Write the view into the address; `amended`: it belongs to the step before. */
  write({amended = false} = {}) {
    const fragment = writeAddress(this.#model.state, this.#model.selection, {query: this.#sheets.query, mode: this.#sheets.mode});
    const view = viewOf(fragment);
    this.#views.delete(view);
    this.#views.set(view, this.#model.state);
    if (this.#views.size > KEPT_VIEWS) this.#views.delete(this.#views.keys().next().value);
    if (fragment === this.#fragment) return;
    // A selection is no step of its own, nor is writing an address more exactly: "back" goes to the view before.
    const step = !this.#settling && !amended && view !== viewOf(this.#fragment);
    this.#fragment = fragment;
    history[step ? 'pushState' : 'replaceState'](null, '', fragment ? `#${fragment}` : location.pathname);
  }
}

/** The state that an address describes. */
async function stateOf(api, {steps, lens, hidden, kept, chosen}) {
  let state = EMPTY;
  for (const step of steps) state = await answered(api, state, step);
  const away = kept.length ? [...state.actors.keys()].filter(id => !kept.includes(id)) : hidden.filter(id => state.actors.has(id));
  const paths = state.paths?.list[chosen] ? {...state.paths, chosen} : state.paths;
  return filtered(api, {...state, paths, lens, hidden: new Set(away)}, lens.filter);
}

/** What an address selects, without actors that are not on the map: nothing could be done with them. */
function thereOf(given, state) {
  const selection = meant(given, state);
  const ids = actorsIn(selection);
  const shown = shownActors(state);
  return ids.every(id => shown.has(id)) ? selection : ofActors(ids.filter(id => shown.has(id)));
}

/** The actor that an address asks for, where it asks for one and nothing else. */
function centreOf({steps: [first]}) {
  return first?.ask === 'actor' ? {kind: 'actor', id: first.actor} : null;
}
