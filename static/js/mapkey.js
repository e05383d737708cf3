// What the discs, colours, strokes and signs of a map mean: those that are on it, each with how many there are.

import {tally} from './legendrow.js';
import {signsOn} from './marks.js';
import {shownActors, shownRelations} from './model.js';

/** `{marks, families, strokes, kinds}` of what a state shows; a stroke has the `name` of its look and its `dashes`, a mark its `sign`. */
export function mapKey(state, style) {
  const relations = [...shownRelations(state).values()];
  const kinds = tally([...shownActors(state).values()].map(({kind}) => kind));
  const families = tally(relations.map(({family}) => family));
  return {
    marks: signsOn(state).map(({sign, words, count}) => ({sign, label: words, count})),
    families: style.families.filter(({family}) => families.has(family)).map(one => ({...one, count: families.get(one.family)})),
    strokes: strokesOf(relations, style),
    kinds: style.kinds.filter(({kind}) => kinds.has(kind)).map(one => ({...one, count: kinds.get(one.kind)})),
  };
}

function strokesOf(relations, {statuses, denied}) {
  const stroke = (name, label, dashes, fits) => ({name, label, dashes, count: relations.filter(fits).length});
  return [
    ...statuses.map(({status, label, dashes}) => stroke(status, label, dashes, one => one.statuses[status])),
    stroke('denied', denied.label, denied.dashes, one => one.polarity === 'negative'),
    stroke('barred', 'contested', [], one => one.contested),
  ].filter(({count}) => count);
}
