// What a view is called on paper and in a file: what was asked for, in words. Nobody who is hidden is named.

import {nameWithout} from './communitynames.js';
import {shownActors, shownSingleActors} from './model.js';

export function titleOf(state) {
  const shown = shownActors(state);
  const name = id => shown.get(id)?.name;
  const [path] = state.paths?.list ?? [];
  const [first] = state.recipe;
  const [from, to] = path ? [name(path.actors[0]), name(path.actors.at(-1))] : [];
  if (from && to) return `Paths from ${from} to ${to}`;
  if (state.overview) return 'Overview of everything';
  if (state.only) return `Community of ${nameWithout(state.only.community, state.hidden)}`;
  if (first?.ask === 'actor' && name(first.actor)) return `${name(first.actor)} and who is around`;
  const [one, other] = [...shownSingleActors(state).values()].sort((a, b) => b.degree - a.degree);
  return other ? `${one.name}, ${other.name} and others` : one?.name ?? 'Map';
}
