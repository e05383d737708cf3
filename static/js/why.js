// Why no path was found, in sentences; a condition that stands in the way can be lifted with one click.

import {counted, el} from './dom.js';
import {remarks} from './pathlist.js';

const LONGEST = 8;
const OPEN = {undated: 'include', structural: 'include', status: ['asserted', 'alleged', 'promised', 'threatened']};
const OF_ACTORS = new Set(['avoid', 'via']);

/** Paragraphs about an answer without paths; `lift` is called with the filter that asks without a condition. */
export function why({meta, asked}, lift) {
  const ways = meta.blocked_by ?? [];
  const hops = counted(Number(asked.filter.max_hops ?? 6), 'hop');
  const farther = meta.shortest && meta.shortest <= LONGEST ? meta.shortest : null;
  return [
    el('p', {class: 'empty'}, meta.reason ? 'A limit of the service was met before a path was found.' : `No path of at most ${hops} under these conditions.`),
    ...remarks(meta).map(text => el('p', {class: 'quiet'}, text)),
    ways.length || farther ? el('h3', {}, title(ways, farther)) : null,
    el('ul', {class: 'ways'},
      farther ? way([`at most ${hops}`], `allow ${farther}`, () => lift({...asked.filter, max_hops: String(farther)})) : null,
      ways.map(one => way([one, ...one.together].map(({text}) => text), counted(one.paths_without_it, 'path'),
        () => lift(without(asked.filter, [one, ...one.together]))))),
  ].filter(Boolean);
}

function title(ways, farther) {
  if (ways.length + (farther ? 1 : 0) > 1) return 'Lift one of these';
  return ways[0]?.together.length ? 'Lift these together' : 'Lift this';
}

function way(conditions, brings, click) {
  return el('li', {}, el('button', {type: 'button', click},
    el('span', {class: 'lifted'}, conditions.map(text => el('span', {dir: 'auto'}, text))), el('span', {class: 'brings'}, brings)));
}

/** The filter without these conditions: open where there is a default that restricts, else without the key. */
function without(filter, conditions) {
  const rest = {...filter};
  for (const {constraint, value} of conditions) {
    if (OF_ACTORS.has(constraint)) rest[constraint] = [rest[constraint] ?? []].flat().filter(one => one !== value);
    else if (constraint in OPEN) rest[constraint] = OPEN[constraint];
    else delete rest[constraint];
  }
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value.length));
}
