// The text of a page that is one file: its looks, scripts and data are in it, and its policy lets it run these and fetch nothing.

import {escaped} from './xml.js';

const IN_SCRIPT = /[<>&'\u2028\u2029]/g;
const ENDS_SCRIPT = /<\/script|<!--/i;
const MAP_OF_SOURCE = /^\/\/# sourceMappingURL=.*$/gm;

/** `body` is an element, `data` a value by the id of its block, `styles` and `scripts` texts of our own. */
export function pageOf({title, body, data, styles, scripts}) {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))));
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src data:; base-uri 'none'; form-action 'none'`;
  // Written as XML and read as HTML: both take this as the same elements and text.
  const written = new XMLSerializer().serializeToString(body).replace(/<\/body>$/, '');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style nonce="${nonce}">
${styles.join('\n')}
</style>
</head>
${written}
${Object.entries(data).map(([id, value]) => `<script type="application/json" id="${id}">${jsonIn(value)}</script>`).join('\n')}
${scripts.map(script => `<script nonce="${nonce}">\n${harmless(script)}\n</script>`).join('\n')}
</body>
</html>
`;
}

/** JSON that nothing in it can end: every sign that HTML gives a meaning is written as an escape. */
function jsonIn(value) {
  return JSON.stringify(value).replace(IN_SCRIPT, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Scripts are ours and hold nothing that ends one; should that change, no file is better than a broken one. */
function harmless(script) {
  if (ENDS_SCRIPT.test(script)) throw new Error('A script of the page cannot be written into a file.');
  return script.replace(MAP_OF_SOURCE, '');
}
