// A story while it is played: its caption over the map, one view after the other; the address says which.

import {byId, el} from './dom.js';

const MODE = 'story';
const SEPARATOR = '~';

/** Emits `end`. */
export class Player extends EventTarget {
  #views;
  #name = null;
  #at = 0;

  constructor(views) {
    super();
    this.#views = views;
    views.addEventListener('change', () => this.#draw());
  }

  get playing() { return this.#name !== null; }

  /** As an address holds it; null while nothing is played. */
  get mode() { return this.playing ? [MODE, this.#at + 1, this.#name].join(SEPARATOR) : null; }

  play(name, at = 0) {
    const slide = this.#views.list(name)?.views[at];
    if (!slide) return;
    const address = new URLSearchParams(slide.view);
    address.delete('mode');
    address.append('mode', [MODE, at + 1, name].join(SEPARATOR));
    // The page follows its address, and "back" goes to the view before.
    location.hash = address;
  }

  step(by) { this.play(this.#name, this.#at + by); }

  /** What the mode of an address says; any other mode, and none, ends a story. */
  follow(mode) {
    const [kind, place, ...name] = (mode ?? '').split(SEPARATOR);
    this.#name = kind === MODE && Number(place) > 0 ? name.join(SEPARATOR) : null;
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

  #draw() {
    const bar = byId('story');
    const held = bar.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    bar.hidden = !this.playing;
    if (!this.playing) { bar.replaceChildren(); return; }
    const views = this.#views.list(this.#name)?.views ?? [];
    const slide = views[this.#at];
    bar.replaceChildren(
      el('p', {class: 'caption', role: 'status'}, el('bdi', {}, slide ? slide.caption || 'No caption' : `This browser does not have this view of the story “${this.#name}”. Whoever made it can save it as a file.`)),
      el('div', {class: 'story-deeds'},
        this.#button('before', 'Before', '←', this.#at > 0 && slide, () => this.step(-1)),
        slide ? el('span', {class: 'quiet'}, `${this.#at + 1} of ${views.length}`) : null,
        this.#button('next', 'Next', '→', views[this.#at + 1], () => this.step(1)),
        this.#button('end', 'End the story', '×', true, () => this.#end())));
    if (held) (bar.querySelector(`[data-key="${held}"]:enabled`) ?? bar.querySelector('[data-key="end"]')).focus();
  }

  #end() {
    this.stop();
    byId('map').focus({preventScroll: true});
  }

  #button(key, label, sign, can, click) {
    return el('button', {type: 'button', 'data-key': key, 'aria-label': label, disabled: !can, click}, el('span', {'aria-hidden': 'true'}, sign));
  }
}
