// Where new actors go: what is on the map does not move, so they take free slots on rings round the actor they came from.

const ACROSS = 120;
const DOWN = 84;
const STRETCH = 1.2;
const FIRST_RING = 130;
/** Between two pictures beside each other. */
const GAP = 2 * ACROSS;
/** Width of a screen by its height. */
const SCREEN = 1.6;

/** A function that gives the nodes of an expansion of `parent` free places. */
export function aroundParent(parent) {
  return (fresh, state) => {
    const centre = state.nodes.get(parent) ?? [...state.overview?.opened.values() ?? []].at(-1) ?? {x: 0, y: 0};
    const taken = [...state.nodes.values()].map(({x, y}) => ({x, y}));
    const slots = ring(centre, outward(centre, taken));
    const room = new Room(taken);
    return fresh.map(node => ({...node, ...room.nextFree(slots)}));
  };
}

/** The state with an actor that somebody put elsewhere. A step of the recipe, because what is expanded later lands around it. */
export function movedTo(state, {id, x, y}) {
  if (!state.nodes.has(id)) return state;
  const grown = state.recipe.findLastIndex(({ask}) => ask !== 'move');
  const recipe = state.recipe.filter((step, n) => n <= grown || step.actor !== id);
  return {...state, overview: withBubbleAt(state.overview, {id, x, y}), nodes: new Map(state.nodes).set(id, {...state.nodes.get(id), x, y}),
    recipe: [...recipe, {ask: 'move', actor: id, x, y}]};
}

/** A bubble that somebody put elsewhere opens there. */
function withBubbleAt(overview, {id, x, y}) {
  const place = overview?.places.get(id);
  return place ? {...overview, places: new Map(overview.places).set(id, {...place, x, y})} : overview;
}

/** As the server placed them, moved as a whole beside or below what is there already, whichever leaves a picture for a screen. */
export function asPlaced(fresh, state) {
  if (!state.nodes.size || !fresh.length) return fresh;
  const [there, here] = [extentOf(state.nodes.values()), extentOf(fresh)];
  const beside = Math.max(there.height, here.height) * SCREEN >= there.width + here.width + GAP;
  const onlyOne = state.nodes.size < 2 || fresh.length < 2;
  const [dx, dy] = beside || onlyOne
    ? [there.left + there.width + GAP - here.left, there.top + (there.height - here.height) / 2 - here.top]
    : [there.left + (there.width - here.width) / 2 - here.left, there.top + there.height + GAP - here.top];
  return fresh.map(node => ({...node, x: (node.x ?? 0) + dx, y: (node.y ?? 0) + dy}));
}

function extentOf(nodes) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const {x = 0, y = 0} of nodes) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return {left, top, width: right - left, height: bottom - top};
}

/** The direction that leads away from the middle of what is there. */
function outward(centre, taken) {
  if (taken.length < 2) return -Math.PI / 2;
  const middle = taken.reduce((sum, {x, y}) => ({x: sum.x + x / taken.length, y: sum.y + y / taken.length}), {x: 0, y: 0});
  const away = Math.atan2(centre.y - middle.y, centre.x - middle.x);
  return Number.isFinite(away) ? away : 0;
}

function* ring(centre, direction) {
  for (let radius = FIRST_RING; ; radius += DOWN / 2) {
    const places = Math.max(8, Math.floor(2 * Math.PI * radius / DOWN));
    for (let n = 0; n < places; n += 1) {
      // Fan out to both sides of the direction, so that few new actors stay together.
      const turn = Math.ceil(n / 2) * (n % 2 ? 1 : -1) * 2 * Math.PI / places;
      yield {x: Math.round(centre.x + STRETCH * radius * Math.cos(direction + turn)), y: Math.round(centre.y + radius * Math.sin(direction + turn))};
    }
  }
}

/** What is taken of the plane, in cells of the size of one actor, so that only the nearest are compared. */
class Room {
  #cells = new Map();

  constructor(taken) { for (const place of taken) this.#take(place); }

  nextFree(slots) {
    for (;;) {
      const {value} = slots.next();
      if (this.#isFree(value)) { this.#take(value); return value; }
    }
  }

  #take(place) {
    const key = cellOf(place);
    this.#cells.set(key, [...this.#cells.get(key) ?? [], place]);
  }

  #isFree(place) {
    const apart = ({x, y}) => Math.abs(x - place.x) >= ACROSS || Math.abs(y - place.y) >= DOWN;
    return NEAR.every(([across, down]) => (this.#cells.get(cellOf(place, across, down)) ?? []).every(apart));
  }
}

const NEAR = [-1, 0, 1].flatMap(across => [-1, 0, 1].map(down => [across, down]));

function cellOf({x, y}, across = 0, down = 0) { return `${Math.floor(x / ACROSS) + across} ${Math.floor(y / DOWN) + down}`; }
