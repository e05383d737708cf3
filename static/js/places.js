// Where new actors go: what is on the map does not move, so they take free slots on rings round the actor they came from.

const ACROSS = 120;
const DOWN = 84;
const STRETCH = 1.2;
const FIRST_RING = 130;

/** A function that gives the nodes of an expansion of `parent` free places. */
export function aroundParent(parent) {
  return (fresh, state) => {
    const centre = state.nodes.get(parent) ?? [...state.overview?.opened.values() ?? []].at(-1) ?? {x: 0, y: 0};
    const taken = [...state.nodes.values()].map(({x, y}) => ({x, y}));
    const slots = ring(centre, outward(centre, taken));
    return fresh.map(node => {
      const place = nextFree(slots, taken);
      taken.push(place);
      return {...node, ...place};
    });
  };
}

/** The state with an actor that somebody put elsewhere. A step of the recipe, because what is expanded later lands around it. */
export function movedTo(state, {id, x, y}) {
  if (!state.nodes.has(id)) return state;
  const grown = state.recipe.findLastIndex(({ask}) => ask !== 'move');
  const recipe = state.recipe.filter((step, n) => n <= grown || step.actor !== id);
  return {...state, nodes: new Map(state.nodes).set(id, {...state.nodes.get(id), x, y}), recipe: [...recipe, {ask: 'move', actor: id, x, y}]};
}

/** As the server placed them, moved as a whole beside what is there already. */
export function asPlaced(fresh, state) {
  if (!state.nodes.size || !fresh.length) return fresh;
  const right = Math.max(...[...state.nodes.values()].map(node => node.x));
  const left = Math.min(...fresh.map(node => node.x ?? 0));
  return fresh.map(node => ({...node, x: (node.x ?? 0) + right - left + 2 * ACROSS}));
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

function nextFree(slots, taken) {
  for (;;) {
    const {value} = slots.next();
    if (taken.every(({x, y}) => Math.abs(x - value.x) >= ACROSS || Math.abs(y - value.y) >= DOWN)) return value;
  }
}
