// The field a Cypher statement is written in: a plain text area over an underlay that marks a fault, with completion.

import {completionAt} from './completion.js';
import {el} from './dom.js';
import {placeOf} from './query.js';
import {Suggestions} from './suggestions.js';

const LIST = 'cypher-words';

/** Emits `run`, `earlier`, `later` (keys) and `edit`. */
export class StatementField extends EventTarget {
  #text = el('textarea', {
    id: 'cypher-statement', rows: 7, spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off', 'aria-describedby': 'cypher-fault',
    'aria-autocomplete': 'list', 'aria-haspopup': 'listbox', 'aria-controls': LIST, 'aria-keyshortcuts': 'Control+Enter Meta+Enter',
  });
  // As long as the text and broken like it, so that a part of it lies exactly under the same part of the text.
  #underlay = el('div', {class: 'underlay', 'aria-hidden': 'true'});
  #suggestions = new Suggestions(this.#text, LIST);
  #types = [];
  #from = 0;
  element;

  constructor() {
    super();
    this.element = el('div', {class: 'statement-field'}, this.#underlay, this.#text, this.#suggestions.element);
    this.#text.addEventListener('input', event => { this.unmark(); this.#emit('edit'); if (event.inputType !== 'historyUndo') this.#complete(false); });
    this.#text.addEventListener('keydown', event => this.#key(event));
    this.#text.addEventListener('scroll', () => { this.#underlay.scrollTop = this.#text.scrollTop; this.#suggestions.close(); });
    this.#text.addEventListener('click', () => this.#suggestions.close());
    this.#text.addEventListener('blur', () => this.#suggestions.close());
    this.#suggestions.addEventListener('choose', ({detail}) => this.#write(detail.text, this.#from, this.#text.selectionEnd));
  }

  get value() { return this.#text.value; }

  /** Another text; the browser's undo still knows the one before where the field has the keyboard. */
  set value(text) {
    if (text === this.value) return;
    this.unmark();
    if (document.activeElement === this.#text) this.#write(text, 0, this.value.length); else this.#text.value = text;
    this.#suggestions.close();
  }

  /** Relation types to complete, as the schema tells them. */
  set types(types) { this.#types = types; }

  focus() { this.#text.focus(); }

  /** Mark where a fault is and go there; says nothing where the engine did not. */
  mark(place) {
    this.#text.setAttribute('aria-invalid', 'true');
    const found = place && placeOf(this.value, place);
    if (!found) return;
    const {from, to} = found;
    // At the end there is nothing to mark: a space stands for what is missing.
    this.#underlay.replaceChildren(this.value.slice(0, from), el('mark', {}, this.value.slice(from, to).trim() ? this.value.slice(from, to) : ' '), this.value.slice(to));
    this.#text.focus();
    this.#text.setSelectionRange(from, to);
    const mark = this.#underlay.querySelector('mark');
    if (mark.offsetTop + mark.offsetHeight > this.#text.scrollTop + this.#text.clientHeight || mark.offsetTop < this.#text.scrollTop) this.#text.scrollTop = mark.offsetTop - mark.offsetHeight;
    this.#underlay.scrollTop = this.#text.scrollTop;
  }

  unmark() {
    this.#text.removeAttribute('aria-invalid');
    this.#underlay.replaceChildren();
  }

  #key(event) {
    if (event.isComposing || this.#suggestions.takes(event)) return;
    const held = event.ctrlKey || event.metaKey;
    if (held && event.key === 'Enter') this.#emit('run');
    else if (event.ctrlKey && event.key === ' ') this.#complete(true);
    else if (event.altKey && event.key === 'ArrowUp') this.#emit('earlier');
    else if (event.altKey && event.key === 'ArrowDown') this.#emit('later');
    else return;
    event.preventDefault();
  }

  #complete(asked) {
    const {selectionStart: caret, selectionEnd} = this.#text;
    const found = caret === selectionEnd ? completionAt(this.value, caret, this.#types, asked) : null;
    if (!found) { this.#suggestions.close(); return; }
    this.#from = found.from;
    this.#suggestions.show(found.items, this.#placeAt(found.from));
  }

  /** Where in the window a character of the text is. */
  #placeAt(at) {
    const here = el('span', {}, '\u200b');
    this.#underlay.replaceChildren(this.value.slice(0, at), here, this.value.slice(at));
    this.#underlay.scrollTop = this.#text.scrollTop;
    const {left, top, bottom} = here.getBoundingClientRect();
    this.#underlay.replaceChildren();
    return {left, top, bottom};
  }

  #write(text, from, to) {
    this.#text.focus();
    this.#text.setSelectionRange(from, to);
    // The old command is the one way of writing that undo knows; where it is gone, the text is put in without.
    if (!document.execCommand?.('insertText', false, text)) this.#text.setRangeText(text, from, to, 'end');
    this.#suggestions.close();
  }

  #emit(name) { this.dispatchEvent(new Event(name)); }
}
