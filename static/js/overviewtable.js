// The table's lists of an overview: communities, and the bonds between them.

const plain = word => word.replaceAll('_', ' ');
const most = counts => Object.keys(counts).slice(0, 2).map(plain).join(', ');

export const OVERVIEW_VIEWS = {
  communities: {
    title: 'Communities',
    ofOverview: true,
    columns: [
      {title: 'Best connected', of: c => c.label}, {title: 'Actors', of: c => c.actors, number: true}, {title: 'Ties', of: c => c.ties, number: true},
      {title: 'Claims', of: c => c.claims, number: true}, {title: 'Mostly', of: c => plain(c.kind)}, {title: 'Families', of: c => most(c.families)},
      {title: 'Shown', of: c => (c.opened ? 'opened' : 'as a bubble')},
    ],
    rows: ({overview}) => [...overview.communities.values()].map(one => ({...one, opened: overview.opened.has(one.id)})),
    count: ({overview}) => overview.communities.size,
    about: ({id}) => ({kind: 'community', id}),
    called: c => c.label,
    opens: 0,
  },
  bonds: {
    title: 'Bonds',
    ofOverview: true,
    columns: [
      {title: 'Community', of: (b, name) => name(b.from)}, {title: 'Other community', of: (b, name) => name(b.to)},
      {title: 'Ties', of: b => b.ties, number: true}, {title: 'Claims', of: b => b.claims, number: true}, {title: 'Families', of: b => most(b.families)},
    ],
    rows: ({overview}) => [...overview.bonds].map(([id, bond]) => ({...bond, id})),
    count: ({overview}) => overview.bonds.size,
    about: ({id}) => ({kind: 'bond', id}),
    called: (b, name) => `${name(b.from)} and ${name(b.to)}`,
    opens: 0,
  },
};

/** By what they are sorted at first: column and direction. */
export const OVERVIEW_OPENINGS = {communities: [1, -1], bonds: [2, -1]};
