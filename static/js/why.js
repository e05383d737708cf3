// Why no path was found, in sentences; a condition that stands in the way can be lifted with one click.

import {counted, el} from './dom.js';

const WORDS = {
  type: 'relation types', category: 'categories', family: 'kinds of relation', status: 'what is neither asserted nor alleged', source: 'sources',
  attributed_to: 'who says so', dataset: 'data sets', kind: 'kinds of actor', since: 'the first date', until: 'the last date',
  as_of: 'the day', undated: 'claims without a date', min_sources: 'the number of sources', min_claims: 'the number of claims',
  direction: 'the direction', max_degree: 'hubs', structural: 'places and identities', rank: 'the order of time', avoid: 'an actor avoided', via: 'an actor to pass',
};
const FREE = {undated: 'include', structural: 'include', status: ['asserted', 'alleged', 'promised', 'threatened'], min_sources: '', min_claims: '', direction: '', rank: ''};

/** Paragraphs about an answer without paths; `lift` is called with the filter that asks without a condition. */
export function why(paths, names, lift) {
  const {meta, asked} = paths;
  const hops = counted(Number(asked.filter.max_hops ?? 6), 'hop');
  const ways = meta.blocked_by ?? [];
  return [
    el('p', {class: 'empty'}, `No path of at most ${hops} under these conditions.`),
    ...meta.notes.map(note => el('p', {class: 'quiet'}, `${note.text[0].toUpperCase()}${note.text.slice(1)}.`)),
    ways.length ? el('p', {class: 'quiet'}, 'There are paths without:') : null,
    ways.length ? el('ul', {class: 'ways'}, ways.map(way => el('li', {}, el('button', {
      type: 'button', click: () => lift(without(asked.filter, [way, ...way.together])),
    }, [way, ...way.together].map(one => said(one, names)).join(', together with '), ` · ${counted(way.paths_without_it, 'path')}`)))) : null,
    meta.shortest && meta.shortest <= 8
      ? el('p', {}, el('button', {type: 'button', click: () => lift({...asked.filter, max_hops: String(meta.shortest)})}, `Allow ${meta.shortest} hops`)) : null,
  ].filter(Boolean);
}

function said({constraint, value}, names) {
  const shown = constraint === 'avoid' || constraint === 'via' ? names.get(value)?.name ?? value : value;
  return `${WORDS[constraint] ?? constraint} (${constraint}: ${shown})`;
}

function without(filter, conditions) {
  const rest = {...filter};
  for (const {constraint, value} of conditions) {
    if (constraint === 'avoid' || constraint === 'via') rest[constraint] = [rest[constraint]].flat().filter(one => one !== value);
    else if (constraint in FREE) rest[constraint] = FREE[constraint];
    else delete rest[constraint];
  }
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== '' && value?.length !== 0));
}
