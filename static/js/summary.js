// The line under the map: how much is shown, what was left out, and to what the view is restricted.

import {EXPANSION} from './answers.js';
import {changeWords} from './compare.js';
import {MOST, roomIn} from './detail.js';
import {byId, counted} from './dom.js';
import {bareActors, relationsBeforeLens, shownActors, shownRelations} from './model.js';
import {overviewWords} from './overview.js';
import {PAGE} from './pages.js';
import {sourceNames} from './sourcenames.js';
import {fallWords} from './whatif.js';

const WORDS = {negative: 'denied', positive: 'claimed'};
const SOURCES = ['source', 'without_source'];

/** The words of it. */
export function summaryWords(state) {
  const parts = state.overview ? overviewWords(state) : [...mapWords(state), ...state.only ? overviewWords(state) : []];
  parts.push(...[fallWords(state), changeWords(state)].filter(Boolean));
  if (state.lens.undated) parts.push(`${counted(state.lens.undated, 'claim')} without a date left out`);
  if (state.hidden.size) parts.push(`${state.hidden.size.toLocaleString('en')} hidden`);
  parts.push(...leftOut(state));
  return state.actors.size ? parts.join(' · ') : '';
}

export function showSummary(state) {
  const without = bareActors(state).size;
  byId('bare').hidden = !without;
  byId('bare').textContent = `Hide ${without} without a tie`;
  showMore(state);
  byId('summary').textContent = summaryWords(state);
}

/** What a view is restricted to, in words: the filter of its question, and what is seen of the answer. */
export function filterWords({recipe: [first], lens}) {
  const plain = value => String(value).replaceAll('_', ' ').toLowerCase();
  const said = (key, values) => (SOURCES.includes(key) ? sourceNames(lens, values) : values.map(plain).join(', '));
  const filter = Object.entries({...first?.filter, ...lens.filter}).map(([key, value]) => (key === 'depth' ? `within ${counted(Number(value), 'step')}` : `${plain(key)} ${said(key, [value].flat())}`));
  const off = [...lens.off, ...lens.kinds].map(plain);
  return [...filter, off.length ? `without ${off.join(', ')}` : null, lens.polarity ? `only ${WORDS[lens.polarity]}` : null, lens.contested ? 'only contested' : null].filter(Boolean);
}

/** How many actors one press of the second button brings: all that are left, a page of them, or what there is room for. */
export function manyOf(state) { return Math.min(state.more?.count ?? 0, PAGE, roomIn(state)); }

function leftOut(state) {
  const {more, unfit} = state;
  const number = count => count.toLocaleString('en');
  return [
    more ? `${number(more.count)} more around ${state.actors.get(more.actor)?.name ?? more.actor} left out` : '',
    unfit ? `${number(unfit)} of the answer left out` : '',
    roomIn(state) ? '' : `a map shows at most ${number(MOST)} actors`,
  ].filter(Boolean);
}

/** Two ways to more, as long as there is room; else the way to everything. */
function showMore(state) {
  const many = manyOf(state);
  const few = Math.min(EXPANSION, many);
  byId('more').hidden = !few;
  byId('more').textContent = `Show ${few} more`;
  byId('many').hidden = many <= few;
  byId('many').textContent = many === state.more?.count ? `Show all ${many.toLocaleString('en')}` : `Show ${many.toLocaleString('en')} more`;
  byId('instead').hidden = !state.actors.size || Boolean(roomIn(state));
}

function mapWords(state) {
  const [seen, all] = [shownRelations(state).size, relationsBeforeLens(state).size];
  const relations = seen < all ? `${seen.toLocaleString('en')} of ${counted(all, 'relation')}` : counted(all, 'relation');
  return [counted(shownActors(state).size, 'actor'), relations];
}

/** What the view is restricted to, as a button that lifts it. */
export function showOnly({recipe: [first]}) {
  const {depth, ...filter} = first?.ask === 'actor' ? first.filter : {};
  const words = Object.values(filter).flat();
  byId('only').hidden = !words.length;
  byId('only').textContent = `Only: ${words.map(word => WORDS[word] ?? String(word).replaceAll('_', ' ').toLowerCase()).join(', ')}`;
}
