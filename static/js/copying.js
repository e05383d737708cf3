// Text to the clipboard; where the browser has none for this page, a window to copy it from.

import {el} from './dom.js';

const COPIED_MS = 2000;

/** Copy what `promise` brings for a button, which says for a moment that it is done (there may be none); `false` where a window shows it instead. */
export async function copiedBy(button, promise, title) {
  if (!await copied(promise, title)) return false;
  if (!button) return true;
  const words = button.dataset.words ??= button.textContent;
  button.textContent = 'Copied';
  setTimeout(() => { button.textContent = words; }, COPIED_MS);
  return true;
}

/** Copy what `promise` brings, called `title` where it is shown; resolves to whether the clipboard took it. */
async function copied(promise, title = 'Text with footnotes') {
  const text = await promise;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    toCopyFrom(text, title);
    return false;
  }
}

function toCopyFrom(text, title) {
  const area = el('textarea', {readonly: true, rows: 16, 'aria-label': title, spellcheck: 'false'});
  area.value = text;
  const close = el('button', {type: 'button', class: 'close', 'aria-label': 'Close', click: () => dialog.close()}, '×');
  const dialog = el('dialog', {class: 'copy', 'aria-labelledby': 'copy-title', close: () => dialog.remove()},
    close, el('h2', {id: 'copy-title'}, title), el('p', {class: 'quiet'}, 'This browser gives the page no clipboard: copy the text from here.'), area);
  document.body.append(dialog);
  dialog.showModal();
  area.select();
}
