// The parts of a page that only shows: a map with its line and legend, the caption of a story, and the inspector beside it.

import {el} from '../dom.js';

/** The element that holds them; each has the id by which it is found. */
export function stage() {
  const zoom = (id, label, sign) => el('button', {type: 'button', id, 'aria-label': label, title: label}, el('span', {'aria-hidden': 'true'}, sign));
  return el('section', {class: 'stage', id: 'stage', 'aria-label': 'Map and details'},
    el('div', {class: 'canvas'},
      el('div', {id: 'map', class: 'map', role: 'application', 'aria-label': 'Map of actors and their relations', 'aria-describedby': 'summary', tabindex: 0}),
      el('aside', {class: 'legend', id: 'legend', 'aria-label': 'Legend'}),
      el('div', {class: 'status'}, el('p', {class: 'summary', id: 'summary'})),
      el('p', {class: 'blank', id: 'blank', hidden: true}, 'Nothing is on the map in this view.'),
      el('section', {class: 'story', id: 'story', 'aria-label': 'Story', hidden: true}),
      el('div', {class: 'zoom', role: 'group', 'aria-label': 'Zoom'}, zoom('zoom-in', 'Zoom in', '+'), zoom('zoom-out', 'Zoom out', '−'), zoom('zoom-fit', 'Show everything', '⤢'))),
    el('aside', {class: 'panel inspector', id: 'inspector', 'aria-label': 'Details', tabindex: -1, hidden: true}));
}
