"""Constraints and the check of the store: what is wrong is named, what is others' business is counted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from neo4j.exceptions import Neo4jError

from graph.errors import StoreConflict
from graph.model import Dataset
from graph.store.bolt import Store
from graph.store.schema import Finding, check, constraints, ensure_schema, ensure_types
from world import ACTORS, CLAIMS, load_of, load_world, of_dataset


async def found(store: Store) -> dict[str, Finding]:
    return {one.code: one for one in (await check(store)).findings}


async def test_a_loaded_store_is_in_order(store: Store) -> None:
    await load_world(store, actors=ACTORS[:-1])

    report = await check(store)

    assert report.findings == ()
    assert report.ok


async def test_an_empty_store_is_in_order(bare_store: Store) -> None:
    assert (await check(bare_store)).findings == ()


async def test_every_type_that_was_loaded_has_unique_claim_ids(bare_store: Store) -> None:
    await load_world(bare_store)

    assert await constraints(bare_store) == {
        ("Actor", "id"),
        ("Source", "key"),
        ("Dataset", "name"),
        *((one.type, "claim_id") for one in CLAIMS),
    }


async def test_a_constraint_that_is_missing_is_an_error(bare_store: Store) -> None:
    await load_world(bare_store)
    await bare_store.define("DROP CONSTRAINT actorgraph_actor_id")
    await bare_store.define("DROP CONSTRAINT actorgraph_claim_MEETS")

    findings = [one for one in (await check(bare_store)).findings if one.level == "error"]

    assert [one.code for one in findings] == ["constraint-missing", "constraint-missing"]
    assert "Actor.id" in findings[0].message
    assert "MEETS" in findings[1].message


async def test_types_are_constrained_once_and_remembered(bare_store: Store) -> None:
    known: set[str] = set()

    await ensure_types(bare_store, ["B", "A", "B"], known)
    await ensure_types(bare_store, ["A"], known)

    assert known == {"A", "B"}
    assert await constraints(bare_store) == {("A", "claim_id"), ("B", "claim_id")}


@pytest.mark.parametrize("type", ["meets", "A B", "A`) DETACH DELETE n //", "", "1A", "A" * 121])
async def test_text_that_is_no_type_never_becomes_part_of_a_statement(store: Store, type: str) -> None:
    with pytest.raises(ValueError, match="is not a relation type"):
        await ensure_types(store, [type], set())


async def test_a_type_of_full_length_can_be_loaded(store: Store) -> None:
    long = replace(CLAIMS[0], type="A" * 120)

    assert (await load_world(store, [long])).new == 1


async def test_schema_that_is_there_is_left_alone(store: Store) -> None:
    await ensure_schema(store)
    before = await constraints(store)

    assert await ensure_schema(store) == ()
    assert await constraints(store) == before


async def test_a_claim_id_cannot_be_written_twice_by_hand(store: Store) -> None:
    await load_world(store)

    with pytest.raises((StoreConflict, Neo4jError)):
        await store.define(
            "MATCH (a:Actor {id: 'northland'}), (b:Actor {id: 'southland'}) "
            f"CREATE (a)-[:MEETS {{claim_id: '{CLAIMS[0].id}'}}]->(b)"
        )


async def test_ties_by_hand_and_other_labels_are_counted_and_no_fault(store: Store) -> None:
    await load_world(store)
    await store.define(
        "MATCH (a:Actor {id: 'northland'}), (b:Actor {id: 'southland'}) CREATE (a)-[:LIKES]->(b) "
        "CREATE (:Person {name: 'x'}), (:Person), (:Actor {name: 'no id'})"
    )

    report = await check(store)
    findings = {one.code: one.message for one in report.findings}

    assert report.ok
    assert findings["external-claims"].startswith("1 ")
    assert findings["actor-without-id"].startswith("1 ")
    assert "Person (2)" in findings["other-labels"]
    assert findings["actor-without-claims"].startswith("1 ")


async def test_claims_without_their_source_are_named(store: Store) -> None:
    await load_world(store)
    await store.define("MATCH (s:Source {id: 'radio'}) DELETE s")

    finding = (await found(store))["source-missing"]

    assert finding.level == "warning"
    assert "tiny-world/radio" in finding.message
    assert finding.message.startswith(f"{sum(one.source_id == 'radio' for one in CLAIMS)} claims")


async def test_a_claim_whose_source_is_its_data_set_is_in_order(store: Store) -> None:
    await load_world(store, [replace(CLAIMS[0], source_id="tiny-world")])

    assert "source-missing" not in await found(store)


async def test_claims_of_a_data_set_that_is_gone_are_an_error(store: Store) -> None:
    await load_world(store)
    await store.define("MATCH (d:Dataset) DELETE d")

    assert (await found(store))["dataset-missing"].level == "error"


async def test_data_sets_that_disagree_about_an_actor_are_named(store: Store) -> None:
    await load_world(store)
    theirs = [replace(ACTORS[0], kind="idea"), replace(ACTORS[1], description=ACTORS[1].description)]
    await load_world(store, of_dataset(CLAIMS[:1], "other"), theirs, load_of(Dataset("other")))

    disagreements = [one for one in (await check(store)).findings if one.code == "actor-disagreement"]

    assert [(one.level, one.message) for one in disagreements] == [
        ("warning", "amal-haddad: kind is 'person' (tiny-world), but 'idea' says other")
    ]
