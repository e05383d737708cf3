// Keys of the page; what people know from other maps. Nothing is caught while somebody types.

import {byId} from './dom.js';
import {showHelp} from './help.js';
import {actorsIn, discsIn} from './selection.js';
import {neighbourTowards} from './walk.js';

const PLAIN = {
  '/': 'search', '?': 'help', p: 'connect', t: 'table', c: 'cypher', e: 'export', l: 'load', v: 'views', m: 'menu', Delete: 'hide',
  '+': 'zoomIn', '-': 'zoomOut', 0: 'fit', ContextMenu: 'menu',
};
const OF_STORY = {ArrowLeft: 'before', ArrowRight: 'after'};
const OF_MAP = {ArrowLeft: 'west', ArrowRight: 'east', ArrowUp: 'north', ArrowDown: 'south', Enter: 'expand'};

export function wireKeys(explorer) { listenToKeys(actionsOf(explorer)); }

function actionsOf({model, deeds, communities, map, sheets, connect, menu, player, several, viewsDialog, undoing}) {
  const selected = () => actorsIn(model.selection);
  const walk = (dx, dy) => { const next = neighbourTowards(model.state, discsIn(model.selection)[0], dx, dy); if (next) deeds.goTo(next); };
  return {
    search: () => byId('search-input').focus(), help: showHelp, connect: () => sheets.connectFromHere(),
    table: () => sheets.toggleTable(), cypher: () => sheets.toggleCypher(), export: () => byId('export-open').click(), views: () => viewsDialog.open(), load: () => document.dispatchEvent(new Event('load-file')),
    playing: () => player.playing, before: () => player.step(-1), after: () => player.step(1),
    hide: () => deeds.hide(selected()), undo: () => undoing.undo(), redo: () => undoing.redo(), menu: () => menu.openSelected(),
    zoomIn: () => map.zoom(1.3), zoomOut: () => map.zoom(1 / 1.3), fit: () => map.fit({animated: true}),
    expand: () => {
      if (communities.selected) communities.open(communities.selected);
      else if (selected().length === 1) deeds.expandOrCollapse(selected()[0]);
    },
    west: () => walk(-1, 0), east: () => walk(1, 0), north: () => walk(0, -1), south: () => walk(0, 1),
    leave: () => { if (several.stop()) return; if (model.selection) { deeds.select(null); connect.focusAgain(); } else sheets.leave(); },
  };
}

/** Call the actions (by name) for keys. */
function listenToKeys(actions) {
  document.addEventListener('keydown', event => {
    // A window or a menu over the page has the keyboard to itself.
    if (document.querySelector('dialog[open], [role="menu"]:not([hidden])')) return;
    const typing = event.target.closest?.('input:not([type="checkbox"], [type="range"]), textarea, select');
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !typing) {
      event.preventDefault();
      if (event.shiftKey) actions.redo(); else actions.undo();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') { actions.leave(); return; }
    if (typing) return;
    const onMap = event.target.closest?.('#map');
    const ofStory = actions.playing() && !event.target.closest?.('input') ? OF_STORY[event.key] : undefined;
    const name = event.shiftKey && event.key === 'F10' ? 'menu' : PLAIN[event.key] ?? ofStory ?? (onMap ? OF_MAP[event.key] : undefined);
    if (!name) return;
    event.preventDefault();
    actions[name]();
  });
}
