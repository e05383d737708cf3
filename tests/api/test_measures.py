"""Measures over the whole way: both engines alike, with the defaults of the filter, within the time limit."""

from __future__ import annotations

from itertools import pairwise

import pytest
from fastapi import FastAPI

from api.measured import measured_actors
from api.queries import MeasuresQuery
from api.service import Service
from apiclient import Api, client_of, service_on
from engines import RunningEngine
from graph.model import Actor
from measuring import EVERY_MEASURE
from world import claim, load_world

CHAIN = 2_000
"""Actors in a row: their betweenness takes minutes."""


async def test_the_degrees_of_the_world_are_those_counted_by_hand(worlds: Api) -> None:
    answer = (await worlds.get("/measures", measure="degree")).json()

    assert answer["selection"] == {"actors": 10, "ties": 13}
    assert [(actor["id"], actor["value"], actor["rank"]) for actor in answer["actors"]] == [
        ("grain-union", 4, 1),
        ("amal-haddad", 3, 2),
        ("cara-lindqvist", 3, 2),
        ("harbour-front", 3, 2),
        ("northland", 3, 2),
        ("border-guard", 2, 6),
        ("boris-orlov", 2, 6),
        ("dario-mendez", 2, 6),
        ("delta-oil", 2, 6),
        ("southland", 2, 6),
    ]
    assert all(actor["community"] is None for actor in answer["actors"])
    assert (answer["communities"], answer["modularity"]) == ([], None)


@pytest.mark.parametrize("around", [(), ("amal-haddad", "Southland")])
async def test_every_measure_is_the_same_on_both_engines(
    worlds: Api, world_service: Service, around: tuple[str, ...]
) -> None:
    for measure in EVERY_MEASURE:
        query = MeasuresQuery(measure=measure, actor=around)
        here, there = [await measured_actors(one, query) for one in (worlds.service, world_service)]
        assert here.actors == there.actors
        assert here.communities == there.communities
        assert here.modularity == there.modularity


async def test_the_filter_and_the_actors_choose_who_is_measured(world: Api) -> None:
    async def ids(**asked: str) -> set[str]:
        answer = (await world.get("/measures", measure="degree", **asked)).json()
        return {actor["id"] for actor in answer["actors"]}

    around = {"amal-haddad", "boris-orlov", "cara-lindqvist", "grain-union"}
    assert await ids(actor="Amal Haddad") == around
    assert await ids(actor="Amal Haddad", kind="person") == around - {"grain-union"}
    assert await ids(kind="person") == around - {"grain-union"} | {"dario-mendez"}
    assert await ids(type="ATTACKS") == {"harbour-front", "border-guard"}
    assert await ids(type="LOCATED_IN") == set()
    assert await ids(type="LOCATED_IN", structural="include") == {
        "border-guard",
        "delta-oil",
        "northland",
        "portville",
    }
    assert await ids(type="NOT_MEETS") == set()


async def test_a_measure_past_the_time_limit_is_a_504_and_frees_its_thread(
    embedded_engine: RunningEngine, app: FastAPI
) -> None:
    names = [f"c{number:04}" for number in range(CHAIN)]
    claims = [claim(one, "AIDS", other, "daily") for one, other in pairwise(names)]
    async with service_on(embedded_engine, limit_s=1.0) as service, client_of(app, service) as client:
        await load_world(service.store, claims, [Actor(name, name) for name in names])
        await service.keeper.current()

        for _ in range(5):
            late = await client.get("/api/v1/measures?measure=betweenness")
            assert (late.status_code, late.json()["code"]) == (504, "question-timeout")
        statuses = [(await client.get("/api/v1/measures?measure=degree")).status_code for _ in range(20)]
        assert 200 in statuses, "the threads of measures that nobody waits for are still busy"
