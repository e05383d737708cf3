// Cypher that asks for what somebody points at.

const MOST = 25;

/** A text as Cypher writes one: nothing in it ends the quotation. */
const quoted = text => `'${String(text).replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;
const actor = (name, id) => `(${name}:Actor {id: ${quoted(id)}})`;
const type = name => (/^[A-Za-z_]\w*$/.test(name) ? name : `\`${name.replaceAll('`', '``')}\``);

/** An actor with its neighbours. */
export function actorStatement(id) { return `MATCH ${actor('a', id)}-[r]-(b:Actor)\nRETURN a, r, b LIMIT ${MOST}`; }

/** The claims of a relation. */
export function relationStatement({subject, object, type: name, symmetric}) {
  return `MATCH ${actor('a', subject)}-[r:${type(name)}]-${symmetric ? '' : '>'}${actor('b', object)}\nRETURN a, r, b`;
}

/** What is between several actors. */
export function groupStatement(ids) {
  const list = `[${ids.map(quoted).join(', ')}]`;
  return `MATCH (a:Actor)-[r]->(b:Actor)\nWHERE a.id IN ${list} AND b.id IN ${list}\nRETURN a, r, b`;
}
