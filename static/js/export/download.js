// A file for the person in front of the page.

import {el} from '../dom.js';

const KEPT_MS = 60_000;

/** How large a file is, in words. */
export function sizeOf({size}) { return size < 1_000_000 ? `${Math.ceil(size / 1000)} kB` : `${(size / 1_000_000).toFixed(1)} MB`; }

export function save(name, blob) {
  const address = URL.createObjectURL(blob);
  el('a', {href: address, download: name}).click();
  // The browser may still be reading it.
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
