// The legend, which is also the filter: what lines and discs mean, how many there are, and a switch for each.

import {el, swatch} from './dom.js';
import {CLEAR, isSet, switched} from './lens.js';
import {relationsBeforeLens, shownActors} from './model.js';
import {countsOf} from './legendcounts.js';
import {row, tally} from './legendrow.js';
import {SourceFilter} from './sourcefilter.js';

const LEAST_SOURCES = [1, 2, 3, 5, 10];

/** Emits `look` (lens) and `filter` ({filter}). */
export class Legend extends EventTarget {
  #panel;
  #style;
  #rows = el('div', {class: 'legend-rows'});
  #clear = el('button', {type: 'button', class: 'text clear', hidden: true, click: () => this.#lookThrough(CLEAR)}, 'Clear');
  #sources;
  #state = null;
  #opened = new Set();

  constructor(panel, style, evidence, timeline) {
    super();
    this.#panel = panel;
    this.#style = style;
    this.#sources = new SourceFilter(evidence);
    this.#sources.addEventListener('filter', ({detail}) => this.#emit('filter', detail));
    const open = matchMedia('(min-width: 1000px)').matches;
    timeline.open = open;
    panel.replaceChildren(el('details', {class: 'whole', open}, el('summary', {}, 'Legend and filter'),
      el('div', {class: 'legend-body'}, timeline, this.#rows, this.#sources.element)), this.#clear);
  }

  show(state) {
    this.#state = state;
    const held = this.#rows.querySelector(':focus')?.dataset.key;
    const {lens} = state;
    const counts = countsOf(relationsBeforeLens(state));
    this.#panel.hidden = !state.actors.size;
    this.#clear.hidden = !isSet(lens);
    this.#rows.replaceChildren(
      el('h2', {}, state.overview ? 'Relations; bonds by most claims' : 'Relations'), el('ul', {}, this.#families(counts)),
      ...this.#saidHow(counts),
      el('h2', {}, state.overview ? 'Actors; bubbles by most frequent kind' : 'Actors'), el('ul', {class: 'kinds'}, this.#kinds(state)));
    this.#sources.show(state);
    if (held) this.#rows.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus();
  }

  #families({families}) {
    return this.#style.families.filter(({family}) => families.has(family)).map(({family, label}) => row({
      key: family, label, sign: swatch(family), count: families.get(family).count, on: !this.#state.lens.off.has(family),
      toggle: () => this.#lookThrough(switched(this.#state.lens, 'off', family)),
      only: () => this.#lookThrough({...this.#state.lens, off: new Set([...families.keys()].filter(one => one !== family))}),
      inside: this.#types(family, families.get(family).types),
    }));
  }

  /** The types of a family; hundreds of rows are made only where they are seen. */
  #types(family, types) {
    const list = el('ul', {});
    const fill = () => { if (!list.childElementCount) list.append(...this.#typeRows(family, types)); };
    if (this.#opened.has(family)) fill();
    const remember = event => {
      if (event.target.open) { this.#opened.add(family); fill(); } else this.#opened.delete(family);
    };
    return el('details', {class: 'types', open: this.#opened.has(family), toggle: remember},
      el('summary', {'aria-label': `Types of ${family.replaceAll('_', ' ')}`, 'data-key': `types ${family}`}), list);
  }

  #typeRows(family, types) {
    const sorted = [...types].sort(([a, {count}], [b, {count: other}]) => other - count || (a < b ? -1 : 1));
    return sorted.map(([type, {count, label}]) => row({
      key: type, label, count, on: !this.#state.lens.off.has(type),
      toggle: () => this.#lookThrough(switched(this.#state.lens, 'off', type)),
      only: () => this.#onlyType(family, type, [...types.keys()]),
    }));
  }

  #onlyType(family, type, types) {
    const others = this.#style.families.map(one => one.family).filter(one => one !== family);
    this.#lookThrough({...this.#state.lens, off: new Set([...others, ...types.filter(one => one !== type)])});
  }

  /** Nothing where only bubbles and bonds are on the map. */
  #saidHow(counts) {
    if (counts.all && counts.bonds === counts.all) return [];
    return [el('h2', {}, 'Said how'), el('ul', {}, this.#statuses(counts)), this.#least(counts)];
  }

  #statuses({statuses: counts, denied, contested}) {
    const {lens} = this.#state;
    const stroke = name => el('span', {class: `stroke ${name}`, 'aria-hidden': 'true'});
    const present = this.#style.statuses.filter(({status}) => counts.has(status));
    const on = status => !lens.filter.status || lens.filter.status.includes(status);
    const shown = present.map(({status}) => status).filter(on);
    const statuses = present.map(({status, label}) => row({
      key: status, label, sign: stroke(status), on: on(status),
      count: counts.get(status),
      toggle: () => this.#status(on(status) ? shown.filter(one => one !== status) : [...shown, status], present),
      only: () => this.#status([status], present),
    }));
    return [...statuses,
      denied ? row({
        key: 'denied', label: this.#style.denied.label, sign: stroke('denied'), count: denied, on: lens.polarity !== 'positive',
        toggle: () => this.#lookThrough({...lens, polarity: lens.polarity === 'positive' ? null : 'positive'}),
        only: () => this.#lookThrough({...lens, polarity: lens.polarity === 'negative' ? null : 'negative'}),
      }) : null,
      contested ? row({
        key: 'contested', label: 'contested only', sign: stroke('barred'), count: contested, on: lens.contested,
        toggle: () => this.#lookThrough({...lens, contested: !lens.contested}),
      }) : null];
  }

  /** All that are there is no condition; none at all would show nothing, so the last one stays. */
  #status(wanted, present) {
    if (!wanted.length) { this.show(this.#state); return; }
    this.#filter({status: wanted.length === present.length ? null : wanted});
  }

  #least({most}) {
    const now = Number(this.#state.lens.filter.min_sources ?? 1);
    if (most < 2 && now < 2) return '';
    const choice = el('select', {'data-key': 'least', 'aria-label': 'At least so many sources', change: event => this.#filter({min_sources: event.target.value === '1' ? null : event.target.value})},
      [...new Set([...LEAST_SOURCES, now])].sort((a, b) => a - b).map(n => el('option', {value: n, selected: n === now}, String(n))));
    return el('p', {class: 'least'}, 'at least ', choice, now === 1 ? ' source' : ' sources');
  }

  #kinds(state) {
    const pictures = this.#style.themes[document.documentElement.dataset.theme].kinds;
    const counts = tally([...shownActors({...state, lens: CLEAR}).values()].map(({kind}) => kind));
    const all = [...counts.keys()];
    return this.#style.kinds.filter(({kind}) => counts.has(kind)).map(({kind, label}) => row({
      key: `kind ${kind}`, label, sign: el('img', {src: pictures[kind], alt: '', width: 16, height: 16}), count: counts.get(kind), on: !state.lens.kinds.has(kind),
      toggle: () => this.#lookThrough(switched(state.lens, 'kinds', kind)),
      only: () => this.#lookThrough({...state.lens, kinds: new Set(all.filter(one => one !== kind))}),
    }));
  }

  #filter(change) { this.#emit('filter', {filter: {...this.#state.lens.filter, ...change}}); }

  #lookThrough(lens) { this.#emit('look', lens); }

  #emit(name, detail) { this.dispatchEvent(new CustomEvent(name, {detail})); }
}
