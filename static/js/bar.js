// The top bar: search, the panels, undo, theme, help; and the line of progress under it.

import {say} from './banner.js';
import {byId} from './dom.js';
import {showHelp} from './help.js';
import {showBusy} from './progress.js';
import {ActorSearch} from './search.js';
import {toggleTheme} from './theme.js';

export function wireBar({api, style, deeds, sheets, visit, share, undoing}) {
  const on = (id, action) => byId(id).addEventListener('click', action);
  const search = new ActorSearch(api, style, byId('search-input'), byId('search-list'));
  search.addEventListener('choose', async ({detail}) => {
    byId('search-input').value = '';
    // Who is chosen before the address is shown joins what it shows.
    await visit.begun;
    deeds.find(detail);
  });
  search.addEventListener('problem', ({detail}) => say(detail));
  on('home', event => {
    event.preventDefault();
    sheets.closeConnect();
    sheets.closeCypher();
    if (!deeds.empty()) visit.write();
  });
  on('skip', event => { event.preventDefault(); (byId('inspector').hidden ? byId('table-open') : byId('inspector')).focus(); });
  on('connect-open', () => sheets.toggleConnect());
  on('table-open', () => sheets.toggleTable());
  on('cypher-open', () => sheets.toggleCypher());
  on('export-open', () => share.open());
  on('cancel', () => { byId('map').focus({preventScroll: true}); api.cancel(); });
  on('undo', () => undoing.undo());
  on('redo', () => undoing.redo());
  visit.addEventListener('written', ({detail: {tooLong}}) => { byId('too-long').hidden = !tooLong; });
  on('too-long', () => share.open());
  on('theme', toggleTheme);
  on('help-open', showHelp);
  api.addEventListener('busy', ({detail}) => showBusy(detail));
  api.addEventListener('locked', ({detail}) => say(detail));
}
