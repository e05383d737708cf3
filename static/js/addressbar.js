// What the address bar holds: the fragment of a view, or where that is too long for a link a sign for one that this window keeps.

/** Characters of a fragment that still is a link; servers and other programs cut or refuse longer ones. */
export const LONGEST_FRAGMENT = 16_000;
const SIGN = 'kept';
const KEY = 'actorgraph-kept-view';

/** Whether a fragment makes no link. */
export function isTooLong(fragment) { return fragment.length > LONGEST_FRAGMENT; }

/** Write a fragment into the bar; as a `step` to which "back" leads, or in place of what is there. */
export function writeBar(fragment, step) {
  const long = isTooLong(fragment);
  const shown = long ? `${SIGN}=${signOf(fragment)}` : fragment;
  if (long) keep(fragment);
  history[step ? 'pushState' : 'replaceState'](long ? {view: fragment} : null, '', shown ? `#${shown}` : location.pathname);
}

/** The fragment that the bar stands for; null where it is a sign for a view that this window does not have. */
export function fragmentHere() {
  const fragment = location.hash.slice(1);
  const sign = new URLSearchParams(fragment).get(SIGN);
  return sign === null ? fragment : [history.state?.view, kept()].find(one => one && signOf(one) === sign) ?? null;
}

/** Whether the bar has to be written anew: somebody came by a link of this page that is too long for one. */
export function isOverfull() { return isTooLong(location.hash.slice(1)); }

/** The view of this page, without which panel or story is open. */
export function viewHere() {
  const pairs = new URLSearchParams(fragmentHere() ?? '');
  for (const key of ['mode', 'story']) pairs.delete(key);
  return pairs.toString();
}

/** The entry of the history is lost on the way through the form that asks for the key, and in a copy of the window. */
function keep(fragment) {
  try { sessionStorage.setItem(KEY, fragment); } catch { /* closed to this page, or full: the history has it */ }
}

function kept() {
  try { return sessionStorage.getItem(KEY); } catch { return null; }
}

/** Short, and the same for the same fragment (FNV-1a). */
function signOf(fragment) {
  let sum = 0x811c9dc5;
  for (let at = 0; at < fragment.length; at += 1) sum = Math.imul(sum ^ fragment.charCodeAt(at), 0x01000193);
  return (sum >>> 0).toString(36);
}
