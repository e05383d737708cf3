// What states have in common is held once: an answer says again what is on the map already, and hundreds of states are remembered.

/** Relations of an answer by id; one that is told as before is the one of before. */
export function sharedWith(known, relations) {
  return new Map(relations.map(fresh => {
    const old = known.get(fresh.id);
    return old ? [old.id, isSame(old, fresh) ? old : withTextsOf(old, fresh)] : [fresh.id, fresh];
  }));
}

/** The id as it is held already. */
export function idIn(known, id) { return known.get(id)?.id ?? id; }

/** Its texts take most of the room of a relation; the parts of its id are the same in whatever answer. */
function withTextsOf({id, subject, object, type, label, category, family}, fresh) { return {...fresh, id, subject, object, type, label, category, family}; }

function isSame(one, other) {
  return one.contested === other.contested && one.opposed_by === other.opposed_by
    && one.claim_count === other.claim_count && one.source_count === other.source_count
    && one.first_date === other.first_date && one.last_date === other.last_date
    && Object.keys({...one.statuses, ...other.statuses}).every(status => one.statuses[status] === other.statuses[status]);
}
