// Printing: what a page gets ready for paper, and takes away afterwards.

import {el} from './dom.js';
import {svgOf} from './export/svg.js';
import {paintFamilies} from './theme.js';

/** Call `prepare` before the page is printed, or shown as if it were, and `restore` when that is over. */
export function whilePrinting(style, {prepare, restore}) {
  let printing = false;
  const turn = now => {
    if (now === printing) return;
    printing = now;
    paintFamilies(style, now ? 'light' : undefined);
    if (now) prepare(); else restore();
  };
  addEventListener('beforeprint', () => turn(true));
  addEventListener('afterprint', () => turn(false));
  matchMedia('print').addEventListener('change', ({matches}) => turn(matches));
}

/** The whole map as it is drawn, in lines that stay sharp, and in light: nobody wants to print a dark page. */
export function printedMap(map) { return el('figure', {class: 'printed-map'}, svgOf(map.picture('light'))); }
