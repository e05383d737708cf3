// The line under the map: how much is shown, what was left out, and to what the view is restricted.

import {EXPANSION} from './answers.js';
import {byId, counted} from './dom.js';
import {bareActors, relationsBeforeLens, shownActors, shownRelations} from './model.js';
import {overviewWords} from './overview.js';

const WORDS = {negative: 'denied', positive: 'claimed'};

export function showSummary(state) {
  const parts = state.overview ? overviewWords(state) : [...mapWords(state), ...state.only ? overviewWords(state) : []];
  if (state.lens.undated) parts.push(`${counted(state.lens.undated, 'claim')} without a date left out`);
  if (state.hidden.size) parts.push(`${state.hidden.size} hidden`);
  const without = bareActors(state).size;
  byId('bare').hidden = !without;
  byId('bare').textContent = `Hide ${without} without a tie`;
  const more = byId('more');
  more.hidden = !state.more;
  if (state.more) {
    const name = state.actors.get(state.more.actor)?.name ?? state.more.actor;
    parts.push(`${state.more.count.toLocaleString('en')} more around ${name} left out`);
    more.textContent = `Show ${Math.min(EXPANSION, state.more.count)} more`;
  }
  byId('summary').textContent = state.actors.size ? parts.join(' · ') : '';
}

function mapWords(state) {
  const [seen, all] = [shownRelations(state).size, relationsBeforeLens(state).size];
  const relations = seen < all ? `${seen.toLocaleString('en')} of ${counted(all, 'relation')}` : counted(all, 'relation');
  return [counted(shownActors(state).size, 'actor'), relations];
}

/** What the view is restricted to, as a button that lifts it. */
export function showOnly({recipe: [first]}) {
  const words = first?.ask === 'actor' ? Object.values(first.filter).flat() : [];
  byId('only').hidden = !words.length;
  byId('only').textContent = `Only: ${words.map(word => WORDS[word] ?? String(word).replaceAll('_', ' ').toLowerCase()).join(', ')}`;
}
