// The script of a single page: draws the answer that the page carries; pointing at an actor or tie lights up what it touches.

import {el} from './dom.js';
import {GraphMap} from './map.js';
import {EMPTY, Model, merged} from './model.js';
import {asPlaced} from './places.js';
import {printedMap, whilePrinting} from './printing.js';
import {currentTheme, followTheme, paintWith, toggleTheme} from './theme.js';

const read = id => JSON.parse(document.getElementById(id).textContent);

function paintLegend(style, theme = currentTheme()) {
  const {kinds} = style.themes[theme];
  for (const item of document.querySelectorAll('#legend [data-what]')) {
    const {what, key} = item.dataset;
    const sign = what === 'kind' ? el('img', {src: kinds[key], alt: '', width: 16, height: 16}) : el('span', {class: 'swatch', 'aria-hidden': 'true'});
    if (what === 'family') sign.style.background = `var(--family-${key})`;
    item.querySelector('img, .swatch')?.remove();
    item.prepend(sign);
  }
}

function draw(style) {
  const picture = read('picture');
  const model = new Model();
  const map = new GraphMap(document.getElementById('map'), model, style, currentTheme());
  model.begin(merged(EMPTY, picture, asPlaced), 'opened');
  map.fit({readable: true});
  map.addEventListener('pick', ({detail: {kind, id}}) => model.select(kind ? {kind, id} : null));
  followTheme(theme => map.setTheme(theme));
  document.getElementById('fit').addEventListener('click', () => map.fit({animated: true}));
  document.getElementById('map').addEventListener('keydown', event => {
    const action = {'+': () => map.zoom(1.3), '-': () => map.zoom(1 / 1.3), 0: () => map.fit({animated: true}), Escape: () => model.select(null)}[event.key];
    if (action) { event.preventDefault(); action(); }
  });
  print(style, map);
}

/** On paper the legend is open, whatever it is on the screen. */
function print(style, map) {
  const legend = document.getElementById('legend');
  let drawn = null;
  let open = legend.open;
  whilePrinting(style, {
    prepare: () => {
      open = legend.open;
      legend.open = true;
      paintLegend(style, 'light');
      drawn = printedMap(map);
      legend.before(drawn);
    },
    restore: () => {
      drawn.remove();
      legend.open = open;
      paintLegend(style);
    },
  });
}

const style = read('style');
paintWith(style);
document.getElementById('theme').addEventListener('click', toggleTheme);
if (document.getElementById('map')) {
  document.getElementById('legend').open = matchMedia('(min-width: 700px)').matches;
  paintLegend(style);
  followTheme(() => paintLegend(style));
  draw(style);
}
