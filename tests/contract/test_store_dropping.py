"""Dropping a data set: its claims go, what others mention stays, and an interrupted drop can be repeated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from neo4j import AsyncManagedTransaction

from graph.errors import NotFound
from graph.model import Actor, Dataset
from graph.store import dropping
from graph.store.bolt import Store
from graph.store.dropping import DropReport
from graph.store.writing import BatchCounts, drop
from world import ACTORS, CLAIMS, DATASET, claim, load_of, load_world, of_dataset

OTHER = Dataset("other")


async def left(store: Store) -> dict[str, Any]:
    """How many claims, sources and data sets are there, and which actors."""
    rows = await store.read(
        "MATCH (x) WHERE NOT x:GraphState RETURN labels(x)[0] AS label, count(x) AS times ORDER BY label"
    )
    claims = await store.read("MATCH (:Actor)-[x]->(:Actor) RETURN count(x) AS times")
    return {row["label"]: row["times"] for row in rows} | {"claims": claims[0]["times"]}


async def datasets_of(store: Store) -> dict[str, list[str]]:
    rows = await store.read("MATCH (a:Actor) RETURN a.id AS id, a.datasets AS datasets")
    return {row["id"]: row["datasets"] for row in rows}


async def test_the_only_data_set_leaves_nothing_behind(store: Store) -> None:
    await load_world(store)

    report = await drop(store, DATASET.name)

    assert report == DropReport(claims=len(CLAIMS), actors=len(ACTORS), sources=3)
    assert await left(store) == {"claims": 0}


async def test_what_another_data_set_mentions_stays(store: Store) -> None:
    await load_world(store)
    theirs = of_dataset(CLAIMS[:1], "other")
    await load_world(store, theirs, [Actor("newcomer", "Newcomer")], load_of(OTHER))

    report = await drop(store, DATASET.name)

    assert report == DropReport(claims=len(CLAIMS), actors=len(ACTORS) - 2, sources=3)
    assert await left(store) == {"Actor": 3, "Dataset": 1, "Source": 3, "claims": 1}
    assert await datasets_of(store) == {
        "amal-haddad": ["other"],
        "boris-orlov": ["other"],
        "newcomer": ["other"],
    }


async def test_the_other_way_round_nothing_of_the_first_is_touched(store: Store) -> None:
    await load_world(store)
    before = await datasets_of(store)
    await load_world(store, of_dataset(CLAIMS, "other"), ACTORS, load_of(OTHER))

    report = await drop(store, "other")

    assert report == DropReport(claims=len(CLAIMS), actors=0, sources=3)
    assert await datasets_of(store) == before
    assert await load_world(store) == BatchCounts(known=len(CLAIMS))


async def test_what_another_data_set_states_takes_the_place_of_what_is_dropped(store: Store) -> None:
    await load_world(store)
    theirs = replace(ACTORS[0], kind="idea", description="theirs")
    await load_world(store, of_dataset(CLAIMS[:1], "other"), [theirs], load_of(OTHER))

    await drop(store, DATASET.name)
    rows = await store.read("MATCH (a:Actor {id: 'amal-haddad'}) RETURN a.kind AS kind, a.name AS name")

    assert rows == [{"kind": "idea", "name": "Amal Haddad"}]


async def test_an_actor_with_a_tie_written_by_hand_stays(store: Store) -> None:
    await load_world(store)
    await store.define(
        "MATCH (a:Actor {id: 'harvest-day'}) CREATE (a)-[:ON]->(:Actor {id: 'day', name: 'Day'}) "
        "CREATE (:Note {text: 'mine'})-[:ABOUT]->(a)"
    )

    report = await drop(store, DATASET.name)

    assert report.actors == len(ACTORS) - 1
    assert await left(store) == {"Actor": 2, "Note": 1, "claims": 1}
    assert (await datasets_of(store))["harvest-day"] == []


async def test_a_data_set_that_is_not_there_is_not_found(store: Store) -> None:
    await load_world(store)

    for name in ("nowhere", "external", ""):
        with pytest.raises(NotFound, match="no data set"):
            await drop(store, name)

    assert (await left(store))["claims"] == len(CLAIMS)


async def test_dropping_twice_finds_nothing_the_second_time(store: Store) -> None:
    await load_world(store)
    await drop(store, DATASET.name)

    with pytest.raises(NotFound):
        await drop(store, DATASET.name)


async def test_a_drop_that_was_cut_off_is_finished_by_the_next(store: Store) -> None:
    await load_world(store)
    await load_world(store, of_dataset(CLAIMS[:1], "other"), (), load_of(OTHER))

    async def half(transaction: AsyncManagedTransaction) -> None:
        await transaction.run(
            "MATCH (a:Actor {id: 'harbour-front'})-[x]->() WHERE x.dataset = 'tiny-world' DELETE x"
        )

    await store.write(half)
    await drop(store, DATASET.name)

    assert await left(store) == {"Actor": 2, "Dataset": 1, "Source": 3, "claims": 1}


async def test_a_large_data_set_goes_in_many_small_transactions(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dropping, "CLAIMS_AT_ONCE", 40)
    monkeypatch.setattr(dropping, "ACTORS_AT_ONCE", 5)
    many = [
        claim("northland", "MEETS", ACTORS[number % 12].id, "daily", passage_start=number)
        for number in range(300)
    ]
    await load_world(store, many)

    report = await drop(store, DATASET.name)

    assert report == DropReport(claims=300, actors=12, sources=3)
    assert await left(store) == {"claims": 0}


async def test_dropping_changes_the_token(store: Store) -> None:
    await load_world(store)
    token = await store.token()

    await drop(store, DATASET.name)

    assert await store.token() != token
