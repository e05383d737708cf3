// Everything at a glance: communities as bubbles, opened in place. States of the model.

import {nameWithout} from './communitynames.js';
import {fitting} from './detail.js';
import {counted} from './dom.js';
import {EMPTY, merged} from './model.js';
import {asPlaced} from './places.js';

/** Actors that an opened bubble shows, the best connected first. */
export const OPENED = 60;
/** Actors of a community that is shown alone. */
const ALONE = 200;
/** Between the uppermost actor of an opened bubble and its plate. */
const OVER = 40;

/** The communities of everything under a filter, in place of what was there. */
export async function withOverview(api, step) {
  const answer = await api.overview(step.filter);
  const communities = new Map(answer.communities.map(community => [community.id, community]));
  const ends = ({from, to}) => JSON.stringify([from, to]);
  const between = new Map(answer.bonds.map(bond => [ends(bond), bond]));
  const bonds = new Map(answer.view.edges.map(edge => [edge.id, between.get(ends(edge))]));
  const overview = {
    filter: step.filter, communities, named: communities, unnamed: '', bonds, opened: new Map(), gathered: answer.gathered, untied: answer.untied,
    selection: answer.selection, omittedBonds: answer.meta.omitted_bonds,
    places: new Map(answer.view.nodes.map(({id, x, y, size}) => [id, {x, y, r: size}])),
  };
  return {
    ...EMPTY, overview, recipe: [step],
    actors: new Map(answer.communities.map(one => [one.id, asActor(one)])),
    relations: new Map([...bonds].map(([id, bond]) => [id, asRelation(id, bond)])),
    nodes: new Map(answer.view.nodes.map(one => [one.id, {...one, bubble: true}])),
    edges: new Map(answer.view.edges.map(one => [one.id, one])),
  };
}

/** The state with a bubble opened: its best connected actors stand where it was, nothing else moves. */
export async function withOpened(api, state, step) {
  const {overview} = state;
  if (!overview || overview.opened.has(step.community)) return state;
  const answer = await api.overview({...overview.filter, community: step.community, limit: OPENED});
  const [{id}] = answer.communities;
  if (overview.opened.has(id)) return state;
  const {answer: graph, unfit} = fitting(state, answer.graph);
  const place = overview.places.get(id) ?? beside(overview, graph);
  const held = graph.actors.map(actor => actor.id);
  const brought = held.filter(one => !state.actors.has(one));
  const next = merged(state, graph, fresh => fresh.map(one => ({...one, x: one.x + place.x, y: one.y + place.y})));
  if (state.nodes.has(id)) next.nodes.set(id, asTag(state.nodes.get(id), answer.communities[0], plateAt(held.map(one => next.nodes.get(one)), place), graph.actors.length));
  const {omitted_actors: actors, omitted_relations: relations} = graph.meta;
  const opened = new Map(overview.opened).set(id, {...place, kind: answer.communities[0].kind, held, brought, actors, relations});
  return {...next, overview: {...overview, opened}, recipe: [...state.recipe, {ask: 'open', community: id}], more: null, unfit};
}

/** The state with the bubble of an actor opened; the same state where it has no tie and so is in none. */
export async function withHome(api, state, actor) {
  try { return await withOpened(api, state, {community: `k_${actor}`}); } catch (error) {
    if (error.status === 404) return state;
    throw error;
  }
}

/** The state with an opened bubble closed again: what it brought goes, and what was asked about that with what it brought. */
export function withClosed(state, id) {
  if (!state.overview.opened.has(id)) return state;
  const opened = new Map(state.overview.opened);
  opened.delete(id);
  const held = new Set(state.overview.opened.get(id).held);
  const {recipe, there} = withoutOpening(state, id);
  const kept = (map, stays) => new Map([...map].filter(([, one]) => stays(one)));
  const nodes = kept(state.nodes, one => there.has(one.id));
  const node = nodes.get(id);
  if (node) nodes.set(id, node.closed);
  return {
    ...state, nodes, recipe, overview: {...state.overview, opened}, more: there.has(state.more?.actor) ? state.more : null,
    actors: kept(state.actors, one => there.has(one.id)),
    relations: kept(state.relations, one => there.has(one.subject) && there.has(one.object)),
    edges: kept(state.edges, one => there.has(one.from) && there.has(one.to)),
    // Who is hidden in a bubble stays so, and its name out of the bubble's, when that is closed.
    hidden: new Set([...state.hidden].filter(one => there.has(one) || held.has(one) || !state.actors.has(one))),
  };
}

