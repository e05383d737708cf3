// What lies over the map: the legend at its left, on a small screen in a line above with the buttons of the zoom, and words below.

/** Pixels at the bottom that one line of words takes, and how many a picture leaves free anyway. */
const ONE_LINE = 44;
const FREE = 20;
/** A legend that is folded covers nothing but a corner. */
const FOLDED = 60;
/** On a small screen: between what lies over the map and what is drawn. */
const BESIDE = 10;

/** The room that is left, `{width, height}` in pixels, and how far its middle is from that of the map; `narrow` is the width of a small screen. */
export function over(container, narrow) {
  const {clientWidth, clientHeight} = container;
  const box = container.getBoundingClientRect();
  const {left, right, top, bottom} = clientWidth > narrow ? besideLegend(box) : betweenLines(box);
  return {room: {width: Math.max(1, clientWidth - left - right), height: Math.max(1, clientHeight - top - bottom)}, offset: {x: (left - right) / 2, y: (top - bottom) / 2}};
}

function boxOf(id) {
  const found = document.getElementById(id)?.getBoundingClientRect();
  return found?.height ? found : null;
}

function besideLegend(box) {
  const legend = boxOf('legend');
  const below = captioned(box) || worded(box);
  const left = legend && legend.height > FOLDED ? legend.width + 12 : 0;
  return {left: left + 25, right: 45, top: below ? 14 : 24, bottom: below ? 26 + below : 36};
}

/** Height at the bottom that the caption of a story covers. */
function captioned(box) {
  const caption = boxOf('story');
  return caption ? Math.max(0, box.bottom - caption.top) : 0;
}

/** Height at the bottom that the line under the map covers with its buttons, where it is more than one line. */
function worded(box) {
  const line = boxOf('summary');
  const covered = line ? box.bottom - line.top : 0;
  return covered > ONE_LINE ? covered - FREE : 0;
}

/** On a small screen an open legend is a sheet that is closed again: only its line counts. */
function betweenLines(box) {
  const zoom = document.querySelector('.zoom')?.getBoundingClientRect();
  const top = zoom?.height ? zoom.bottom - box.top + BESIDE : BESIDE;
  const low = boxOf('story') ?? boxOf('summary');
  const bottom = low ? Math.max(0, box.bottom - low.top) + BESIDE : BESIDE;
  return {left: 14, right: 14, top, bottom};
}
