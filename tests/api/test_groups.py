"""Questions about groups over HTTP, on both engines: defaults, subgraph, and how they fit the paths."""

from __future__ import annotations

from typing import Any

from apiclient import Api
from graph.ids import relation_id

OPPOSED = (
    relation_id("southland", "SUPPORTS", "harbour-front"),
    relation_id("southland", "NOT_SUPPORTS", "harbour-front"),
)
EVERYBODY = (
    "amal-haddad", "boris-orlov", "cara-lindqvist", "dario-mendez", "northland", "southland",
    "harbour-front", "border-guard", "grain-union", "delta-oil", "portville", "harvest-day",
)  # fmt: skip


def by_ends(answer: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(pair["from"], pair["to"]): pair for pair in answer["pairs"]}


async def test_each_pair_of_a_group_says_its_state(worlds: Api) -> None:
    group = ["Amal Haddad", "boris-orlov", "dario mendez", "southland", "harbour-front", "harvest-day"]
    answer = (await worlds.get("/connections", actor=group)).json()
    pairs = by_ends(answer)

    assert answer["actors"] == [actor["id"] for actor in answer["graph"]["actors"]]
    assert len(pairs) == 15
    assert {ends: pair["state"] for ends, pair in pairs.items() if pair["relations"]} == {
        ("amal-haddad", "boris-orlov"): "tied",
        ("boris-orlov", "dario-mendez"): "denied",
        ("dario-mendez", "harbour-front"): "tied",
        ("southland", "harbour-front"): "contested",
    }
    assert pairs["amal-haddad", "dario-mendez"]["through"] == {
        "id": "cara-lindqvist", "name": "Cara Lindqvist", "common": 1
    }  # fmt: skip
    assert pairs["amal-haddad", "harvest-day"]["state"] == "no_record"
    denied = pairs["boris-orlov", "dario-mendez"]
    assert (denied["claims"], denied["denials"], denied["through"]) == (0, 1, None)
    assert {relation["polarity"] for relation in answer["graph"]["relations"]} == {"positive", "negative"}


async def test_both_sides_of_a_contested_tie_are_on_record(worlds: Api) -> None:
    asked = {"actor": ["southland", "harbour-front"], "by": "type", "claims": "true"}
    answer = (await worlds.get("/connections", **asked)).json()
    (pair,) = answer["pairs"]

    assert tuple(pair["relations"]) == OPPOSED
    (part,) = pair["by"]
    assert (part["name"], part["state"], part["claims"], part["denials"]) == ("SUPPORTS", "contested", 1, 1)
    assert [len(relation["claims"]) for relation in answer["graph"]["relations"]] == [1, 1]


async def test_a_pair_without_a_record_names_the_middle_of_its_best_path(world: Api) -> None:
    """With the defaults of both questions, and with a filter that holds for both."""
    for more in ({}, {"max_degree": 3}, {"structural": "include", "kind": "state"}, {"type": "MEETS"}):
        answer = (await world.get("/connections", actor=EVERYBODY, **more)).json()
        assert {pair["state"] for pair in answer["pairs"]} > {"tied", "no_record"}
        for pair in answer["pairs"]:
            if pair["relations"]:
                continue
            ends = {"from_": pair["from"], "to": pair["to"], "max_hops": 2}
            found = (await world.get("/paths", **ends, **more)).json()["paths"]
            through = pair["through"] and pair["through"]["id"]
            assert (found[0]["actors"][1] if found else None) == through, (pair, more)


async def test_common_neighbours_come_with_their_relations(worlds: Api) -> None:
    answer = (await worlds.get("/common", actor=["Cara Lindqvist", "boris-orlov"])).json()
    (shared,) = answer["common"]

    assert shared["id"] == "amal-haddad"
    assert (shared["claims"], shared["sources"], shared["last_day"]) == (4, 3, "2024-05-31")
    assert shared["ties"] == [
        {"actor": "cara-lindqvist", "relations": [relation_id("amal-haddad", "MEETS", "cara-lindqvist")]},
        {"actor": "boris-orlov", "relations": [relation_id("amal-haddad", "MEETS", "boris-orlov")]},
    ]
    assert [actor["id"] for actor in answer["graph"]["actors"]] == [*answer["actors"], "amal-haddad"]
    assert (answer["meta"]["total"], answer["meta"]["truncated"]) == (1, False)
