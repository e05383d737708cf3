// The address of the page and the view, kept the same: opening an address, writing it after every change, back and forward.

import {readAddress, viewOf, writeAddress} from './address.js';
import {fragmentHere, isOverfull, isTooLong, writeBar} from './addressbar.js';
import {selectionIn, stateOf, thereOf} from './addressed.js';
import {say, untilThere} from './banner.js';
import {UnreadableStory} from './carriedstory.js';

const KEPT_VIEWS = 100;
const LOST = {title: 'This view is not here.', message: 'It is too large for a link: only the window in which it was made has it. Ask for it as a file.'};

/** Emits `failed` when an address could not be shown: what was there stays; and `written` ({tooLong}) when the view is in the address,
 *  or is too long for a link. */
export class Visit extends EventTarget {
  #api;
  #model;
  #map;
  #sheets;
  #player;
  #fragment = '';
  #views = new Map();
  #opening = 0;
  #begun = false;
  #settling = false;
  #settled;
  /** Resolves when the first address is shown, or could not be. */
  begun = new Promise(resolve => { this.#settled = resolve; });

  constructor({api, model, map, sheets, player}) {
    super();
    this.#api = api;
    this.#model = model;
    this.#map = map;
    this.#sheets = sheets;
    this.#player = player;
    sheets.addEventListener('change', () => { if (!this.#settling) this.write(); });
    addEventListener('popstate', () => { const here = fragmentHere(); if (here !== this.#fragment) this.open(here); });
  }

  /** The graph has changed since: going back and forward asks again. */
  forget() { this.#views.clear(); }

  /** Show what an address asks for; a view of this visit comes back as it was, without asking again. */
  async open(address = fragmentHere()) {
    const opening = this.#opening += 1;
    if (address === null) { this.#lost(); return; }
    const fragment = await this.#arrival(address);
    if (opening !== this.#opening) return;
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
      this.#settled();
    } catch (error) {
      this.#settling = false;
      if (opening !== this.#opening) return;
      this.#fragment = fragment;
      this.dispatchEvent(new Event('failed'));
      this.#settled();
      say(error, () => this.open(fragment));
    }
  }

  #lost() {
    this.dispatchEvent(new Event('failed'));
    this.#settled();
    say(LOST);
  }

  /** Where an address leads; one whose story cannot be read leads to what it says beside. */
  async #arrival(fragment) {
    if (!readAddress(fragment).story) return fragment;
    try { return await this.#player.arrival(fragment); } catch (error) {
      if (!(error instanceof UnreadableStory)) throw error;
      say(error);
      return viewOf(fragment);
    }
  }

  #show(state, asked, kept) {
    const model = this.#model;
    const first = !this.#begun;
    if (!first) { if (state !== model.state) model.change(state, 'opened'); } else model.begin(state, 'opened');
    this.#begun = true;
    model.select(kept ? thereOf(asked.selection, state) : selectionIn(asked, state));
    this.#sheets.open(asked, state, first);
    this.write();
  }

  /** Write the view into the address; `amended`: it belongs to the step before. */
  write({amended = false} = {}) {
    const fragment = writeAddress(this.#model.state, this.#model.selection, {query: this.#sheets.query, mode: this.#sheets.mode, story: this.#sheets.story});
    const view = viewOf(fragment);
    this.#views.delete(view);
    this.#views.set(view, this.#model.state);
    if (this.#views.size > KEPT_VIEWS) this.#views.delete(this.#views.keys().next().value);
    this.dispatchEvent(new CustomEvent('written', {detail: {tooLong: isTooLong(fragment)}}));
    if (fragment === this.#fragment && !isOverfull()) return;
    // A selection is no step of its own, nor is writing an address more exactly: "back" goes to the view before.
    const step = !this.#settling && !amended && view !== viewOf(this.#fragment);
    this.#fragment = fragment;
    writeBar(fragment, step);
  }
}
