"""Everything that wants more than to read is refused on both engines, and everything that reads is answered.

The tables are `hostile.py` and `cyphers.py`.
"""

from __future__ import annotations

import hashlib
import http.server
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import cyphers
import hostile
from engines import RunningEngine
from exported import export
from graph.errors import ActorgraphError, CypherError, CypherRefused
from graph.store.bolt import Store
from world import load_world

CANARY = "canary-5d1e"


@pytest.fixture
def knocks() -> Iterator[Listener]:
    """A server on loopback, where the statements of the table point: `seen` counts who connects."""
    with Listener() as listener:
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        yield listener
        listener.shutdown()


class Listener(http.server.ThreadingHTTPServer):
    """Counts connections and answers each with the canary."""

    def __init__(self) -> None:
        self.seen: list[Any] = []
        super().__init__(("127.0.0.1", 0), _Canary)

    def verify_request(self, _request: Any, client: Any) -> bool:
        self.seen.append(client)
        return True


class _Canary(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(CANARY.encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


async def digest(store: Store) -> str:
    """What the whole store holds: records, labels, constraints and how many of everything."""
    told = [
        sorted(str(row["name"]) for row in await store.read("SHOW CONSTRAINTS YIELD name RETURN name")),
        await store.read("MATCH (n) RETURN labels(n) AS labels, count(*) AS n ORDER BY labels"),
        await store.read("MATCH ()-[r]->() RETURN type(r) AS type, count(*) AS n ORDER BY type"),
    ]
    return hashlib.sha256(await export(store) + repr(told).encode()).hexdigest()


async def answered(store: Store, statements: Sequence[str], parameters: dict[str, Any]) -> dict[str, Any]:
    """The statements that were not refused, with what came instead."""
    found: dict[str, Any] = {}
    for statement in statements:
        try:
            answer = await store.cypher(statement, parameters, limit=10, timeout=5)
            found[statement] = answer.values
        except CypherError as problem:
            if CANARY in str(problem):
                found[statement] = str(problem)
        except ActorgraphError as problem:
            found[statement] = problem
    return found


async def test_what_is_hostile_is_refused_and_nothing_has_happened(
    store: Store, knocks: Listener, tmp_path: Path
) -> None:
    await load_world(store)
    file = tmp_path / "canary.csv"
    file.write_text(CANARY, encoding="utf-8")
    port = str(knocks.server_port)
    places = {"{http}": f"http://127.0.0.1:{port}", "{ftp}": f"ftp://127.0.0.1:{port}"}
    places |= {"{port}": port, "{file}": file.as_uri()}
    table = [*hostile.EVERYWHERE, *(hostile.ON_NEO4J if store.dialect.name == "neo4j" else ())]
    statements = [written(one, places) for one in table]
    before, token = await digest(store), await store.token()

    parameters = {"map": {"x": 1}, "label": "Evil", "file": file.as_uri(), "http": places["{http}"]}
    found = await answered(store, statements, parameters)

    assert len(statements) >= 250
    assert not found
    assert await digest(store) == before
    assert await store.token() == token
    assert knocks.seen == []


def written(statement: str, places: dict[str, str]) -> str:
    """The statement with real addresses."""
    for name, place in places.items():
        statement = statement.replace(name, place)
    return statement


async def test_what_is_explained_has_not_happened(store: Store) -> None:
    await load_world(store)
    before = await digest(store)

    for statement in hostile.EVERYWHERE:
        try:
            answer = await store.cypher(
                f"EXPLAIN {statement}", {"map": {}, "label": "x"}, limit=10, timeout=5
            )
            assert answer.values == ()
        except ActorgraphError:
            pass

    assert await digest(store) == before


async def test_what_reads_is_answered(store: Store) -> None:
    await load_world(store)
    before = await digest(store)

    refused = await unanswered(store, cyphers.EVERYWHERE)

    assert len(set(cyphers.EVERYWHERE)) >= 200
    assert not refused
    assert await digest(store) == before


@pytest.mark.neo4j
async def test_what_reads_in_the_language_of_neo4j_is_answered(neo4j_engine: RunningEngine) -> None:
    async with await Store.connect(neo4j_engine.writer) as store:
        await load_world(store)
        assert not await unanswered(store, cyphers.ON_NEO4J)


async def unanswered(store: Store, statements: Sequence[str]) -> dict[str, str]:
    """The statements that brought an error, with its words."""
    found = {}
    for statement in statements:
        try:
            await store.cypher(statement, cyphers.PARAMETERS, limit=10, timeout=5)
        except ActorgraphError as problem:
            found[statement] = str(problem)
    return found


@pytest.mark.parametrize(
    "statement", ["CREATE (x)", "LOAD CSV FROM 'http://127.0.0.1:9/x' AS row RETURN row"]
)
async def test_what_is_refused_is_said_to_be(store: Store, statement: str) -> None:
    with pytest.raises(CypherRefused):
        await store.cypher(statement, limit=10, timeout=5)
