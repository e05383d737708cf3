// A line of HTML that shows a view, or a story, on another page.

const PAGE = '/view/map';
const ESCAPES = {'&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;'};

/** The line for the fragment of an address. */
export function embedLine(fragment) {
  const address = `${location.origin}${PAGE}#${fragment}`.replace(/[&"<>]/g, sign => ESCAPES[sign]);
  return `<iframe src="${address}" width="960" height="620" title="Map of actors" loading="lazy"></iframe>`;
}
