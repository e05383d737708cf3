// The words on painted lines, along each line and never upside down, at the zooms at which they can be read.

import {headOf, pointAt} from './curves.js';

/** Letters that are smaller on the screen, in pixels, are not written: nobody could read them. */
const LEAST_LETTERS = 10;

/** Whether words are written at this zoom. */
export function areWritten(scale, {size}) { return size * scale >= LEAST_LETTERS; }

/** Paint words: `lines` are `[{from, to, via, words, opacity}]` and `font` `{face, size, color, strokeWidth, strokeColor}`. */
export function writeWords(context, lines, {face, size, color, strokeWidth, strokeColor}) {
  context.font = `${size}px ${face}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = strokeWidth;
  context.strokeStyle = strokeColor;
  context.fillStyle = color;
  for (const {from, to, via, words, opacity} of lines) {
    const {x, y} = pointAt(from, via, to, 0.5);
    const turn = headOf(from, via, to, 0.5);
    context.save();
    context.globalAlpha = opacity;
    context.translate(x, y);
    context.rotate((turn > 90 || turn < -90 ? turn + 180 : turn) * Math.PI / 180);
    context.strokeText(words, 0, 0);
    context.fillText(words, 0, 0);
    context.restore();
  }
}
