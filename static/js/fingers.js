// Fingers on the map: the drawing library is told what they mean on other maps, and how exactly they point.

const HOLD_MS = 500;
const TWICE_MS = 350;
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

/** A finger that came down (`event`) presses nothing: no part of the page hears of it, nor of the click that browsers make of it later. */
export function pressNothing(event) {
  event.stopPropagation();
  const swallow = click => {
    if (Math.hypot(click.clientX - event.clientX, click.clientY - event.clientY) > APART_PX) return;
    click.preventDefault();
    click.stopPropagation();
  };
  document.addEventListener('click', swallow, {capture: true});
  const over = () => setTimeout(() => document.removeEventListener('click', swallow, {capture: true}), TWICE_MS);
  for (const up of ['pointerup', 'pointercancel']) addEventListener(up, over, {once: true});
}

/** Calls `hold` with a place of the container when a finger rests there; `moves` says of a place whether what lies there is
 *  dragged by a finger, which moves the map else; `twice` is called where the second tap of two meets what has opened over the map. */
export class Fingers {
  #container;
  #network;
  #down = 0;
  #held = false;
  #pinched = null;
  #tapped = null;
  #elsewhere;

  constructor(container, network, {hold, moves, twice}) {
    this.#container = container;
    this.#network = network;
    const {hammer} = network.canvas;
    hammer.get('press').set({time: HOLD_MS, threshold: STILL_PX.touch});
    hammer.get('tap').set({time: HOLD_MS - 1, threshold: STILL_PX.touch});
    // The library selects what is held, which would open its details under the menu.
    hammer.off('press');
    hammer.on('press', event => { if (isFinger(event)) { this.#held = true; hold(this.#here(event.center)); } else network.body.eventListeners.onHold(event); });
    hammer.on('hammer.input', ({isFirst, center, pointers}) => { if (isFirst || pointers.length !== 2) this.#pinched = null; else this.#pinched ??= center; });
    // Two fingers may come down anew without the first one being lifted.
    hammer.on('pinchstart', () => { network.interactionHandler.pinch.scale = network.getScale(); });
    for (const moved of ['pinchstart', 'pinchmove']) hammer.on(moved, event => this.#takeAlong(event));
    hammer.on('panstart', event => this.#goOn(event));
    this.#listen(hammer, moves);
    document.addEventListener('pointerdown', this.#elsewhere = event => {
      if (!isFinger(event) || container.contains(event.target) || !this.isSecond(event, false)) return;
      pressNothing(event);
      twice();
    }, {capture: true});
  }

  /** Whether a tap or a click is the second of two. What is shown after the first one may keep the page busy and move the map
   *  under the finger: so what counts is when and where the glass was touched. `first`: it may be the first of two as well. */
  isSecond({clientX: x, clientY: y, timeStamp: now}, first = true) {
    const before = this.#tapped;
    const second = before && now - before.now < TWICE_MS && Math.hypot(before.x - x, before.y - y) < APART_PX;
    this.#tapped = second || !first ? null : {x, y, now};
    return Boolean(second);
  }

  /** Listen to nothing beside the container any more. */
  close() { document.removeEventListener('pointerdown', this.#elsewhere, {capture: true}); }

  #here({x, y}) {
    const {left, top} = this.#container.getBoundingClientRect();
    return {x: x - left, y: y - top};
  }

  #listen(hammer, moves) {
    const options = {capture: true};
    this.#container.addEventListener('pointerdown', event => {
      const finger = isFinger(event);
      this.#held = false;
      if (finger) this.#down += 1;
      hammer.get('pan').set({threshold: finger ? STILL_PX.touch : STILL_PX.other});
      this.#network.interactionHandler.options.dragNodes = !finger || moves(this.#here({x: event.clientX, y: event.clientY}));
    }, options);
    for (const up of ['pointerup', 'pointercancel']) addEventListener(up, event => { if (isFinger(event)) this.#down = Math.max(0, this.#down - 1); }, options);
    // A finger that is lifted would else press what has opened under it.
    this.#container.addEventListener('touchend', event => { if (this.#held) event.preventDefault(); }, {...options, passive: false});
    // Some browsers have a menu of their own for a finger that rests.
    this.#container.addEventListener('contextmenu', event => {
      if (!this.#down && !isFinger(event)) return;
      event.preventDefault();
      event.stopPropagation();
    }, options);
  }

  /** The library zooms where the fingers are; the map goes with them as well. */
  #takeAlong({center}) {
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
