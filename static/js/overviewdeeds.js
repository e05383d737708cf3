// What is done with the bubbles of an overview on the map and in the panel.

/** Below it an actor is a speck: one that is selected is brought near. */
const LEAST_ZOOM = 0.2;

export function wireOverview({map, model, inspector, communities}) {
  map.addEventListener('pick', ({detail: {kind, id, more}}) => {
    if (kind === 'community' && !more && !communities.isOpen(id)) communities.open(id);
  });
  model.addEventListener('select', ({detail: {selection}}) => {
    const place = selection?.kind === 'actor' && model.state.overview ? model.state.nodes.get(selection.id) : null;
    if (place && map.scale < LEAST_ZOOM) map.frame([place], place);
  });
  inspector.addEventListener('open', ({detail}) => communities.open(detail));
  inspector.addEventListener('shut', ({detail}) => communities.shut(detail));
  inspector.addEventListener('only', ({detail}) => communities.only(detail));
  inspector.addEventListener('member', ({detail}) => communities.member(detail));
}
