// The Connect panel: two actors, the paths between them as sentences; each highlights on the map.

import {counted, el} from './dom.js';
import {ActorSearch} from './search.js';
import {why} from './why.js';

const RANKS = {
  '': 'Shortest first', strongest: 'Best supported first', specific: 'Rare go-betweens first', recent: 'Most recent first', chronological: 'In order of time',
};

/** Emits `ask` ({from, to, filter}), `choose` (index), `copy` (text), `problem` (error) and `close`. */
export class Connect extends EventTarget {
  #panel;
  #ends = {from: null, to: null};
  #inputs = {};
  #lists = {};
  #options;
  #result = el('div', {class: 'result', 'aria-live': 'polite'});
  #go;

  constructor(panel, api, style) {
    super();
    this.#panel = panel;
    const swap = el('button', {type: 'button', class: 'swap', title: 'Swap', 'aria-label': 'Swap start and end', click: () => this.#swap()}, '⇅');
    this.#options = {
      k: el('input', {type: 'number', min: 1, max: 25, value: 5, id: 'connect-k'}),
      max_hops: el('input', {type: 'number', min: 1, max: 8, value: 6, id: 'connect-hops'}),
      rank: el('select', {id: 'connect-rank'}, Object.entries(RANKS).map(([value, text]) => el('option', {value}, text))),
      max_degree: el('input', {type: 'number', min: 1, placeholder: 'any', id: 'connect-degree'}),
      since: el('input', {type: 'text', placeholder: '2025-03', id: 'connect-since'}),
      until: el('input', {type: 'text', placeholder: '2025', id: 'connect-until'}),
    };
    this.#go = el('button', {type: 'submit', class: 'primary'}, 'Find paths');
    panel.replaceChildren(
      el('button', {type: 'button', class: 'close', 'aria-label': 'Close paths', click: () => this.#emit('close')}, '×'),
      el('h2', {}, 'How are two actors connected?'),
      el('form', {submit: event => { event.preventDefault(); this.#submit(); }},
        el('div', {class: 'ends'}, this.#box('from', 'From'), this.#box('to', 'To'), swap),
        el('details', {class: 'options'}, el('summary', {}, 'Order, length and dates'), el('div', {},
          labelled('Which first', this.#options.rank), labelled('Not through actors with more ties than', this.#options.max_degree),
          labelled('Paths', this.#options.k), labelled('Most hops', this.#options.max_hops),
          labelled('Since', this.#options.since), labelled('Until', this.#options.until))),
        this.#go),
      this.#result);
    for (const end of ['from', 'to']) {
      const search = new ActorSearch(api, style, this.#inputs[end], this.#lists[end]);
      search.addEventListener('choose', ({detail}) => this.set(end, detail));
      search.addEventListener('problem', ({detail}) => this.#emit('problem', detail));
      this.#inputs[end].addEventListener('input', () => { this.#ends[end] = null; });
    }
  }

  open() { this.#panel.hidden = false; }

  /** To the first end that is not named yet. */
  focus() { (this.#ends.from ? this.#inputs.to : this.#inputs.from).focus(); }

  close() { this.#panel.hidden = true; }

  /** Put an actor at an end; asks at once when both are there and `ask`. */
  set(end, actor) {
    this.#ends[end] = actor.id;
    this.#inputs[end].value = actor.name;
    const other = end === 'from' ? 'to' : 'from';
    if (!this.#ends[other] && !this.#panel.hidden) this.#inputs[other].focus();
    else if (this.#ends[other] && this.#ends[other] !== actor.id) this.#submit();
  }

  /** Show the answer of a state, or nothing. */
  show(paths, names) {
    if (!paths) { this.#result.replaceChildren(); return; }
    this.#fillEnds(paths, names);
    if (!paths.list.length) {
      this.#result.replaceChildren(...why(paths, names, filter => this.#emit('ask', {...paths.ends, filter})));
      return;
    }
    this.#result.replaceChildren(
      el('p', {class: 'quiet'}, counted(paths.list.length, 'path'), paths.more ? ', and more of the same length' : '',
        ' · ', el('button', {type: 'button', class: 'text', click: () => this.#emit('copy', paths.list.map(path => path.text).join('\n'))}, 'Copy as text')),
      el('ol', {class: 'paths'}, paths.list.map((path, n) => this.#path(path, n, paths.chosen, names))));
  }

  /** Say what was wrong with the question. */
  problem(error) {
    this.#panel.hidden = false;
    const meant = [...error.candidates, ...error.nearest];
    this.#result.replaceChildren(el('p', {class: 'empty', role: 'alert'}, error.message),
      meant.length ? el('p', {class: 'quiet'}, 'Perhaps: ', ...meant.flatMap(({name}, n) => [n ? ', ' : '', el('bdi', {}, name)])) : '');
  }

  #path(path, n, chosen, names) {
    return el('li', {}, el('button', {
      type: 'button', 'aria-pressed': String(n === chosen), click: () => this.#emit('choose', n),
    },
    el('span', {class: 'chain'}, path.actors.flatMap((id, at) => [at ? el('span', {class: 'step', 'aria-hidden': 'true'}, ' – ') : null,
      el('bdi', {}, names.get(id)?.name ?? id)])),
    el('span', {class: 'sentences', dir: 'auto'}, path.text)));
  }

  #fillEnds(paths, names) {
    for (const end of ['from', 'to']) {
      const id = paths.ends[end];
      this.#ends[end] = id;
      this.#inputs[end].value = names.get(id)?.name ?? id;
    }
    for (const [key, input] of Object.entries(this.#options)) {
      if (paths.asked.filter[key] !== undefined) input.value = paths.asked.filter[key];
    }
  }

  #box(end, label) {
    const input = this.#inputs[end] = el('input', {
      id: `connect-${end}`, type: 'search', autocomplete: 'off', spellcheck: 'false', role: 'combobox',
      'aria-expanded': 'false', 'aria-controls': `connect-${end}-list`, 'aria-autocomplete': 'list', placeholder: 'Name of an actor',
    });
    const list = this.#lists[end] = el('ul', {id: `connect-${end}-list`, role: 'listbox', 'aria-label': `Actors for ${label}`, hidden: true});
    return el('div', {class: 'search'}, el('label', {for: input.id}, label), input, list);
  }

  #swap() {
    [this.#ends.from, this.#ends.to] = [this.#ends.to, this.#ends.from];
    [this.#inputs.from.value, this.#inputs.to.value] = [this.#inputs.to.value, this.#inputs.from.value];
    if (this.#ends.from && this.#ends.to) this.#submit();
  }

  #submit() {
    const written = {k: '5', max_hops: '6'};
    const filter = Object.fromEntries(Object.entries(this.#options)
      .map(([key, input]) => [key, input.value.trim()]).filter(([key, value]) => value && value !== written[key]));
    const ends = {from: this.#ends.from ?? this.#inputs.from.value.trim(), to: this.#ends.to ?? this.#inputs.to.value.trim()};
    if (ends.from && ends.to) this.#emit('ask', {...ends, filter});
    else this.#inputs[ends.from ? 'to' : 'from'].focus();
  }

  #emit(name, detail) { this.dispatchEvent(new CustomEvent(name, {detail})); }
}

function labelled(text, input) { return el('label', {for: input.id}, text, input); }
