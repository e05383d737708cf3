// What is done on the map and on the controls over it.

import {byId} from './dom.js';
import {actorsIn, ofActors, toggled} from './selection.js';
import {manyOf} from './summary.js';

const STEP = 1.3;

export function wireMap({map, model, deeds, menu}) {
  map.addEventListener('pick', ({detail: {kind, id, more}}) => {
    if (more && kind === 'actor') deeds.select(toggled(model.selection, id));
    else if (!more) deeds.select(kind ? {kind, id} : null);
  });
  map.addEventListener('box', ({detail}) => deeds.select(ofActors([...actorsIn(model.selection), ...detail])));
  map.addEventListener('menu', ({detail}) => menu.openAt(detail));
  map.addEventListener('expand', ({detail}) => deeds.expandOrCollapse(detail));
  map.addEventListener('moved', ({detail}) => model.move(detail));
  const on = (id, action) => byId(id).addEventListener('click', action);
  on('zoom-in', () => map.zoom(STEP));
  on('zoom-out', () => map.zoom(1 / STEP));
  on('zoom-fit', () => map.fit({animated: true}));
  on('only', () => deeds.liftQuestionFilter());
  on('bare', () => deeds.hideBare());
  on('more', () => { const {actor, filter} = model.state.more; deeds.expand(actor, filter); });
  on('many', () => { const {actor, filter} = model.state.more; deeds.expand(actor, filter, manyOf(model.state)); });
}
