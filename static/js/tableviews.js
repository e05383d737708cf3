// What the table can list: actors, relations, claims; for each its columns and what a row stands for.

import {changeOf, isNew} from './compare.js';
import {period} from './dates.js';
import {claimsOf, sourceKey} from './evidence.js';
import {shownSingleActors, shownSingleRelations} from './model.js';
import {OVERVIEW_OPENINGS, OVERVIEW_VIEWS} from './overviewtable.js';
import {fallOf, fateOf} from './whatif.js';

const plain = word => String(word).replaceAll('_', ' ');

export const VIEWS = {
  actors: {
    title: 'Actors',
    columns: [
      {title: 'Name', of: a => a.name}, {title: 'Kind', of: a => plain(a.kind)},
      {title: 'Neighbours', of: a => a.degree, number: true}, {title: 'Claims', of: a => a.claims, number: true},
      {title: 'If left out', when: leavesOut, of: (a, name, state) => (fallOf(state).lonely.has(a.id) ? 'loses its last tie' : '')},
      {title: 'Change', when: compares, of: (a, name, state) => (isNew(state, a.id) ? 'new' : '')},
    ],
    rows: state => [...shownSingleActors(state).values()],
    count: state => shownSingleActors(state).size,
    about: ({id}) => ({kind: 'actor', id}),
    called: a => a.name,
    opens: 0,
  },
  relations: {
    title: 'Relations',
    columns: [
      {title: 'From', of: (r, name) => name(r.subject)}, {title: 'Relation', of: r => r.label}, {title: 'To', of: (r, name) => name(r.object)},
      {title: 'Claims', of: r => r.claim_count, number: true}, {title: 'Sources', of: r => r.source_count, number: true},
      {title: 'When', of: r => period(r.first_date, r.last_date) ?? '', date: true}, {title: 'Status', of: statusOf},
      {title: 'If left out', when: leavesOut, of: (r, name, state) => fateOf(state, r.id)},
      {title: 'Change', when: compares, of: (r, name, state) => changeOf(state, r.id).join(', ')},
    ],
    rows: state => [...shownSingleRelations(state).values()],
    count: state => shownSingleRelations(state).size,
    about: ({id}) => ({kind: 'relation', id}),
    called: (r, name) => `${name(r.subject)} ${r.label} ${name(r.object)}`,
    opens: 1,
  },
  claims: {
    title: 'Claims',
    needsClaims: true,
    columns: [
      {title: 'Claim', of: ({claim}) => claim.statement, long: true}, {title: 'Said by', of: ({claim}, name) => saidBy(claim, name)},
      {title: 'Status', of: ({claim}) => (claim.polarity === 'negative' ? `denied, ${claim.status}` : claim.status)},
      {title: 'When', of: ({claim}) => claim.date ?? claim.date_text ?? '', date: true}, {title: 'Source', of: ({claim, source}) => source ?? claim.source_id, long: true},
      {title: 'Left out', when: leavesOut, of: ({claim}, name, {lens}) => (lens.without.includes(sourceKey(claim)) ? 'left out' : '')},
    ],
    rows: claimRows,
    count: state => [...shownSingleRelations(state).values()].reduce((sum, r) => sum + r.claim_count, 0),
    about: ({relation}) => ({kind: 'relation', id: relation}),
    called: ({claim}) => claim.statement,
    opens: 0,
  },
  ...OVERVIEW_VIEWS,
};

/** Columns that are there only while something is left out in thought, or two dates are compared. */
function leavesOut({lens}) { return Boolean(lens.left?.after); }
function compares({lens}) { return Boolean(lens.changes?.kinds); }

/** By what each view is sorted at first: column and direction. */
export function openings() { return {actors: [2, -1], relations: [3, -1], claims: [3, -1], ...OVERVIEW_OPENINGS}; }

/** The columns of a view that are there in a state, by their place among all. */
export function columnsNow(view, state) { return [...view.columns.entries()].filter(([, {when}]) => !when || when(state)); }

/** Rows by a value of theirs; equal ones by id, so that the same rows always stand in the same order. */
export function inOrder(rows, value, sign) {
  return rows.sort((a, b) => sign * compare(value(a), value(b)) || (a.id < b.id ? -1 : 1));
}

function compare(a, b) {
  return typeof a === 'number' ? a - b : String(a).localeCompare(String(b));
}

function statusOf(r) {
  const said = r.polarity === 'negative' ? 'denied' : Object.keys(r.statuses).filter(status => r.statuses[status]).join(', ');
  return said + (r.contested ? ', contested' : '');
}

function saidBy(claim, name) { return claim.attributed_to_id ? name(claim.attributed_to_id) : claim.attributed_to ?? 'the source'; }

/** A row for each claim of what is shown; `found` is the evidence under the filter of the view. */
function claimRows(state, found) {
  const titles = new Map(found.sources.flatMap(({id, title, datasets = []}) => datasets.map(dataset => [`${dataset}\n${id}`, title])));
  return [...shownSingleRelations(state).keys()].flatMap(relation => claimsOf(found, new Map([[relation, null]]))
    .map(claim => ({id: claim.id, relation, claim, source: titles.get(`${claim.dataset}\n${claim.source_id}`)})));
}
