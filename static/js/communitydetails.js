// The inspector's words about a bubble, and about the bond between two.

import {counted, el, swatch} from './dom.js';

/** What is known of a community; `tell(name, detail)` passes on what is pressed. */
export function communityDetails({overview}, id, style, tell) {
  const community = overview.communities.get(id);
  const opened = overview.opened.has(id);
  const bonds = [...overview.bonds].filter(([, {from, to}]) => from === id || to === id);
  return [
    el('header', {class: 'about'}, el('div', {}, el('h2', {}, el('bdi', {}, community.label)), el('p', {class: 'quiet'}, 'Community'))),
    el('p', {class: 'facts'}, [counted(community.actors, 'actor'), `${counted(community.ties, 'tie')} among them`, counted(community.claims, 'claim')].join(' · ')),
    el('div', {class: 'row'},
      el('button', {type: 'button', class: opened ? null : 'primary', click: () => tell(opened ? 'shut' : 'open', id)}, opened ? 'Close' : 'Open'),
      el('button', {type: 'button', click: () => tell('only', id)}, 'Show only this')),
    el('h3', {}, 'Best connected'),
    el('ul', {class: 'ties'}, community.members.map(actor => el('li', {}, el('button', {
      type: 'button', class: 'name', click: () => tell('member', {community: id, actor: actor.id}),
    }, el('bdi', {}, actor.name)), el('span', {class: 'quiet'}, ` ${counted(actor.degree, 'neighbour')}`)))),
    el('h3', {}, 'Kinds'),
    el('ul', {}, Object.entries(community.kinds).map(([kind, count]) => el('li', {}, `${word(style.kinds, 'kind', kind)}: ${count.toLocaleString('en')}`))),
    ...families(community.families, style),
    bonds.length ? el('h3', {}, 'Bonds') : null,
    bonds.length ? el('ul', {class: 'others'}, bonds.map(([bond, {from, to, ties}]) => el('li', {}, el('button', {
      type: 'button', click: () => tell('select', {kind: 'bond', id: bond}),
    }, el('bdi', {}, overview.communities.get(from === id ? to : from).label), el('span', {class: 'quiet'}, counted(ties, 'tie')))))) : null,
  ];
}

/** What ties two communities. */
export function bondDetails({overview}, id, style, tell) {
  const bond = overview.bonds.get(id);
  const end = community => el('button', {type: 'button', class: 'name', click: () => tell('select', {kind: 'community', id: community})},
    el('bdi', {}, overview.communities.get(community).label));
  return [
    el('header', {class: 'about tie'}, el('h2', {}, end(bond.from), el('span', {class: 'verb'}, 'and'), end(bond.to)),
      el('p', {class: 'facts'}, `${counted(bond.ties, 'tie')} between their actors · ${counted(bond.claims, 'claim')}`)),
    ...families(bond.families, style),
    el('p', {class: 'quiet'}, 'Open a community to see who is tied to whom.'),
  ];
}

function families(counts, style) {
  const entries = Object.entries(counts);
  if (!entries.length) return [];
  return [el('h3', {}, 'Claims by family'), el('ul', {class: 'ties'}, entries.map(([family, count]) => el('li', {class: 'row'},
    swatch(family), el('span', {}, word(style.families, 'family', family)), el('span', {class: 'count'}, count.toLocaleString('en')))))];
}

function word(table, key, value) { return table.find(entry => entry[key] === value)?.label ?? value; }
