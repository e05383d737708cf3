// Keys of the page; what people know from other maps. Nothing is caught while somebody types.

import {byId, el} from './dom.js';

const HELP = [
  ['/', 'search'], ['↑ ↓ Enter', 'choose in a list'], ['click', 'open an actor or a tie'], ['double click', 'expand an actor'],
  ['p', 'path between two actors'], ['t', 'table of what is on the map'], ['c', 'ask in Cypher'], ['Del', 'hide what is selected (in this view only)'],
  ['Ctrl+Z', 'undo'], ['Shift+Ctrl+Z', 'do again'], ['+ − 0', 'zoom in, out, show everything'], ['← → ↑ ↓', 'on the map: walk along ties'],
  ['Enter', 'on the map: expand the selected actor'], ['Esc', 'close what is open'], ['?', 'this help'],
];

/** Call the actions (by name) for keys. */
export function listenToKeys(actions) {
  document.addEventListener('keydown', event => {
    // A window over the page has the keyboard to itself.
    if (document.querySelector('dialog[open]')) return;
    const typing = event.target.closest?.('input, textarea, select');
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !typing) {
      event.preventDefault();
      if (event.shiftKey) actions.redo(); else actions.undo();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') { actions.leave(); return; }
    if (typing) return;
    const onMap = event.target.id === 'map' || event.target.closest?.('#map');
    const plain = {'/': 'search', '?': 'help', p: 'connect', t: 'table', c: 'cypher', Delete: 'hide', '+': 'zoomIn', '-': 'zoomOut', 0: 'fit'};
    const ofMap = {ArrowLeft: 'west', ArrowRight: 'east', ArrowUp: 'north', ArrowDown: 'south', Enter: 'expand'};
    const name = plain[event.key] ?? (onMap ? ofMap[event.key] : undefined);
    if (!name) return;
    event.preventDefault();
    actions[name]();
  });
}

/** Open the help. */
export function showHelp() {
  const dialog = byId('help');
  dialog.replaceChildren(el('button', {type: 'button', class: 'close', 'aria-label': 'Close help', click: () => dialog.close()}, '×'),
    el('h2', {id: 'help-title'}, 'Keys and clicks'),
    el('dl', {class: 'keys'}, HELP.flatMap(([key, meaning]) => [el('dt', {}, el('kbd', {}, key)), el('dd', {}, meaning)])));
  dialog.showModal();
}
