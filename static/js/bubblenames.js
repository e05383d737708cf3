// Names of bubbles that are too small on the screen for their own words: of the best connected actor, in letters of one size.

/** Pixels of the screen below which letters in a bubble are not drawn: nobody can read them. */
export const LEAST_LETTERS = 10;
const LETTERS = 11.5;
const LINE = 1.15;
const LONGEST_LINE = 13;
const MOST_LINES = 2;
/** Room between two names. */
const GAP = 3;

/** Paint them over the bubbles, largest bubble first; one that would lie over another is left out until there is room. */
export function paintNames(context, bubbles, {surface, options}, zoom) {
  const small = bubbles.filter(({font}) => font.size * zoom < LEAST_LETTERS).sort((one, other) => other.size - one.size);
  const taken = [];
  context.save();
  context.font = `${LETTERS / zoom}px ${options.nodes.font.face}`;
  Object.assign(context, {textAlign: 'center', textBaseline: 'middle', lineJoin: 'round', lineWidth: 3 / zoom, strokeStyle: surface.background, fillStyle: surface.ink});
  for (const {x, y, label, opacity = 1} of small) {
    const lines = shortName(label);
    const box = boxOf(context, lines, {x, y}, zoom);
    if (taken.some(other => meet(box, other))) continue;
    taken.push(box);
    context.globalAlpha = opacity;
    lines.forEach((line, n) => write(context, line, x, y + (n - (lines.length - 1) / 2) * LETTERS * LINE / zoom));
  }
  context.restore();
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

function meet(one, other) { return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom; }
