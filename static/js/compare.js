// What changed between two dates: asked of the service, which says the same everywhere, and shown on the map as it is.

import {counted} from './dom.js';
import {shownRelations} from './model.js';
import {remembered} from './remembered.js';
import {idIn} from './sharing.js';

const UNCHANGED = Object.freeze(['unchanged']);
export const SIGNS = {new: '+', ended: '−', 'now contested': '≠'};

/** What became of the relations among these actors: `{kinds, actors, undated}`; `kinds` has the words of each relation that was
 *  there at one of the two dates, `actors` are those that are new. */
export async function changesBetween(api, actors, {filter, compare}, known) {
  if (!compare) return null;
  if (!actors.length) return {kinds: new Map(), actors: new Set(), undated: 0};
  const answer = await api.changes(actors, compare, withoutDates(filter));
  const kinds = new Map(answer.unchanged.map(id => [idIn(known, id), UNCHANGED]));
  for (const [word, ids] of [['new', answer.relations], ['ended', answer.ended], ['now contested', answer.became_contested]]) {
    for (const id of ids) kinds.set(idIn(known, id), [...kinds.get(id) ?? [], word]);
  }
  return {kinds, actors: new Set(answer.actors), undated: answer.meta.undated};
}

/** A filter without what it says of time: the two dates that are compared say it. */
export function withoutDates({since, until, as_of: asOf, undated, ...rest}) { return rest; }

/** Words of what became of a relation; none where nothing is compared. */
export function changeOf({lens: {changes}}, id) { return changes?.kinds?.get(id) ?? []; }

/** Whether an actor is new. */
export function isNew({lens: {changes}}, id) { return Boolean(changes?.actors?.has(id)); }

const UNCOMPARED = Object.freeze({kinds: new Map()});

const counts = remembered((relations, changes) => {
  const found = {new: 0, ended: 0, 'now contested': 0, unchanged: 0};
  for (const id of relations.keys()) for (const word of changes.kinds.get(id) ?? []) found[word] += 1;
  return found;
});

/** How many of the shown relations are new, ended, now contested or unchanged; all 0 where nothing is compared. */
export function changeCounts(state) {
  const {changes} = state.lens;
  return counts(shownRelations(state), changes?.kinds ? changes : UNCOMPARED);
}

/** "between 2021-06 and 2023: 5 relations new, 1 ended, 3 unchanged"; empty where nothing is compared. */
export function changeWords(state) {
  const {compare, changes} = state.lens;
  if (!changes) return '';
  const found = changeCounts(state);
  const contested = found['now contested'];
  return `Between ${compare.since} and ${compare.until}: ${[
    `${counted(found.new, 'relation')} new`, `${found.ended.toLocaleString('en')} ended`, contested ? `${contested.toLocaleString('en')} now contested` : '',
    `${found.unchanged.toLocaleString('en')} unchanged`,
  ].filter(Boolean).join(', ')}${changes.undated ? `; ${counted(changes.undated, 'claim')} without a date left out` : ''}`;
}

/** The same as a key to the signs on the map. */
export function changeKey(state) {
  const {changes} = state.lens;
  if (!changes?.kinds) return changeWords(state);
  const found = changeCounts(state);
  const signed = Object.entries(SIGNS).filter(([word]) => found[word]).map(([word, sign]) => `${sign} ${found[word].toLocaleString('en')} ${word}`);
  const undated = changes.undated ? `; ${counted(changes.undated, 'claim')} without a date ${changes.undated === 1 ? 'is' : 'are'} left out` : '';
  return `On the map: ${[...signed, `${found.unchanged.toLocaleString('en')} unchanged and fainter`].join(', ')}${undated}`;
}

/** Ids of the actors that are new or have a relation that changed. */
export const changedActors = remembered((relations, changes) => {
  const moved = [...relations.values()].filter(({id, bond}) => bond || (changes.kinds.get(id) ?? []).some(word => word !== 'unchanged'));
  return new Set([...changes.actors, ...moved.flatMap(({subject, object}) => [subject, object])]);
});
