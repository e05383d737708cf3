// What went wrong, in words, with the way on: try again, or the actors that were perhaps meant.

import {Problem, signInAddress} from './api.js';
import {byId, el} from './dom.js';

const RETRY_MS = 3000;

/** Show an error; `again` is what "Try again" does, `error.instead` ({href, words}) another way on. */
export function say(error, again) {
  const banner = byId('banner');
  const close = () => { banner.hidden = true; };
  banner.hidden = false;
  banner.replaceChildren(
    el('strong', {}, error.title ?? 'Something went wrong'), ' ', el('span', {}, error.message),
    ...(error.nearest ?? []).map(({id, name}) => el('a', {class: 'button', href: `#${new URLSearchParams({actor: id})}`, click: close}, el('bdi', {}, name))),
    error.instead ? el('a', {class: 'button', href: error.instead.href, click: close}, error.instead.words) : '',
    error.locked ? el('button', {type: 'button', click: () => location.assign(signInAddress())}, 'Sign in') : '',
    again && !error.locked ? el('button', {type: 'button', click: () => { close(); again(); }}, 'Try again') : '',
    el('button', {type: 'button', class: 'close', 'aria-label': 'Dismiss', click: close}, '×'));
}

/** Ask again and again while the service is away, with a banner that says so. */
export async function untilThere(ask) {
  let waited = false;
  for (;;) {
    try {
      const answer = await ask();
      if (waited) byId('banner').hidden = true;
      return answer;
    } catch (error) {
      if (!(error instanceof Problem) || !error.away) throw error;
      say(error);
      waited = true;
      await new Promise(resolve => { setTimeout(resolve, RETRY_MS); });
    }
  }
}
