// Sources by their titles, where a view names some of them: a key of a data set and an id says little to a reader.

/** More are counted, not named. */
const MOST = 5;
const LONGEST = 60;

/** Titles of the sources that a lens names, by key; one that cannot be had is called by its key. */
export async function titlesFor(api, {filter, without}) {
  const keys = [without, filter.source ?? [], filter.without_source ?? []].filter(list => [list].flat().length <= MOST).flat(2);
  const titles = await Promise.all(keys.map(key => api.source(key).then(({title}) => title, () => key)));
  return new Map(keys.map((key, n) => [key, titles[n]]));
}

/** "Paper 0 and Paper 1", or how many. */
export function sourceNames({titles}, keys) {
  if (keys.length > MOST) return `${keys.length} sources`;
  const names = keys.map(key => shortened(titles.get(key) ?? key));
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join();
}

function shortened(title) { return title.length > LONGEST ? `${title.slice(0, LONGEST - 1).trimEnd()}…` : title; }
