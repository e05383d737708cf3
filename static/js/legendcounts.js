// How many relations there are of each family, type and status: what stands behind the switches of the legend.

import {remembered} from './remembered.js';

/** `{all, bonds, families, statuses, denied, contested, most}` of a map of relations; `families` has the count of each with its types,
 *  `most` is the largest number of sources. One walk through all of them: there are tens of thousands. */
export const countsOf = remembered(relations => {
  const counts = {all: relations.size, bonds: 0, families: new Map(), statuses: new Map(), denied: 0, contested: 0, most: 1};
  for (const {family, type, label, statuses, polarity, contested, bond, source_count: sources} of relations.values()) {
    if (bond) counts.bonds += 1;
    if (polarity === 'negative') counts.denied += 1;
    if (contested) counts.contested += 1;
    if (sources > counts.most) counts.most = sources;
    for (const status in statuses) if (statuses[status]) counts.statuses.set(status, (counts.statuses.get(status) ?? 0) + 1);
    let own = counts.families.get(family);
    if (!own) counts.families.set(family, own = {count: 0, types: new Map()});
    own.count += 1;
    const one = own.types.get(type);
    if (one) one.count += 1; else own.types.set(type, {count: 1, label});
  }
  return counts;
});
