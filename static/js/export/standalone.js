// The map and every claim behind it as one file without scripts: opens from a disk, can be mailed and published.
// A line of the picture leads to its claims, an actor to its entry.

import {claimCard, sourcesById} from '../claims.js';
import {period} from '../dates.js';
import {counted, el} from '../dom.js';
import {svgOf} from './svg.js';
import {escaped} from './xml.js';

const LOOK = `
:root { color-scheme: light dark; --ink: #1d2128; --muted: #5d6470; --line: #dfe1e5; --ground: #fbfbfa; --accent: #00619a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --muted: #a2a9b4; --line: #343a44; --ground: #14171c; --accent: #7cc4ee; } }
body { margin: 0 auto; max-width: 1100px; padding: 24px 20px 60px; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 18px; margin: 36px 0 8px; } h3 { font-size: 15px; margin: 24px 0 6px; }
a { color: var(--accent); } figure { margin: 20px 0; } figure svg { display: block; width: 100%; height: auto; max-height: 90vh; border: 1px solid var(--line); border-radius: 8px; }
svg a:hover { opacity: .7; } .quiet { color: var(--muted); } ol, ul { list-style: none; margin: 0; padding: 0; }
.claim { border-inline-start: 3px solid var(--line); padding: 4px 0 4px 12px; margin-top: 8px; } .claim.alleged { border-inline-start-style: dashed; }
.claim p { margin: 0 0 4px; } blockquote { margin: 4px 0; color: var(--muted); } dl { display: grid; grid-template-columns: auto 1fr; gap: 0 12px; margin: 0; font-size: 13px; }
dt { color: var(--muted); } dd { margin: 0; } section:target, li:target { outline: 2px solid var(--accent); outline-offset: 6px; border-radius: 4px; }
`;

/** The file as text; `records` are what is shown, `picture` the map's. */
export function standaloneOf(picture, relations, records, byRelation) {
  const names = new Map(records.actors.map(({id, name}) => [id, name]));
  const anchors = new Map([...records.actors.map(({id}, n) => [id, `a${n}`]), ...[...relations.keys()].map((id, n) => [id, `r${n}`])]);
  const drawn = svgOf(picture, {target: id => (anchors.has(id) ? `#${anchors.get(id)}` : null)});
  const title = titleOf(records.actors);
  const body = el('body', {},
    el('h1', {}, title),
    el('p', {class: 'quiet'}, [counted(records.actors.length, 'actor'), counted(relations.size, 'relation'), counted(records.claims.length, 'claim'), counted(records.sources.length, 'source')].join(' · ')),
    el('figure', {}, drawn),
    el('h2', {}, 'Who says so'), [...relations].map(([id, relation]) => relationPart(anchors.get(id), relation, byRelation.get(id) ?? [], names, records.sources)),
    el('h2', {}, 'Actors'), el('ul', {}, records.actors.map(actor => actorPart(anchors.get(actor.id), actor))));
  const written = new XMLSerializer().serializeToString(body);
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${LOOK}</style></head>\n${written}</html>\n`;
}

/** Named after those with most neighbours. */
function titleOf(actors) {
  const [first, second] = [...actors].sort((a, b) => b.degree - a.degree);
  return second ? `${first.name}, ${second.name}${actors.length > 2 ? ` and ${counted(actors.length - 2, 'other')}` : ''}` : first?.name ?? 'Nobody';
}

function relationPart(anchor, relation, claims, names, sources) {
  const name = id => el('bdi', {}, names.get(id) ?? id);
  const known = sourcesById(sources);
  return el('section', {id: anchor},
    el('h3', {}, name(relation.subject), ` ${relation.label} `, name(relation.object)),
    el('p', {class: 'quiet'}, [counted(relation.claim_count, 'claim'), period(relation.first_date, relation.last_date), relation.contested ? 'contested: the sources say both' : null].filter(Boolean).join(' · ')),
    el('ol', {}, claims.map(claim => claimCard(claim, known, name))));
}

function actorPart(anchor, {name, kind, aliases = [], description}) {
  return el('li', {id: anchor}, el('strong', {}, el('bdi', {}, name)), el('span', {class: 'quiet'}, ` ${kind.replaceAll('_', ' ')}`),
    aliases.length ? el('span', {class: 'quiet'}, ', also ', el('bdi', {}, aliases.join(', '))) : null, description ? el('p', {}, description) : null);
}
