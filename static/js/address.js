// The view as an address: the fragment is a recipe (what was asked, hidden, moved), short and readable, never a dump.

import {queryOf, queryPairs} from './query.js';

const FILTERS = ['type', 'category', 'family', 'status', 'polarity', 'source', 'attributed_to', 'dataset', 'kind',
  'since', 'until', 'as_of', 'undated', 'min_sources', 'min_claims', 'direction', 'avoid', 'max_degree', 'structural'];
const PATH_PARTS = ['k', 'max_hops', 'rank', 'via', ...FILTERS];
const SEPARATOR = '~';

/** What a fragment asks for: `steps` in order, then what is hidden, moved, switched off, chosen,
 *  written as a query (an address never runs one) and selected. */
export function readAddress(fragment) {
  const pairs = [...new URLSearchParams(fragment.replace(/^#/, ''))];
  const all = key => pairs.filter(([name]) => name === key).map(([, value]) => value);
  const first = key => all(key)[0];
  const filter = names => Object.fromEntries(names.filter(name => all(name).length)
    .map(name => [name, all(name).length > 1 ? all(name) : first(name)]));
  const steps = [];
  if (first('overview') !== undefined) steps.push({ask: 'overview', filter: filter(FILTERS)});
  else if (first('community')) steps.push({ask: 'community', community: first('community'), filter: filter(FILTERS)});
  else if (first('actor')) steps.push({ask: 'actor', actor: first('actor'), filter: filter(FILTERS)});
  if (first('from') && first('to')) {
    steps.push({ask: 'path', from: all('from'), to: all('to'), filter: filter(PATH_PARTS)});
  }
  for (const community of all('open')) steps.push({ask: 'open', community});
  for (const text of all('expand')) steps.push(readExpansion(text));
  return {
    steps,
    hidden: all('hide'),
    moved: all('at').map(readPlace).filter(Boolean),
    off: all('off'),
    chosen: first('path') ? Number(first('path')) - 1 : null,
    query: queryOf(first('cypher'), first('parameters')),
    selection: first('select') ? {kind: first('select').startsWith('r_') ? 'relation' : 'actor', id: first('select')} : null,
  };
}

/** The fragment of a state and the query that is open, without `#`; empty for an empty map without one. */
export function writeAddress(state, selection, query) {
  const pairs = new URLSearchParams();
  const add = filter => {
    for (const [key, value] of Object.entries(filter)) for (const one of [value].flat()) pairs.append(key, one);
  };
  for (const step of state.recipe) {
    if (step.ask === 'actor') { pairs.append('actor', step.actor); add(step.filter); }
    if (step.ask === 'overview') { pairs.append('overview', ''); add(step.filter); }
    if (step.ask === 'community') { pairs.append('community', step.community); add(step.filter); }
    if (step.ask === 'open') pairs.append('open', step.community);
    if (step.ask === 'path') { add({from: step.from, to: step.to}); add(step.filter); }
    if (step.ask === 'expand') pairs.append('expand', writeExpansion(step));
  }
  for (const id of state.hidden) pairs.append('hide', id);
  for (const [id, {x, y}] of state.moved) pairs.append('at', [pack(id), Math.round(x), Math.round(y)].join(SEPARATOR));
  for (const family of state.off) pairs.append('off', family);
  if (state.paths?.chosen !== null && state.paths?.chosen !== undefined) pairs.append('path', state.paths.chosen + 1);
  const drawn = state.recipe.findLast(({ask}) => ask === 'query')?.query;
  for (const [key, value] of queryPairs(query ?? drawn)) pairs.append(key, value);
  // What only a query brought to the map is not there when the address is opened.
  if (selection && state.recipe.some(({ask}) => ask !== 'query')) pairs.append('select', selection.id);
  return pairs.toString().replace(/^overview=/, 'overview');
}

// An id may hold anything, also the separator.
const pack = text => String(text).replaceAll('%', '%25').replaceAll(SEPARATOR, '%7E');
const unpack = text => text.replaceAll('%7E', SEPARATOR).replaceAll('%25', '%');

function writeExpansion({actor, filter, limit}) {
  return [pack(actor), filter.type ?? '', filter.direction ?? '', limit ?? ''].join(SEPARATOR).replace(/~+$/, '');
}

function readExpansion(text) {
  const [actor, type, direction, limit] = text.split(SEPARATOR);
  const filter = {...(type && {type}), ...(direction && {direction})};
  return {ask: 'expand', actor: unpack(actor), filter, ...(limit && {limit: Number(limit)})};
}

function readPlace(text) {
  const [id, x, y] = text.split(SEPARATOR);
  return Number.isFinite(Number(x)) && Number.isFinite(Number(y)) ? {id: unpack(id), x: Number(x), y: Number(y)} : null;
}

/** A fragment without what is selected: two of them are the same view. */
export function withoutSelection(fragment) {
  const pairs = new URLSearchParams(fragment);
  pairs.delete('select');
  return pairs.toString();
}
