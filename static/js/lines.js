// Which lines are drawn between two actors: what several answers brought is joined here, each relation once.

import {remembered} from './remembered.js';

/** Lines side by side between two actors, where few actors are shown; where many are, one. */
export const MOST_IN_FAN = 5;
const BEND = 0.17;

/** Ids of the relations that one line stands for. */
export function idsOf(edge) { return edge.relations ?? [edge.id]; }

/** Edges of a state that stand for one of these relations; `among` are its edges. */
export function edgesFor(among, relations) {
  return [...among.values()].filter(edge => idsOf(edge).some(id => relations.has(id)));
}

/** The lines for shown relations, worked out once for each map of `edges` and of `relations`. */
export const linesFor = remembered((edges, relations, most) => fanned(edgesFor(edges, relations), relations, most));

/** Parallel ties side by side; more than `most` become one thick one with their number. Denials stay apart. */
export function fanned(edges, relations, most = MOST_IN_FAN) {
  return [...pairsIn(edges)].flatMap(pair => {
    if (pair.length === 1) return bent(pair[0], 0);
    const apart = withoutRepeats(pair);
    const ties = apart.filter(edge => edge.polarity !== 'negative');
    const lines = ties.length > most ? [joined(ties, relations), ...apart.filter(edge => edge.polarity === 'negative')] : apart;
    return lines.sort((a, b) => (a.id < b.id ? -1 : 1)).map((edge, n) => bent(edge, n - (lines.length - 1) / 2));
  });
}

/** The edges of each two actors, whichever way they point. */
function pairsIn(edges) {
  const pairs = new Map();
  for (const edge of edges) {
    const [one, other] = edge.from < edge.to ? [edge.from, edge.to] : [edge.to, edge.from];
    let others = pairs.get(one);
    if (!others) pairs.set(one, others = new Map());
    const pair = others.get(other);
    if (pair) pair.push(edge); else others.set(other, [edge]);
  }
  return [...pairs.values()].flatMap(others => [...others.values()]);
}

/** Two answers may hold the same relation, alone in one and in a joined line in the other: it is drawn once. */
function withoutRepeats(pair) {
  const drawn = new Set();
  return [...pair].sort((a, b) => idsOf(b).length - idsOf(a).length).filter(edge => {
    const fresh = idsOf(edge).some(id => !drawn.has(id));
    for (const id of idsOf(edge)) drawn.add(id);
    return fresh;
  });
}

function joined(ties, relations) {
  const ids = [...new Set(ties.flatMap(idsOf))].filter(id => relations.has(id));
  const strongest = [...ties].sort((a, b) => claims(b, relations) - claims(a, relations))[0];
  const caption = `${ids.length} relations`;
  return {...strongest, relations: ids, caption, mark: caption, dashes: false, arrows: {to: {enabled: false}}, width: Math.min(1.5 + 0.75 * Math.log2(ids.length), 5)};
}

function claims(edge, relations) {
  return Math.max(0, ...idsOf(edge).map(id => relations.get(id)?.claim_count ?? 0));
}

function bent(edge, offset) {
  if (edge.from === edge.to) {
    return {...edge, smooth: false, selfReference: {size: 18 + 9 * Math.abs(offset), angle: 0.8, renderBehindTheNode: true}};
  }
  if (offset === 0) return edge.smooth === false ? edge : {...edge, smooth: false};
  // A tie that points the other way bends to the other side of its own direction, which is the same side of the pair.
  const side = (offset > 0) === (edge.from < edge.to) ? 'curvedCW' : 'curvedCCW';
  return {...edge, smooth: {enabled: true, type: side, roundness: BEND * Math.abs(offset)}};
}
