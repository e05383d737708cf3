// Fingers on the map: the drawing library is told what they mean on other maps, and how exactly they point.

const HOLD_MS = 500;
const TWICE_MS = 300;
/** A finger that is held still trembles so much; a mouse does not. */
const STILL_PX = {touch: 10, other: 5};
/** Two taps that are one double tap are so near each other. */
const APART_PX = 30;
/** Round a finger, in the order in which it is looked there: a disc close by is meant rather than a line that is hit. */
const REACH = [
  {far: 0, discs: true}, {far: 7, discs: true}, {far: 14, discs: true}, {far: 0}, {far: 7}, {far: 14}, {far: 20},
];
const AROUND = 12;

export function isFinger(event) { return event.pointerType === 'touch'; }

/** Calls `hold` with a place of the container when a finger rests there; `moves` says of a place whether what lies there is
 *  dragged by a finger, which moves the map else. */
export class Fingers {
  #container;
  #network;
  #down = 0;
  #pinched = null;
  #tapped = null;

  constructor(container, network, {hold, moves}) {
    this.#container = container;
    this.#network = network;
    const {hammer} = network.canvas;
    hammer.get('press').set({time: HOLD_MS, threshold: STILL_PX.touch});
    hammer.get('tap').set({time: HOLD_MS - 1, threshold: STILL_PX.touch, interval: TWICE_MS, posThreshold: APART_PX});
    hammer.get('doubletap').set({time: HOLD_MS - 1, threshold: STILL_PX.touch, interval: TWICE_MS, posThreshold: APART_PX});
    // The library selects what is held, which would open its details under the menu.
    hammer.off('press');
    hammer.on('press', event => { if (isFinger(event)) hold(this.#here(event.center)); else network.body.eventListeners.onHold(event); });
    hammer.on('pinchstart', event => this.#beginPinch(event));
    hammer.on('pinchmove', event => this.#movePinch(event));
    hammer.on('panstart', event => this.#goOn(event));
    this.#listen(hammer, moves);
  }

  /** Whether a tap is the second of two: the first one may have moved the map under the finger. */
  isSecond({x, y}, now = performance.now()) {
    const before = this.#tapped;
    const second = before && now - before.now < TWICE_MS && Math.hypot(before.x - x, before.y - y) < APART_PX;
    this.#tapped = second ? null : {x, y, now};
    return Boolean(second);
  }

  #here({x, y}) {
    const {left, top} = this.#container.getBoundingClientRect();
    return {x: x - left, y: y - top};
  }

  #listen(hammer, moves) {
    const options = {capture: true};
    this.#container.addEventListener('pointerdown', event => {
      const finger = isFinger(event);
      if (finger) this.#down += 1;
      hammer.get('pan').set({threshold: finger ? STILL_PX.touch : STILL_PX.other});
      this.#network.interactionHandler.options.dragNodes = !finger || moves(this.#here({x: event.clientX, y: event.clientY}));
    }, options);
    for (const up of ['pointerup', 'pointercancel']) addEventListener(up, event => { if (isFinger(event)) this.#down = Math.max(0, this.#down - 1); }, options);
    // Some browsers have a menu of their own for a finger that rests.
    this.#container.addEventListener('contextmenu', event => {
      if (!this.#down && !isFinger(event)) return;
      event.preventDefault();
      event.stopPropagation();
    }, options);
  }

  /** Two fingers may come down anew without the first one being lifted. */
  #beginPinch({center}) {
    this.#network.interactionHandler.pinch.scale = this.#network.getScale();
    this.#pinched = center;
  }

  /** The library zooms where the fingers are; the map goes with them as well. */
  #movePinch({center}) {
    const [scale, {x, y}] = [this.#network.getScale(), this.#network.getViewPosition()];
    this.#network.moveTo({position: {x: x - (center.x - this.#pinched.x) / scale, y: y - (center.y - this.#pinched.y) / scale}, scale, animation: false});
    this.#pinched = center;
  }

  /** The finger that stays after two goes on moving the map from where it is. */
  #goOn({center}) {
    const {drag} = this.#network.interactionHandler;
    if (!drag.pinched) return;
    drag.pinched = false;
    drag.pointer = this.#here(center);
  }
}

/** What a finger means at a place: the first thing that `at` finds round it, discs before lines; `at` tells `{kind, id}`. */
export function meantByFinger({x, y}, at) {
  for (const {far, discs} of REACH) {
    for (let turn = 0; turn < (far ? AROUND : 1); turn += 1) {
      const angle = turn * 2 * Math.PI / AROUND;
      const found = at(x + far * Math.cos(angle), y + far * Math.sin(angle));
      if (found.kind && (!discs || ['actor', 'community'].includes(found.kind))) return found;
    }
  }
  return {kind: null, id: null};
}
