// What a line says of the relations it stands for to whoever points at it, where an answer of thousands came without.

import {counted} from './dom.js';

const LINES = 8;
/** From the firmest on. */
const STATUSES = ['asserted', 'alleged', 'promised', 'threatened'];

/** Plain text: who, what, how many claims, the last date; a line for each relation, as the service writes them. */
export function pointerWords(ids, {actors, relations}) {
  const known = ids.map(id => relations.get(id)).filter(one => one?.label);
  const more = known.length - LINES;
  return [...known.slice(0, LINES).map(one => line(one, actors)), ...more > 0 ? [`and ${more} more`] : []].join('\n');
}

function line(relation, actors) {
  const {subject, object, symmetric, claim_count: claims, last_date: last} = relation;
  const name = id => actors.get(id)?.name ?? id;
  return `${name(subject)} ${symmetric ? '–' : '→'} ${name(object)}: ${captionOf(relation)} (${counted(claims, 'claim')}${last ? `, ${last}` : ''})`;
}

function captionOf({label, polarity, statuses, contested}) {
  const status = STATUSES.find(one => statuses[one]) ?? 'asserted';
  const words = polarity === 'negative' ? (saysNo(label) ? label : `not ${label}`) : status === 'asserted' ? label : `${status}: ${label}`;
  return contested ? `${words} (contested)` : words;
}

function saysNo(label) { return label.split(/\s+/).some(word => ['not', 'no'].includes(word.replace(/^[:,]+|[:,]+$/g, ''))); }
