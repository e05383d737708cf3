// Which of the actors and relations on the map are seen. What can be told of a relation as a whole is told here; what
// needs its claims (status, source, dates) is a filter that the service answers, so it means the same as everywhere.

/** @typedef {{off: Set, kinds: Set, polarity: string|null, contested: boolean, filter: object, passing: Map|null, undated: number,
 *   without: string[], left: object|null, compare: object|null, changes: object|null, titles: Map}} Lens */

/** A lens that lets everything through. `off` holds families and types, `kinds` kinds that are switched off; `without` are sources
 *  of which is asked what falls without them (the answer is `left`), `compare` two dates (the answer is `changes`); `titles` are those
 *  of the sources that are named. */
export const CLEAR = Object.freeze({
  off: new Set(), kinds: new Set(), polarity: null, contested: false, filter: {}, passing: null, undated: 0,
  without: [], left: null, compare: null, changes: null, titles: new Map(),
});

/** Parts of the filter that a view may have; the service knows them by the same names. */
export const VIEW_FILTERS = ['status', 'source', 'without_source', 'since', 'until', 'as_of', 'undated', 'min_sources'];

/** The relation as it is seen through the lens (its counts are those under the filter), or null. */
export function seen(lens, relation) {
  const {off, polarity, contested, passing, changes} = lens;
  if (off.has(relation.family) || off.has(relation.type)) return null;
  if ((polarity && relation.polarity !== polarity) || (contested && !relation.contested)) return null;
  // A bond is counted under the filter of its overview; no claim of it can be held against another one.
  if (relation.bond) return relation;
  // What was there at neither date has no part in a comparison.
  if (changes?.kinds && !changes.kinds.has(relation.id)) return null;
  return passing ? passing.get(relation.id) ?? null : relation;
}

/** Whether relations are left out by it. */
export function narrows({off, polarity, contested, filter, compare}) {
  return off.size > 0 || Boolean(polarity) || contested || Object.keys(filter).length > 0 || Boolean(compare);
}

/** Whether it is another than the one that lets everything through, unmarked. */
export function isSet(lens) { return narrows(lens) || lens.kinds.size > 0 || lens.without.length > 0; }

/** The lens with one thing switched on or off. */
export function switched(lens, part, value) {
  const set = new Set(lens[part]);
  if (!set.delete(value)) set.add(value);
  return {...lens, [part]: set};
}

/** A filter without what says nothing. */
export function tidy(filter) {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null && value !== undefined && value !== '' && [value].flat().length));
}
