// Where a query is written: the statement, its parameters, what is wrong with either, and what can be done with it.

import {FORMS} from './callforms.js';
import {counted, el} from './dom.js';
import {readParameters, writeParameters} from './query.js';
import {StatementField} from './statementfield.js';

/** Emits `run`, `explain`, `stop`, `save`, `copy` (form), `earlier`, `later` and `edit`. */
export class QueryForm extends EventTarget {
  #field = new StatementField();
  #parameters = el('textarea', {
    id: 'cypher-parameters', rows: 2, spellcheck: 'false', autocomplete: 'off', placeholder: '{"name": "Iran"}', 'aria-describedby': 'cypher-parameters-fault',
  });
  #given = el('span', {class: 'applied'});
  #details = el('details', {class: 'options'}, el('summary', {}, 'Parameters', this.#given), el('label', {class: 'visually-hidden', for: 'cypher-parameters'}, 'Parameters as a JSON object'), this.#parameters);
  #fault = el('p', {class: 'fault', id: 'cypher-fault', role: 'alert'});
  #parametersFault = el('p', {class: 'fault', id: 'cypher-parameters-fault', role: 'alert'});
  #run = el('button', {type: 'submit', class: 'primary', title: 'Run (Ctrl+Enter)'}, 'Run');
  #stop = el('button', {type: 'button', hidden: true, click: () => this.#emit('stop')}, 'Stop');
  element;

  constructor() {
    super();
    const button = (words, name) => el('button', {type: 'button', click: () => this.#emit(name)}, words);
    this.element = el('form', {class: 'query-form', submit: event => { event.preventDefault(); this.#emit('run'); }},
      el('div', {class: 'label'}, el('label', {for: 'cypher-statement'}, 'Statement'), el('span', {class: 'quiet keys-hint'}, 'Ctrl+Enter runs · Ctrl+Space completes')),
      this.#field.element, this.#fault, this.#details, this.#parametersFault,
      el('div', {class: 'row'}, this.#run, this.#stop, button('Explain', 'explain'), button('Save', 'save'),
        el('span', {class: 'row copy-as', role: 'group', 'aria-labelledby': 'cypher-copy'}, el('span', {class: 'quiet', id: 'cypher-copy'}, 'Copy as'),
          Object.keys(FORMS).map(form => el('button', {type: 'button', click: ({currentTarget}) => this.#emit('copy', {form, button: currentTarget})}, form)))));
    for (const name of ['run', 'earlier', 'later']) this.#field.addEventListener(name, () => this.#emit(name));
    this.#field.addEventListener('edit', () => { this.#fault.textContent = ''; });
    this.#parameters.addEventListener('input', () => { this.#parametersFault.textContent = ''; this.#parameters.removeAttribute('aria-invalid'); this.#tellGiven(); });
    this.#parameters.addEventListener('keydown', event => { if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') { event.preventDefault(); this.#emit('run'); } });
  }

  set types(types) { this.#field.types = types; }

  /** Whether nothing is written. */
  get empty() { return !this.#field.value.trim(); }

  focus() { this.#field.focus(); }

  /** Put a query into the fields. */
  write({statement, parameters}) {
    this.clearFaults();
    this.#field.value = statement;
    this.#parameters.value = writeParameters(parameters);
    this.#details.open = Boolean(this.#parameters.value);
    this.#tellGiven();
  }

  /** What is written, or null after the fault in it was told. */
  read() {
    this.clearFaults();
    if (this.empty) {
      this.#fault.textContent = 'There is no statement yet: write one, or take one of the examples.';
      this.#field.focus();
      return null;
    }
    try { return {statement: this.#field.value, parameters: readParameters(this.#parameters.value)}; } catch (error) {
      this.#details.open = true;
      this.#parametersFault.textContent = error.message;
      this.#parameters.setAttribute('aria-invalid', 'true');
      this.#parameters.focus();
      return null;
    }
  }

  /** Say what is wrong with the statement, and mark the place where one is told. */
  fault(words, place) {
    const where = place ? `Line ${place.line}, column ${place.column}${place.near ? `, near “${place.near}”` : ''}: ` : '';
    // The engine names the kind of a fault before its words, and the place after them.
    this.#fault.textContent = where + words.replace(/^[A-Z][a-z]+[A-Z]\w*: /, '').replace(place ? / \(line \d+, column \d+\)$/ : '', '');
    if (place) this.#field.mark(place);
  }

  clearFaults() {
    this.#field.unmark();
    this.#fault.textContent = this.#parametersFault.textContent = '';
    this.#parameters.removeAttribute('aria-invalid');
  }

  set running(on) {
    const had = document.activeElement === this.#stop;
    this.#stop.hidden = !on;
    this.#run.disabled = on;
    if (had) this.#run.focus();
  }

  #tellGiven() {
    let count = null;
    try { count = Object.keys(readParameters(this.#parameters.value)).length; } catch { /* told when it is run */ }
    this.#given.textContent = count ? counted(count, 'value') : '';
  }

  #emit(name, detail) { this.dispatchEvent(new CustomEvent(name, {detail})); }
}
