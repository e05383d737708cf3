// The sources of what is on the map: with some of them picked, only what they say is shown; left out in thought, what falls
// without them is marked, and one click leaves them out.

import {el} from './dom.js';
import {sumsOf} from './evidence.js';
import {row} from './legendrow.js';
import {relationsBeforeLens} from './model.js';
import {FALL_SIGN} from './marks.js';
import {sourceNames} from './sourcenames.js';
import {fallOf, fallWords} from './whatif.js';

const SHOWN = 12;

/** Emits `filter` ({filter, lens}): a whole filter of the view, and what is left out in thought. */
export class SourceFilter extends EventTarget {
  #evidence;
  #state = null;
  #most = SHOWN;
  #list = el('div', {});
  element = el('details', {class: 'sources', toggle: () => this.#refresh()}, el('summary', {}, 'Sources'), this.#list);

  constructor(evidence) {
    super();
    this.#evidence = evidence;
  }

  show(state) {
    this.#state = state;
    if (picked(state).length || setAside(state).length) this.element.open = true;
    this.#refresh();
  }

  async #refresh() {
    if (!this.element.open || !this.#state?.actors.size) return;
    const state = this.#state;
    try {
      const [found, sources] = await Promise.all([this.#evidence.counts(state), this.#evidence.sources()]);
      if (state !== this.#state) return;
      const held = this.#list.querySelector(':focus')?.dataset.key;
      const had = this.#list.querySelector('.aside');
      this.#list.replaceChildren(...this.#rows(sumsOf(relationsBeforeLens(state), found).sources, sources, state));
      // What is said of a deed is brought into sight, once.
      const aside = this.#list.querySelector('.aside:last-child');
      if (held && aside && !had) aside.scrollIntoView({block: 'nearest'});
      if (held) (this.#list.querySelector(`[data-key="${CSS.escape(held)}"]`) ?? this.#list.querySelector('button, input'))?.focus({preventScroll: true});
    } catch (error) { this.#list.replaceChildren(el('p', {class: 'quiet', role: 'alert'}, error.message), ...this.#aside(state)); }
  }

  #rows(counts, sources, state) {
    const titles = new Map(sources.flatMap(({id, title, datasets = []}) => datasets.map(dataset => [`${dataset}/${id}`, title])));
    const chosen = picked(state);
    const first = [...chosen, ...setAside(state)];
    const all = [...new Set([...first, ...[...counts].sort((a, b) => b[1] - a[1]).map(([id]) => id)])];
    const shown = all.slice(0, Math.max(this.#most, first.length));
    const left = all.length - shown.length;
    return [
      el('p', {class: 'quiet small'}, chosen.length ? 'Only what these say:' : 'Pick those that count, or leave some out:'),
      el('ul', {}, shown.map(id => this.#row(id, titles.get(id) ?? id, counts.get(id) ?? 0, state))),
      ...left ? [el('button', {type: 'button', class: 'text', 'data-key': 'more sources', click: () => { this.#most += 4 * SHOWN; this.#refresh(); }}, `and ${left.toLocaleString('en')} more with fewer claims`)] : [],
      ...this.#aside(state),
    ];
  }

  #row(id, title, count, state) {
    const chosen = picked(state);
    const out = setAside(state).includes(id);
    return row({
      key: `source ${id}`, label: el('bdi', {title}, title), count, on: chosen.includes(id),
      toggle: () => this.#pick(chosen.includes(id) ? chosen.filter(one => one !== id) : [...chosen, id]),
      aside: el('button', {type: 'button', class: 'only-this leave-out', 'aria-pressed': String(out), 'data-key': `out ${id}`, 'aria-label': `Leave out ${title}`, click: () => this.#setAside(id, !out)}, out ? 'left out' : 'leave out'),
    });
  }

  /** What is left out in thought and what falls without it; or what is left out, and the way back. */
  #aside(state) {
    const {without, filter} = state.lens;
    const gone = leftOut(state);
    const marked = fallOf(state).falling.size ? `${FALL_SIGN} marks it. ` : '';
    const deed = (key, text, click) => el('button', {type: 'button', 'data-key': key, click}, text);
    return [
      without.length ? el('div', {class: 'aside', role: 'group', 'aria-label': 'What if'},
        el('p', {}, el('strong', {}, 'What if. '), fallWords(state), `. ${marked}Nothing is taken away yet.`),
        el('div', {class: 'row'}, deed('really', 'Leave out', () => this.#say({...filter, without_source: [...gone, ...without]}, [])), deed('keep', 'Keep', () => this.#say(filter, [])))) : '',
      gone.length ? el('div', {class: 'aside', role: 'group', 'aria-label': 'Left out'},
        el('p', {}, `Left out: what ${sourceNames(state.lens, gone)} ${gone.length > 1 ? 'say' : 'says'}.`),
        el('div', {class: 'row'}, deed('back', 'Show what falls', () => this.#say({...filter, without_source: null}, [...without, ...gone])), deed('in', 'Take in', () => this.#say({...filter, without_source: null}, without)))) : '',
    ].filter(Boolean);
  }

  #pick(ids) { this.#say({...this.#state.lens.filter, source: ids.length ? ids : null}, this.#state.lens.without); }

  /** Left out in thought at first; what is left out really is taken in again. */
  #setAside(id, out) {
    const {filter, without} = this.#state.lens;
    const less = ids => ids.filter(one => one !== id);
    if (out) this.#say(filter, [...without, id]);
    else this.#say({...filter, without_source: less(leftOut(this.#state))}, less(without));
  }

  #say(filter, without) { this.dispatchEvent(new CustomEvent('filter', {detail: {filter, lens: {without}}})); }
}

function picked({lens: {filter}}) { return [filter.source ?? []].flat(); }

function leftOut({lens: {filter}}) { return [filter.without_source ?? []].flat(); }

function setAside(state) { return [...state.lens.without, ...leftOut(state)]; }
