// What the colours, strokes and discs of a map mean, and how many of each are on it.

import {el, swatch} from '../dom.js';
import {mapKey} from '../mapkey.js';

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
    const {marks, families, strokes, kinds} = mapKey(state, this.#style);
    const pictures = this.#style.themes[document.documentElement.dataset.theme].kinds;
    this.#rows.replaceChildren(
      ...part('Marked', marks, ({sign}) => el('strong', {class: 'sign'}, sign)),
      ...part('Relations', families, ({family}) => swatch(family)),
      ...part('Said how', strokes, ({name}) => el('span', {class: `stroke ${name}`, 'aria-hidden': 'true'})),
      ...part('Actors', kinds, ({kind}) => el('img', {src: pictures[kind], alt: '', width: 16, height: 16})));
  }
}

function part(title, entries, signOf) {
  const row = entry => el('li', {}, el('div', {class: 'legend-row'}, signOf(entry), el('span', {class: 'words'}, entry.label), el('span', {class: 'count'}, entry.count.toLocaleString('en'))));
  return entries.length ? [el('h2', {}, title), el('ul', {}, entries.map(row))] : [];
}
