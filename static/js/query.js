// A query: a Cypher statement with its parameters, as it is written, run, saved and shared. Plain values, no page.

const EXPLAIN = 'EXPLAIN ';
/** Characters of a query that an address still carries: longer ones make links that other programs cut. */
const LONGEST_IN_ADDRESS = 4000;

/** Parameters somebody typed, as an object; nothing typed is none. Throws with words for the field. */
export function readParameters(text) {
  if (!text.trim()) return {};
  const shape = 'Parameters are one JSON object, such as {"name": "Iran"}';
  let value;
  try { value = JSON.parse(text); } catch (error) { throw new Error(`${shape}. ${error.message}.`); }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new Error(`${shape}.`);
  return value;
}

/** Parameters as somebody would type them; none is nothing. */
export function writeParameters(parameters) {
  return Object.keys(parameters).length ? JSON.stringify(parameters) : '';
}

/** Whether something read from elsewhere (storage, an address) is a query. */
export function isQuery(value) {
  return typeof value?.statement === 'string' && typeof value.parameters === 'object' && value.parameters !== null && !Array.isArray(value.parameters);
}

export function sameQuery(one, other) {
  return one?.statement === other?.statement && JSON.stringify(one?.parameters) === JSON.stringify(other?.parameters);
}

/** The query that asks for the plan, and by how many columns it moves the first line. */
export function explained({statement, parameters}) {
  const already = /^\s*explain\b/i.test(statement);
  return {query: {statement: already ? statement : EXPLAIN + statement, parameters}, moved: already ? 0 : EXPLAIN.length};
}

/** The pairs of an address that carry a query; none where it is too long for one. */
export function queryPairs(query) {
  if (!query?.statement) return [];
  const pairs = [['cypher', query.statement]];
  const parameters = writeParameters(query.parameters);
  if (parameters) pairs.push(['parameters', parameters]);
  return new URLSearchParams(pairs).toString().length > LONGEST_IN_ADDRESS ? [] : pairs;
}

/** The query of an address; a link with broken parameters still shows its statement. */
export function queryOf(statement, parameters) {
  if (!statement) return null;
  try { return {statement, parameters: readParameters(parameters ?? '')}; } catch { return {statement, parameters: {}}; }
}

/** Where a fault is in the text, as `{from, to}`; null where the engine did not say. */
export function placeOf(text, {line, column, near}) {
  if (!line || !column) return null;
  const lines = text.split('\n');
  if (line > lines.length) return null;
  const begin = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const row = lines[line - 1];
  // Engines count characters, the browser counts halves of some of them.
  const counted = [...row].slice(0, column - 1).join('').length;
  const at = near && !row.startsWith(near, counted) && row.startsWith(near, column - 1) ? column - 1 : counted;
  const from = begin + Math.min(at, row.length);
  const length = near && text.startsWith(near, from) ? near.length : 1;
  return {from, to: Math.min(from + length, text.length)};
}
