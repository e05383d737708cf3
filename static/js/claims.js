// One claim as a card: what is said, who says it, how firmly, when, and where in which source.

import {counted, el, link} from './dom.js';

const SHOWN = 25;

/** Sources by data set and id: two data sets may use one id for different documents. */
export function sourcesById(sources) {
  const found = new Map();
  for (const source of sources) {
    found.set(source.id, source);
    for (const dataset of source.datasets ?? []) found.set(`${dataset}\n${source.id}`, source);
  }
  return found;
}

/** Claims as a list, of which the first are shown, and a button for the rest; `name` makes what stands for an actor's id. */
export function claimList(claims, sources, name) {
  const cards = some => some.map(claim => claimCard(claim, sources, name));
  const list = el('ol', {class: 'claims'}, cards(claims.slice(0, SHOWN)));
  const rest = claims.slice(SHOWN);
  const more = rest.length ? el('button', {type: 'button', class: 'rest', click: () => { list.append(...cards(rest)); more.remove(); }}, `Show ${counted(rest.length, 'more claim')}`) : null;
  return [list, more];
}

/** A claim as a list item; `name` makes what stands for an actor's id. */
export function claimCard(claim, sources, name) {
  const source = sources.get(`${claim.dataset}\n${claim.source_id}`) ?? sources.get(claim.source_id);
  const denied = claim.polarity === 'negative';
  return el('li', {class: `claim ${claim.status}`, 'data-claim': claim.id},
    el('p', {class: 'statement', dir: 'auto'}, claim.statement),
    claim.quote ? el('blockquote', {dir: 'auto'}, claim.quote) : null,
    el('dl', {},
      fact('Said by', said(claim, source, name)),
      fact('Status', el('span', {class: `badge ${claim.status}`}, denied ? `denied, ${claim.status}` : claim.status)),
      fact('When', when(claim)),
      fact('Valid', validity(claim)),
      fact('Source', document(claim, source)),
      fact('Passage', claim.passage_start === null ? null : `characters ${claim.passage_start} to ${claim.passage_end} of the source text`)));
}

function said(claim, source, name) {
  if (claim.attributed_to_id) return name(claim.attributed_to_id);
  if (claim.attributed_to) return el('bdi', {}, claim.attributed_to);
  return `the source itself${source?.publisher ? `, ${source.publisher}` : ''}`;
}

function when(claim) {
  if (!claim.date && !claim.date_text) return 'no date given';
  if (!claim.date) return `“${claim.date_text}”`;
  return claim.date_text ? `${claim.date} (“${claim.date_text}”)` : claim.date;
}

function validity(claim) {
  if (!claim.valid_from && !claim.valid_to) return null;
  return `${claim.valid_from ?? '…'} to ${claim.valid_to ?? 'now'}`;
}

function document(claim, source) {
  if (!source) return claim.source_id === claim.dataset ? `data set ${claim.dataset}` : claim.source_id;
  const rest = [source.publisher, source.author, source.published].filter(Boolean).join(', ');
  return el('span', {}, el('bdi', {}, link(source.url, source.title)), rest ? ` (${rest})` : '');
}

function fact(term, value) {
  return value === null ? null : [el('dt', {}, term), el('dd', {}, value)];
}
