// Pictures of views that are not on the screen, drawn by the same map out of sight: in light, for they are what a file has for paper.

import {el} from '../dom.js';
import {GraphMap} from '../map.js';
import {Model} from '../model.js';

export class Pictures {
  #model = new Model();
  #place = el('div', {class: 'out-of-sight', 'aria-hidden': 'true'});
  #map;

  constructor(style) {
    document.body.append(this.#place);
    this.#map = new GraphMap(this.#place, this.#model, style, 'light');
  }

  /** What the map draws of a state with a selection. */
  of(state, selection) {
    this.#model.begin(state, 'opened');
    this.#model.select(selection);
    // Of many actors those are named for whom there is room in the whole picture.
    this.#map.fit();
    return this.#map.picture();
  }

  close() {
    this.#map.close();
    this.#place.remove();
  }
}
