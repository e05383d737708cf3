// What is selected, as a value: an actor, a relation, or several actors (`{kind: 'group', ids}`); null is nothing.

/** A selection of these actors: none, one or several. */
export function ofActors(ids) {
  const all = [...new Set(ids)];
  if (all.length < 2) return all.length ? {kind: 'actor', id: all[0]} : null;
  return {kind: 'group', ids: all};
}

/** Ids of the selected actors. */
export function actorsIn(selection) {
  if (selection?.kind === 'actor') return [selection.id];
  return selection?.kind === 'group' ? selection.ids : [];
}

/** The selection with an actor added, or taken out where it was in. */
export function toggled(selection, id) {
  const ids = actorsIn(selection);
  return ofActors(ids.includes(id) ? ids.filter(one => one !== id) : [...ids, id]);
}

export function sameSelection(one, other) { return keyOf(one) === keyOf(other); }

/** What is left of a selection when only these actors and relations are shown. */
export function stillThere(selection, actors, relations) {
  if (selection?.kind === 'relation') return relations.has(selection.id) ? selection : null;
  const ids = actorsIn(selection);
  return ids.every(id => actors.has(id)) ? selection : ofActors(ids.filter(id => actors.has(id)));
}

/** As values of an address, which tell by their form what they name. */
export function selectionValues(selection) {
  return selection?.kind === 'relation' ? [selection.id] : actorsIn(selection);
}

export function selectionOf(values) {
  if (values.length === 1 && values[0].startsWith('r_')) return {kind: 'relation', id: values[0]};
  return ofActors(values);
}

function keyOf(selection) { return selection ? JSON.stringify([selection.kind === 'relation', selectionValues(selection)]) : ''; }
