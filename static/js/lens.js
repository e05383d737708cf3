// Which of the actors and relations on the map are seen. What can be told of a relation as a whole is told here; what
// needs its claims (status, source, dates) is a filter that the service answers, so it means the same as everywhere.

/** @typedef {{off: Set, kinds: Set, polarity: string|null, contested: boolean, filter: object, passing: Map|null, undated: number}} Lens */

/** A lens that lets everything through. `off` holds families and types, `kinds` kinds that are switched off. */
export const CLEAR = Object.freeze({
  off: new Set(), kinds: new Set(), polarity: null, contested: false, filter: {}, passing: null, undated: 0,
});

/** Parts of the filter that a view may have; the service knows them by the same names. */
export const VIEW_FILTERS = ['status', 'source', 'since', 'until', 'as_of', 'undated', 'min_sources'];

/** The relation as it is seen through the lens (its counts are those under the filter), or null. */
export function seen(lens, relation) {
  const {off, polarity, contested, passing} = lens;
  if (off.has(relation.family) || off.has(relation.type)) return null;
  if ((polarity && relation.polarity !== polarity) || (contested && !relation.contested)) return null;
  // A bond is counted under the filter of its overview; no claim of it can be held against another one.
  if (relation.bond) return relation;
  return passing ? passing.get(relation.id) ?? null : relation;
}

/** Whether relations are left out by it. */
export function narrows({off, polarity, contested, filter}) {
  return off.size > 0 || Boolean(polarity) || contested || Object.keys(filter).length > 0;
}

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
