// Where the claims of a picture are from, in one sentence: their sources, or where these are too many to ask for the data sets.

import {claimsOf, sourceKey, sumsOf} from '../evidence.js';
import {tally} from '../legendrow.js';
import {shownRelations} from '../model.js';

/** So many sources are named, those with most claims; the others are counted. */
const NAMED = 4;

/** `api` and `evidence` answer it. Claims that are too many to be listed are only counted by source; where a map has none, as among
 *  closed bubbles, it names the data sets that the question is about. */
export async function sourceNote({api, evidence}, state) {
  const [{datasets}, found] = await Promise.all([api.datasets(), evidence.of(state).catch(() => null)]);
  const counts = found ? tally(claimsOf(found, shownRelations(state)).map(sourceKey)) : sumsOf(shownRelations(state), await evidence.counts(state)).sources;
  if (!counts.size) return ofDatasets(asked(datasets, state.recipe[0]?.filter));
  return ofSources(counts, found ? found.sources : await evidence.sources(), datasets);
}

function asked(datasets, filter) {
  const named = [filter?.dataset ?? []].flat();
  return named.length ? datasets.filter(({name}) => named.includes(name)) : datasets;
}

/** The sources with the most claims (`counts` by key), and the data sets that they are of. */
function ofSources(counts, sources, datasets) {
  const titles = new Map(sources.flatMap(({id, title, datasets: names = []}) => names.map(dataset => [sourceKey({dataset, source_id: id}), title || id])));
  const ranked = [...counts].sort((one, other) => other[1] - one[1]).map(([key]) => titles.get(key) ?? key);
  const names = [...new Set(ranked)];
  const sets = datasets.filter(({name}) => [...counts.keys()].some(key => key.startsWith(`${name}/`)));
  return [`${names.length === 1 ? 'Source' : 'Sources'}: ${listed(names)}`, ofDatasets(sets.filter(set => names.length > 1 || wordsOf(set) !== names[0]))].filter(Boolean).join('. ');
}

function ofDatasets(datasets) {
  return datasets.length ? `Data: ${listed(datasets.map(wordsOf))}` : '';
}

function wordsOf({title, name, licence}) { return `${title || name}${licence ? ` (${licence})` : ''}`; }

function listed(names) {
  const more = names.length - NAMED;
  return more > 0 ? `${names.slice(0, NAMED).join('; ')}; and ${more.toLocaleString('en')} more` : names.join('; ');
}
