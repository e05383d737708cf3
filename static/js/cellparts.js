// What a row of a Cypher answer says, as parts of text: actors by name, claims as "a –TYPE→ b", all else as JSON.

/** The relations of an answer, to be opened from a claim: a claim tells its two actors by their ids. */
export class Ends {
  #relations = new Map();
  #names = new Map();

  constructor(graph) {
    for (const {id, name} of graph?.actors ?? []) this.#names.set(id, name);
    for (const relation of graph?.relations ?? []) {
      const {type, subject, object, symmetric} = relation;
      this.#relations.set(JSON.stringify([type, subject, object]), relation);
      if (symmetric) this.#relations.set(JSON.stringify([type, object, subject]), relation);
    }
  }

  /** The relation that a claim belongs to; undefined where it does not join two actors. */
  of({type, start, end}) { return this.#relations.get(JSON.stringify([type, start, end])); }

  name(id) { return this.#names.get(id) ?? id; }
}

/** Each value of a row as a list of parts `{text, opens: {kind, id} or undefined}`. */
export function partsOfRow(row, ends) { return row.map(value => partsOf(value, ends)); }

function partsOf(value, ends) {
  if (isNode(value)) return [node(value)];
  if (isRelationship(value)) return claim(value, ends);
  if (isPath(value)) return path(value, ends);
  if (Array.isArray(value) && value.some(one => isNode(one) || isRelationship(one))) return listed(value, ends);
  return [{text: typeof value === 'string' ? value : JSON.stringify(value)}];
}

function node({labels, properties}) {
  const {name, title, id, key} = properties;
  const text = String([name, title, id, key].find(one => one !== undefined && one !== null && one !== '') ?? `(:${labels.join(':')})`);
  return isActor({labels, properties}) ? {text, opens: {kind: 'actor', id: properties.id}} : {text};
}

function claim(value, ends) {
  const {type, properties} = value;
  const relation = ends.of(value);
  if (!relation) return [{text: properties.statement ? `${type}: ${properties.statement}` : `–${type}→`}];
  const arrow = relation.symmetric ? '–' : '→';
  return [{text: `${ends.name(relation.subject)} –${type}${arrow} ${ends.name(relation.object)}`, opens: {kind: 'relation', id: relation.id}}];
}

/** A path begins and ends with a node; the direction of a step is that of its relation. */
function path(steps, ends) {
  return steps.flatMap((step, n) => {
    if (n % 2 === 0) return [node(step)];
    const relation = ends.of(step);
    const directed = relation && !relation.symmetric;
    const back = directed && relation.subject === steps[n + 1].properties.id;
    return [{text: back ? ' ←' : ' –'}, {text: step.type, opens: relation ? {kind: 'relation', id: relation.id} : undefined}, {text: directed && !back ? '→ ' : '– '}];
  });
}

function listed(values, ends) {
  return [{text: '['}, ...values.flatMap((one, n) => [...n ? [{text: ', '}] : [], ...partsOf(one, ends)]), {text: ']'}];
}

function isRecord(value) { return value !== null && typeof value === 'object' && !Array.isArray(value); }
function isNode(value) { return isRecord(value) && Array.isArray(value.labels) && isRecord(value.properties) && Object.keys(value).length === 2; }
function isActor(value) { return isNode(value) && value.labels.includes('Actor') && typeof value.properties.id === 'string'; }
function isRelationship(value) { return isRecord(value) && typeof value.type === 'string' && isRecord(value.properties) && 'start' in value && 'end' in value && Object.keys(value).length === 4; }
function isPath(value) { return Array.isArray(value) && value.length > 2 && value.length % 2 === 1 && value.every((one, n) => (n % 2 ? isRelationship(one) : isNode(one))); }
