// Text to the clipboard; where the browser has none for this page, a window to copy it from.

import {el} from './dom.js';

/** Copy what `promise` brings; resolves to whether the clipboard took it. */
export async function copied(promise) {
  const text = await promise;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    toCopyFrom(text);
    return false;
  }
}

function toCopyFrom(text) {
  const area = el('textarea', {readonly: true, rows: 16, 'aria-label': 'Text with footnotes', spellcheck: 'false'});
  area.value = text;
  const close = el('button', {type: 'button', class: 'close', 'aria-label': 'Close', click: () => dialog.close()}, '×');
  const dialog = el('dialog', {class: 'copy', 'aria-labelledby': 'copy-title', close: () => dialog.remove()},
    close, el('h2', {id: 'copy-title'}, 'Text with footnotes'), el('p', {class: 'quiet'}, 'This browser gives the page no clipboard: copy the text from here.'), area);
  document.body.append(dialog);
  dialog.showModal();
  area.select();
}