/** The recipe gone through anew without one opening: the steps that still have what they are about, and who is there then. */
function withoutOpening({recipe, overview}, id) {
  const there = new Set(overview.communities.keys());
  const stays = step => {
    if (step.ask === 'open') return step.community !== id;
    return step.rooted || [step.actor, ...step.actors ?? []].every(one => one === undefined || there.has(one));
  };
  const left = [];
  for (const step of recipe) {
    if (!stays(step)) continue;
    left.push(step);
    for (const one of step.ask === 'open' ? overview.opened.get(step.community)?.held ?? [] : step.found ?? []) there.add(one);
  }
  return {recipe: left, there};
}

/** One community alone, as an ordinary map. */
export async function withOnly(api, step) {
  const answer = await api.overview({...step.filter, community: step.community, limit: ALONE});
  const [community] = answer.communities;
  const {omitted_actors: actors, omitted_relations: relations} = answer.graph.meta;
  return {...merged(EMPTY, answer.graph, asPlaced), recipe: [{...step, community: community.id}], only: {community, actors, relations}};
}

/** What the line under the map says of an overview, or of a community alone: what is there and what is not. */
export function overviewWords({overview, only, lens, hidden}) {
  if (only) return leftOut(only, `of ${nameWithout(only.community, hidden)}`);
  const {communities, gathered, untied, selection, omittedBonds, opened} = overview;
  const words = [`${counted(communities.size, 'community', 'communities')} of ${counted(selection.actors - gathered.actors, 'actor')}`,
    counted(overview.bonds.size, 'bond')];
  if (gathered.communities) words.push(`${counted(gathered.communities, 'smaller community', 'smaller communities')} with ${counted(gathered.actors, 'actor')} left out`);
  if (omittedBonds) words.push(`${counted(omittedBonds, 'bond')} left out`);
  if (untied) words.push(`${counted(untied, 'actor')} without a tie`);
  if (Object.keys(lens.filter).length) words.push('the filter is not applied to bonds');
  for (const [id, one] of opened) words.push(...leftOut(one, `of ${communities.get(id)?.label ?? id}`));
  return words;
}

function leftOut({actors, relations}, where) {
  const words = [actors && counted(actors, 'actor'), relations && counted(relations, 'relation')].filter(Boolean);
  return words.length ? [`${words.join(' and ')} ${where} left out`] : [];
}

/** A community as the map takes an actor: what is drawn, found and walked to is the same. */
function asActor({id, label, kind, actors, claims}) {
  return {id, name: label, kind, aliases: [], degree: actors, claims, community: true};
}

function asRelation(id, {from, to, claims, families}) {
  const [family = 'unclassified'] = Object.keys(families);
  return {id, subject: from, object: to, type: 'bond', label: 'bond', family, polarity: 'positive', symmetric: true, statuses: {},
    claim_count: claims, source_count: 0, contested: false, bond: true};
}

/** The plate is over the actors, however large the bubble around them is. */
function plateAt(held, {x, y, r}) { return {x, y: Math.max(y - r, Math.min(y, ...held.map(one => one.y - OVER)))}; }

/** What is left of a bubble when it is open: a plate over what it holds, which does not leave it. It has one name, so that it covers no
 *  other bubble. */
function asTag(node, {actors}, {x, y}, shown) {
  const [first = ''] = node.label.split('\n').slice(0, -1);
  return {...node, fixed: true, shape: 'box', label: `${first ? `${first}\n` : ''}${shown < actors ? `${shown} of ` : ''}${counted(actors, 'actor')}`, x, y, font: {vadjust: 0}, closed: {...node, fixed: false}};
}

/** A place for a community that the overview does not list: beside everything else. */
function beside({places}, {view}) {
  const r = Math.max(...view.nodes.map(({x, y}) => Math.hypot(x, y))) + 100;
  const right = Math.max(0, ...[...places.values()].map(one => one.x + one.r));
  return {x: right + 1.2 * r, y: 0, r};
}
