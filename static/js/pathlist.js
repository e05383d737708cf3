// Paths as a list: each a chain of names, its sentences with the numbers of their footnotes, its weakest link.

import {RANKS} from './conditions.js';
import {counted, el} from './dom.js';
import {scoreWords} from './score.js';

const DATE = /(-?\d{2,4}-\d\d(?:-\d\d)?)/;

/** What was found; `on` holds what happens: `choose` (index), `evidence` (relation id) and `copy` (button). */
export function pathList(paths, names, on) {
  const {list, meta, asked, chosen} = paths;
  const order = RANKS[asked.filter.rank ?? 'shortest'] ?? '';
  const copy = el('button', {type: 'button', class: 'text', title: 'The sentences with their sources, as Markdown', click: () => on.copy(copy)}, 'Copy with footnotes');
  return [
    el('p', {class: 'result-head'}, el('strong', {}, counted(list.length, 'path')), el('span', {class: 'quiet'}, order.toLowerCase()), copy),
    ...remarks(meta).map(text => el('p', {class: 'quiet small'}, text)),
    el('ol', {class: 'paths'}, list.map((path, n) => pathItem(path, n, n === chosen, names, on))),
  ];
}

/** What else a reader should know, a sentence each. */
export function remarks(meta) {
  const skipped = meta.skipped.map(({name, degree}) => `${name} (${degree.toLocaleString('en')})`).join(', ');
  const more = meta.skipped_actors - meta.skipped.length;
  return [
    ...meta.notes.map(({text}) => `${text[0].toUpperCase()}${text.slice(1)}.`),
    skipped ? `Not passed, with too many neighbours: ${skipped}${more > 0 ? ` and ${more} more` : ''}.` : '',
    meta.truncated && !meta.reason ? 'There are more paths than these.' : '',
    meta.undated ? `${counted(meta.undated, 'claim')} of the actors at the ends left out for want of a date.` : '',
  ].filter(Boolean);
}

function pathItem(path, n, chosen, names, on) {
  const name = id => names.get(id)?.name ?? id;
  const {weakest} = path;
  const alone = weakest && weakest.alike < path.length ? weakest : null;
  const chain = el('button', {type: 'button', class: 'chain', 'aria-pressed': String(chosen), click: event => { event.stopPropagation(); on.choose(n); }},
    path.actors.flatMap((id, at) => [at ? el('span', {class: 'step', 'aria-hidden': 'true'}, ' – ') : null, el('bdi', {}, name(id))]));
  return el('li', {class: chosen ? 'path chosen' : 'path', click: event => { if (!event.target.closest('button') && !String(getSelection())) on.choose(n); }},
    chain,
    el('ol', {class: 'sentences'}, path.sentences.map((sentence, hop) => sentenceItem(sentence, hop === alone?.hop ? alone : null, on))),
    el('p', {class: 'score'}, weakest && !alone ? `${path.length === 1 ? 'Its one link' : 'Every link'}: ${weakest.reasons.join(', ')} · ` : '', ...unbroken(scoreWords(path, names))));
}

function sentenceItem({text, footnote, relation}, weakest, on) {
  const number = el('button', {
    type: 'button', class: 'footnote', title: 'Who says so', 'aria-label': `Footnote ${footnote}: who says so`, 'data-relation': relation,
    click: event => { event.stopPropagation(); on.evidence(relation); },
  }, String(footnote));
  return el('li', {class: weakest ? 'weak' : null}, withNumber(`${text.slice(0, -` [${footnote}].`.length)}.`, number),
    weakest ? el('span', {class: 'reasons'}, `Weakest link: ${weakest.reasons.join(', ')}${weakest.alike > 1 ? `; ${weakest.alike - 1} more as weak` : ''}`) : null);
}

/** The words with the number on the line of the last one; a date is not broken. */
function withNumber(words, number) {
  const [, rest, last] = /^(.*\s)?(\S{1,24})$/s.exec(words) ?? [null, words, ''];
  return el('span', {dir: 'auto'}, ...unbroken(rest ?? ''), el('span', {class: 'unbroken'}, last, number));
}

function unbroken(text) {
  return text.split(DATE).map((part, n) => (n % 2 ? el('span', {class: 'unbroken'}, part) : part));
}
