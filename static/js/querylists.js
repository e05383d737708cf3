// Lists of queries beside the field: examples, those saved in this browser, and the last ones that were run.

import {el} from './dom.js';
import {writeParameters} from './query.js';

const LINE = 160;

/** Example queries, each with its question in words; `take` gets the query. */
export function exampleList(examples, take) {
  if (!examples.length) return [el('p', {class: 'empty'}, 'The graph is empty: there is nothing to ask about.')];
  return [el('ul', {class: 'queries'}, examples.map(query => el('li', {}, opener(query.text, query, take), preview(query))))];
}

/** The last queries, latest first. */
export function recentList(recent, take) {
  if (!recent.length) return [el('p', {class: 'empty'}, 'Nothing was run yet in this browser.')];
  return [el('p', {class: 'quiet'}, 'Alt+↑ and Alt+↓ in the statement go through these, too.'),
    el('ul', {class: 'queries'}, recent.map(query => el('li', {}, opener(firstLine(query), query, take), preview(query))))];
}

/** Saved queries with what can be done to them: `take` (query), `rename` (name, next) gives whether it could, `drop` (name). */
export function savedList(kept, {take, rename, drop}) {
  const lasting = kept.lasting ? [] : [el('p', {class: 'notes'}, 'This browser keeps nothing for this page: saved queries last until it is closed.')];
  if (!kept.saved.length) return [...lasting, el('p', {class: 'empty'}, 'Nothing is saved yet: “Save” keeps a query in this browser.')];
  return [...lasting, el('ul', {class: 'queries'}, kept.saved.map(query => savedItem(query, {take, rename, drop})))];
}

function savedItem(query, {take, rename, drop}) {
  const {name} = query;
  const item = el('li');
  const show = () => item.replaceChildren(
    el('div', {class: 'row'}, opener(name, query, take),
      el('span', {class: 'row deeds'},
        el('button', {type: 'button', 'aria-label': `Rename ${name}`, click: () => edit()}, 'Rename'),
        el('button', {type: 'button', 'aria-label': `Delete ${name}`, click: () => drop(name)}, 'Delete'))),
    preview(query));
  const edit = () => {
    const form = nameForm('New name', name, 'Rename', next => (rename(name, next) ? '' : `Another query is called “${next}”.`), () => { show(); item.querySelector('.deeds button').focus(); });
    item.replaceChildren(form);
    form.querySelector('input').select();
  };
  show();
  return item;
}

/** A form for a name: `done` (name) gives what is wrong with it, or nothing. */
export function nameForm(label, value, verb, done, cancel) {
  const fault = el('p', {class: 'fault', role: 'alert', id: 'cypher-name-fault'});
  const input = el('input', {type: 'text', id: 'cypher-name', value, maxlength: 120, autocomplete: 'off', 'aria-describedby': fault.id});
  const submit = () => { fault.textContent = input.value.trim() ? done(input.value.trim()) : 'A name is needed.'; };
  return el('form', {
    class: 'row naming', submit: event => { event.preventDefault(); submit(); },
    keydown: event => { if (event.key === 'Escape') { event.stopPropagation(); cancel(); } },
  },
  el('label', {for: input.id}, label), input, el('button', {type: 'submit'}, verb), el('button', {type: 'button', click: cancel}, 'Cancel'), fault);
}

/** What a query is called as long as nobody gave it a name. */
export function firstLine({statement}) { return shortened(statement.trim().split('\n')[0] || 'Query'); }

function opener(text, query, take) {
  return el('button', {type: 'button', class: 'name', click: () => take(query)}, el('bdi', {}, text));
}

function preview({statement, parameters}) {
  return el('code', {class: 'preview'}, shortened([statement.replaceAll(/\s+/g, ' ').trim(), writeParameters(parameters)].filter(Boolean).join('  ')));
}

function shortened(text) { return text.length > LINE ? `${text.slice(0, LINE)}…` : text; }
