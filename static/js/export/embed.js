// A line of HTML that shows the question of a view on another page.

import {query} from '../api.js';
import {isSet} from '../lens.js';

/** `{line, less}`; `less` where the view holds more than its first question. Null where no page answers it. */
export function embedLine({recipe, hidden, lens}) {
  const [first, ...rest] = recipe;
  const path = first?.ask === 'actor' ? `/view/neighbourhood/${encodeURIComponent(first.actor)}` : first?.ask === 'path' ? '/view/paths' : null;
  if (!path) return null;
  const parameters = first.ask === 'path' ? {from: first.from, to: first.to, ...first.filter} : {...first.filter, between: true, limit: 40};
  const address = `${location.origin}${path}?${query(parameters)}`.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return {line: `<iframe src="${address}" width="800" height="600" title="Map of actors"></iframe>`, less: Boolean(rest.length || hidden.size || isSet(lens))};
}
