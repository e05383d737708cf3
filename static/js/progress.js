// That something is asked of the service: at once for who cannot see the page, as a line with a button that gives it up
// after a moment for everybody.

import {byId} from './dom.js';

const SHOWN_AFTER_MS = 400;
let timer = 0;

/** Say whether something is under way. */
export function showBusy(on) {
  clearTimeout(timer);
  byId('map').setAttribute('aria-busy', String(on));
  // Short waits show nothing: a bar that flashes is worse than none.
  if (on) timer = setTimeout(() => show(true), SHOWN_AFTER_MS); else show(false);
}

function show(on) {
  for (const id of ['progress', 'cancel']) byId(id).hidden = !on;
}
