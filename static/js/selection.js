// What is selected, as a value: an actor, a relation, several actors (`{kind: 'group', ids}`),
// or of an overview a community or a bond; null is nothing.

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

/** Ids of what is selected and drawn as actors are: them, or a community. */
export function discsIn(selection) { return selection?.kind === 'community' ? [selection.id] : actorsIn(selection); }

/** Id of what is selected and drawn as relations are: one, or a bond. */
export function lineIn(selection) { return ['relation', 'bond'].includes(selection?.kind) ? selection.id : null; }

/** What a selection means on this map: a community and a bond are pointed at like an actor and a relation. */
export function meant(selection, {actors, relations}) {
  if (selection && actors.get(selection.id)?.community) return {kind: 'community', id: selection.id};
  return selection && relations.get(selection.id)?.bond ? {kind: 'bond', id: selection.id} : selection;
}

/** The selection with an actor added, or taken out where it was in. */
export function toggled(selection, id) {
  const ids = actorsIn(selection);
  return ofActors(ids.includes(id) ? ids.filter(one => one !== id) : [...ids, id]);
}

export function sameSelection(one, other) { return keyOf(one) === keyOf(other); }

/** What is left of a selection when only these actors and relations are shown. */
export function stillThere(selection, actors, relations) {
  const line = lineIn(selection);
  if (line) return relations.has(line) ? selection : null;
  if (selection?.kind === 'community') return actors.has(selection.id) ? selection : null;
  const ids = actorsIn(selection);
  return ids.every(id => actors.has(id)) ? selection : ofActors(ids.filter(id => actors.has(id)));
}

/** As values of an address, which tell by their form what they name. */
export function selectionValues(selection) {
  return lineIn(selection) ? [selection.id] : discsIn(selection);
}

export function selectionOf(values) {
  if (values.length === 1 && values[0].startsWith('r_')) return {kind: 'relation', id: values[0]};
  return ofActors(values);
}

function keyOf(selection) { return selection ? JSON.stringify([selection.kind, selectionValues(selection)]) : ''; }
