// Which ties of a map of thousands the library draws one by one, with arrow, mark and words: those that are looked at.

/** So many at most of each sort. */
const MOST = 300;

/** The pairs as a set: bonds, what is selected or pointed at, what is bright, and what lies close by. */
export function drawnAlone(pairs, {bright, chosen, hovered, near}) {
  const found = new Set(pairs.filter(pair => pair.alone || pair === hovered || (chosen && pair.ids.includes(chosen))));
  const few = sorts => sorts.map(sort => pairs.filter(sort)).find(some => some.length <= MOST) ?? [];
  const all = [];
  if (bright) all.push(...few([({ids}) => ids.some(id => bright.relations.has(id))]));
  else if (near) all.push(...few([({from, to}) => near.has(from) || near.has(to), ({from, to}) => near.has(from) && near.has(to)]));
  for (const pair of all) found.add(pair);
  return found;
}
