// Drawing a box with Shift: what lies in it is selected. The map's own dragging does not see these pointers.

import {el} from './dom.js';

const LEAST_PX = 4;

/** Call `choose` with the box (`left`, `top`, `right`, `bottom` in pixels of the container) when one was drawn. */
export function boxSelect(container, choose) {
  let from = null;
  const box = el('div', {class: 'box', 'aria-hidden': 'true', hidden: true});
  container.append(box);
  const here = event => {
    const {left, top} = container.getBoundingClientRect();
    return {x: event.clientX - left, y: event.clientY - top};
  };
  container.addEventListener('pointerdown', event => {
    if (!event.shiftKey || event.button !== 0) return;
    event.stopPropagation();
    from = here(event);
    container.setPointerCapture(event.pointerId);
  }, {capture: true});
  container.addEventListener('pointermove', event => {
    if (!from) return;
    event.stopPropagation();
    const {left, top, right, bottom} = between(from, here(event));
    Object.assign(box.style, {left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px`});
    box.hidden = false;
  }, {capture: true});
  container.addEventListener('pointerup', event => {
    if (!from) return;
    event.stopPropagation();
    const drawn = between(from, here(event));
    from = null;
    box.hidden = true;
    // A click with Shift is a box without a size.
    const point = drawn.right - drawn.left < LEAST_PX && drawn.bottom - drawn.top < LEAST_PX;
    choose(drawn, point);
  }, {capture: true});
}

function between(one, other) {
  return {left: Math.min(one.x, other.x), right: Math.max(one.x, other.x), top: Math.min(one.y, other.y), bottom: Math.max(one.y, other.y)};
}
