// How long a text may be, told beside its field before and when it is too long. Nothing that somebody typed is cut.

import {el} from './dom.js';

/** The share of it from which on it is told. */
const NEAR = 0.8;

/** What is wrong with the length of a field's text, in words; nothing where it fits. */
export function tooLongWords(field, most, noun) {
  const {length} = field.value.trim();
  return length > most ? `${noun} has at most ${most.toLocaleString('en')} characters, and this one ${length.toLocaleString('en')}: nothing was changed.` : '';
}

/** The line that counts for a field. */
export function lengthLine(field, most) {
  const line = el('span', {class: 'length', role: 'status'});
  const count = () => {
    const {length} = field.value.trim();
    line.textContent = length > NEAR * most ? `${length.toLocaleString('en')} of at most ${most.toLocaleString('en')} characters` : '';
    line.classList.toggle('over', length > most);
    if (length > most) field.setAttribute('aria-invalid', 'true'); else field.removeAttribute('aria-invalid');
  };
  field.addEventListener('input', count);
  count();
  return line;
}
