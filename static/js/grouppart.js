// Several actors in the inspector: what is on record between each two of them, whom they have in common, who matters around them.

import {counted, el} from './dom.js';
import {matrix} from './matrix.js';
import {ranking} from './ranking.js';

/** More are not asked about together by the service. */
const MOST = 50;
const COMMON_SHOWN = 12;

/** What the service says of these actors; null where they are too many. */
export async function groupParts(api, ids) {
  if (ids.length > MOST) return {ids, connections: null, common: null};
  const [connections, common] = await Promise.all([api.connections(ids), api.common(ids)]);
  return {ids, connections, common, rank: measure => api.measures({measure, actor: ids, limit: 8})};
}

export function groupPart({ids, connections, common, rank}, {state, look, emit, still = false}) {
  const name = id => state.actors.get(id)?.name ?? id;
  return [
    el('header', {class: 'about tie'}, el('h2', {}, counted(ids.length, 'actor')), el('p', {class: 'facts'}, 'selected')),
    still ? null : el('div', {class: 'row'},
      el('button', {type: 'button', click: () => emit('hide', ids), title: 'Hide in this view (Del)'}, 'Hide'),
      el('button', {type: 'button', click: () => emit('others', ids)}, 'Hide others'),
      ids.length === 2 ? el('button', {type: 'button', click: () => emit('paths', {from: [ids[0]], to: [ids[1]]})}, 'Paths between them') : null,
      el('button', {type: 'button', class: 'more-deeds', 'aria-label': 'More', title: 'More (m)', 'aria-haspopup': 'menu', click: event => emit('menu', {id: ids[0], at: event.currentTarget})}, '⋯')),
    ...connections ? [
      el('h3', {}, 'Between them'), matrix(connections, {name, emit}),
      el('h3', {}, 'In common'), ...commonPart(common, ids, {state, look, emit}),
      el('h3', {}, 'Who matters around them'), ranking(rank, emit),
    ] : [still ? null : el('p', {class: 'quiet'}, `Up to ${MOST} actors can be compared: select fewer.`), list(ids, name, emit)],
  ];
}

function commonPart({common, graph, meta}, ids, {state, look, emit}) {
  if (!common.length) return [el('p', {class: 'quiet'}, 'Nobody is tied to all of them.')];
  const actors = new Map(graph.actors.map(actor => [actor.id, actor]));
  const left = common.filter(({id}) => !state.actors.has(id)).length;
  const rest = meta.total - Math.min(common.length, COMMON_SHOWN);
  return [
    el('ul', {class: 'ranked'}, common.slice(0, COMMON_SHOWN).map(({id, claims}) => el('li', {},
      el('img', {src: look.picture(actors.get(id).kind), alt: look.kind(actors.get(id).kind), width: 18, height: 18}),
      el('button', {type: 'button', class: 'name', click: () => emit('select', {kind: 'actor', id})}, el('bdi', {}, actors.get(id).name)),
      el('span', {class: 'count'}, counted(claims, 'claim'))))),
    rest ? el('p', {class: 'quiet'}, `and ${rest.toLocaleString('en')} more`) : null,
    left ? el('button', {type: 'button', click: () => emit('common', ids)}, `Bring them to the map (+${left})`) : null,
  ];
}

function list(ids, name, emit) {
  return el('ul', {class: 'ranked'}, ids.slice(0, MOST).map(id => el('li', {},
    el('button', {type: 'button', class: 'name', click: () => emit('select', {kind: 'actor', id})}, el('bdi', {}, name(id))))));
}
