// The script of the page that shows a view or a story inside a page of somebody else: what its address says, to be walked and not changed.

import {Api} from './api.js';
import {say, untilThere} from './banner.js';
import {byId} from './dom.js';
import {LiveContents} from './reader/livecontents.js';
import {printFrame} from './reader/frameprint.js';
import {Reader} from './reader/reader.js';
import {stage} from './reader/stage.js';
import {paintWith, toggleTheme} from './theme.js';

const api = new Api();
const asked = location.hash.slice(1);
byId('open').href = `/#${asked}`;
addEventListener('hashchange', () => location.reload());
start().catch(tell);

async function start() {
  const style = await untilThere(() => api.style());
  paintWith(style);
  byId('theme').addEventListener('click', toggleTheme);
  const contents = await LiveContents.of(api, style, asked);
  byId('main').replaceChildren(stage());
  const reader = new Reader(contents);
  reader.addEventListener('entered', ({detail}) => { byId('open').href = contents.address(detail); });
  reader.addEventListener('failed', ({detail}) => tell(detail));
  printFrame(reader, style, contents.title);
  if (contents.title) document.title = contents.title;
  await reader.enter(0);
}

/** In a frame nobody can sign in: the key is given in the explorer. */
function tell(error) {
  // Nothing more is loaded.
  document.querySelector('.nothing')?.replaceChildren('Nothing can be shown.');
  say(error.locked ? {title: 'This map is not open to everybody.', message: 'Open it in the explorer and sign in there.'} : error);
}
