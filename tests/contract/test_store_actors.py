"""Actors in the store: named as they were written, told about by several data sets, never merged or lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from graph.errors import StoreConflict
from graph.model import Actor, Claim, Dataset
from graph.store.bolt import Store
from graph.store.evidence import claims_of
from graph.store.keys import ClaimKey
from graph.store.schema import constraints
from graph.store.writing import known_actors
from world import ACTORS, CLAIMS, DATASET, load_of, load_world, of_dataset


def keys_of(claims: Sequence[Claim]) -> list[ClaimKey]:
    return [ClaimKey(one.id, one.subject, one.type, one.object) for one in claims]


async def actor(store: Store, id: str) -> dict[str, Any]:
    rows = await store.read("MATCH (a:Actor {id: $id}) RETURN properties(a) AS properties", {"id": id})
    properties = rows[0]["properties"]
    assert isinstance(properties, dict)
    return properties


async def test_actors_are_read_back_with_the_data_set_that_mentions_them(store: Store) -> None:
    await load_world(store)
    known = {one.id: one for one in await known_actors(store, list, list.append)}

    assert known.keys() == {one.id for one in ACTORS}
    mediator = known["amal-haddad"]
    assert (mediator.name, mediator.aliases) == ("Amal Haddad", ("A. Haddad", "the mediator"))
    assert (mediator.kind, mediator.datasets) == ("person", (DATASET.name,))
    assert known["boris-orlov"].description == "Northland's foreign minister"


async def test_renaming_keeps_the_id_and_makes_the_old_name_an_alias(store: Store) -> None:
    await load_world(store)
    renamed = replace(ACTORS[0], name="Amal Haddad-Weiss", aliases=("A. Haddad",))

    await load_world(store, actors=[renamed, *ACTORS[1:]])
    stored = await actor(store, "amal-haddad")

    assert stored["name"] == "Amal Haddad-Weiss"
    assert stored["aliases"] == ["A. Haddad", "the mediator", "Amal Haddad"]


async def test_the_first_data_set_that_states_a_kind_wins_and_corrects_itself(store: Store) -> None:
    await load_world(store, actors=[replace(ACTORS[0], kind="other"), *ACTORS[1:]])
    theirs = [replace(ACTORS[0], kind="party"), replace(ACTORS[1], name="B. Orlov", description="an envoy")]
    await load_world(store, of_dataset(CLAIMS[:1], "other"), theirs, load_of(Dataset("other")))
    await load_world(store, actors=[ACTORS[0], replace(ACTORS[1], description="a minister"), *ACTORS[2:]])

    first, second = await actor(store, "amal-haddad"), await actor(store, "boris-orlov")

    assert (first["kind"], first["datasets"]) == ("party", ["tiny-world", "other"])
    assert (second["name"], second["aliases"]) == ("Boris Orlov", ["B. Orlov"])
    assert second["description"] == "a minister"


async def test_an_end_that_another_data_set_brought_lists_both(store: Store) -> None:
    await load_world(store)

    await load_world(store, of_dataset(CLAIMS[:1], "other"), (), load_of(Dataset("other")))

    assert (await actor(store, "boris-orlov"))["datasets"] == ["tiny-world", "other"]
    assert (await actor(store, "northland"))["datasets"] == ["tiny-world"]


@pytest.mark.parametrize(
    "name",
    [
        "Robert'); MATCH (n) DETACH DELETE n //",
        "`) DETACH DELETE n //",
        "<script>alert(1)</script>",
        "أحمد الشرع",
        "🕊️ Peace & Co",
        'a "quoted"\tname with \\ and \u202e marks',
        "x" * 4000,
        "字" * 4000,
    ],
    ids=["cypher", "backtick", "html", "rtl", "emoji", "marks", "long", "long-wide"],
)
async def test_a_strange_name_is_stored_as_it_is(store: Store, name: str) -> None:
    strange = [replace(ACTORS[0], name=name, aliases=(name + "!",)), *ACTORS[1:]]

    await load_world(store, [replace(CLAIMS[0], statement=name, quote=name)], strange)
    stored = await actor(store, "amal-haddad")

    assert (stored["name"], stored["aliases"]) == (name, [name + "!"])
    assert [one.statement for one in await claims_of(store, keys_of(CLAIMS[:1]))] == [name]
    assert len(await store.read("MATCH (a:Actor) RETURN a.id AS id")) == len(ACTORS)


async def test_a_load_is_refused_where_actors_share_an_id_already(bare_store: Store) -> None:
    await bare_store.define("CREATE (:Actor {id: 'twin'}), (:Actor {id: 'twin'}), (:Actor {name: 'no id'})")

    with pytest.raises(StoreConflict, match="several :Actor with the same id \\('twin'\\)"):
        await load_world(bare_store)

    assert await constraints(bare_store) == frozenset()
    assert len(await bare_store.read("MATCH (x) RETURN x.id AS id")) == 3


async def test_actors_made_by_hand_keep_what_they_have(store: Store) -> None:
    await store.define("CREATE (:Actor {id: 'amal-haddad', kind: 'idea', rank: 7})")

    await load_world(store)
    stored = await actor(store, "amal-haddad")

    assert (stored["kind"], stored["rank"], stored["name"]) == ("idea", 7, "Amal Haddad")
    assert stored["datasets"] == [DATASET.name]


async def test_an_actor_without_a_word_about_it_is_of_kind_other(store: Store) -> None:
    await load_world(store, [], [Actor("plain", "Plain")])

    assert (await actor(store, "plain"))["kind"] == "other"
