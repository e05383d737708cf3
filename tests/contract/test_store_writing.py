"""Writing claims: the same data twice changes nothing, half a batch never stands, nothing said is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from graph.errors import StoreConflict
from graph.ids import content_hash
from graph.model import Claim, Dataset
from graph.store.bolt import Store
from graph.store.evidence import claims_of, datasets
from graph.store.keys import ClaimKey
from graph.store.writing import Batch, BatchCounts, ClaimWriter
from world import ACTORS, CLAIMS, DATASET, SOURCES, claim, load_of, load_world, of_dataset

EVERYTHING = """
MATCH (x) WHERE NOT x:GraphState
OPTIONAL MATCH (x)-[r]->(y)
RETURN labels(x) AS labels, properties(x) AS of_x, type(r) AS type, properties(r) AS of_r, y.id AS object
"""


def keys_of(claims: Sequence[Claim]) -> list[ClaimKey]:
    return [ClaimKey(one.id, one.subject, one.type, one.object) for one in claims]


async def everything(store: Store) -> list[str]:
    """All that is stored but which load wrote it and when, in an order of its own."""
    rows = await store.read(EVERYTHING)
    return sorted(repr([_sorted(value) for value in row.values()]) for row in rows)


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        of_the_load = ("load_id", "recorded_at", "loaded_at")
        return sorted((key, part) for key, part in value.items() if key not in of_the_load)
    return value


async def test_a_load_is_read_back_as_it_was_given(store: Store) -> None:
    counts = await load_world(store)

    assert counts == BatchCounts(new=len(CLAIMS))
    assert await claims_of(store, keys_of(CLAIMS)) == list(CLAIMS)


async def test_loading_the_same_again_finds_everything_known(store: Store) -> None:
    await load_world(store)
    before, token = await everything(store), await store.token()

    counts = await load_world(store, load=load_of(load_id="load-2"))

    assert counts == BatchCounts(known=len(CLAIMS))
    assert await everything(store) == before
    assert await store.token() == token


async def test_a_relationship_carries_what_the_data_model_says_and_nothing_empty(store: Store) -> None:
    dated = CLAIMS[0]
    await load_world(store, [dated])
    rows = await store.read("MATCH (:Actor)-[x:MEETS]->(:Actor) RETURN properties(x) AS properties")

    assert len(rows) == 1
    stored = rows[0]["properties"]
    assert stored["date_from"].iso_format() == "2024-05-01"
    assert {key: value for key, value in stored.items() if not key.startswith("date_")} == {
        "claim_id": dated.id,
        "content_hash": content_hash(dated),
        "dataset": "tiny-world",
        "source_id": "daily",
        "statement": dated.statement,
        "passage_start": 1,
        "passage_end": 64,
        "status": "asserted",
        "polarity": "positive",
        "category": "CONSULT",
        "relation_raw": "meets",
        "date": "2024-05-01",
        "load_id": "load-1",
        "recorded_at": "2026-01-02T03:04:05+00:00",
    }


async def test_the_naive_query_never_returns_a_denied_tie(store: Store) -> None:
    await load_world(store)
    rows = await store.read(
        "MATCH (:Actor {name: 'Boris Orlov'})-[:MEETS]-(x) RETURN DISTINCT x.name AS name ORDER BY name"
    )

    assert [row["name"] for row in rows] == ["Amal Haddad"]


async def test_a_claim_with_another_content_is_updated(store: Store) -> None:
    await load_world(store)
    corrected = replace(CLAIMS[2], quote="They met three times.", category="AGREE")

    counts = await load_world(store, [corrected, *CLAIMS[3:]], load=load_of(load_id="load-2"))

    assert counts == BatchCounts(known=len(CLAIMS) - 3, updated=1)
    assert await claims_of(store, keys_of(CLAIMS)) == [*CLAIMS[:2], corrected, *CLAIMS[3:]]


async def test_an_update_takes_away_what_is_no_longer_said(store: Store) -> None:
    await load_world(store)

    await load_world(store, [replace(CLAIMS[2], quote=None)])
    rows = await store.read(
        "MATCH ()-[x:MEETS {claim_id: $id}]->() RETURN keys(x) AS keys", {"id": CLAIMS[2].id}
    )

    assert "quote" not in rows[0]["keys"]


async def test_an_update_changes_the_token(store: Store) -> None:
    await load_world(store)
    token = await store.token()

    await load_world(store, [replace(CLAIMS[2], quote=None)])

    assert await store.token() != token


async def test_of_one_claim_id_in_a_batch_the_last_is_kept(store: Store) -> None:
    first, last = replace(CLAIMS[0], quote="a"), replace(CLAIMS[0], quote="b")

    counts = await load_world(store, [first, last])

    assert counts == BatchCounts(new=1, known=1)
    assert await claims_of(store, keys_of([last])) == [last]


@pytest.mark.parametrize(
    "change", [{"object": "cara-lindqvist"}, {"subject": "northland"}, {"type": "ATTACKS"}]
)
async def test_a_claim_with_a_given_id_may_move(store: Store, change: dict[str, Any]) -> None:
    given = replace(CLAIMS[0], id="meeting-1")
    moved = replace(given, **change)
    await load_world(store, [given])

    counts = await load_world(store, [moved])

    assert counts == BatchCounts(updated=1)
    rows = await store.read("MATCH ()-[x]->() RETURN count(x) AS times")
    assert rows[0]["times"] == 1
    assert await claims_of(store, keys_of([moved])) == [moved]


async def test_a_claim_id_belongs_to_one_data_set(store: Store) -> None:
    given = replace(CLAIMS[0], id="meeting-1")
    await load_world(store, [given])
    other = replace(given, dataset="other")
    before = await everything(store)

    for foreign in (other, replace(other, object="northland")):
        writer = ClaimWriter(store, load_of(Dataset("other")))
        await writer.begin()
        with pytest.raises(StoreConflict, match=r"'meeting-1' belongs to data set 'tiny-world'"):
            await writer.write(Batch(ACTORS, (), (foreign,)))

    assert [row for row in await everything(store) if "'other'" not in row] == before


async def test_half_a_batch_never_stands(store: Store) -> None:
    writer = ClaimWriter(store, load_of())
    await writer.begin()
    before = await everything(store)
    stray = claim("amal-haddad", "MEETS", "nobody", "daily")

    with pytest.raises(StoreConflict, match="'nobody', which is not in the store"):
        await writer.write(Batch(ACTORS, SOURCES, (*CLAIMS, stray)))

    assert await everything(store) == before


async def test_a_load_cut_off_anywhere_and_run_again_ends_as_one_clean_load(store: Store) -> None:
    await load_world(store)
    clean = await everything(store)
    await store.define("MATCH (x) DETACH DELETE x")
    cut_off = ClaimWriter(store, load_of())
    await cut_off.begin()
    await cut_off.write(Batch(ACTORS, SOURCES[:1], CLAIMS[:9]))

    counts = await load_world(store, load=load_of(load_id="load-2"))

    assert counts == BatchCounts(new=len(CLAIMS) - 9, known=9)
    assert await everything(store) == clean


@pytest.mark.parametrize("name", ["external", "External", "", " ", "a/b", "a\tb", "Tiny-World"])
async def test_a_data_set_name_that_cannot_be_used_is_refused(store: Store, name: str) -> None:
    await load_world(store)

    with pytest.raises(StoreConflict, match="data set"):
        await ClaimWriter(store, load_of(Dataset(name))).begin()


async def test_a_data_set_keeps_what_a_later_load_is_silent_about(store: Store) -> None:
    await load_world(store)

    await load_world(store, load=load_of(Dataset(DATASET.name, licence="CC-BY-4.0")))
    (stored,) = await datasets(store)

    assert stored == replace(DATASET, licence="CC-BY-4.0", loaded_at="2026-01-02T03:04:05+00:00")


async def test_the_vocabulary_is_there_as_soon_as_its_claims_are(store: Store) -> None:
    writer = ClaimWriter(store, replace(load_of(), vocabulary="[]"))
    await writer.begin()

    await writer.write(Batch(ACTORS, SOURCES, CLAIMS[:3]), '[{"type": "MEETS"}]')
    rows = await store.read("MATCH (d:Dataset) RETURN d.vocabulary AS vocabulary")

    assert rows == [{"vocabulary": '[{"type": "MEETS"}]'}]


async def test_the_first_load_makes_the_constraints_and_says_so(bare_store: Store) -> None:
    first = await ClaimWriter(bare_store, load_of()).begin()
    second = await ClaimWriter(bare_store, load_of()).begin()

    assert first == ("Actor.id is unique", "Source.key is unique", "Dataset.name is unique")
    assert second == ()


async def test_claims_between_the_same_actors_are_told_apart_by_type(store: Store) -> None:
    pair = [claim("northland", type, "southland", "daily") for type in ("MEETS", "ATTACKS", "NOT_MEETS")]
    await load_world(store, pair[:1])

    counts = await load_world(store, pair)

    assert counts == BatchCounts(new=2, known=1)
    assert await claims_of(store, keys_of(pair)) == pair


async def test_a_batch_of_many_types_and_claims_is_counted_exactly(store: Store) -> None:
    many = [
        claim("northland", f"TYPE_{number % 7}", ACTORS[number % 12].id, "daily", passage_start=number)
        for number in range(500)
    ]
    await load_world(store, many[:200])

    counts = await load_world(store, many)
    rows = await store.read("MATCH ()-[x]->() RETURN count(x) AS claims, count(DISTINCT x.claim_id) AS ids")

    assert counts == BatchCounts(new=300, known=200)
    assert rows == [{"claims": 500, "ids": 500}]


async def test_a_claim_of_another_data_set_has_no_place_in_a_batch(store: Store) -> None:
    writer = ClaimWriter(store, load_of())
    await writer.begin()

    with pytest.raises(ValueError, match="another data set"):
        await writer.write(Batch(ACTORS, (), of_dataset(CLAIMS[:1], "other")))
