// A text to take along on one line: its label, a field with it, and a button that copies it.

import {copiedBy} from './copying.js';
import {el} from './dom.js';

export function copyLine(label, id, text) {
  const field = el('input', {id, type: 'text', readonly: true, value: text, focus: event => event.target.select()});
  return el('div', {class: 'share-line'}, el('label', {for: id}, label), field,
    el('button', {type: 'button', click: event => copiedBy(event.currentTarget, text, label)}, 'Copy'));
}
