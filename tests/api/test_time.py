"""Timelines and changes over HTTP, the same on both engines: between days, between loads, after a write."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from apiclient import Api
from graph.ids import relation_id
from graph.model import Actor, Claim, Dataset
from graph.store.writing import Load
from world import CLAIMS, claim, load_of, load_world, of_dataset

SECOND = Dataset("second")
NEWCOMER = Actor("newcomer", "Newcomer", "person")


def later(load_id: str, dataset: Dataset, recorded_at: str) -> Load:
    return replace(load_of(dataset, load_id), recorded_at=recorded_at)


def second_claims() -> tuple[Claim, ...]:
    """A new actor, and a denial of what the first load claims."""
    told = (
        claim("newcomer", "MEETS", "amal-haddad", "daily"),
        claim("boris-orlov", "NOT_MEETS", "amal-haddad", "daily", date="2024-05"),
    )
    return of_dataset(told, SECOND.name)


async def load_twice(api: Api) -> None:
    load = later("load-2", SECOND, "2026-01-03T00:00:00+00:00")
    await load_world(api.store, second_claims(), (NEWCOMER,), load)


def triples(answer: dict[str, Any], name: str) -> list[tuple[str, str, str]]:
    known = {relation["id"]: relation for relation in answer["graph"]["relations"]}
    listed = (known[id] for id in answer[name]["ids"])
    return [(relation["subject"], relation["type"], relation["object"]) for relation in listed]


async def test_a_timeline_counts_by_period_and_family(worlds: Api) -> None:
    answer = (await worlds.get("/actors/harbour-front/timeline")).json()

    assert [(one["period"], one["claims"], one["negative"]) for one in answer["periods"]] == [
        ("2019-03", 1, 0),
        ("2024-02", 1, 1),
        ("2024-03", 2, 0),
    ]
    assert answer["periods"][2]["families"] == {"material_conflict": 2}
    assert [(one["period"], one["last_day"]) for one in answer["coarser"]] == [("2024", "2024-12-31")]
    assert answer["meta"]["undated"] == 2
    assert answer["actor"]["claims"] == 7


async def test_years_before_our_era_and_rough_dates_are_on_the_timeline(worlds: Api) -> None:
    answer = (await worlds.get("/actors/grain-union/timeline", bucket="year")).json()

    assert [(one["first_day"], one["last_day"]) for one in answer["periods"]] == [
        ("-0431-01-01", "-0431-12-31")
    ]
    assert [one["period"] for one in answer["coarser"]] == ["195X"]
    assert answer["meta"]["undated"] == 3


async def test_what_changed_between_two_days(worlds: Api) -> None:
    answer = (await worlds.get("/changes", since="2023", until="2024-06-30")).json()

    assert answer["actors"] == {"ids": ["cara-lindqvist"], "total": 1, "truncated": False}
    assert triples(answer, "relations") == [
        ("harbour-front", "ATTACKS", "border-guard"),
        ("amal-haddad", "MEETS", "cara-lindqvist"),
        ("boris-orlov", "NOT_MEETS", "dario-mendez"),
        ("southland", "NOT_SUPPORTS", "harbour-front"),
        ("southland", "SUPPORTS", "harbour-front"),
    ]
    assert triples(answer, "became_contested") == [
        ("southland", "NOT_SUPPORTS", "harbour-front"),
        ("southland", "SUPPORTS", "harbour-front"),
    ]
    assert triples(answer, "ended") == []
    assert answer["meta"]["undated"] == 12


async def test_a_lasting_state_has_ended_the_day_after_its_validity(worlds: Api) -> None:
    answer = (await worlds.get("/changes", since="2024-06", until="2024-07")).json()

    assert triples(answer, "ended") == [("boris-orlov", "LEADS", "northland")]


async def test_what_changed_among_actors_named_one_by_one(worlds: Api) -> None:
    named = ["boris-orlov", "northland", "amal-haddad", "cara-lindqvist", "southland", "harbour-front"]
    body = {"actors": named, "since": "2024-03", "until": "2024-07"}
    answer = (await worlds.client.post("/api/v1/changes", json=body)).json()

    assert answer["actors"] == ["cara-lindqvist"], "the mediator is known since the end of April"
    assert answer["relations"] == [relation_id("amal-haddad", "MEETS", "cara-lindqvist")]
    assert answer["ended"] == [relation_id("boris-orlov", "LEADS", "northland")]
    assert answer["became_contested"] == []
    assert set(answer["unchanged"]) == {
        relation_id("amal-haddad", "MEETS", "boris-orlov"),
        relation_id("southland", "SUPPORTS", "harbour-front"),
        relation_id("southland", "NOT_SUPPORTS", "harbour-front"),
    }
    assert answer["meta"]["undated"] == 0


async def test_changes_among_actors_have_the_filter(worlds: Api) -> None:
    named = ["amal-haddad", "cara-lindqvist", "dario-mendez", "southland", "harbour-front"]
    body = {"actors": named, "since": "2023", "until": "2024", "filter": {"without_source": ["daily"]}}
    answer = (await worlds.client.post("/api/v1/changes", json=body)).json()

    assert set(answer["relations"]) == {
        relation_id("southland", "SUPPORTS", "harbour-front"),
        relation_id("southland", "NOT_SUPPORTS", "harbour-front"),
    }
    assert answer["meta"]["undated"] == 2, "the meeting with the mediator, and its denial"


@pytest.mark.parametrize(
    ("asked", "parameter", "phrase"),
    [
        ({"since": "2025"}, "since", "the end of 2025 is after the end of until=2024"),
        ({"filter": {"as_of": "2024"}}, "filter.as_of", "stand beside the filter"),
        ({"filter": {"since": "2024"}}, "filter.since", "stand beside the filter"),
        ({"actors": []}, "actors", "1 to 5000"),
        ({"until": "soon"}, "until", "2025-03"),
    ],
)
async def test_a_wrong_comparison_among_actors_is_named(
    world: Api, asked: dict[str, Any], parameter: str, phrase: str
) -> None:
    body = {"actors": ["amal-haddad"], "since": "2023", "until": "2024", **asked}
    answer = await world.client.post("/api/v1/changes", json=body)

    assert answer.status_code == 422
    named = {one["parameter"]: one["message"] for one in answer.json()["errors"]}
    assert phrase in named[parameter], named


async def test_an_actor_that_is_not_there_cannot_be_compared(world: Api) -> None:
    body = {"actors": ["amal-hadad"], "since": "2023", "until": "2024"}
    answer = await world.client.post("/api/v1/changes", json=body)

    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-actor")


async def test_what_changed_between_two_loads(worlds: Api) -> None:
    await load_twice(worlds)

    answer = (await worlds.get("/changes", since_load="load-1", claims="true")).json()

    assert (answer["since_load"], answer["until_load"]) == ("load-1", "load-2")
    assert answer["actors"]["ids"] == ["newcomer"]
    assert triples(answer, "relations") == [
        ("amal-haddad", "MEETS", "newcomer"),
        ("amal-haddad", "NOT_MEETS", "boris-orlov"),
    ]
    assert triples(answer, "became_contested") == [
        ("amal-haddad", "MEETS", "boris-orlov"),
        ("amal-haddad", "NOT_MEETS", "boris-orlov"),
    ]
    assert answer["ended"]["total"] == 0
    assert answer["loads"] == [
        {"id": "load-1", "recorded_at": "2026-01-02T03:04:05+00:00", "dataset": "tiny-world", "claims": 26},
        {"id": "load-2", "recorded_at": "2026-01-03T00:00:00+00:00", "dataset": "second", "claims": 2},
    ]
    new = [one for one in answer["graph"]["relations"] if one["id"] in answer["relations"]["ids"]]
    assert {told["id"] for one in new for told in one["claims"]} == {one.id for one in second_claims()}


async def test_the_graph_of_an_earlier_load_holds_no_later_claim(worlds: Api) -> None:
    await load_twice(worlds)
    third = Dataset("third")
    again = of_dataset((claim("newcomer", "MEETS", "amal-haddad", "radio"),), third.name)
    await load_world(worlds.store, again, (), later("load-3", third, "2026-01-04T00:00:00+00:00"))

    answer = (await worlds.get("/changes", since_load="load-1", until_load="load-2")).json()

    meeting = relation_id("amal-haddad", "MEETS", "newcomer")
    (met,) = [one for one in answer["graph"]["relations"] if one["id"] == meeting]
    assert met["claim_count"] == 1
    assert [load["id"] for load in answer["loads"]] == ["load-1", "load-2", "load-3"]


async def test_an_updated_claim_belongs_to_the_load_that_updated_it(worlds: Api) -> None:
    corrected = replace(CLAIMS[3], quote="In Portville.")
    load = replace(load_of(load_id="load-2"), recorded_at="2026-01-03T00:00:00+00:00")
    await load_world(worlds.store, (corrected,), (), load)

    answer = (await worlds.get("/changes", since_load="load-1")).json()

    assert triples(answer, "relations") == [("amal-haddad", "MEETS", "cara-lindqvist")]
    assert [load["claims"] for load in answer["loads"]] == [25, 1]


async def test_a_claim_written_by_hand_has_no_place_among_loads(worlds: Api) -> None:
    await worlds.store.define(
        "MATCH (a:Actor {id: 'portville'}), (b:Actor {id: 'harvest-day'}) CREATE (a)-[:HOSTS]->(b)"
    )

    answer = (await worlds.get("/changes", since_load="load-1")).json()

    assert (answer["relations"]["total"], answer["meta"]["unrecorded"]) == (0, 1)


@pytest.mark.parametrize("until", ["load-1", None])
async def test_a_load_is_not_compared_with_one_before_it(worlds: Api, until: str | None) -> None:
    await load_twice(worlds)

    answer = await worlds.get("/changes", since_load="load-2", until_load=until or "load-2")

    if until is None:
        assert answer.json()["relations"]["total"] == 0
    else:
        assert answer.status_code == 422
        assert "was recorded after until_load=load-1" in answer.json()["detail"]


async def test_a_graph_that_no_load_wrote_has_no_loads_to_compare(nothing: Api) -> None:
    answer = await nothing.get("/changes", since_load="load-1")
    dated = (await nothing.get("/changes", since="2024", until="2025")).json()

    assert answer.status_code == 422
    assert answer.json()["errors"][0] == {
        "parameter": "since_load",
        "message": "this graph has no load 'load-1'",
    }
    assert (dated["loads"], dated["relations"]["total"]) == ([], 0)


async def test_claims_among_actors_are_counted_by_month_and_source(worlds: Api) -> None:
    named = ["southland", "harbour-front", "dario-mendez", "boris-orlov"]
    answer = await worlds.client.post("/api/v1/counts", json={"actors": named})
    found = {one["id"]: one for one in answer.json()["relations"]}
    drawn = (await worlds.client.post("/api/v1/subgraph", json={"actors": named})).json()["relations"]

    assert found.keys() == {one["id"] for one in drawn}
    for one in drawn:
        counted = found[one["id"]]
        assert sum(counted["periods"].values()) + counted["undated"] == one["claim_count"]
        assert (sum(counted["sources"].values()), len(counted["sources"])) == (
            one["claim_count"], one["source_count"],
        )  # fmt: skip
    denial = found[relation_id("southland", "NOT_SUPPORTS", "harbour-front")]
    assert denial == {
        "id": denial["id"], "periods": {"2024-02": 1}, "undated": 0, "sources": {"tiny-world/report": 1},
    }  # fmt: skip


async def test_counts_of_claims_have_the_filter(worlds: Api) -> None:
    named = ["southland", "harbour-front", "border-guard", "portville"]
    body = {"actors": named, "filter": {"without_source": ["daily"], "since": "2024"}}
    answer = (await worlds.client.post("/api/v1/counts", json=body)).json()

    assert [(one["periods"], one["sources"]) for one in answer["relations"]] == [
        ({"2024-03": 1}, {"tiny-world/radio": 1}),
        ({"2024-02": 1}, {"tiny-world/report": 1}),
        ({"2024": 1}, {"tiny-world/radio": 1}),
    ]
    assert answer["meta"]["undated"] == 1, "what is threatened for next week"
