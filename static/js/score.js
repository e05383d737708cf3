// What the rank of a path compared, in words.

import {counted} from './dom.js';

const ONE_SOURCE = 1_000_000;

/** A line about the score of a path; `names` are the actors by id. */
export function scoreWords({score, length}, names) {
  const [passed, each] = RANKED[score.rank]?.(score, names) ?? [];
  return [counted(length, 'hop'), counted(score.claims, 'claim'), passed ?? neighbours(score, length), each].filter(Boolean).join(' · ');
}

const RANKED = {
  strongest: ({hops}) => [`support of its ${hops.length === 1 ? 'link' : 'links'} ${hops.map(({cost}) => support(cost)).join(', ')} (more is firmer)`],
  specific: ({passed}, names) => (passed.length
    ? [`by way of ${passed.map(({actor, neighbours: number}) => `${names.get(actor)?.name ?? actor} (${counted(number, 'neighbour')})`).join(', ')}`]
    : ['nobody between']),
  recent: ({oldest}) => [oldest ? `its oldest link is of ${oldest}` : 'a link without a date'],
  chronological: ({existed_from: from, hops}) => [from ? `complete since ${from}` : 'complete at any time',
    hops.length > 1 && hops.some(({day}) => day) ? `link by link ${hops.map(({day}) => day ?? 'any day').join(', ')}` : null],
};

/** What stands for a link: 1 is the worth of one source that asserts it. */
function support(cost) { return (ONE_SOURCE / cost).toLocaleString('en', {maximumFractionDigits: 2}); }

function neighbours({neighbours: number}, length) {
  if (length === 1) return 'nobody between';
  return `${length === 2 ? 'the one between has' : 'those between have'} ${counted(number, 'neighbour')}`;
}
