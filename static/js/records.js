// Records as the service exports them, one a line: those of what is shown on the map, or everything.

import {shownSingleActors, shownSingleRelations} from './model.js';

/** So many values the service takes for one part of a filter. */
const MOST_TYPES = 200;

/** What is asked for the records of what is shown: `{actors, filter}`. */
export function questionOf(state) {
  const {filter, off} = state.lens;
  const type = off.size ? [...new Set([...shownSingleRelations(state).values()].map(one => one.type))] : [];
  return {actors: [...shownSingleActors(state).keys()], filter: type.length && type.length <= MOST_TYPES ? {...filter, type} : filter};
}

/** Of the answer to that the lines of what is shown, with the sources and data sets of its claims: what is loaded again gets the same
 *  ids. The service knows nothing of what else is seen or not, and not every relation of two actors is on the map. */
export function shownLines(text, state) {
  const shown = triplesOf(shownSingleRelations(state));
  const records = recordsOf(text).filter(({one}) => one.record !== 'claim' || shown.has(tripleOf(one)));
  const claims = records.filter(({one}) => one.record === 'claim');
  const [used, names] = [new Set(), new Set()];
  for (const {one: {dataset, source_id: id}} of claims) { used.add(`${dataset}\n${id}`); names.add(dataset); }
  const stays = {
    actor: () => true, claim: () => true, dataset: ({name}) => names.has(name),
    source: ({id, datasets}) => datasets.some(dataset => used.has(`${dataset}\n${id}`)),
  };
  return records.filter(({one}) => stays[one.record](one)).map(({line}) => `${line}\n`).join('');
}

/** `{actors, claims, sources}` in such lines. */
export function recordsIn(text) {
  const found = {actor: [], claim: [], source: [], dataset: []};
  for (const {one: {record, ...rest}} of recordsOf(text)) found[record].push(rest);
  return {actors: found.actor, claims: found.claim, sources: found.source};
}

/** The ids of relations by what their claims say; that of a symmetric one either way round. */
export function triplesOf(relations) {
  const found = new Map();
  for (const {id, subject, type, object, symmetric} of relations.values()) {
    found.set(tripleOf({subject, type, object}), id);
    if (symmetric) found.set(tripleOf({subject: object, type, object: subject}), id);
  }
  return found;
}

/** What a claim says, as one value. */
export function tripleOf({subject, type, object}) { return `${subject}\n${type}\n${object}`; }

function recordsOf(text) { return text.split('\n').filter(Boolean).map(line => ({line, one: JSON.parse(line)})); }
