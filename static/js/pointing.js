// Where the pointer rests over the map, at most once a frame; not while something is dragged.

/** Call `tell` with a place of the container, or null when the pointer has left it. */
export function followPointer(container, tell) {
  let place = null;
  let waiting = false;
  const soon = next => {
    place = next;
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; tell(place); });
  };
  container.addEventListener('pointermove', event => {
    if (event.buttons || event.pointerType === 'touch') return;
    const {left, top} = container.getBoundingClientRect();
    soon({x: event.clientX - left, y: event.clientY - top});
  });
  container.addEventListener('pointerleave', () => soon(null));
}
