// What is written on lines and names besides: what falls without some sources, what changed between two dates.
// A sign and a word say it; that a line is fainter or heavier only helps the eye.

import {SIGNS, changeCounts, changeOf, changedActors, isNew} from './compare.js';
import {shownRelations} from './model.js';
import {sourceNames} from './sourcenames.js';
import {fallOf, fateOf} from './whatif.js';

const FALLEN = 0.4;
const PAST = 0.55;
const SAME = 0.22;
const HEAVIER = 1.6;
/** Less ink is none. */
const LEAST = 0.03;
/** Up to so many lines have the word beside the sign. */
const WORDED = 24;
export const FALL_SIGN = '✕';

/** The lines of a picture (as they are seen) with their marks. */
export function markedLines(lines, state, relations, bright) {
  const {left, changes} = state.lens;
  if (!left && !changes) return lines;
  return lines.map(line => {
    const ids = line.ids.filter(id => !relations.get(id).bond);
    return ids.length && line.on ? marked(line, markOf(state, ids), {bright, worded: lines.length <= WORDED}) : line;
  });
}

function marked(line, {signs, words, opacity, heavier}, {bright, worded}) {
  if (!words.length) return opacity === 1 || bright ? line : {...line, words: '', opacity};
  const sign = signs.join('');
  // Several words are longer than most lines.
  const mark = (worded || bright) && words.length === 1 ? `${sign} ${words[0]}` : sign;
  // What becomes of a line is said where there is room for nothing else.
  const shorter = [...new Set([...line.shorter.map(one => `${mark}: ${one}`), ...line.words ? [mark] : [], sign])].filter(one => one !== mark || line.words);
  return {...line, words: line.words ? `${mark}: ${line.words}` : mark, shorter, width: line.width + heavier, opacity};
}

/** Of the relations that one line stands for: signs, words, and how bright it is. */
function markOf(state, ids) {
  const some = (number, word) => (ids.length === 1 ? word : `${number === ids.length ? 'all' : number} ${word}`);
  const fallen = ids.filter(id => fallOf(state).falling.has(id));
  const signs = fallen.length ? [FALL_SIGN] : [];
  const words = fallen.length ? [some(fallen.length, fallen.length === 1 ? 'falls' : 'fall')] : [];
  let opacity = fallen.length === ids.length ? FALLEN : 1;
  const changed = Object.keys(SIGNS).map(word => [word, ids.filter(id => changeOf(state, id).includes(word)).length]).filter(([, number]) => number);
  for (const [word, number] of changed) { signs.push(SIGNS[word]); words.push(some(number, word)); }
  if (state.lens.changes?.kinds) {
    if (!changed.length) opacity = Math.min(opacity, SAME);
    else if (changed.every(([word]) => word === 'ended')) opacity = Math.min(opacity, PAST);
  }
  return {signs, words, opacity, heavier: changed.some(([word]) => word === 'new') ? HEAVIER : 0};
}

/** How much of a mere tie is seen, which has no words: `usual` unless it falls, is past or is the same. */
export function brightnessOf(state, ids, usual) {
  const {left, changes} = state.lens;
  return left || changes ? Math.max(LEAST, usual * markOf(state, ids).opacity) : usual;
}

/** Actors as they are marked: `{sign, faint}` by id; null where nothing is marked. */
export function actorMarks(state) {
  const {left, changes} = state.lens;
  if (!left && !changes?.kinds) return null;
  const {lonely} = fallOf(state);
  const moved = changes?.kinds ? changedActors(shownRelations(state), changes) : null;
  return actor => ({
    sign: [lonely.has(actor) ? FALL_SIGN : '', isNew(state, actor) ? SIGNS.new : ''].join(''),
    faint: lonely.has(actor) || Boolean(moved && !moved.has(actor)),
  });
}

/** What the signs on the map mean, `[{sign, words, count}]`: those that are there, with the number of their relations. */
export function signsOn(state) {
  const fallen = fallOf(state).falling.size;
  const changed = changeCounts(state);
  return [
    ...fallen ? [{sign: FALL_SIGN, words: `falls without ${sourceNames(state.lens, state.lens.without)}`, count: fallen}] : [],
    ...Object.entries(SIGNS).map(([words, sign]) => ({sign, words, count: changed[words]})).filter(({count}) => count),
  ];
}

/** Sentences about one relation, for its panel. */
export function relationRemarks(state, id) {
  const {without, compare} = state.lens;
  const [fate, change] = [fateOf(state, id), changeOf(state, id)];
  return [
    fate ? `${fallOf(state).falling.has(id) ? `${FALL_SIGN} ` : ''}Without ${sourceNames(state.lens, without)}: ${fate}.` : '',
    change.length ? `${change.map(word => SIGNS[word] ?? '').join('')} Between ${compare.since} and ${compare.until}: ${change.join(', ')}.`.trim() : '',
  ].filter(Boolean);
}
