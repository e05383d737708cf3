// What the panels ask for: inspector, Connect, Cypher, table and legend.

import {say} from './banner.js';
import {byId} from './dom.js';
import {CLEAR} from './lens.js';
import {toggled} from './selection.js';

export function wirePanels(explorer) {
  for (const wire of [inspectorDoes, connectDoes, cypherDoes, tableDoes, legendDoes]) wire(explorer);
}

function inspectorDoes({inspector, connect, deeds, sheets, menu}) {
  inspector.addEventListener('expand', ({detail}) => deeds.expand(detail.actor, detail.filter));
  inspector.addEventListener('select', ({detail}) => deeds.open(detail));
  inspector.addEventListener('hide', ({detail}) => deeds.hide([detail].flat()));
  inspector.addEventListener('others', ({detail}) => deeds.hideOthers(detail));
  inspector.addEventListener('common', ({detail}) => deeds.common(detail));
  inspector.addEventListener('paths', ({detail}) => { sheets.openConnect(); deeds.connect({...detail, filter: {}}, error => connect.problem(error)); });
  inspector.addEventListener('menu', ({detail}) => menu.openBeside(detail, detail.at));
  inspector.addEventListener('connect', ({detail}) => sheets.connectEnd(detail.end, detail.actor));
  inspector.addEventListener('close', () => { deeds.select(null); if (!connect.focusAgain()) byId('map').focus({preventScroll: true}); });
}

function connectDoes({connect, model, deeds, sheets, scene}) {
  connect.addEventListener('ask', ({detail}) => deeds.connect(detail, error => connect.problem(error)));
  connect.addEventListener('choose', ({detail}) => { deeds.select(null); model.choosePath(detail); });
  connect.addEventListener('close', () => { sheets.closeConnect(); byId('connect-open').focus(); });
  connect.addEventListener('evidence', ({detail}) => { deeds.select({kind: 'relation', id: detail}); byId('inspector').focus(); });
  connect.addEventListener('copy', ({detail}) => deeds.copyPaths(detail, text => scene.tell(text)));
  connect.addEventListener('problem', ({detail}) => say(detail));
}

function cypherDoes({cypher, deeds, map, sheets, visit}) {
  cypher.addEventListener('draw', async ({detail}) => { await deeds.draw(detail); map.fit({animated: true}); });
  cypher.addEventListener('open', ({detail}) => deeds.openFound(detail));
  cypher.addEventListener('asked', () => visit.write());
  cypher.addEventListener('tell', ({detail}) => { byId('live').textContent = detail; });
  cypher.addEventListener('problem', ({detail}) => say(detail));
  cypher.addEventListener('close', () => { sheets.closeCypher(); visit.write(); byId('cypher-open').focus(); });
}

function tableDoes({table, model, deeds, map, sheets, menu}) {
  table.addEventListener('select', ({detail: {kind, id, more}}) => {
    deeds.select(more && kind === 'actor' ? toggled(model.selection, id) : {kind, id});
    map.reveal(id);
  });
  table.addEventListener('menu', ({detail}) => menu.openBeside(detail, detail.at));
  table.addEventListener('clear', () => deeds.look(CLEAR));
  table.addEventListener('close', () => sheets.closeTable());
}

function legendDoes({legend, timeline, deeds}) {
  timeline.addEventListener('filter', ({detail}) => deeds.filter(detail));
  legend.addEventListener('look', ({detail}) => deeds.look(detail));
  legend.addEventListener('filter', ({detail}) => deeds.filter(detail));
}
