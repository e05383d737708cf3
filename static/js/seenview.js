// A view as it is taken along: what is seen of a state, and nothing that is hidden or filtered away.

import {idsOf} from './lines.js';
import {shownActors, shownRelations} from './model.js';

/** A state that shows the same and holds no more. */
export function seenState(state) {
  const actors = shownActors(state);
  const relations = shownRelations(state);
  const chosen = state.paths?.list[state.paths.chosen ?? -1];
  return {
    ...state, actors, relations, hidden: new Set(), recipe: [], more: null, only: null,
    lens: {...state.lens, passing: null},
    nodes: new Map([...state.nodes].filter(([id]) => actors.has(id)).map(([id, node]) => [id, {...node, closed: null}])),
    edges: new Map([...state.edges].map(([id, edge]) => [id, seenEdge(edge, relations)]).filter(([, edge]) => edge)),
    paths: chosen ? {list: [{actors: chosen.actors.filter(id => actors.has(id)), hops: chosen.hops.map(hop => ({relations: hop.relations.filter(id => relations.has(id))}))}], chosen: 0} : null,
    overview: state.overview ? seenOverview(state.overview, actors, relations) : null,
  };
}

function seenEdge(edge, relations) {
  const ids = idsOf(edge).filter(id => relations.has(id));
  return ids.length ? {...edge, relations: ids} : null;
}

function seenOverview(overview, actors, relations) {
  const within = (map, seen) => new Map([...map].filter(([id]) => seen.has(id)));
  return {...overview, communities: within(overview.communities, actors), bonds: within(overview.bonds, relations)};
}

/** The claims of the relations of such a state by relation. Who is not in it is called by name, because no id leads to them. */
export function seenClaims({actors, relations}, byRelation) {
  const told = claim => (actors.has(claim.attributed_to_id) ? claim : {...claim, attributed_to: claim.attributed_to ?? claim.attributed_to_id, attributed_to_id: null});
  return new Map([...relations.keys()].map(id => [id, (byRelation.get(id) ?? []).map(told)]));
}
