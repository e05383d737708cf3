// What the colours, strokes and discs of a map mean, and how many of each are on it.

import {el, swatch} from '../dom.js';
import {tally} from '../legendrow.js';
import {signsOn} from '../marks.js';
import {shownActors, shownRelations} from '../model.js';

const WIDE = '(min-width: 1000px)';

export class LegendKey {
  #panel;
  #style;
  #rows = el('div', {class: 'legend-body'});

  constructor(panel, style) {
    this.#panel = panel;
    this.#style = style;
    panel.hidden = true;
    panel.replaceChildren(el('details', {class: 'whole', open: matchMedia(WIDE).matches}, el('summary', {}, 'Legend'), this.#rows));
  }

  show(state) {
    this.#panel.hidden = !state.actors.size;
    const relations = [...shownRelations(state).values()];
    const kinds = tally([...shownActors(state).values()].map(({kind}) => kind));
    const pictures = this.#style.themes[document.documentElement.dataset.theme].kinds;
    this.#rows.replaceChildren(
      ...part('Marked', signsOn(state).map(({sign, words, count}) => row(el('strong', {class: 'sign'}, sign), words, count))),
      ...part('Relations', this.#families(relations)), ...part('Said how', this.#strokes(relations)),
      ...part('Actors', this.#style.kinds.filter(({kind}) => kinds.has(kind))
        .map(({kind, label}) => row(el('img', {src: pictures[kind], alt: '', width: 16, height: 16}), label, kinds.get(kind)))));
  }

  #families(relations) {
    const counts = tally(relations.map(({family}) => family));
    return this.#style.families.filter(({family}) => counts.has(family)).map(({family, label}) => row(swatch(family), label, counts.get(family)));
  }

  #strokes(relations) {
    const stroke = (name, label, fits) => ({name, label, count: relations.filter(fits).length});
    return [
      ...this.#style.statuses.map(({status, label}) => stroke(status, label, one => one.statuses[status])),
      stroke('denied', this.#style.denied.label, one => one.polarity === 'negative'), stroke('doubled', 'contested', one => one.contested),
    ].filter(({count}) => count).map(({name, label, count}) => row(el('span', {class: `stroke ${name}`, 'aria-hidden': 'true'}), label, count));
  }
}

function part(title, rows) { return rows.length ? [el('h2', {}, title), el('ul', {}, rows)] : []; }

function row(sign, label, count) {
  return el('li', {}, el('div', {class: 'legend-row'}, sign, el('span', {class: 'words'}, label), el('span', {class: 'count'}, count.toLocaleString('en'))));
}
