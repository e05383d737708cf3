// How much is drawn of each actor and tie: the less, the more of them there are.

/** Up to so many actors all have their names, and the relations of two lie side by side. */
export const RICH = 300;
/** Up to so many a pair has one straight tie; above, actors are dots and the page paints most ties itself. */
export const PLAIN = 1000;
/** From more lines on the page paints most of them itself, however few the actors: the library takes each one by one. */
export const MOST_LINES = 600;
/** So many a map holds. More is refused: an overview shows everything. */
export const MOST = 5000;

/** What is drawn of so many actors: all names, the relations of a pair apart, dots instead of pictograms. */
export function detailOf(actors) { return {named: actors <= RICH, apart: actors <= RICH, dots: actors > PLAIN}; }

/** How many actors still fit on the map. */
export function roomIn({actors}) { return Math.max(0, MOST - actors.size); }

/** An answer without the actors that have no room, or no place in the picture: the best connected stay. `{answer, unfit}`. */
export function fitting(state, answer) {
  const placed = new Set(answer.view.nodes.map(({id}) => id));
  const fresh = answer.actors.filter(({id}) => !state.actors.has(id));
  const fit = fresh.filter(({id}) => placed.has(id)).sort((a, b) => b.degree - a.degree).slice(0, roomIn(state));
  if (fit.length === fresh.length) return {answer, unfit: 0};
  const stays = new Set(fit.map(({id}) => id));
  return {answer: without(answer, new Set(fresh.map(({id}) => id).filter(id => !stays.has(id)))), unfit: fresh.length - fit.length};
}

/** An answer without some actors and what hangs on them. */
export function without(answer, left) {
  if (!left.size) return answer;
  const stays = id => !left.has(id);
  return {
    ...answer,
    actors: answer.actors.filter(actor => stays(actor.id)),
    relations: answer.relations.filter(relation => stays(relation.subject) && stays(relation.object)),
    view: {
      nodes: answer.view.nodes.filter(node => stays(node.id)),
      edges: answer.view.edges.filter(edge => stays(edge.from) && stays(edge.to)),
    },
  };
}
