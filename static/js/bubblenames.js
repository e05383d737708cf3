// The words of closed bubbles: all of them where they can be read, else the best connected actor, in letters of one size.

/** Pixels of the screen below which the letters of a bubble are too small to be read. */
const LEAST_LETTERS = 10;
const LETTERS = 11.5;
const LINE = 1.15;
const LONGEST_LINE = 13;
const MOST_LINES = 2;
/** Room between two names. */
const GAP = 3;

/** Paint them over the bubbles, largest bubble first; a name that would lie over another, or over another bubble, is left out until
 *  there is room. The library would let letters near the least size fade. */
export function paintNames(context, bubbles, {surface, options}, zoom) {
  const readable = ({font}) => font.size * zoom >= LEAST_LETTERS;
  const {face} = options.nodes.font;
  context.save();
  Object.assign(context, {textAlign: 'center', textBaseline: 'middle', lineJoin: 'round', lineWidth: 3 / zoom, strokeStyle: surface.background, fillStyle: surface.ink});
  for (const {x, y, label, font, opacity = 1} of bubbles.filter(readable)) {
    context.globalAlpha = opacity;
    context.font = `${font.size}px ${face}`;
    placed(label.split('\n'), y, font.size, (line, at) => context.fillText(line, x, at));
  }
  context.font = `${LETTERS / zoom}px ${face}`;
  paintShort(context, bubbles.filter(one => !readable(one)).sort((one, other) => other.size - one.size), {bubbles, zoom});
  context.restore();
}

function paintShort(context, short, {bubbles, zoom}) {
  const taken = [];
  for (const one of short) {
    const {x, y, label, opacity = 1} = one;
    const lines = shortName(label);
    const box = boxOf(context, lines, {x, y}, zoom);
    if (taken.some(other => meet(box, other)) || bubbles.some(other => other !== one && liesOver(box, other))) continue;
    taken.push(box);
    context.globalAlpha = opacity;
    placed(lines, y, LETTERS / zoom, (line, at) => write(context, line, x, at));
  }
}

/** Lines one below the other round a middle. */
function placed(lines, y, size, paint) {
  lines.forEach((line, n) => paint(line, y + (n - (lines.length - 1) / 2) * size * LINE));
}

function write(context, line, x, y) {
  context.strokeText(line, x, y);
  context.fillText(line, x, y);
}

/** The first name of a bubble in at most two short lines. */
export function shortName(label) { return linesOf(label.split('\n')[0]); }

function linesOf(name) {
  const lines = [''];
  for (const word of name.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length <= LONGEST_LINE || !lines.at(-1)) lines[lines.length - 1] = longer; else lines.push(word);
  }
  const shown = lines.slice(0, MOST_LINES).map(line => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 1)}…` : line));
  if (lines.length > MOST_LINES) shown[MOST_LINES - 1] = `${shown[MOST_LINES - 1].slice(0, LONGEST_LINE - 1).replace(/…$/, '')}…`;
  return shown;
}

function boxOf(context, lines, {x, y}, zoom) {
  const across = Math.max(...lines.map(line => context.measureText(line).width)) / 2 + GAP / zoom;
  const down = (lines.length * LETTERS * LINE) / (2 * zoom);
  return {left: x - across, right: x + across, top: y - down, bottom: y + down};
}

/** Whether a box lies over a disc. */
export function liesOver({left, right, top, bottom}, {x, y, size}) {
  return Math.hypot(x - Math.min(Math.max(x, left), right), y - Math.min(Math.max(y, top), bottom)) < size;
}

function meet(one, other) { return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom; }
