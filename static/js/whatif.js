// What falls if some sources were left out: asked of the service under the filter of the view, shown on the map as it is.

import {counted} from './dom.js';
import {shownActors, shownRelations} from './model.js';
import {remembered} from './remembered.js';
import {idIn} from './sharing.js';
import {sourceNames} from './sourcenames.js';

/** Sources of each relation among these actors, with and without those that are left out: `{before, after}`, maps by id. */
export async function leftWithout(api, actors, {filter, without}, known) {
  if (!without.length) return null;
  if (!actors.length) return {before: new Map(), after: new Map()};
  const rest = {...filter, without_source: [filter.without_source ?? [], without].flat()};
  const [before, after] = await Promise.all([api.counts(actors, filter), api.counts(actors, rest)]);
  const sources = ({relations}) => new Map(relations.map(one => [idIn(known, one.id), Object.keys(one.sources).length]));
  return {before: sources(before), after: sources(after)};
}

const NOTHING = Object.freeze({all: 0, falling: new Set(), fewer: new Map(), onlyDenied: new Set(), undisputed: new Set(), lonely: new Set()});

const fallIn = remembered((relations, actors, left) => {
  const single = [...relations.values()].filter(({id, bond}) => !bond && left.before.has(id));
  const falls = ({id}) => !left.after.has(id);
  const gone = id => left.before.has(id) && !left.after.has(id);
  const falling = single.filter(falls);
  const staying = single.filter(one => !falls(one));
  const ends = list => new Set(list.filter(({polarity}) => polarity === 'positive').flatMap(({subject, object}) => [subject, object]));
  const [tied, stillTied] = [ends(single), ends(staying)];
  const ids = list => new Set(list.map(({id}) => id));
  return {
    all: single.length, falling: ids(falling),
    fewer: new Map(staying.map(({id}) => [id, left.before.get(id) - left.after.get(id)]).filter(([, less]) => less > 0)),
    onlyDenied: ids(falling.filter(({polarity, opposed_by: denial}) => polarity === 'positive' && left.after.has(denial))),
    undisputed: ids(staying.filter(({polarity, opposed_by: denial}) => polarity === 'positive' && denial && gone(denial))),
    lonely: new Set([...tied].filter(id => actors.has(id) && !stillTied.has(id))),
  };
});

/** What falls of what is shown: ids of relations that are `falling`, that lose sources (`fewer`, with how many), of ties that
 *  are then `onlyDenied` or `undisputed`, and of actors that lose their last tie (`lonely`). */
export function fallOf(state) {
  const {left} = state.lens;
  return left ? fallIn(shownRelations(state), shownActors(state), left) : NOTHING;
}

/** The same in words, after the names of what is left out; empty where nothing is left out. */
export function fallWords(state) {
  const {without, left} = state.lens;
  if (!left) return '';
  const {all, falling, fewer, onlyDenied, undisputed, lonely} = fallOf(state);
  const leaving = `Leaving out ${sourceNames(state.lens, without)}`;
  if (!all) return `${leaving}: no relation on the map to fall`;
  const verb = (number, one, many) => (number === 1 ? one : many);
  const parts = [
    `${falling.size.toLocaleString('en')} of ${counted(all, 'relation')} ${verb(falling.size, 'falls', 'fall')}`,
    lonely.size ? `${counted(lonely.size, 'actor')} ${verb(lonely.size, 'loses its', 'lose their')} last tie` : '',
    fewer.size ? `${fewer.size.toLocaleString('en')} more ${verb(fewer.size, 'loses', 'lose')} a source` : '',
    onlyDenied.size ? `${onlyDenied.size.toLocaleString('en')} ${verb(onlyDenied.size, 'is', 'are')} then only denied` : '',
    undisputed.size ? `${undisputed.size.toLocaleString('en')} ${verb(undisputed.size, 'is', 'are')} then no longer denied` : '',
  ];
  return `${leaving}: ${parts.filter(Boolean).join(', ')}`;
}

/** What becomes of one relation, in a few words; empty where nothing does. */
export function fateOf(state, id) {
  const {falling, fewer, onlyDenied, undisputed} = fallOf(state);
  if (onlyDenied.has(id)) return 'falls, then only denied';
  if (falling.has(id)) return 'falls';
  return [fewer.has(id) ? `loses ${counted(fewer.get(id), 'source')}` : '', undisputed.has(id) ? 'no longer denied' : ''].filter(Boolean).join(', ');
}
