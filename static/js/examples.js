// Example queries: the questions of the data sets as Cypher, and some that fit what the graph holds.

import {readAddress} from './address.js';
import {literal, named} from './cypherwords.js';

const ROWS = 100;
const TOP = 10;
const TRANSLATED = ['type', 'polarity', 'status', 'family', 'category'];

/** `[{text, statement, parameters}]` for the data sets and the schema as the service tells them. */
export function exampleQueries(datasets, schema) {
  const questions = datasets.flatMap(one => one.questions).map(question => fromQuestion(question, schema)).filter(Boolean);
  return [...questions, ...ofSchema(schema), ...ofSomebody(datasets)];
}

/** A question's link is a recipe; one of a single step that has an equal in Cypher becomes a statement. */
function fromQuestion({text, link}, schema) {
  const [step, ...more] = link.includes('#') ? readAddress(link.slice(link.indexOf('#'))).steps : [];
  if (!step || more.length) return null;
  const statement = step.ask === 'path' ? between(step) : around(step, schema);
  return statement && {text, statement, parameters: {}};
}

function between({from, to, filter}) {
  if (from.length !== 1 || to.length !== 1 || Object.keys(filter).length) return null;
  return [`MATCH p = shortestPath((a:Actor {id: ${literal(from[0])}})-[*..4]-(b:Actor {id: ${literal(to[0])}}))`, 'RETURN p'].join('\n');
}

function around({actor, filter}, schema) {
  if (Object.keys(filter).some(key => !TRANSLATED.includes(key))) return null;
  const all = key => [filter[key] ?? []].flat();
  const families = all('family');
  const categories = [...all('category'), ...new Set(schema.types.filter(({family}) => families.includes(family)).map(({category}) => category))];
  const types = all('type').map(named).join('|');
  const conditions = [...all('polarity').slice(0, 1).map(value => `r.polarity = ${literal(value)}`), within('r.status', all('status')), within('r.category', categories)].filter(Boolean);
  return [`MATCH (a:Actor {id: ${literal(actor)}})-[r${types ? `:${types}` : ''}]-(b:Actor)`,
    ...(conditions.length ? [`WHERE ${conditions.join(' AND ')}`] : []), `RETURN a, r, b LIMIT ${ROWS}`].join('\n');
}

function within(property, values) {
  if (!values.length) return null;
  return values.length === 1 ? `${property} = ${literal(values[0])}` : `${property} IN [${values.map(literal).join(', ')}]`;
}

function ofSchema({types, statuses, first_date: dated}) {
  if (!types.length) return [];
  const common = types.find(({family, polarity}) => family !== 'structural' && polarity === 'positive') ?? types[0];
  const denied = types.some(({polarity}) => polarity === 'negative');
  const claims = (condition, rest = `RETURN a, r, b LIMIT ${ROWS}`) => `MATCH (a:Actor)-[r]->(b:Actor)\nWHERE ${condition}\n${rest}`;
  return [
    ['Which types of relations are there, and how many claims of each?', 'MATCH (:Actor)-[r]->(:Actor)\nRETURN type(r) AS type, count(*) AS claims\nORDER BY claims DESC'],
    ['Who is tied to most others?', `MATCH (a:Actor)-[r]-(b:Actor)\nWHERE r.polarity = 'positive'\nRETURN a, count(DISTINCT b) AS neighbours\nORDER BY neighbours DESC LIMIT ${TOP}`],
    [`Who is named in claims of the type ${common.type}?`, `MATCH (a:Actor)-[r:${named(common.type)}]->(b:Actor)\nRETURN a, r, b LIMIT ${ROWS}`],
    statuses.alleged && ['What is only alleged, and by whom?', claims("r.status = 'alleged'", `RETURN a, r, b, r.attributed_to AS by LIMIT ${ROWS}`)],
    denied && ['What is denied?', claims("r.polarity = 'negative'")],
    dated && ['Which claims have a date, the latest first?', claims('r.date IS NOT NULL', `RETURN r.date AS date, r.statement AS statement\nORDER BY date DESC LIMIT ${ROWS}`)],
  ].filter(Boolean).map(([text, statement]) => ({text, statement, parameters: {}}));
}

/** With a parameter: about the first actor that a question names. */
function ofSomebody(datasets) {
  const [actor] = datasets.flatMap(one => one.questions).flatMap(({link}) => (link.includes('#') ? readAddress(link.slice(link.indexOf('#'))).steps : []))
    .filter(step => step.ask === 'actor').map(step => step.actor);
  if (!actor) return [];
  return [{text: 'By way of whom does somebody reach most others? (with a parameter)',
    statement: `MATCH (a:Actor {id: $actor})-[]-(middle:Actor)-[]-(b:Actor)\nWHERE b <> a\nRETURN middle, count(DISTINCT b) AS others\nORDER BY others DESC LIMIT ${TOP}`,
    parameters: {actor}}];
}
