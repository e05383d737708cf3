// The legend, which is also the filter: families with a switch and their numbers, kinds with theirs.

import {el, swatch} from './dom.js';
import {shownActors} from './model.js';

/** Emits `toggle` (family). */
export class Legend extends EventTarget {
  #panel;
  #style;

  constructor(panel, style) {
    super();
    this.#panel = panel;
    this.#style = style;
  }

  show(state) {
    const focused = this.#focused();
    this.#panel.hidden = !state.actors.size;
    const relations = [...state.relations.values()].filter(r => !state.hidden.has(r.subject) && !state.hidden.has(r.object));
    const families = tally(relations.map(relation => relation.family));
    const kinds = tally([...shownActors(state).values()].map(actor => actor.kind));
    const pictures = this.#style.themes[document.documentElement.dataset.theme].kinds;
    const open = this.#panel.querySelector('details')?.open ?? matchMedia('(min-width: 1000px)').matches;
    this.#panel.replaceChildren(el('details', {open}, el('summary', {}, 'Legend'), el('div', {class: 'legend-body'},
      el('h2', {}, state.overview ? 'Relations; bonds by most claims' : 'Relations'),
      el('ul', {}, this.#style.families.filter(({family}) => families.has(family)).map(({family, label}) => el('li', {},
        el('label', {}, el('input', {type: 'checkbox', checked: !state.off.has(family), change: () => this.#emit('toggle', family)}),
          swatch(family), el('span', {}, label), el('span', {class: 'count'}, String(families.get(family))))))),
      el('ul', {class: 'strokes'}, this.#strokes(relations).map(({label, name}) => el('li', {},
        el('span', {class: `stroke ${name}`, 'aria-hidden': 'true'}), el('span', {}, label)))),
      el('h2', {}, state.overview ? 'Actors; bubbles by most frequent kind' : 'Actors'),
      el('ul', {class: 'kinds'}, this.#style.kinds.filter(({kind}) => kinds.has(kind)).map(({kind, label}) => el('li', {class: 'kind'},
        el('img', {src: pictures[kind], alt: '', width: 16, height: 16}), el('span', {}, label)))))));
    if (focused >= 0) this.#panel.querySelectorAll('input')[focused]?.focus();
  }

  /** Which switch has the keyboard: drawing anew must not take it away. */
  #focused() { return [...this.#panel.querySelectorAll('input')].indexOf(document.activeElement); }

  #strokes(relations) {
    const statuses = this.#style.statuses.filter(({status}) => status !== 'asserted' && relations.some(r => r.polarity === 'positive' && r.statuses[status]))
      .map(({status, label}) => ({label, name: status}));
    const denied = relations.some(r => r.polarity === 'negative') ? [{label: this.#style.denied.label, name: 'denied'}] : [];
    return [...statuses, ...denied];
  }

  #emit(name, detail) { this.dispatchEvent(new CustomEvent(name, {detail})); }
}

function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
