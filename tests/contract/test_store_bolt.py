"""The store's door: tokens that tell of every write, one clear line when it cannot be reached, no leaks."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio
from neo4j import AsyncManagedTransaction

from engines import RunningEngine
from graph.errors import (
    CypherError,
    StoreConflict,
    StoreCredentials,
    StoreUnavailable,
    StoreUnreachable,
)
from graph.store.blocking import BlockingReader, ManagedTransaction
from graph.store.bolt import Store, StoreAddress
from graph.store.dialect import dialect_of
from graph.store.schema import constraints
from graph.store.writing import known_actors
from world import load_world

PATIENCE = 5.0
"""Seconds within which an unusable store has to be reported."""


@pytest_asyncio.fixture(loop_scope="session")
async def silent_port() -> AsyncIterator[int]:
    """A port of a program that takes connections and says nothing."""
    waiting: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(lambda reader, writer: waiting.append(writer), "127.0.0.1", 0)
    yield int(server.sockets[0].getsockname()[1])
    for writer in waiting:
        writer.close()
    server.close()


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def create(store: Store, statement: str) -> None:
    async def work(transaction: AsyncManagedTransaction) -> None:
        await (await transaction.run(statement)).consume()

    await store.write(work)


async def test_the_dialect_is_that_of_the_engine(store: Store, engine: RunningEngine) -> None:
    assert store.dialect.name == {"embedded": "arcadedb", "neo4j": "neo4j"}[engine.name]


async def test_a_write_of_ours_changes_the_token(store: Store) -> None:
    before = await store.token()
    await create(store, "CREATE (:Actor {id: 'a'})")
    after = await store.token()
    await create(store, "MATCH (a:Actor {id: 'a'}) SET a.name = 'A'")

    assert len({before, after, await store.token()}) == 3


async def test_reading_does_not_change_the_token(store: Store) -> None:
    await load_world(store)
    before = await store.token()

    await store.read("MATCH (a:Actor) RETURN count(a) AS times")
    await store.cypher("MATCH (a)-[r]->(b) RETURN a, r, b", limit=10, timeout=5)
    assert await known_actors(store, list, list.append)

    assert await store.token() == before


async def test_another_connection_sees_the_same_token(store: Store, engine: RunningEngine) -> None:
    await load_world(store)

    async with await Store.connect(engine.writer) as other:
        assert await other.token() == await store.token()


@pytest.mark.neo4j
async def test_what_others_write_into_neo4j_changes_the_token(neo4j_engine: RunningEngine) -> None:
    async with (
        await Store.connect(neo4j_engine.writer) as store,
        await Store.connect(neo4j_engine.writer) as others,
    ):
        tokens = [await store.token()]
        for statement in (
            "CREATE (:Actor {id: 'foreign-1'})-[:MEETS]->(:Actor {id: 'foreign-2'})",
            "MATCH (a:Actor {id: 'foreign-1'}) SET a.name = 'Foreign'",
            "MATCH (:Actor {id: 'foreign-1'})-[x:MEETS]->() DELETE x",
        ):
            await others.define(statement)
            tokens.append(await store.token())
        assert len(set(tokens)) == 4

        await others.define("MATCH (a:Actor {id: 'nobody'}) SET a.name = 'Nobody'")
        assert await store.token() == tokens[-1]


async def test_a_twin_writes_what_the_other_store_sees_at_once(store: Store) -> None:
    before = await store.token()
    async with store.twin() as twin:
        await twin.follow(await store.seen())
        await create(twin, "CREATE (:Actor {id: 'a'})")
        seen = await twin.seen()
        await store.follow(seen)

        assert seen <= await store.seen()
        assert await store.token() == await twin.token() != before


async def test_an_exception_in_the_work_rolls_everything_back(store: Store) -> None:
    async def work(transaction: AsyncManagedTransaction) -> None:
        await (await transaction.run("UNWIND range(1, 10) AS i CREATE (:Actor {id: toString(i)})")).consume()
        raise ZeroDivisionError

    token = await store.token()
    with pytest.raises(ZeroDivisionError):
        await store.write(work)

    assert await store.read("MATCH (a:Actor) RETURN a.id AS id") == []
    assert await store.token() == token


async def test_folded_rows_come_by_name(store: Store) -> None:
    rows = await store.fold("UNWIND range(1, 3000) AS i RETURN i, -i AS j", list, list.append)

    assert rows[:2] == [{"i": 1, "j": -1}, {"i": 2, "j": -2}]
    assert len(rows) == 3000


async def test_reading_makes_no_schema(bare_store: Store, engine: RunningEngine) -> None:
    await bare_store.define("CREATE (:Actor {id: 'a'})-[:MEETS]->(:Actor {id: 'b'})")
    async with await Store.connect(engine.writer) as fresh:
        assert await known_actors(fresh, list, list.append)
        await fresh.token()
        await fresh.read("MATCH (:Actor)-[x]->() RETURN type(x) AS type")

        assert await constraints(fresh) == frozenset()


async def test_a_wrong_password_is_one_clear_line(engine: RunningEngine) -> None:
    wrong = replace(engine.writer, password="not-the-password")

    with pytest.raises(StoreCredentials, match="refuses the credentials of") as caught:
        await Store.connect(wrong)

    assert "not-the-password" not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_an_unreachable_server_is_reported_in_time() -> None:
    begun = time.monotonic()

    with pytest.raises(StoreUnreachable, match="does not answer"):
        await Store.connect(StoreAddress(f"bolt://127.0.0.1:{unused_port()}", "neo4j", "x"))

    assert time.monotonic() - begun < PATIENCE


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
async def test_a_server_that_says_nothing_is_reported_in_time(silent_port: int, scheme: str) -> None:
    begun = time.monotonic()

    with pytest.raises(StoreUnreachable):
        await Store.connect(StoreAddress(f"{scheme}://127.0.0.1:{silent_port}", "neo4j", "x"))

    assert time.monotonic() - begun < PATIENCE


@pytest.mark.parametrize(
    "uri", ["", "localhost", "http://127.0.0.1:7474", "bolt://", "bolt://[::1", "neo4j+x://a"]
)
async def test_an_address_that_is_none_is_reported(uri: str) -> None:
    with pytest.raises(StoreUnreachable, match="address") as caught:
        await Store.connect(StoreAddress(uri, "neo4j", "x"))

    assert "\n" not in str(caught.value)


async def test_a_database_that_is_not_there_is_reported(engine: RunningEngine) -> None:
    with pytest.raises(StoreUnavailable):
        await Store.connect(replace(engine.writer, database="nowhere"))


async def test_an_error_of_ours_never_tells_the_text_of_a_query(store: Store) -> None:
    with pytest.raises((StoreUnavailable, CypherError)) as caught:
        await store.read("MATCH (secret:Secret RETURN nonsense")

    assert "ecret" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


async def test_a_broken_constraint_is_a_conflict(store: Store) -> None:
    await load_world(store)

    with pytest.raises(StoreConflict):
        await create(store, "CREATE (:Actor {id: 'northland'})")


async def test_many_readers_at_once_are_all_answered(store: Store) -> None:
    await load_world(store)
    answers = await asyncio.gather(
        *(store.read("MATCH (a:Actor) RETURN count(a) AS times") for _ in range(40))
    )

    assert {answer[0]["times"] for answer in answers} == {12}


async def test_a_reading_under_way_ends_before_its_connections_are_closed(store: Store) -> None:
    reader = BlockingReader(store)
    begun, go_on = threading.Event(), threading.Event()

    def work(transaction: ManagedTransaction) -> int:
        begun.set()
        assert go_on.wait(PATIENCE)
        return int(transaction.run("RETURN 7 AS n").single(strict=True)["n"])

    reading = asyncio.create_task(asyncio.to_thread(reader.read, work, token=await store.token()))
    assert await asyncio.to_thread(begun.wait, PATIENCE)
    await asyncio.to_thread(reader.close)
    go_on.set()

    assert await reading == 7


async def test_a_closed_reader_opens_no_connection_again(store: Store) -> None:
    reader = BlockingReader(store)
    token = await store.token()
    await asyncio.to_thread(reader.close)

    with pytest.raises(StoreUnavailable, match="the service ends"):
        await asyncio.to_thread(reader.read, lambda transaction: None, token=token)


@pytest.mark.parametrize(
    ("agent", "computed"),
    [
        ("Neo4j/5.26.12", True),
        ("Neo4j/2025.01.0", True),
        ("Neo4j/5.25.1", False),
        ("Neo4j/4.4.48", False),
        ("Neo4j/aura", False),
    ],
)
def test_an_older_neo4j_gets_one_statement_for_each_type(agent: str, computed: bool) -> None:
    assert dialect_of(agent).creates_computed_types is computed
