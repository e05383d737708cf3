// The script of a page that was taken along: what the page holds as text becomes a map that can be walked, with its story.

import {byId, el} from './dom.js';
import {Contents} from './reader/contents.js';
import {Reader} from './reader/reader.js';
import {stage} from './reader/stage.js';
import {currentTheme, paintWith, toggleTheme} from './theme.js';

const contents = new Contents(JSON.parse(byId('contents').textContent));
currentTheme();
paintWith(contents.style);
// The pictures stay for paper.
byId('pictures').before(stage());
document.body.classList.add('live');
const again = el('button', {type: 'button', id: 'play', hidden: true, click: () => reader.play()}, 'Play the story');
byId('head').append(el('div', {class: 'row'}, again, document.getElementById('evidence') ? el('a', {class: 'button', href: '#evidence'}, 'Who says so') : null,
  el('button', {type: 'button', id: 'theme', click: toggleTheme}, 'Light or dark')));
document.body.append(el('p', {class: 'visually-hidden', id: 'live', 'aria-live': 'polite'}));

const reader = new Reader(contents);
reader.addEventListener('entered', () => { again.hidden = true; offer(); });
reader.addEventListener('ended', () => { again.hidden = false; });
reader.enter(0);

/** Each entry of the text leads to its place on the map, where the view shows it. */
function offer() {
  for (const entry of document.querySelectorAll('[data-id]')) {
    const {id, kind} = entry.dataset;
    entry.querySelector(':scope > .show-on-map')?.remove();
    if (!reader.shows({kind, id})) continue;
    const name = entry.querySelector('h3, strong').textContent;
    entry.append(el('button', {type: 'button', class: 'show-on-map', 'aria-label': `Show ${name} on the map`, click: () => {
      reader.select({kind, id});
      byId('stage').scrollIntoView({block: 'start'});
      byId('inspector').focus({preventScroll: true});
    }}, 'Show on the map'));
  }
}
