// Makes the parts of the page and has each region wired; then shows what the address asks for.

import {Api, signInAddress} from './api.js';
import {say, untilThere} from './banner.js';
import {wireBar} from './bar.js';
import {Communities} from './communities.js';
import {Connect} from './connect.js';
import {CypherPanel} from './cypher.js';
import {Deeds} from './deeds.js';
import {byId} from './dom.js';
import {Evidence} from './evidence.js';
import {Share} from './export/share.js';
import {StandAlone} from './export/standalone.js';
import {Inspector} from './inspector.js';
import {KeptViews} from './keptviews.js';
import {wireKeys} from './keys.js';
import {Legend} from './legend.js';
import {wireLoads} from './loaddeeds.js';
import {GraphMap} from './map.js';
import {wireMap} from './mapdeeds.js';
import {Menus} from './menus.js';
import {Model} from './model.js';
import {wireOverview} from './overviewdeeds.js';
import {wirePanels} from './panels.js';
import {Player} from './player.js';
import {wirePrinting} from './printout.js';
import {Scene} from './scene.js';
import {Several} from './several.js';
import {Sheets} from './sheets.js';
import {StartPage} from './start.js';
import {Table} from './table.js';
import {currentTheme, paintWith} from './theme.js';
import {Timeline} from './timeline.js';
import {Undoing} from './undoing.js';
import {ViewsDialog} from './viewsdialog.js';
import {Visit} from './visit.js';

const api = new Api();

start().catch(error => error.locked ? location.replace(signInAddress()) : say(error, () => location.reload()));

async function start() {
  const style = await untilThere(() => api.style());
  paintWith(style);
  const explorer = partsOf(style);
  for (const wire of [wireBar, wireMap, wirePanels, wireOverview, wireKeys, wireLoads, wirePrinting]) wire(explorer);
  document.dispatchEvent(new Event('listening'));
  await explorer.visit.open();
}

/** The parts by name; what they do to each other is said where a region is wired. */
function partsOf(style) {
  const model = new Model();
  const evidence = new Evidence(api);
  const timeline = new Timeline(evidence);
  const views = new KeptViews();
  const player = new Player(views);
  const standAlone = new StandAlone({api, style, evidence});
  const map = new GraphMap(byId('map'), model, style, currentTheme());
  const deeds = new Deeds(api, model, map);
  const parts = {
    api, style, model, map, evidence, undoing: new Undoing({api, model}), timeline, deeds, player, standAlone, viewsDialog: new ViewsDialog(views, player, standAlone),
    communities: new Communities(model, map, deeds), several: new Several(map),
    inspector: new Inspector(byId('inspector'), api, style, model),
    connect: new Connect(byId('connect'), api, style),
    cypher: new CypherPanel(byId('cypher'), api),
    legend: new Legend(byId('legend'), style, evidence, timeline.element),
    table: new Table(byId('table'), model, evidence),
    startPage: new StartPage(byId('start'), api),
  };
  const sheets = new Sheets(parts);
  const visit = new Visit({...parts, sheets});
  const whole = {...parts, sheets, visit, scene: new Scene({...parts, visit})};
  return {...whole, menu: new Menus(whole), share: new Share(byId('share'), parts)};
}
