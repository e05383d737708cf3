"""The overview over the whole way: both engines alike, with the defaults of the filter, within all limits."""

from __future__ import annotations

import itertools
import json
from typing import Any

from fastapi import FastAPI

from api.overviewed import overview_of
from api.queries import OverviewQuery
from api.service import Service
from api.wire import encode
from apiclient import Api, client_of, service_on
from engines import RunningEngine
from graph.model import Actor, Claim
from graph.projection.keeper import KeeperSettings
from graph.questions.overview import OverviewAnswer
from graph.rendering.bubbles import radius_of
from world import claim, load_world

NAMES = [f"{group}-{one}" for group in "abc" for one in range(6)]


def three_groups() -> list[Claim]:
    """Three groups in which everybody aids everybody, with a tie from the first to each of the others."""
    inside = [
        claim(one, "AIDS", other, "daily")
        for one, other in itertools.combinations(NAMES, 2)
        if one[0] == other[0]
    ]
    return [*inside, claim("a-0", "ATTACKS", "b-0", "radio"), claim("a-0", "AIDS", "c-0", "daily")]


async def test_the_world_at_a_glance(worlds: Api) -> None:
    answer = (await worlds.get("/overview")).json()

    assert answer["selection"] == {"actors": 10, "ties": 13}
    assert sum(community["actors"] for community in answer["communities"]) == 10
    inside = sum(community["ties"] for community in answer["communities"])
    assert inside + sum(bond["ties"] for bond in answer["bonds"]) == 13
    assert answer["gathered"] == {"communities": 0, "actors": 0, "ties": 0}
    assert answer["untied"] == 2
    assert answer["graph"] is None
    assert "view" not in answer
    first = answer["communities"][0]
    assert first["label"] == ", ".join(member["name"] for member in first["members"][:3])


def untimed(answer: OverviewAnswer) -> dict[str, Any]:
    """An answer as it goes over the wire, without how long it took."""
    found: dict[str, Any] = json.loads(encode(answer))
    found["meta"]["elapsed_ms"] = 0
    if found["graph"]:
        found["graph"]["meta"]["elapsed_ms"] = 0
    return found


async def test_both_engines_and_any_order_of_the_claims_answer_the_same(engine: RunningEngine) -> None:
    """That the expected answer is written down makes it one for both engines."""
    found = []
    for claims in (three_groups(), three_groups()[::-1]):
        async with service_on(engine) as service:
            await load_world(service.store, claims, [Actor(name, name) for name in NAMES])
            whole = await overview_of(service, OverviewQuery(view=True))
            opened = await overview_of(service, OverviewQuery(community="k_b-3", limit=4, view=True))
            found.append([untimed(whole), untimed(opened)])

    assert found[0] == found[1]
    told = found[0][0]
    assert [community["id"] for community in told["communities"]] == ["k_a-0", "k_b-0", "k_c-0"]
    assert [(bond["from"], bond["to"], bond["families"]) for bond in told["bonds"]] == [
        ("k_a-0", "k_b-0", {"material_conflict": 1}),
        ("k_a-0", "k_c-0", {"material_cooperation": 1}),
    ]


async def test_the_world_is_the_same_on_both_engines(worlds: Api, world_service: Service) -> None:
    query = OverviewQuery(view=True, structural="include")
    here, there = [await overview_of(one, query) for one in (worlds.service, world_service)]

    assert (here.communities, here.bonds, here.view) == (there.communities, there.bonds, there.view)


async def test_an_opened_community_is_a_subgraph_with_what_it_left_out(world: Api) -> None:
    whole = (await world.get("/overview")).json()["communities"][0]
    answer = (await world.get("/overview", community=whole["id"], limit="2", view="true")).json()

    assert [community["id"] for community in answer["communities"]] == [whole["id"]]
    assert [actor["id"] for actor in answer["graph"]["actors"]] == [one["id"] for one in whole["members"][:2]]
    assert answer["graph"]["meta"]["omitted_actors"] == whole["actors"] - 2
    assert answer["graph"]["meta"]["truncated"] is True
    places = [(one["x"], one["y"]) for one in answer["graph"]["view"]["nodes"]]
    assert len(places) == 2
    assert all(abs(x) < radius_of(whole["actors"]) for x, _ in places)


async def test_wrong_questions_are_told(world: Api) -> None:
    async def told(**asked: str) -> tuple[int, str]:
        answer = await world.get("/overview", **asked)
        return answer.status_code, answer.json()["code"]

    assert await told(community="k_nobody") == (404, "not-found")
    assert await told(community="k_harvest-day", type="MEETS") == (404, "not-found")
    assert await told(limit="0") == (422, "invalid-question")
    assert await told(limit="1001") == (422, "invalid-question")
    assert await told(communty="k_x") == (422, "invalid-question")
    assert await told(since="2025", until="2024") == (422, "invalid-question")


async def test_the_filter_chooses_what_is_seen(world: Api) -> None:
    async def size(**asked: str) -> tuple[int, int]:
        answer = (await world.get("/overview", **asked)).json()
        return answer["selection"]["actors"], answer["untied"]

    assert await size(type="ATTACKS") == (2, 10)
    assert await size(type="LOCATED_IN") == (0, 12)
    assert await size(type="LOCATED_IN", structural="include") == (4, 8)


async def test_over_the_limit_it_is_refused_as_other_questions_are(
    worlds: Api, app: FastAPI, engine: RunningEngine
) -> None:
    narrow = KeeperSettings(limit=0, corridor_limit=4)
    async with (
        service_on(engine, wiped=False, projection=narrow) as service,
        client_of(app, service) as client,
    ):
        answer = await client.get("/api/v1/overview")

    assert (answer.status_code, answer.json()["code"]) == (413, "corridor-limit")


async def test_nothing_at_all_is_an_empty_overview(nothing: Api) -> None:
    answer = (await nothing.get("/overview", view="true")).json()

    assert (answer["communities"], answer["bonds"], answer["untied"]) == ([], [], 0)
    assert answer["modularity"] is None
    assert answer["view"] == {"nodes": [], "edges": []}
