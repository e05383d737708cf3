// A community in the inspector: who is in it, of which kinds, what ties it; and the bond between two.

import {counted, el, swatch} from './dom.js';

export function communityPart(id, {state: {overview, actors}, look, emit, still = false}) {
  const community = overview.communities.get(id);
  return [
    el('header', {class: 'about'}, el('div', {}, el('h2', {}, el('bdi', {}, community.label)), el('p', {class: 'quiet'}, 'Community'))),
    el('p', {class: 'facts'}, [counted(community.actors, 'actor'), `${counted(community.ties, 'tie')} among them`, counted(community.claims, 'claim')].join(' · ')),
    still ? null : deeds(id, overview.opened.has(id), emit),
    el('h3', {}, 'Best connected'),
    el('ul', {class: 'ties'}, community.members.map(actor => el('li', {}, el(still && !actors.has(actor.id) ? 'span' : 'button', {
      type: 'button', class: 'name', click: () => emit('member', {community: id, actor: actor.id}),
    }, el('bdi', {}, actor.name)), el('span', {class: 'quiet'}, ` ${counted(actor.degree, 'neighbour')}`)))),
    el('h3', {}, 'Kinds'),
    el('ul', {class: 'ties'}, Object.entries(community.kinds).map(([kind, count]) => el('li', {class: 'row'},
      el('img', {src: look.picture(kind), alt: '', width: 16, height: 16}), el('span', {}, look.kind(kind)), el('span', {class: 'count'}, count.toLocaleString('en'))))),
    ...families(community.families, look),
    ...bondsOf(id, overview, emit),
  ];
}

function deeds(id, opened, emit) {
  return el('div', {class: 'row'},
    el('button', {type: 'button', class: opened ? null : 'primary', click: () => emit(opened ? 'shut' : 'open', id)}, opened ? 'Close' : 'Open'),
    el('button', {type: 'button', click: () => emit('only', id)}, 'Show only this'));
}

function bondsOf(id, {communities, bonds}, emit) {
  const own = [...bonds].filter(([, {from, to}]) => from === id || to === id);
  if (!own.length) return [];
  return [el('h3', {}, 'Bonds'), el('ul', {class: 'others'}, own.map(([bond, {from, to, ties}]) => el('li', {}, el('button', {
    type: 'button', click: () => emit('select', {kind: 'bond', id: bond}),
  }, el('bdi', {}, communities.get(from === id ? to : from).label), el('span', {class: 'quiet'}, counted(ties, 'tie'))))))];
}

/** What ties two communities. */
export function bondPart(id, {state: {overview}, look, emit, still = false}) {
  const bond = overview.bonds.get(id);
  const end = community => el('button', {type: 'button', class: 'name', click: () => emit('select', {kind: 'community', id: community})},
    el('bdi', {}, overview.communities.get(community).label));
  return [
    el('header', {class: 'about tie'}, el('h2', {}, end(bond.from), el('span', {class: 'verb'}, 'and'), end(bond.to)),
      el('p', {class: 'facts'}, `${counted(bond.ties, 'tie')} between their actors · ${counted(bond.claims, 'claim')}`)),
    ...families(bond.families, look),
    still ? null : el('p', {class: 'quiet'}, 'Open a community to see who is tied to whom.'),
  ];
}

function families(counts, look) {
  const entries = Object.entries(counts);
  if (!entries.length) return [];
  return [el('h3', {}, 'Claims by family'), el('ul', {class: 'ties'}, entries.map(([family, count]) => el('li', {class: 'row'},
    swatch(family), el('span', {}, look.family(family)), el('span', {class: 'count'}, count.toLocaleString('en')))))];
}
