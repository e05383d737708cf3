"""The door for people's own Cypher: it reads, it stops in time, and it cannot write on either engine."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from neo4j import AsyncManagedTransaction

from endless import ENDLESS, until_idle
from engines import RunningEngine
from graph.errors import CypherError, CypherRefused, QuestionTimeout
from graph.store.bolt import Store
from graph.store.door import CypherAnswer
from graph.store.keys import ClaimKey
from world import CLAIMS, load_world

RUNNING = "SHOW TRANSACTIONS YIELD currentQuery WHERE NOT currentQuery STARTS WITH 'SHOW' RETURN currentQuery"


async def ask(store: Store, statement: str, **parameters: Any) -> CypherAnswer:
    return await store.cypher(statement, parameters, limit=100, timeout=5)


async def test_rows_come_by_position_of_their_fields(store: Store) -> None:
    await load_world(store)

    answer = await ask(
        store,
        "MATCH (a:Actor {id: $id})-[:LEADS]->(b) RETURN b.name AS name, a.id AS id, 1.5 AS x, null AS y",
        id="boris-orlov",
    )

    assert answer.fields == ("name", "id", "x", "y")
    assert answer.values == (("Northland", "boris-orlov", 1.5, None),)
    assert not answer.truncated


async def test_values_are_those_of_json(store: Store) -> None:
    answer = await ask(
        store,
        "RETURN date('2024-05-01') AS day, duration('P1DT2H') AS span, [1, {a: [true, 'x']}] AS list, "
        "point({x: 1.0, y: 2.0}) AS point, datetime('2024-05-01T10:00:00Z') AS time",
    )
    day, span, items, point, moment = answer.values[0]

    assert (day, span, items) == ("2024-05-01", "P1DT2H", [1, {"a": [True, "x"]}])
    assert point["coordinates"] == [1.0, 2.0]
    assert moment.startswith("2024-05-01T10:00:00")


async def test_actors_and_claims_among_the_values_are_named(store: Store) -> None:
    await load_world(store)
    leads = CLAIMS[7]

    answer = await ask(store, "MATCH p = (:Actor {id: 'boris-orlov'})-[:LEADS]->() RETURN [p] AS paths")

    assert set(answer.found.actors) == {"boris-orlov", "northland"}
    assert answer.found.claims == (ClaimKey(leads.id, "boris-orlov", "LEADS", "northland"),)


async def test_a_claim_that_comes_without_its_ends_is_named_too(store: Store) -> None:
    await load_world(store)
    leads = CLAIMS[7]

    answer = await ask(store, "MATCH (:Actor {id: 'boris-orlov'})-[r:LEADS]->() RETURN r")

    assert answer.found.claims == (ClaimKey(leads.id, "boris-orlov", "LEADS", "northland"),)


async def test_engine_ids_are_not_shown(store: Store) -> None:
    await load_world(store)

    answer = await ask(store, "MATCH (a:Actor {id: 'northland'})-[r:OWNS]->(b) RETURN a, r")
    shown, relationship = answer.values[0]

    assert shown.keys() == {"labels", "properties"}
    assert relationship.keys() == {"type", "start", "end", "properties"}


@pytest.mark.parametrize(
    ("returned", "at"),
    [("r", ()), ("[{claim: r}]", (0, "claim")), ("p", (1,)), ("relationships(p)", (0,)), ("b, r, a", None)],
)
@pytest.mark.parametrize("way", ["(a:Actor {id: 'boris-orlov'})-[r:LEADS]->(b)", "(b)<-[r:LEADS]-(a)"])
async def test_a_claim_tells_its_two_actors_wherever_it_stands(
    store: Store, way: str, returned: str, at: tuple[Any, ...] | None
) -> None:
    await load_world(store)

    answer = await ask(
        store, f"MATCH p = {way} WHERE a.id = 'boris-orlov' AND b.id = 'northland' RETURN {returned}"
    )
    found = answer.values[0][1] if at is None else answer.values[0][0]
    for step in at or ():
        found = found[step]

    assert (found["type"], found["start"], found["end"]) == ("LEADS", "boris-orlov", "northland")


async def test_an_end_that_is_no_actor_is_null(store: Store) -> None:
    async def work(transaction: AsyncManagedTransaction) -> None:
        made = "CREATE (:Source {key: 's', id: 's'})-[:NAMES]->(:Actor {id: 'a', name: 'A'})"
        await (await transaction.run(made)).consume()

    await store.write(work)

    for returned in ("r", "s, r, a"):
        answer = await ask(store, f"MATCH (s)-[r:NAMES]->(a) RETURN {returned}")
        (claim,) = (value for value in answer.values[0] if "type" in value)
        assert (claim["start"], claim["end"], answer.found.claims) == (None, "a", ())


async def test_rows_over_the_limit_are_cut_and_said_to_be(store: Store) -> None:
    cut = await store.cypher("UNWIND range(1, 5000) AS i RETURN i", limit=7, timeout=5)
    whole = await store.cypher("UNWIND range(1, 7) AS i RETURN i", limit=7, timeout=5)

    assert ([row[0] for row in cut.values], cut.truncated) == ([1, 2, 3, 4, 5, 6, 7], True)
    assert (len(whole.values), whole.truncated) == (7, False)


async def test_an_answer_has_a_largest_size_and_says_so(store: Store) -> None:
    text = "x" * 100_000
    cut = await store.cypher(
        "UNWIND range(1, 300) AS i RETURN i, $text AS t", {"text": text}, limit=1000, timeout=30
    )
    numbers = await store.cypher(
        "UNWIND range(1, 5000) AS i RETURN range(1, 2000) AS n", limit=5000, timeout=30
    )
    whole = await store.cypher(
        "UNWIND range(1, 40) AS i RETURN $text AS t", {"text": text}, limit=40, timeout=30
    )

    for answer in (cut, numbers):
        assert answer.truncated
        assert [one["code"] for one in answer.notifications] == ["actorgraph-size"]
    assert [row[0] for row in cut.values] == list(range(1, 42))  # 4 MiB of such rows
    assert 255 < len(numbers.values) < 270
    assert (len(whole.values), whole.truncated) == (40, False)


@pytest.mark.timed
async def test_rows_without_an_end_are_cut_and_nobody_waits_for_the_rest(store: Store) -> None:
    endless = "UNWIND range(1, 1000000) AS i UNWIND range(1, 1000000) AS j RETURN i, j"
    begun = time.monotonic()
    answer = await store.cypher(endless, limit=100, timeout=20)

    assert [tuple(row) for row in answer.values] == [(1, j) for j in range(1, 101)]
    assert answer.truncated
    assert time.monotonic() - begun < 10
    async with asyncio.timeout(10):
        while any(endless in one["currentQuery"] for one in await store.read(RUNNING)):
            await asyncio.sleep(0.05)


async def test_one_row_that_is_too_large_is_left_out(store: Store) -> None:
    answer = await store.cypher("RETURN range(1, 900000) AS n", limit=10, timeout=20)

    assert (answer.values, answer.truncated) == ((), True)


async def test_a_value_nested_too_deeply_is_refused_and_the_store_goes_on(store: Store) -> None:
    with pytest.raises(CypherError, match="nested"):
        await ask(store, "RETURN reduce(s = [], x IN range(1, 500) | [s]) AS deep")
    assert (await ask(store, "RETURN 1 AS one")).values == ((1,),)


async def test_the_catalogue_procedures_may_be_called(store: Store) -> None:
    await load_world(store)

    answer = await ask(
        store,
        "CALL db.relationshipTypes() YIELD relationshipType AS type "
        "WITH type WHERE type = 'MEETS' RETURN type",
    )

    assert answer.values == (("MEETS",),)


@pytest.mark.timed
async def test_a_statement_is_stopped_at_its_time_limit(store: Store) -> None:
    begun = time.monotonic()

    with pytest.raises(QuestionTimeout):
        await store.cypher(ENDLESS, limit=10, timeout=0.7)

    assert time.monotonic() - begun < 5
    await until_idle(store)


@pytest.mark.timed
async def test_a_statement_that_nobody_waits_for_any_more_is_stopped(store: Store) -> None:
    asking = asyncio.create_task(store.cypher(ENDLESS, limit=10, timeout=60))
    await asyncio.sleep(0.7)

    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking

    await until_idle(store)


async def test_a_fault_in_a_statement_is_explained_in_one_line(store: Store) -> None:
    with pytest.raises(CypherError) as caught:
        await ask(store, "MATCH (a:Actor RETURN a")

    assert "\n" not in str(caught.value)
    assert "line 1" in str(caught.value)


async def test_an_unknown_variable_is_named(store: Store) -> None:
    with pytest.raises(CypherError, match="nobody"):
        await ask(store, "MATCH (a:Actor) RETURN nobody")


@pytest.mark.parametrize(
    "value", ["\ud800", 2**70, {1, 2}, object()], ids=["surrogate", "big", "set", "object"]
)
async def test_a_parameter_that_cannot_be_sent_is_said_to_be(store: Store, value: object) -> None:
    with pytest.raises(CypherError, match="parameter"):
        await ask(store, "RETURN $value AS value", value=value)

    assert (await ask(store, "RETURN 1 AS one")).values == ((1,),)


async def test_the_writing_user_of_an_engine_that_ignores_read_mode_is_not_let_in(
    embedded_engine: RunningEngine,
) -> None:
    async with await Store.connect(embedded_engine.writer) as store:
        with pytest.raises(CypherRefused, match="read-only user"):
            await ask(store, "RETURN 1 AS one")
