// Taking back an expansion: what is on the map only because of one actor leaves it.

/** Ids of the actors that only this one ties to whomever somebody asked for by name, on the map as it is. */
export function hangingOn(state, id) {
  const named = namedIn(state);
  const parts = partsWithout(state, id);
  const anchored = part => part.some(one => named.has(one));
  // Where the actor is the only one asked for, all hangs on it: then those go that are tied to nobody else.
  const hangs = parts.some(anchored) ? part => !anchored(part) : part => part.length === 1;
  const touching = neighbours(state).get(id) ?? new Set();
  return parts.filter(part => hangs(part) && part.some(one => touching.has(one))).flat();
}

/** The parts into which the map falls without an actor, each as ids. */
function partsWithout(state, id) {
  const beside = neighbours(state);
  const seen = new Set([id]);
  const parts = [];
  for (const start of state.actors.keys()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const part = [start];
    for (const one of part) {
      for (const other of beside.get(one) ?? []) if (!seen.has(other)) { seen.add(other); part.push(other); }
    }
    parts.push(part);
  }
  return parts;
}

function neighbours({relations}) {
  const beside = new Map();
  for (const {subject, object} of relations.values()) {
    for (const [one, other] of [[subject, object], [object, subject]]) beside.set(one, (beside.get(one) ?? new Set()).add(other));
  }
  return beside;
}

/** The state without them; it is a step of the recipe, so an address takes them away as well. */
export function collapsed(state, id) {
  const gone = new Set(hangingOn(state, id));
  const without = map => new Map([...map].filter(([key]) => !gone.has(key)));
  const relations = new Map([...state.relations].filter(([, {subject, object}]) => !gone.has(subject) && !gone.has(object)));
  return {
    ...state, relations, actors: without(state.actors), nodes: without(state.nodes),
    edges: new Map([...state.edges].filter(([, {from, to}]) => !gone.has(from) && !gone.has(to))),
    hidden: new Set([...state.hidden].filter(one => !gone.has(one))),
    recipe: [...state.recipe, {ask: 'collapse', actor: id}], more: null,
  };
}

/** Whether an actor was expanded in every direction and not collapsed since. */
export function isExpanded(state, id) {
  const last = state.recipe.findLast(({ask, actor, filter}) => actor === id && (ask === 'collapse' || (ask === 'expand' && !filter.type)));
  return last?.ask === 'expand';
}

/** What an overview and its opened bubbles hold was asked for as well. */
function namedIn({recipe, paths, overview}) {
  const asked = recipe.filter(({ask}) => ask !== 'move').flatMap(({actor, from = [], to = []}) => [actor, from, to].flat());
  const ofOverview = overview ? [...overview.communities.keys(), ...[...overview.opened.values()].flatMap(({brought}) => brought)] : [];
  return new Set([...asked, ...ofOverview, ...(paths?.list ?? []).flatMap(({actors}) => actors)]);
}
