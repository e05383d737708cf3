// The plate over what an opened bubble holds: who it is and how many are shown, in letters of the same size at every zoom.

import {remembered} from './remembered.js';

/** Pixels of the screen: letters of the names and of the count, from line to line, and the rim round them. */
const [NAMES, COUNT, LINE, RIM] = [12.5, 11.5, 16, 7];
const ROUND = 5;
/** What is left free of the width of a small screen. */
const FREE = 40;

/** How the drawing library has it drawn in a theme: its lower edge where the item is. */
export const plateOf = remembered(({surface, options}) => ({ctx: context, x, y, state: {selected, hover}, style: {color}, label}) => {
  const {width, lines, zoom} = measured(context, label, options.nodes.font.face);
  const height = lines.length * LINE + 2 * RIM;
  const drawNode = () => {
    context.translate(x, y);
    context.scale(1 / zoom, 1 / zoom);
    context.beginPath();
    context.roundRect(-width / 2, -height, width, height, ROUND);
    Object.assign(context, {fillStyle: color, strokeStyle: selected || hover ? surface.ink : surface.muted, lineWidth: selected ? 2 : 1});
    context.fill();
    context.stroke();
    Object.assign(context, {textAlign: 'center', textBaseline: 'middle', fillStyle: surface.ink});
    lines.forEach(({text, font}, n) => { context.font = font; context.fillText(text, 0, RIM - height + (n + 0.5) * LINE); });
  };
  // Its box is round the item; only the upper half is drawn.
  return {drawNode, nodeDimensions: {width: width / zoom, height: 2 * height / zoom}};
});

function measured(context, label, face) {
  const {a, b} = context.getTransform();
  const zoom = Math.hypot(a, b) / devicePixelRatio;
  const most = context.canvas.clientWidth - FREE;
  const lines = label.split('\n').map((text, n) => line(context, text, n ? `${COUNT}px ${face}` : `600 ${NAMES}px ${face}`, most));
  return {zoom, lines, width: Math.max(...lines.map(({width}) => width)) + 2 * RIM};
}

function line(context, text, font, most) {
  context.font = font;
  let shown = text;
  while (shown.length > 1 && context.measureText(shown).width > most) shown = `${shown.slice(0, -2).trimEnd()}…`;
  return {text: shown, font, width: context.measureText(shown).width};
}
