// Selecting several without a key: while it is on, a drag draws a box and a tap adds or takes out, also by finger.

import {byId} from './dom.js';

export class Several {
  #map;
  #button = byId('several');
  #hint = byId('several-hint');

  constructor(map) {
    this.#map = map;
    this.#button.addEventListener('click', () => this.#turn(!map.selecting));
    byId('several-done').addEventListener('click', () => { this.stop(); this.#button.focus({preventScroll: true}); });
  }

  /** `false` where it was off. */
  stop() {
    if (!this.#map.selecting) return false;
    this.#turn(false);
    return true;
  }

  #turn(on) {
    this.#map.selecting = on;
    this.#button.setAttribute('aria-pressed', String(on));
    this.#hint.hidden = !on;
    document.body.classList.toggle('selecting', on);
  }
}
