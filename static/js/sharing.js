// What states have in common is held once: an answer says again what is on the map already, and hundreds of states are remembered.

/** Relations of an answer by id; one that is told as before is the one of before. */
export function sharedWith(known, relations) {
  return new Map(relations.map(fresh => {
    const old = known.get(fresh.id);
    return old ? [old.id, isSame(old, fresh) ? old : {...fresh, id: old.id}] : [fresh.id, fresh];
  }));
}

/** The id as it is held already. */
export function idIn(known, id) { return known.get(id)?.id ?? id; }

/** A filter changes the counts and dates of a relation, and nothing else. */
function isSame(one, other) {
  return one.claim_count === other.claim_count && one.source_count === other.source_count
    && one.first_date === other.first_date && one.last_date === other.last_date
    && Object.keys({...one.statuses, ...other.statuses}).every(status => one.statuses[status] === other.statuses[status]);
}
