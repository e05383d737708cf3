// Heads and bars on the lines that the page paints: as large as those of the drawing library, and of the same shape.

/** Length and half height of a head; how deep its notch is. */
const HEAD = {half: 0.3, notch: 0.9};
const BAR = {half: 0.5, thick: 0.15};
const LONG = 15;
/** How large they are by default, as the options of the library say. */
const SCALE = {to: 0.55, from: 0.55, middle: 0.7};

/** A head (`to`, `from`) or bar (`middle`) in units of the map; `width` is that of its line. */
export function lengthOf(where, width) { return LONG * SCALE[where] + 3 * width; }

/** Add a head with its tip at a point to a path; it points along `(dx, dy)`, of length 1. */
export function addHead(path, x, y, dx, dy, length) {
  const [back, side, notch] = [length, length * HEAD.half, length * HEAD.notch];
  path.moveTo(x, y);
  path.lineTo(x - back * dx - side * dy, y - back * dy + side * dx);
  path.lineTo(x - notch * dx, y - notch * dy);
  path.lineTo(x - back * dx + side * dy, y - back * dy - side * dx);
  path.closePath();
}

/** Add a bar across a line that runs along `(dx, dy)`. */
export function addBar(path, x, y, dx, dy, length) {
  const [half, thick] = [length * BAR.half, length * BAR.thick];
  path.moveTo(x - half * dy, y + half * dx);
  path.lineTo(x + half * dy, y - half * dx);
  path.lineTo(x - thick * dx + half * dy, y - thick * dy - half * dx);
  path.lineTo(x - thick * dx - half * dy, y - thick * dy + half * dx);
  path.closePath();
}
