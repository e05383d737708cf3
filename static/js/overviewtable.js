// The table's lists of an overview: communities, and the bonds between them.

const words = counts => Object.keys(counts).slice(0, 2).map(name => name.replaceAll('_', ' ')).join(', ');

export const OVERVIEW_VIEWS = {
  communities: {
    title: 'Communities',
    columns: [['Best connected', c => c.label], ['Actors', c => c.actors], ['Ties', c => c.ties], ['Claims', c => c.claims],
      ['Mostly', c => c.kind.replaceAll('_', ' ')], ['Families', c => words(c.families)], ['Shown', c => (c.opened ? 'opened' : 'as a bubble')]],
    rows: ({overview}) => (overview ? [...overview.communities.values()].map(one => ({...one, opened: overview.opened.has(one.id)})) : []),
    kind: 'community',
    opens: 0,
    ofOverview: true,
  },
  bonds: {
    title: 'Bonds',
    columns: [['Community', (b, name) => name(b.from)], ['Other community', (b, name) => name(b.to)], ['Ties', b => b.ties], ['Claims', b => b.claims],
      ['Families', b => words(b.families)]],
    rows: ({overview}) => (overview ? [...overview.bonds].map(([id, bond]) => ({...bond, id})) : []),
    kind: 'bond',
    opens: 0,
    ofOverview: true,
  },
};
