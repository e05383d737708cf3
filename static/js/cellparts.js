// What a row of a Cypher answer says, as parts of text: actors by name, claims as "a –TYPE→ b", all else as JSON.

/**
 * The relations of an answer, to tell between whom a claim stands: a value of the type relationship does not say it.
 */
export class Ends {
  #relations = new Map();
  #names = new Map();

  constructor(graph) {
    for (const {id, name} of graph?.actors ?? []) this.#names.set(id, name);
    for (const relation of graph?.relations ?? []) this.#relations.set(relation.type, [...this.#relations.get(relation.type) ?? [], relation]);
  }

  /** The one relation of this type between actors among `ids`, when there is one only. */
  of(type, ids) {
    const fitting = (this.#relations.get(type) ?? []).filter(({subject, object}) => ids.has(subject) && ids.has(object));
    return fitting.length === 1 ? fitting[0] : null;
  }

  /** The only relation of a type. */
  only(type) {
    const all = this.#relations.get(type) ?? [];
    return all.length === 1 ? all[0] : null;
  }

  name(id) { return this.#names.get(id) ?? id; }
}

/** Each value of a row as a list of parts `{text, opens: {kind, id} or undefined}`. */
export function partsOfRow(row, ends) {
  const ids = new Set(row.flatMap(value => [value].flat()).filter(isActor).map(({properties}) => properties.id));
  return row.map(value => partsOf(value, ids, ends));
}

function partsOf(value, ids, ends) {
  if (isNode(value)) return [node(value)];
  if (isRelationship(value)) return claim(value, ids, ends);
  if (isPath(value)) return path(value, ends);
  if (Array.isArray(value) && value.some(one => isNode(one) || isRelationship(one))) return listed(value, ids, ends);
  return [{text: typeof value === 'string' ? value : JSON.stringify(value)}];
}

function node({labels, properties}) {
  const {name, title, id, key} = properties;
  const text = String([name, title, id, key].find(one => one !== undefined && one !== null && one !== '') ?? `(:${labels.join(':')})`);
  return isActor({labels, properties}) ? {text, opens: {kind: 'actor', id: properties.id}} : {text};
}

function claim({type, properties}, ids, ends) {
  const relation = ends.of(type, ids) ?? ends.only(type);
  if (relation) {
    const arrow = relation.symmetric ? ' – ' : ' → ';
    return [{text: `${ends.name(relation.subject)} –${type}${arrow.trim()} ${ends.name(relation.object)}`, opens: {kind: 'relation', id: relation.id}}];
  }
  return [{text: properties.statement ? `${type}: ${properties.statement}` : `–${type}→`}];
}

/** A path begins and ends with a node; the direction of a step is that of its relation. */
function path(steps, ends) {
  return steps.flatMap((step, n) => {
    if (n % 2 === 0) return [node(step)];
    const [before, after] = [steps[n - 1].properties.id, steps[n + 1].properties.id];
    const relation = ends.of(step.type, new Set([before, after]));
    const back = relation && !relation.symmetric && relation.subject === after;
    const forth = relation && !relation.symmetric && relation.subject === before;
    return [{text: back ? ' ←' : ' –'}, {text: step.type, opens: relation ? {kind: 'relation', id: relation.id} : undefined}, {text: forth ? '→ ' : '– '}];
  });
}

function listed(values, ids, ends) {
  return [{text: '['}, ...values.flatMap((one, n) => [...n ? [{text: ', '}] : [], ...partsOf(one, ids, ends)]), {text: ']'}];
}

function isRecord(value) { return value !== null && typeof value === 'object' && !Array.isArray(value); }
function isNode(value) { return isRecord(value) && Array.isArray(value.labels) && isRecord(value.properties) && Object.keys(value).length === 2; }
function isActor(value) { return isNode(value) && value.labels.includes('Actor') && typeof value.properties.id === 'string'; }
function isRelationship(value) { return isRecord(value) && typeof value.type === 'string' && isRecord(value.properties) && Object.keys(value).length === 2; }
function isPath(value) { return Array.isArray(value) && value.length > 2 && value.length % 2 === 1 && value.every((one, n) => (n % 2 ? isRelationship(one) : isNode(one))); }
