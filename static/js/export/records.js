// What is written to a file: what is shown on the map, or everything the service has.

import {claimsOf} from '../evidence.js';
import {shownRelations, shownSingleActors} from '../model.js';

/** `{actors, claims, sources}` of what is shown; `sources` are those the claims were taken from. */
export async function shownRecords(evidence, state) {
  const found = await evidence.of(state, state.lens.filter);
  if (!found) throw new Error('Up to 1,000 actors can be exported as shown: hide some, or export everything.');
  const claims = claimsOf(found, shownRelations(state));
  const used = new Set(claims.map(({dataset, source_id: id}) => `${dataset}\n${id}`));
  const sources = found.sources.filter(({id, datasets}) => datasets.some(dataset => used.has(`${dataset}\n${id}`)));
  return {actors: [...shownSingleActors(state).values()], claims, sources};
}

/** Everything, from the lines that the service exports. */
export function recordsIn(text) {
  const records = text.split('\n').filter(Boolean).map(line => JSON.parse(line));
  const of = kind => records.filter(({record}) => record === kind);
  return {actors: of('actor'), claims: of('claim'), sources: of('source')};
}

/** Of the service's lines those of these records: what is loaded again gets the same ids. */
export function linesOf(text, {actors, claims, sources}) {
  const wanted = {actor: new Set(actors.map(({id}) => id)), claim: new Set(claims.map(({id}) => id))};
  const keys = new Set(sources.flatMap(({id, datasets}) => datasets.map(dataset => `${dataset}\n${id}`)));
  const names = new Set(claims.map(({dataset}) => dataset));
  const stays = {
    actor: ({id}) => wanted.actor.has(id), claim: ({id}) => wanted.claim.has(id), dataset: ({name}) => names.has(name),
    source: ({id, datasets}) => datasets.some(dataset => keys.has(`${dataset}\n${id}`)),
  };
  return `${text.split('\n').filter(line => { const one = line && JSON.parse(line); return one && stays[one.record](one); }).join('\n')}\n`;
}
