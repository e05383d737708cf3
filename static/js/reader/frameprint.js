// A view in a frame on paper: the map with its title and legend, the details that are open, and the way to the explorer.

import {byId, el} from '../dom.js';
import {fromWhere, sheetOf} from '../printedsheet.js';
import {whilePrinting} from '../printing.js';
import {titleOf} from '../viewtitle.js';

/** Have what `reader` shows printed; `title` is that of a story. */
export function printFrame(reader, style, title) {
  const [sheet, foot] = [el('div', {class: 'printout'}), el('div', {class: 'printout'})];
  whilePrinting(style, {
    prepare: () => {
      const {state, map} = reader;
      if (!state.actors.size) return;
      sheet.replaceChildren(...sheetOf({title: title || titleOf(state), words: byId('summary').textContent}, {state, map, style}));
      foot.replaceChildren(fromWhere(byId('open').href));
      document.body.prepend(sheet);
      document.body.append(foot);
    },
    restore: () => { sheet.remove(); foot.remove(); },
  });
}
