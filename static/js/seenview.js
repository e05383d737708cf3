// A view as it is taken along: what is seen of a state, and nothing that is hidden or filtered away.

import {idsOf} from './lines.js';
import {shownActors, shownRelations} from './model.js';
import {stillThere} from './selection.js';

/** A state that shows the same and holds no more. */
export function seenState(state) {
  const actors = shownActors(state);
  const relations = shownRelations(state);
  const chosen = state.paths?.list[state.paths.chosen ?? -1];
  return {
    ...state, actors, relations, hidden: new Set(), recipe: [], more: null, only: null,
    lens: seenLens(state.lens, actors, relations),
    nodes: new Map([...state.nodes].filter(([id]) => actors.has(id)).map(([id, node]) => [id, {...node, closed: null}])),
    edges: new Map([...state.edges].map(([id, edge]) => [id, seenEdge(edge, relations)]).filter(([, edge]) => edge)),
    paths: chosen ? {list: [{actors: chosen.actors.filter(id => actors.has(id)), hops: chosen.hops.map(hop => ({relations: hop.relations.filter(id => relations.has(id))}))}], chosen: 0} : null,
    overview: state.overview ? seenOverview(state.overview, actors, relations) : null,
  };
}

/** What is selected of such a state; who is hidden is not even that. */
export function seenSelection(selection, {actors, relations}) { return stillThere(selection, actors, relations); }

function seenEdge(edge, relations) {
  const ids = idsOf(edge).filter(id => relations.has(id));
  return ids.length ? {...edge, relations: ids} : null;
}

/** What falls and what changed is told by ids of relations, in which their actors are written: of what is hidden, none is left. */
function seenLens(lens, actors, relations) {
  const {left, changes} = lens;
  // Whether a tie is then only denied rests on its denial, which need not be seen.
  const told = new Set([...relations.values()].flatMap(({id, opposed_by: denial}) => [id, denial]));
  return {
    ...lens, passing: null,
    left: left?.before ? {before: within(left.before, told), after: within(left.after, told)} : left,
    changes: changes?.kinds ? {...changes, kinds: within(changes.kinds, told), actors: new Set([...changes.actors].filter(id => actors.has(id)))} : changes,
  };
}

function seenOverview(overview, actors, relations) {
  const there = ids => ids.filter(id => actors.has(id));
  const opened = [...overview.opened].map(([id, one]) => [id, {...one, held: there(one.held), brought: there(one.brought)}]);
  return {...overview, named: null, communities: within(overview.communities, actors), bonds: within(overview.bonds, relations), opened: new Map(opened)};
}

function within(map, seen) { return new Map([...map].filter(([id]) => seen.has(id))); }

/** The claims of the relations of such a state by relation. Who is not in it is called by name, because no id leads to them. */
export function seenClaims({actors, relations}, byRelation) {
  const told = claim => (actors.has(claim.attributed_to_id) ? claim : {...claim, attributed_to: claim.attributed_to ?? claim.attributed_to_id, attributed_to_id: null});
  return new Map([...relations.keys()].map(id => [id, (byRelation.get(id) ?? []).map(told)]));
}
