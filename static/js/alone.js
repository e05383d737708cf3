// Which lines the library draws one by one where the page paints the others: those that are looked at.

/** So many at most of each sort. */
const MOST = 300;

/** Whether the library has to draw it: a bond, or a line that leads back to its actor. */
export function isNoTie({edge: {from, to}, ids: [id]}, relations) { return from === to || Boolean(relations.get(id).bond); }

/** Of lines that are painted as the library draws them those that are selected or pointed at. */
export function lookedAt(lines, {hovered}) { return new Set(lines.filter(({chosen, ids: [id]}) => chosen || id === hovered)); }

/** Of pairs on a map of thousands, which are painted as mere lines, also what is bright and what lies close by. */
export function drawnAlone(pairs, {bright, chosen, hovered, near}) {
  const found = new Set(pairs.filter(({alone, ids}) => alone || ids[0] === hovered || (chosen && ids.includes(chosen))));
  const few = sorts => sorts.map(sort => pairs.filter(sort)).find(some => some.length <= MOST) ?? [];
  const all = [];
  if (bright) all.push(...few([({ids}) => ids.some(id => bright.relations.has(id))]));
  else if (near) all.push(...few([({from, to}) => near.has(from) || near.has(to), ({from, to}) => near.has(from) && near.has(to)]));
  for (const pair of all) found.add(pair);
  return found;
}
