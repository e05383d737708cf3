// The view as an address: the fragment is a recipe (what was asked, hidden, moved), short and readable, never a dump.

import {withoutDates} from './compare.js';
import {CLEAR, VIEW_FILTERS} from './lens.js';
import {queryOf, queryPairs} from './query.js';
import {selectionOf, selectionValues} from './selection.js';

const FILTERS = ['type', 'category', 'family', 'status', 'polarity', 'source', 'without_source', 'attributed_to', 'dataset', 'kind',
  'since', 'until', 'as_of', 'undated', 'min_sources', 'min_claims', 'direction', 'avoid', 'max_degree', 'structural'];
const LISTS = ['status', 'source', 'without_source'];
const PATH_PARTS = ['k', 'max_hops', 'rank', 'via', ...FILTERS];
const SEPARATOR = '~';
/** More selected actors than these are not written: the view is the same without them. */
const MOST_SELECTED = 100;
/** Before the parts of the filter of the view: without it they belong to the question. */
const VIEW = 'view.';

/** What a fragment asks for: `steps` in order, then the lens, what is hidden or kept, chosen,
 *  written as a query (an address never runs one), selected and open, and the story that it carries. */
export function readAddress(fragment) {
  const pairs = [...new URLSearchParams(fragment.replace(/^#/, ''))];
  const all = key => pairs.filter(([name]) => name === key).map(([, value]) => value);
  const first = key => all(key)[0];
  return {
    steps: stepsOf(pairs, all),
    lens: lensOf(all),
    hidden: all('hide'),
    kept: all('keep'),
    chosen: first('path') ? Number(first('path')) - 1 : null,
    query: queryOf(first('cypher'), first('parameters')),
    selection: selectionOf(all('select')),
    mode: first('mode') ?? null,
    story: first('story') || null,
  };
}

function stepsOf(pairs, all) {
  const filter = names => Object.fromEntries(names.filter(name => all(name).length)
    .map(name => [name, all(name).length > 1 ? all(name) : all(name)[0]]));
  const steps = [];
  if (all('overview').length) steps.push({ask: 'overview', filter: filter(FILTERS)});
  else if (all('community')[0]) steps.push({ask: 'community', community: all('community')[0], filter: filter(FILTERS)});
  else if (all('actor')[0]) steps.push({ask: 'actor', actor: all('actor')[0], filter: filter(['depth', ...FILTERS]), ...limitOf(all('limit')[0])});
  if (all('from')[0] && all('to')[0]) steps.push({ask: 'path', from: all('from'), to: all('to'), filter: filter(PATH_PARTS)});
  for (const [key, text] of pairs) {
    if (key === 'open') steps.push({ask: 'open', community: text});
    if (key === 'expand') steps.push(readExpansion(text));
    if (key === 'at') steps.push(...readPlace(text));
    if (key === 'common') steps.push({ask: 'common', actors: text.split(SEPARATOR).map(unpack)});
    if (key === 'collapse') steps.push({ask: 'collapse', actor: text});
  }
  return steps;
}

function lensOf(all) {
  const given = Object.fromEntries(VIEW_FILTERS.filter(name => all(VIEW + name).length)
    .map(name => [name, LISTS.includes(name) ? all(VIEW + name) : all(VIEW + name)[0]]));
  const compare = comparedIn(all('compare')[0]);
  const filter = compare ? withoutDates(given) : given;
  const polarity = ['positive', 'negative'].find(one => all('only').includes(one)) ?? null;
  return {...CLEAR, off: new Set(all('off')), kinds: new Set(all('off-kind')), polarity, contested: all('only').includes('contested'), filter, compare, without: [...new Set(all('without'))]};
}

/** Two dates; null where the text holds none. */
function comparedIn(text) {
  const [since, until] = (text ?? '').split(SEPARATOR);
  return since && until ? {since, until} : null;
}

/** The fragment of a state, the query that is open and the story that it carries, without `#`; empty for an empty map without one. */
export function writeAddress(state, selection, {query = null, mode = null, story = null} = {}) {
  const pairs = new URLSearchParams();
  const add = filter => {
    for (const [key, value] of Object.entries(filter)) for (const one of [value].flat()) pairs.append(key, one);
  };
  for (const step of state.recipe) {
    if (step.ask === 'actor') { pairs.append('actor', step.actor); add(step.filter); add({limit: step.limit ?? []}); }
    if (step.ask === 'overview') { pairs.append('overview', ''); add(step.filter); }
    if (step.ask === 'community') { pairs.append('community', step.community); add(step.filter); }
    if (step.ask === 'open') pairs.append('open', step.community);
    if (step.ask === 'path') { add({from: step.from, to: step.to}); add(step.filter); }
    if (step.ask === 'expand') pairs.append('expand', writeExpansion(step));
    if (step.ask === 'common') pairs.append('common', step.actors.map(pack).join(SEPARATOR));
    if (step.ask === 'move') pairs.append('at', [pack(step.actor), Math.round(step.x), Math.round(step.y)].join(SEPARATOR));
    if (step.ask === 'collapse') pairs.append('collapse', step.actor);
  }
  // Whichever list is shorter: what is hidden, or what is left. In a closed bubble somebody may be hidden who is not on the map.
  const left = [...state.actors.keys()].filter(id => !state.hidden.has(id));
  add(state.hidden.size > left.length && !state.overview ? {keep: left} : {hide: [...state.hidden]});
  writeLens(state.lens, add);
  if (state.paths?.chosen !== null && state.paths?.chosen !== undefined) pairs.append('path', state.paths.chosen + 1);
  const drawn = state.recipe.findLast(({ask}) => ask === 'query')?.query;
  for (const [key, value] of queryPairs(query ?? drawn)) pairs.append(key, value);
  // What only a query brought to the map is not there when the address is opened.
  const selected = selectionValues(selection);
  if (selected.length <= MOST_SELECTED && state.recipe.some(({ask}) => ask !== 'query' && ask !== 'move')) add({select: selected});
  if (mode) pairs.append('mode', mode);
  if (story) pairs.append('story', story);
  return pairs.toString().replace(/^overview=/, 'overview');
}

function writeLens({off, kinds, polarity, contested, filter, without, compare}, add) {
  add({off: [...off], 'off-kind': [...kinds], only: [polarity, contested && 'contested'].filter(Boolean), without});
  if (compare) add({compare: [compare.since, compare.until].join(SEPARATOR)});
  add(Object.fromEntries(Object.entries(filter).map(([key, value]) => [VIEW + key, value])));
}

// An id may hold anything, also the separator.
const pack = text => String(text).replaceAll('%', '%25').replaceAll(SEPARATOR, '%7E');
const unpack = text => text.replaceAll('%7E', SEPARATOR).replaceAll('%25', '%');

function writeExpansion({actor, filter, limit}) {
  return [pack(actor), filter.type ?? '', filter.direction ?? '', limit ?? '', filter.depth ?? ''].join(SEPARATOR).replace(/~+$/, '');
}

function readExpansion(text) {
  const [actor, type, direction, limit, depth] = text.split(SEPARATOR);
  const filter = {...(type && {type}), ...(direction && {direction}), ...(depth && {depth})};
  return {ask: 'expand', actor: unpack(actor), filter, ...limitOf(limit)};
}

/** How many actors a step brings, where it says so. */
function limitOf(text) { return Number(text) > 0 ? {limit: Math.floor(Number(text))} : {}; }

function readPlace(text) {
  const [id, x, y] = text.split(SEPARATOR);
  return Number.isFinite(Number(x)) && Number.isFinite(Number(y)) ? [{ask: 'move', actor: unpack(id), x: Number(x), y: Number(y)}] : [];
}

/** A fragment without what is selected, which panel is open and the story around it: two of them are the same view. */
export function viewOf(fragment) {
  const pairs = new URLSearchParams(fragment);
  for (const key of ['select', 'mode', 'story']) pairs.delete(key);
  return pairs.toString();
}
