// The views of an address, answered by the service: one view, or those of a story that the address carries.

import {readAddress} from '../address.js';
import {selectionIn, stateOf} from '../addressed.js';
import {untilThere} from '../banner.js';
import {unpackedStory} from '../carriedstory.js';
import {filterWords, summaryWords} from '../summary.js';

/** As what a page carries (`Contents`). */
export class LiveContents {
  #api;
  #views;

  constructor(api, style, {title = '', views}) {
    this.#api = api;
    this.#views = views;
    this.style = style;
    this.title = title;
  }

  /** Throws UnreadableStory. */
  static async of(api, style, fragment) {
    const {story} = readAddress(fragment);
    if (!story) return new LiveContents(api, style, {views: [{caption: '', view: fragment}]});
    const {name, views} = await unpackedStory(story);
    return new LiveContents(api, style, {title: name, views});
  }

  get count() { return this.#views.length; }

  caption(at) { return this.#views[at].caption; }

  /** The address of a view in the explorer. */
  address(at) { return `/#${this.#views[at].view}`; }

  async enter(at) {
    const asked = readAddress(this.#views[at].view);
    const state = await untilThere(() => stateOf(this.#api, asked));
    return {state, selection: selectionIn(asked, state), words: [summaryWords(state), ...filterWords(state)].filter(Boolean).join(' · ')};
  }

  relation(id) { return this.#api.relation(id); }
  subgraph(ids) { return this.#api.subgraph(ids); }
  actor(id) { return this.#api.actor(id); }
}
