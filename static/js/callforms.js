// A query as somebody takes it along: a call with curl, a Python script, or the statement itself.

/** A text in single quotes for a shell. */
const quoted = text => `'${text.replaceAll("'", "'\\''")}'`;

function curl(query, address) {
  return `curl -s ${quoted(address)} \\\n  -H 'Content-Type: application/json' \\\n  -d ${quoted(JSON.stringify(query))}\n`;
}

// What JSON writes as a text, Python reads as the same text.
function python({statement, parameters}, address) {
  const lines = statement.split('\n').map((line, n, all) => `    ${JSON.stringify(n < all.length - 1 ? `${line}\n` : line)}`);
  return `import json
from urllib.request import Request, urlopen

STATEMENT = (
${lines.join('\n')}
)
PARAMETERS = json.loads(${JSON.stringify(JSON.stringify(parameters))})

body = json.dumps({"statement": STATEMENT, "parameters": PARAMETERS}).encode()
call = Request(${JSON.stringify(address)}, body, {"Content-Type": "application/json"})
with urlopen(call) as answer:
    data = json.load(answer)["data"]
for row in data["values"]:
    print(dict(zip(data["fields"], row)))
`;
}

/** The statement, with what its parameters were as comments: the copy still runs where they are set. */
function cypher({statement, parameters}) {
  const given = Object.entries(parameters).map(([name, value]) => `// $${name.replaceAll(/\s/g, ' ')}: ${JSON.stringify(value)}\n`);
  return `${given.join('')}${statement}\n`;
}

/** Each form by its name. */
export const FORMS = {curl, Python: python, Cypher: cypher};
