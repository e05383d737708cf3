// Words set in lines and rows where nobody else does it: an SVG has no paragraphs.

/** How a program that has other letters may make them wider. */
const SLACK = 1.04;

/** `(words, size, weight)` → width of words in letters of a font. */
export function measured(face) {
  const context = document.createElement('canvas').getContext('2d');
  return (words, size, weight = null) => {
    context.font = `${weight ?? 400} 100px ${face}`;
    return SLACK * context.measureText(words).width * size / 100;
  };
}

/** Words in at most so many lines of a width; what has no room is cut off, and `…` says so. */
export function wrapped(words, width, most, widthOf) {
  const lines = [];
  let left = words.replace(/\s+/g, ' ').trim();
  while (left && lines.length < most) {
    const cut = longestFitting(left, width, widthOf);
    if (cut === left.length || lines.length < most - 1) {
      lines.push(left.slice(0, cut).trim());
      left = left.slice(cut).trim();
    } else {
      lines.push(`${left.slice(0, longestFitting(left, width - widthOf('…'), widthOf)).trim()}…`);
      left = '';
    }
  }
  return lines;
}

/** How many characters fit: up to the last blank, or within a word that is longer than a line. */
function longestFitting(text, width, widthOf) {
  if (widthOf(text) <= width) return text.length;
  let [fits, not] = [1, text.length];
  while (not - fits > 1) {
    const middle = Math.floor((fits + not) / 2);
    if (widthOf(text.slice(0, middle)) <= width) fits = middle; else not = middle;
  }
  const blank = text.lastIndexOf(' ', fits);
  return blank > 0 ? blank : fits;
}

/** Places of things with these widths beside each other, `[{x, row}]`: a new row where one has no room. */
export function flowed(widths, room, gap) {
  let [x, row] = [0, 0];
  return widths.map(width => {
    if (x && x + width > room) [x, row] = [0, row + 1];
    const place = {x, row};
    x += width + gap;
    return place;
  });
}
