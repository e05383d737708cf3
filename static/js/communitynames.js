// What communities are called: by their best connected members, and never by one who is hidden.

import {counted} from './dom.js';

/** Names of it in a text, and on a bubble, each of at most so many letters there. */
const NAMED = 3;
const LETTERS = 18;
/** Where a picture's words tell a name, they tell as much of it. */
const TOLD = 400;

/** The name of a community where these are hidden. */
export function nameWithout({label, members, actors}, hidden) {
  if (!members.some(({id}) => hidden.has(id))) return label;
  return seenOf(members, hidden).map(({name}) => name).slice(0, NAMED).join(', ') || `A community of ${counted(actors, 'actor')}`;
}

/** The state with its communities called so wherever they are named: on the map, in panels, lists and files. */
export function withoutHiddenNames(state) {
  const {overview, hidden} = state;
  if (!overview?.named) return state;
  const unnamed = [...overview.named.values()].flatMap(({members}) => members).map(({id}) => id).filter(id => hidden.has(id)).join('\n');
  if (unnamed === overview.unnamed) return state;
  const next = {...state, actors: new Map(state.actors), nodes: new Map(state.nodes), edges: new Map(state.edges), overview: {...overview, unnamed, communities: new Map(overview.communities)}};
  for (const [id, community] of overview.named) rename(next, id, {community, name: nameWithout(community, hidden), before: overview.communities.get(id).label});
  for (const [id, {from, to}] of overview.bonds) {
    const [one, other] = [from, to].map(end => next.overview.communities.get(end).label);
    const [was, wasOther] = [from, to].map(end => overview.communities.get(end).label);
    next.edges.set(id, retitled(next.edges.get(id), `${was} – ${wasOther}`, `${one} – ${other}`));
  }
  return next;
}

function rename(state, id, {community, name, before}) {
  if (name === before) return;
  const members = seenOf(community.members, state.hidden);
  state.overview.communities.set(id, {...community, label: name, members});
  state.actors.set(id, {...state.actors.get(id), name});
  state.nodes.set(id, relabelled(state.nodes.get(id), members.slice(0, NAMED).map(one => short(one.name)), {before, name}));
}

/** A bubble has its names in lines, the plate of an opened one the first of them; both end with a count. */
function relabelled(node, names, {before, name}) {
  const count = node.label.split('\n').at(-1);
  const lines = node.shape === 'box' ? names.slice(0, 1) : names;
  const closed = node.closed ? {closed: relabelled(node.closed, names, {before, name})} : {};
  return {...retitled(node, before, name), ...closed, label: [...lines.filter(Boolean), count].join('\n')};
}

function retitled(item, before, name) {
  const [was, is] = [before, name].map(text => text.slice(0, TOLD));
  // Where it does not begin so, it might tell a name that was cut.
  return {...item, title: item.title?.startsWith(was) ? is + item.title.slice(was.length) : is};
}

function seenOf(members, hidden) { return members.filter(({id}) => !hidden.has(id)); }

function short(name) {
  const flat = name.slice(0, TOLD).replace(/\s+/g, ' ').trim();
  return flat.length > LETTERS ? `${flat.slice(0, LETTERS - 1).trimEnd()}…` : flat;
}
