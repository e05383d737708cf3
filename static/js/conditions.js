// The conditions of a question for paths as controls: a filter fills them, and they make a filter again.

import {Chips} from './chips.js';
import {el, swatch} from './dom.js';
import {ActorPicks} from './picks.js';

export const RANKS = {
  shortest: 'Shortest first', strongest: 'Best supported first', specific: 'Rare go-betweens first', recent: 'Most recent first', chronological: 'In the order of time',
};
const USUAL = {rank: 'shortest', k: '5', max_hops: '6', min_sources: '1'};
const MOST_VIA = 5;

/** Emits `problem` (error). */
export class Conditions extends EventTarget {
  #api;
  #fields;
  #picks;
  #families = new Map();
  #asserted = el('input', {type: 'checkbox'});
  #structural = el('input', {type: 'checkbox'});
  #types = new Chips('Only these relations');
  #invitation = el('option', {value: ''}, 'any');
  #adder = el('select', {id: 'connect-type', change: () => this.#addType()}, this.#invitation);
  #labels = null;
  #rest = new Chips('Further conditions');
  element;

  constructor(api, style) {
    super();
    this.#api = api;
    const number = (id, more) => el('input', {type: 'number', id, inputmode: 'numeric', ...more});
    this.#fields = {
      rank: el('select', {id: 'connect-rank'}, Object.entries(RANKS).map(([value, text]) => el('option', {value}, text))),
      since: el('input', {type: 'text', placeholder: '2025-03', id: 'connect-since', autocomplete: 'off'}),
      until: el('input', {type: 'text', placeholder: '2025', id: 'connect-until', autocomplete: 'off'}),
      min_sources: number('connect-sources', {min: 1, max: 1000, value: 1}),
      max_degree: number('connect-degree', {min: 1, placeholder: 'any', title: 'Only by way of actors with at most so many neighbours'}),
      max_hops: number('connect-hops', {min: 1, max: 8, value: 6}),
      k: number('connect-k', {min: 1, max: 25, value: 5}),
    };
    this.#picks = {via: new ActorPicks(api, style, 'connect-via', 'By way of'), avoid: new ActorPicks(api, style, 'connect-avoid', 'Not by way of')};
    for (const picks of Object.values(this.#picks)) picks.addEventListener('problem', ({detail}) => this.#problem(detail));
    this.#types.after = this.#adder;
    this.#types.addEventListener('change', () => this.#invite());
    for (const {family} of style.families) this.#families.set(family, el('input', {type: 'checkbox'}));
    this.element = this.#laidOut(style);
  }

  #laidOut(style) {
    const {rank, since, until, min_sources: sources, max_degree: degree, max_hops: hops, k} = this.#fields;
    const pair = (...parts) => el('div', {class: 'pair'}, ...parts);
    return el('div', {class: 'conditions'},
      labelled('Which first', rank), this.#picks.via.element, this.#picks.avoid.element,
      el('fieldset', {}, el('legend', {}, 'Only these kinds of relation'), el('div', {class: 'checks'},
        style.families.map(({family, label}) => check(this.#families.get(family), swatch(family), label)))),
      el('div', {class: 'picks'}, labelled('Only these relations', this.#adder), this.#types.element),
      pair(labelled('Since', since), labelled('Until', until)),
      pair(labelled('Least sources of a link', sources), labelled('Most neighbours between', degree)),
      pair(labelled('Most hops', hops), labelled('Most paths', k)),
      el('div', {class: 'checks one'}, check(this.#asserted, 'Only what a source asserts'), check(this.#structural, 'Also over places, parts and identities')),
      this.#rest.element);
  }

  /** The graph has changed since: there may be other types, and others may be counted. */
  forget() {
    this.#labels = null;
    this.#adder.replaceChildren(...[...this.#adder.children].slice(0, 1));
  }

  /** The labels of relation types, once somebody wants to see them. */
  async prepare() {
    if (this.#labels) return;
    this.#labels = new Map();
    try {
      const {types} = await this.#api.schema();
      const walked = types.filter(({polarity}) => polarity === 'positive');
      this.#labels = new Map(walked.map(({type, label}) => [type, label]));
      const named = [...walked].sort((a, b) => a.label.localeCompare(b.label));
      this.#adder.append(...named.map(({type, label, claims}) => el('option', {value: type}, `${label} (${claims.toLocaleString('en')})`)));
      this.#types.set(this.#types.ids.map(type => this.#typed(type)));
    } catch (error) {
      this.#labels = null;
      this.#problem(error);
    }
  }

  /** The filter of the question, without what is as usual. */
  read() {
    const written = Object.entries(this.#fields).map(([key, input]) => [key, input.value.trim()]).filter(([key, value]) => value && value !== USUAL[key]);
    const lists = {
      family: [...this.#families].filter(([, box]) => box.checked).map(([family]) => family),
      type: this.#types.ids, via: this.#picks.via.values.slice(0, MOST_VIA), avoid: this.#picks.avoid.values,
    };
    return {
      ...Object.fromEntries(this.#rest.items.map(({id, value}) => [id, value])),
      ...Object.fromEntries(written),
      ...Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length)),
      ...(this.#asserted.checked && {status: 'asserted'}),
      ...(this.#structural.checked && {structural: 'include'}),
    };
  }

  /** Fill the controls; `asked` names the actors of the question. What has no control of its own becomes a chip. */
  write(filter, asked) {
    const rest = {...filter};
    const take = key => { const value = rest[key]; delete rest[key]; return value === undefined ? [] : [value].flat(); };
    for (const [key, input] of Object.entries(this.#fields)) input.value = take(key)[0] ?? USUAL[key] ?? '';
    for (const [key, picks] of Object.entries(this.#picks)) {
      const names = new Map(asked[key].map(actor => [actor.id, actor.name]));
      picks.set(take(key).map(id => ({id, name: names.get(id) ?? id})));
    }
    const families = new Set(take('family'));
    for (const [family, box] of this.#families) box.checked = families.has(family);
    this.#types.set(take('type').map(type => this.#typed(type)));
    this.#invite();
    this.#structural.checked = rest.structural === 'include';
    delete rest.structural;
    this.#asserted.checked = String(rest.status) === 'asserted';
    if (this.#asserted.checked) delete rest.status;
    this.#rest.set(Object.entries(rest).map(([id, value]) => ({id, value, name: `${spaced(id)}: ${[value].flat().map(spaced).join(', ')}`})));
  }

  #addType() {
    const {value} = this.#adder;
    if (value) this.#types.add(this.#typed(value));
    this.#adder.value = '';
  }

  #invite() { this.#invitation.textContent = this.#types.ids.length ? 'add another' : 'any'; }

  #typed(type) { return {id: type, name: this.#labels?.get(type) ?? spaced(type).toLowerCase()}; }

  #problem(detail) { this.dispatchEvent(new CustomEvent('problem', {detail})); }
}

function spaced(word) { return String(word).replaceAll('_', ' '); }

function labelled(text, input) { return el('label', {class: 'field', for: input.id}, el('span', {}, text), input); }

function check(box, ...words) { return el('label', {class: 'check'}, box, ...words.map(word => (typeof word === 'string' ? el('span', {}, word) : word))); }
