// The help: every key and click of the page, by what one wants to do.

import {byId, el} from './dom.js';

const HELP = {
  'Go about': [
    ['/', 'search'], ['↑ ↓ Enter', 'choose in a list'], ['click', 'open an actor or a tie'], ['← → ↑ ↓', 'on the map: walk along ties'],
    ['← →', 'in a story: the view before, the next one'], ['+ − 0', 'zoom in, out, show everything'], ['Esc', 'close what is open'],
  ],
  'Change the view': [
    ['double click, Enter', 'expand an actor; again: take back what hangs only on it'], ['right click, long press, m', 'menu of what is there'],
    ['Del', 'hide what is selected (in this view only)'], ['Ctrl+Z', 'undo'], ['Shift+Ctrl+Z', 'do again'],
  ],
  'Several actors': [['Ctrl or Shift + click', 'select one more'], ['Shift + drag', 'select what is in the box'], ['button beside the map', 'the same without a key, and by finger']],
  'Open': [
    ['p', 'paths between two actors'], ['t', 'table of what is on the map'], ['c', 'ask in Cypher'], ['e', 'export and share'], ['l', 'load a file'], ['v', 'saved views and stories'], ['?', 'this help'],
  ],
};

/** Open the help. */
export function showHelp() {
  const dialog = byId('help');
  dialog.replaceChildren(el('button', {type: 'button', class: 'close', 'aria-label': 'Close help', click: () => dialog.close()}, '×'),
    el('h2', {id: 'help-title'}, 'Keys and clicks'),
    ...Object.entries(HELP).map(([title, keys]) => el('section', {}, el('h3', {}, title),
      el('dl', {class: 'keys'}, keys.flatMap(([key, meaning]) => [el('dt', {}, el('kbd', {}, key)), el('dd', {}, meaning)])))));
  dialog.showModal();
}
