// Drawing a box, with Shift or while that is `on`: what lies in it is selected. The map's own dragging does not see these pointers.

import {el} from './dom.js';
import {isFinger} from './fingers.js';

/** Less than so much is a click or a tap. */
const LEAST_PX = {touch: 10, other: 4};

export class BoxSelect {
  #container;
  #choose;
  #box = el('div', {class: 'box', 'aria-hidden': 'true', hidden: true});
  #from = null;
  #down = new Set();
  on = false;

  /** `choose` is called with the box (`left`, `top`, `right`, `bottom` in pixels of the container), and whether it is a mere `point`, of
   *  a `finger`. */
  constructor(container, choose) {
    this.#container = container;
    this.#choose = choose;
    container.append(this.#box);
    const options = {capture: true};
    container.addEventListener('pointerdown', event => this.#begin(event), options);
    container.addEventListener('pointermove', event => this.#draw(event), options);
    for (const up of ['pointerup', 'pointercancel']) container.addEventListener(up, event => this.#end(event), options);
  }

  #begin(event) {
    if (!(event.shiftKey || this.on) || event.button !== 0) return;
    event.stopPropagation();
    this.#container.setPointerCapture(event.pointerId);
    this.#down.add(event.pointerId);
    // A second finger means something else than a box.
    this.#from = this.#down.size === 1 ? this.#here(event) : null;
    this.#box.hidden = true;
  }

  #draw(event) {
    if (!this.#down.has(event.pointerId)) return;
    event.stopPropagation();
    if (!this.#from) return;
    const drawn = between(this.#from, this.#here(event));
    if (isPoint(drawn, event)) return;
    const {left, top, right, bottom} = drawn;
    Object.assign(this.#box.style, {left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px`});
    this.#box.hidden = false;
  }

  #end(event) {
    if (!this.#down.delete(event.pointerId)) return;
    event.stopPropagation();
    const from = this.#from;
    this.#from = null;
    this.#box.hidden = true;
    if (!from || event.type === 'pointercancel') return;
    const drawn = between(from, this.#here(event));
    this.#choose(drawn, {point: isPoint(drawn, event), finger: isFinger(event)});
  }

  #here({clientX, clientY}) {
    const {left, top} = this.#container.getBoundingClientRect();
    return {x: clientX - left, y: clientY - top};
  }
}

function between(one, other) {
  return {left: Math.min(one.x, other.x), right: Math.max(one.x, other.x), top: Math.min(one.y, other.y), bottom: Math.max(one.y, other.y)};
}

function isPoint({left, top, right, bottom}, event) {
  const least = isFinger(event) ? LEAST_PX.touch : LEAST_PX.other;
  return right - left < least && bottom - top < least;
}
