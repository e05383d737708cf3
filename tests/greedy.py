"""Statements that want more time, memory or rows than they may have, on the world of `world.py`.

Every one has to end at a limit that the answer names. They stand apart by what they want too much of; which
limit is met first is the engine's affair.
"""

from __future__ import annotations

RUNAWAYS = (
    "UNWIND range(1, 1000000) AS i UNWIND range(1, 1000000) AS j WITH i, j WHERE i * j < 0 RETURN count(*)",
    "UNWIND range(1, 1000000) AS i UNWIND range(1, 999999) AS j RETURN count(*) AS n",
    "UNWIND range(1, 1000000) AS i UNWIND range(1, 1000000) AS j RETURN max(toString(i) + toString(j)) AS m",
    "UNWIND range(1, 1000000) AS i UNWIND range(1, 1000000) AS j RETURN i % 7 AS k, sum(j) AS n",
    "UNWIND range(1, 1000000) AS i UNWIND range(1, 1000000) AS j RETURN avg(i * 1.0 * j), stdev(i + j)",
    "UNWIND range(1, 1000000) AS i UNWIND range(1, 1000000) AS j RETURN DISTINCT i % 10 AS d, j % 10 AS e",
    "UNWIND range(1, 1000000) AS i UNWIND range(1, 1000000) AS j RETURN i, j ORDER BY i + j DESC LIMIT 5",
    "UNWIND range(1, 1000000) AS i UNWIND range(1, 1000000) AS j WITH i, j SKIP 500000000000 RETURN i, j",
    "UNWIND range(1, 1000000) AS i UNWIND range(1, 1000000) AS j RETURN i UNION UNWIND [1] AS i RETURN i",
    "UNWIND range(1, 1000000) AS i CALL (i) { UNWIND range(1, 1000000) AS j WITH j WHERE j < 0 "
    "RETURN count(j) AS c } RETURN sum(c) AS n",
    "UNWIND range(1, 1000000) AS i MATCH (a), (b) WHERE a.name + b.name = toString(i) RETURN count(*) AS n",
    "UNWIND range(1, 1000000) AS i MATCH (a:Actor)-[*1..5]-(b) RETURN max(i) + count(b) AS n",
    "MATCH (a), (b), (c), (d), (e), (f), (g), (h) WHERE a.name + b.name + c.name + d.name = e.name + 'x' "
    "RETURN count(*) AS n",
    "MATCH (a:Actor) WHERE COUNT { MATCH (b), (c), (d), (e), (f), (g), (h), (a) "
    "WHERE b.name + c.name + d.name = e.name + f.name + g.name } > 1 RETURN a",
    "MATCH p = (a)-[*]-(b) RETURN count(p) AS n",
    "MATCH p = (a:Actor {id: 'northland'})-[*..30]-(b) RETURN max(length(p)) AS n",
    "MATCH (a)-[*..40]-(a) RETURN count(*) AS n",
    "MATCH (a:Actor)-[*..20]-(b:Actor)-[*..20]-(c:Actor) RETURN count(*) AS n",
    "MATCH p = (a)-[*]-(b) WHERE any(x IN nodes(p) WHERE x.name = 'nobody') RETURN count(p) AS n",
    "MATCH (a:Actor) ((x)-[r]-(y)){1,25} (b:Actor) RETURN count(*) AS n",
)
"""Each engine looks in their loops whether it should end them."""

HOGS = (
    "WITH 200000000 AS last RETURN [i IN range(1, last) | i] AS n",
    "RETURN reduce(s = 'x', i IN range(1, 40) | s + s) AS s",
    "RETURN size(split(reduce(s = 'x,', i IN range(1, 29) | s + s), ',')) AS n",
    "WITH 100000000 AS last RETURN [x IN range(1, last) | {x: x, y: toString(x)}] AS maps",
    "UNWIND range(1, 1000000) AS i UNWIND range(1, 1000) AS j RETURN collect(i + j) AS n",
    "UNWIND range(1, 1000000) AS i UNWIND range(1, 1000) AS j WITH collect('actor ' + j) AS n RETURN "
    "size(n) AS n",
    "UNWIND range(1, 1000000) AS i UNWIND range(1, 100) AS j RETURN DISTINCT i * 100 + j AS k ORDER BY "
    "k DESC LIMIT 1",
    "UNWIND range(1, 1000000) AS i UNWIND range(1, 1000) AS j WITH i, j ORDER BY -i RETURN i LIMIT 100000000",
    "UNWIND range(1, 20000) AS i UNWIND range(1, 20000) AS j RETURN i * 20000 + j AS k, count(*) AS n",
    "UNWIND range(1, 30000) AS i RETURN collect([x IN range(1, 30000) | x]) AS n",
)
"""The second and third cost the embedded engine's process, because it does not count the bytes of a text."""

HUGE = (
    "UNWIND range(1, 200000) AS i RETURN i",
    "UNWIND range(1, 1000000) AS i UNWIND range(1, 1000000) AS j RETURN i, j",
    "UNWIND range(1, 1000000) AS i RETURN range(1, 100000) AS cell",
    "RETURN range(1, 1000000) AS a, range(1, 1000000) AS b, range(1, 1000000) AS c",
    "RETURN reduce(s = 'x', i IN range(1, 25) | s + s) AS s",
    "MATCH (a)--(b), (c)--(d), (e)--(f) RETURN *",
)

NEVER_LOOKING = (
    "RETURN reduce(s = 0, i IN range(1, 15000) | s + reduce(t = 0, j IN range(1, 15000) | t + j)) AS n",
    "RETURN size([i IN range(1, 15000) WHERE any(j IN range(1, 15000) WHERE i * j < 0)]) AS n",
)
"""Loops inside of one expression, in which no engine looks whether it should end: the embedded one is started
again, a Neo4j server goes on to the end of the loop. These would take ten seconds or more.
"""
