// A module with all that it imports as the text of one script, for pages that have no other file to fetch from.

const IMPORT = /^import \{([^}]*)\} from '(\.[^']+)';$/gm;
const EXPORT = /^export (?=(?:async )?(?:function\*?|class|const) (\w+))/gm;
const MODULE_SYNTAX = /^(?:import|export)\b/m;

/** The script of a module; `read` resolves to the text of a file. Throws where a module is written in another way than ours are. */
export async function scriptOf(entry, read) {
  const texts = new Map();
  const order = [];
  await gather(entry, {read, texts, order, above: []});
  const parts = order.map(path => `modules[${JSON.stringify(path)}] = (() => {\n${bodyOf(path, texts.get(path))}\n})();`);
  return `'use strict';\n(() => {\nconst modules = {};\n${parts.join('\n')}\n})();\n`;
}

/** Fetch a module and what it imports, each once; what is imported comes first. */
async function gather(path, visit) {
  const {read, texts, order, above} = visit;
  if (above.includes(path)) throw new Error(`${path} imports itself by way of others`);
  if (texts.has(path)) return;
  texts.set(path, await read(path));
  for (const [, , other] of texts.get(path).matchAll(IMPORT)) await gather(resolved(other, path), {...visit, above: [...above, path]});
  order.push(path);
}

/** A module as the body of a function that returns what it exports. */
function bodyOf(path, text) {
  const names = [...text.matchAll(EXPORT)].map(([, name]) => name);
  const body = text
    .replace(IMPORT, (_, wanted, other) => `const {${wanted.replaceAll(' as ', ': ')}} = modules[${JSON.stringify(resolved(other, path))}];`)
    .replace(EXPORT, '');
  if (MODULE_SYNTAX.test(body)) throw new Error(`${path} imports or exports in a way that is not known here`);
  return `${body}\nreturn {${names.join(', ')}};`;
}

function resolved(other, path) { return new URL(other, `${location.origin}${path}`).pathname; }
