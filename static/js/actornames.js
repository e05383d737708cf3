// Names under the discs of a map that has all of them: in their own size, and where the zoom makes that too small to read in larger
// letters, as far as they cover no other name. The drawing library is told to leave them.

/** Pixels of the screen below which letters are too small, and those that are written instead. */
const LEAST = 10;
export const LETTERS = 11;
/** Smaller ones are not written: they are a grey line. */
const STILL_READ = 7.5;
/** From line to line by the height of the letters. */
export const LINE = 1.15;
/** Pixels between a disc and its name, and beside one that is larger than its own size. */
const BELOW = 2.5;
const BESIDE = 3;
/** So many are larger where the others are not written at all: more would fill the map. */
const MOST_LARGE = 60;
/** The library never draws these. */
export const NEVER = 1e6;

/** Those that are written, `[{id, lines, x, size, box, font}]` in units of the map; `actors` (`{id, x, y, r, lines, font}`) in the order
 *  of who comes first, `widthOf(line)` is its width in letters of height 1. */
export function namesPlaced(actors, scale, widthOf) {
  const own = actors.map(actor => placed(actor, actor.font.size, scale, widthOf));
  const small = actors.map(({font}) => font.size * scale < LEAST);
  const reading = actors.map(({font}) => font.size * scale >= STILL_READ);
  const kept = own.filter((_, n) => !small[n]);
  actors.forEach((actor, n) => {
    if (!small[n] || (!reading[n] && kept.length >= MOST_LARGE)) return;
    const large = placed(actor, LETTERS / scale, scale, widthOf, BESIDE);
    const isFree = kept.every(({box}) => !meet(large.box, box)) && own.every(({box}, other) => other === n || !reading[other] || !small[other] || !meet(large.box, box));
    if (isFree) kept.push(large); else if (reading[n]) kept.push(own[n]);
  });
  return kept;
}

function placed({id, x, y, r, lines, font}, size, scale, widthOf, beside = 0) {
  const half = size * Math.max(...lines.map(widthOf)) / 2 + beside / scale;
  const top = y + r + BELOW / scale;
  return {id, lines, x, size, font, box: {left: x - half, right: x + half, top, bottom: top + lines.length * size * LINE}};
}

function meet(one, other) { return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom; }

/** Paint them over everything else. */
export function paintActorNames(context, names) {
  context.save();
  Object.assign(context, {textAlign: 'center', textBaseline: 'middle', lineJoin: 'round'});
  for (const {lines, x, size, box, font} of names) {
    Object.assign(context, {font: `${size}px ${font.face}`, lineWidth: size / 3.5, strokeStyle: font.strokeColor, fillStyle: font.color});
    const middles = lines.map((_, n) => box.top + (n + 0.5) * size * LINE);
    lines.forEach((line, n) => context.strokeText(line, x, middles[n]));
    lines.forEach((line, n) => context.fillText(line, x, middles[n]));
  }
  context.restore();
}
