// The map as a figure: its picture with a title, what is shown, a key, the sources and the day.

import {mapKey} from '../mapkey.js';
import {filterWords, summaryWords} from '../summary.js';
import {titleOf} from '../viewtitle.js';
import {drawnKey} from './drawnkey.js';
import {figureOf} from './figure.js';
import {BUBBLES, keyRows} from './figurekey.js';
import {sourceNote} from './sourcenote.js';
import {svgOf} from './svg.js';

export class MapFigure {
  #parts;

  /** Of the parts of the explorer it needs `api`, `evidence`, `map`, `model` and `style`. */
  constructor(parts) { this.#parts = parts; }

  /** The `svg` element of what is shown now. */
  async drawn() {
    const {map, model: {state}, style} = this.#parts;
    const picture = map.picture();
    const rows = keyRows(drawnKey(picture, style), mapKey(state, style).marks, picture.style);
    const facts = [summaryWords(state), ...filterWords(state)].filter(Boolean).join(' · ');
    const notes = [state.overview ? BUBBLES : '', await sourceNote(this.#parts, state), `Drawn ${new Date().toISOString().slice(0, 10)} with actorgraph`];
    return figureOf(svgOf(picture), {title: titleOf(state), facts, rows, notes}, picture.style);
  }
}
