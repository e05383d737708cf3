// Where a line between two actors runs: straight, or bowed as the map bows it. Points are `{x, y}`; t goes from 0 to 1.

/** The point that a bowed line is drawn towards; null for a straight one. */
export function bow(from, to, smooth) {
  if (!smooth?.enabled) return null;
  const share = 0.5 * smooth.roundness;
  const [dx, dy] = [to.x - from.x, from.y - to.y];
  const side = smooth.type === 'curvedCW' ? 1 : -1;
  const angle = (Math.atan2(dy, dx) + (0.5 + side * share) * Math.PI) % (2 * Math.PI);
  const reach = (0.5 + share) * Math.hypot(dx, dy);
  return {x: from.x + reach * Math.sin(angle), y: from.y + reach * Math.cos(angle)};
}

export function pointAt(from, via, to, t) {
  const [a, b, c] = via ? [(1 - t) ** 2, 2 * t * (1 - t), t ** 2] : [1 - t, 0, t];
  const middle = via ?? from;
  return {x: a * from.x + b * middle.x + c * to.x, y: a * from.y + b * middle.y + c * to.y};
}

/** Degrees by which something is turned to lie along the line at t. */
export function headOf(from, via, to, t) {
  const [before, after] = [pointAt(from, via, to, Math.max(0, t - 0.02)), pointAt(from, via, to, Math.min(1, t + 0.02))];
  return Math.atan2(after.y - before.y, after.x - before.x) * 180 / Math.PI;
}

/** The last point of the line that is so far from its end, with its t. */
export function until(from, via, to, distance) {
  for (let t = 1; t > 0; t -= 0.01) {
    const point = pointAt(from, via, to, t);
    if (Math.hypot(point.x - to.x, point.y - to.y) >= distance) return {...point, t};
  }
  return {...from, t: 0};
}

/** Square of the distance of a point to a straight line between two others. */
export function farFrom(x, y, ax, ay, bx, by) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const share = length ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
  return (ax + share * dx - x) ** 2 + (ay + share * dy - y) ** 2;
}

/** The same for a bowed line, taken as so many straight pieces. */
export function farFromBow({x, y}, from, via, to, pieces = 12) {
  let [nearest, before] = [Infinity, from];
  for (let n = 1; n <= pieces; n += 1) {
    const point = pointAt(from, via, to, n / pieces);
    nearest = Math.min(nearest, farFrom(x, y, before.x, before.y, point.x, point.y));
    before = point;
  }
  return nearest;
}
