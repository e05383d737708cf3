// The sources of what is on the map: with some of them picked, only what they say is shown.

import {el} from './dom.js';
import {claimsOf} from './evidence.js';
import {row, tally} from './legendrow.js';
import {relationsBeforeLens} from './model.js';

const SHOWN = 12;

/** Emits `choose` (ids of sources, or null for all). */
export class SourceFilter extends EventTarget {
  #evidence;
  #state = null;
  #list = el('div', {});
  element = el('details', {class: 'sources', toggle: () => this.#refresh()}, el('summary', {}, 'Sources'), this.#list);

  constructor(evidence) {
    super();
    this.#evidence = evidence;
  }

  show(state) {
    this.#state = state;
    if (state.lens.filter.source) this.element.open = true;
    this.#refresh();
  }

  async #refresh() {
    if (!this.element.open || !this.#state?.actors.size) return;
    const state = this.#state;
    try {
      const found = await this.#evidence.of(state);
      if (state !== this.#state) return;
      const held = this.#list.querySelector(':focus')?.dataset.key;
      this.#list.replaceChildren(...found ? this.#rows(found, state) : [el('p', {class: 'quiet'}, 'Too many actors to count them.')]);
      if (held) this.#list.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus();
    } catch (error) { this.#list.replaceChildren(el('p', {class: 'quiet', role: 'alert'}, error.message)); }
  }

  #rows(found, state) {
    const counts = tally(claimsOf(found, relationsBeforeLens(state)).map(({dataset, source_id: id}) => `${dataset}/${id}`));
    const titles = new Map(found.sources.flatMap(({id, title, datasets = []}) => datasets.map(dataset => [`${dataset}/${id}`, title])));
    const picked = state.lens.filter.source ?? [];
    const all = [...new Set([...picked, ...[...counts].sort((a, b) => b[1] - a[1]).map(([id]) => id)])];
    const choose = ids => this.dispatchEvent(new CustomEvent('choose', {detail: ids.length ? ids : null}));
    return [
      el('p', {class: 'quiet small'}, picked.length ? 'Only what these say:' : 'Pick those that count:'),
      el('ul', {}, all.slice(0, SHOWN).map(id => row({
        key: `source ${id}`, label: el('bdi', {}, titles.get(id) ?? id), count: counts.get(id) ?? 0, on: picked.includes(id),
        toggle: () => choose(picked.includes(id) ? picked.filter(one => one !== id) : [...picked, id]),
      }))),
      ...all.length > SHOWN ? [el('p', {class: 'quiet small'}, `and ${all.length - SHOWN} more with fewer claims`)] : [],
    ];
  }
}
