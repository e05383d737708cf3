// A story while it is played: one view after the other, and the address says which. It is one that this browser keeps,
// or one that the address carries whole.

import {readAddress} from './address.js';
import {unpackedStory} from './carriedstory.js';
import {byId} from './dom.js';
import {StoryBar} from './storybar.js';

const MODE = 'story';
const SEPARATOR = '~';

/** Emits `end`, and `kept` ({name, lasting}) when the story of an address was kept. */
export class Player extends EventTarget {
  #views;
  #bar = new StoryBar(byId('story'));
  #name = null;
  #at = 0;
  /** What the address carries: `{packed, list}`; null where it names a story of this browser. */
  #carried = null;
  #arrived = null;

  constructor(views) {
    super();
    this.#views = views;
    views.addEventListener('change', () => this.#draw());
    this.#bar.addEventListener('step', ({detail}) => this.step(detail));
    this.#bar.addEventListener('end', () => { this.stop(); byId('map').focus({preventScroll: true}); });
    this.#bar.addEventListener('keep', () => this.#keep());
  }

  get playing() { return this.#name !== null; }

  /** As an address holds it; null while nothing is played. */
  get mode() { return this.playing ? modeOf(this.#at, this.#carried ? '' : this.#name) : null; }

  /** The whole story, where the address carries it; null otherwise. */
  get packed() { return this.playing ? this.#carried?.packed ?? null : null; }

  /** What is played, `{name, views}`; null where this browser does not have it. */
  get list() { return this.playing ? this.#carried?.list ?? this.#views.list(this.#name) ?? null : null; }

  play(name, at = 0) { this.#open(this.#views.list(name), at, null); }

  step(by) { this.#open(this.list, this.#at + by, this.packed); }

  /** Where an address leads: one that is a story and nothing else leads to its first view. Throws UnreadableStory. */
  async arrival(fragment) {
    const {story, mode} = readAddress(fragment);
    if (story !== this.#arrived?.packed) this.#arrived = {packed: story, list: await unpackedStory(story)};
    return mode ? fragment : addressOf(this.#arrived.list.views[0], 0, '', story);
  }

  /** What an address says; another mode than a story, and none, ends one. */
  follow({mode, story}) {
    const [kind, place, ...name] = (mode ?? '').split(SEPARATOR);
    const plays = kind === MODE && Number(place) > 0;
    this.#carried = plays && story && story === this.#arrived?.packed ? this.#arrived : null;
    this.#name = plays ? this.#carried?.list.name ?? name.join(SEPARATOR) : null;
    this.#at = Number(place) - 1;
    this.#draw();
  }

  stop() {
    if (!this.playing) return false;
    this.#name = null;
    this.#draw();
    this.dispatchEvent(new Event('end'));
    return true;
  }

  #open(list, at, packed) {
    const slide = list?.views[at];
    // The page follows its address, and "back" goes to the view before.
    if (slide) location.hash = addressOf(slide, at, packed ? '' : list.name, packed);
  }

  #draw() {
    if (!this.playing) { this.#bar.hide(); return; }
    const views = this.list?.views ?? [];
    const slide = views[this.#at];
    this.#bar.show({
      caption: slide ? slide.caption || 'No caption' : this.#missing(), at: this.#at, count: slide ? views.length : 0,
      keep: Boolean(this.#carried && !this.#views.has(this.#carried.list)),
    });
  }

  #missing() {
    return this.#carried ? `The story “${this.#name}” has no such view.`
      : `This browser does not have this view of the story “${this.#name}”. Whoever made it can share it as a link or a file.`;
  }

  #keep() {
    const name = this.#views.keep(this.#carried.list);
    this.dispatchEvent(new CustomEvent('kept', {detail: {name, lasting: this.#views.lasting}}));
  }
}

/** The address of a view of a story; what the view itself says of a story is not followed. */
function addressOf({view}, at, name, packed) {
  const address = new URLSearchParams(view);
  for (const key of ['mode', 'story']) address.delete(key);
  address.append('mode', modeOf(at, packed ? '' : name));
  if (packed) address.append('story', packed);
  return address.toString();
}

function modeOf(at, name) { return [MODE, at + 1, ...name ? [name] : []].join(SEPARATOR); }
