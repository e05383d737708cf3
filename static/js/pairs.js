// Ties as a whole: all relations of two actors taken together, denials apart. What a map of thousands draws.

import {remembered} from './remembered.js';

/** @typedef {{from: string, to: string, ids: string[], family: string, denied: boolean, alone: boolean}} Pair */

/** The pairs of shown relations; the family is that of the relation with most claims. What is no line between two actors is `alone`: never painted. */
export const pairsOf = remembered(relations => {
  const pairs = new Map();
  const number = new Map();
  const numberOf = id => { let found = number.get(id); if (found === undefined) number.set(id, found = number.size); return found; };
  for (const {id, subject, object, polarity, family, claim_count: claims, bond} of relations.values()) {
    const [one, other] = [numberOf(subject), numberOf(object)];
    const denied = polarity === 'negative';
    const key = 2 * (Math.min(one, other) * relations.size * 2 + Math.max(one, other)) + (denied ? 1 : 0);
    const pair = pairs.get(key);
    if (!pair) { pairs.set(key, {from: subject, to: object, ids: [id], family, denied, alone: Boolean(bond) || subject === object, claims}); continue; }
    pair.ids.push(id);
    if (claims > pair.claims) { pair.claims = claims; pair.family = family; }
  }
  return [...pairs.values()];
});
