// What a program with the JavaScript driver does at a Bolt address, one thing after the other; prints what came.

import neo4j from 'neo4j-driver';

const {NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE: database} = process.env;
const auth = neo4j.auth.basic(NEO4J_USERNAME, NEO4J_PASSWORD);
const driver = neo4j.driver(NEO4J_URI, auth);
const said = {};

/** The error's class, or null where none came. */
const fault = async work => {
  try { await work(); return null; } catch (error) { return error.constructor.name; }
};

const session = driver.session({database, defaultAccessMode: neo4j.session.READ});
const named = await session.executeRead(async transaction => {
  const result = await transaction.run('MATCH (a:Actor {id: $id}) RETURN a, $n AS n, [1.5, null, "é😀"] AS list', {id: 'boris-orlov', n: neo4j.int(7)});
  return result.records[0];
});
said.actor = {labels: named.get('a').labels, name: named.get('a').properties.name};
said.values = [named.get('n').toNumber(), named.get('list')];

const path = (await session.run("MATCH p = (:Actor {id: 'boris-orlov'})-[:LEADS]->() RETURN p")).records[0].get('p');
said.path = {ends: [path.start.properties.id, path.end.properties.id], type: path.segments[0].relationship.type};

const claim = (await session.run("MATCH (a:Actor {id: 'boris-orlov'})-[r:LEADS]->(b) RETURN a, r, b")).records[0];
said.joined = claim.get('r').startNodeElementId === claim.get('a').elementId && claim.get('r').endNodeElementId === claim.get('b').elementId;

said.day = (await session.run("RETURN date('2024-05-01') AS day")).records[0].get('day').toString();

let count = 0;
const stream = session.run('UNWIND range(1, 3000) AS i RETURN i', {}, {timeout: 20_000});
for await (const record of stream) count += Number(record.get('i') > 0);
said.streamed = count;

const transaction = session.beginTransaction();
said.inTransaction = (await transaction.run('MATCH (a:Actor) RETURN count(a) AS n')).records[0].get('n').toNumber();
await transaction.rollback();
await session.close();

said.fault = await fault(() => driver.executeQuery('MATCH (a:Actor RETURN a', {}, {database}));
said.afterFault = (await driver.executeQuery('RETURN 1 AS one', {}, {database})).records[0].get('one').toNumber();
said.writing = await fault(() => driver.executeQuery("CREATE (:Actor {id: 'from-javascript'})", {}, {database, routing: neo4j.routing.READ}));

const stranger = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USERNAME, 'not the password'));
said.stranger = await fault(() => stranger.executeQuery('RETURN 1', {}, {database}));
await stranger.close();

// The other scheme asks for the servers of a cluster first.
const routed = neo4j.driver(NEO4J_URI.replace('bolt:', 'neo4j:'), auth);
said.routed = (await routed.executeQuery('RETURN 2 AS two', {}, {database, routing: neo4j.routing.READ})).records[0].get('two').toNumber();
await routed.close();
await driver.close();
console.log(JSON.stringify(said));
