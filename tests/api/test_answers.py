"""Every call answers exactly what the description of the API says, on both engines alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest

from api.examples import ANSWERS
from apicalls import CALLS, address
from apiclient import Api
from described import Schemas


@pytest.mark.parametrize(("path", "rest"), CALLS, ids=[address(*call)[-60:] for call in CALLS])
async def test_an_answer_is_what_the_description_says(
    world: Api, conforms: Callable[[httpx.Response, str, str], None], path: str, rest: str
) -> None:
    answer = await world.client.get(address(path, rest))

    assert answer.status_code == 200, answer.text
    conforms(answer, "GET", path)


async def test_a_claim_and_a_subgraph_are_what_the_description_says(
    world: Api, conforms: Callable[[httpx.Response, str, str], None]
) -> None:
    listed = (await world.get("/claims")).json()["claims"]
    claim = await world.get(f"/claims/{listed[0]['id']}")
    body = {"actors": ["amal-haddad", "boris-orlov", "northland"], "filter": {"type": ["MEETS", "LEADS"]}}
    subgraph = await world.client.post("/api/v1/subgraph?view=true&claims=true", json=body)

    conforms(claim, "GET", "/api/v1/claims/{id}")
    conforms(subgraph, "POST", "/api/v1/subgraph")
    conforms(await world.client.post("/api/v1/counts", json=body), "POST", "/api/v1/counts")
    assert claim.json() == listed[0]
    assert [actor["id"] for actor in subgraph.json()["actors"]] == body["actors"]
    assert {relation["type"] for relation in subgraph.json()["relations"]} == {"MEETS", "LEADS"}


def test_every_call_is_tried(description: Mapping[str, Any]) -> None:
    elsewhere = {
        "/api/v1/claims/{id}",
        "/api/v1/subgraph",
        "/api/v1/counts",
        "/api/v1/export",
        "/api/v1/cypher",
        "/api/v1/loads",
        "/api/v1/loads/{id}",
    }

    assert {path for path, _ in CALLS} | elsewhere == description["paths"].keys()


async def test_an_empty_store_answers_every_question(
    nothing: Api, conforms: Callable[[httpx.Response, str, str], None]
) -> None:
    needed = {"/search": {"q": "x"}, "/measures": {"measure": "communities"}}
    for path in ("/search", "/measures", "/claims", "/sources", "/datasets", "/schema", "/stats"):
        answer = await nothing.get(path, **needed.get(path, {}))
        assert answer.status_code == 200, (path, answer.text)
        conforms(answer, "GET", f"/api/v1{path}")


@pytest.mark.parametrize("name", ANSWERS)
def test_an_example_is_what_its_schema_says(
    name: str, description: Mapping[str, Any], schemas: Schemas
) -> None:
    schemas.check(ANSWERS[name], {"$ref": f"#/components/schemas/{name}"})
    assert description["components"]["schemas"][name]["examples"] == [ANSWERS[name]]


def test_every_call_documents_its_errors_as_problems(description: Mapping[str, Any]) -> None:
    for path, methods in description["paths"].items():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                if status != "200":
                    assert list(response["content"]) == ["application/problem+json"], (path, status)
            assert operation["summary"], path
            assert operation["description"], path


def test_every_parameter_says_what_it_means(description: Mapping[str, Any]) -> None:
    silent = [
        (path, parameter["name"])
        for path, methods in description["paths"].items()
        for operation in methods.values()
        for parameter in operation.get("parameters", ())
        if not parameter.get("description")
    ]

    assert not silent


async def test_an_actor_found_by_its_alias_says_so(world: Api) -> None:
    found = (await world.get("/search", q="the mediator")).json()["actors"][0]

    assert (found["id"], found["matched_as"]) == ("amal-haddad", "the mediator")


async def test_counts_before_expanding_are_what_expanding_brings(worlds: Api) -> None:
    counts = (await worlds.get("/actors/amal-haddad")).json()["relations"]
    meets = next(count for count in counts if count["type"] == "MEETS")
    around = (await worlds.get("/actors/amal-haddad/neighbourhood", type="MEETS")).json()

    assert meets["actors"] == len(around["actors"]) - 1 == 2
    assert meets["claims"] == sum(relation["claim_count"] for relation in around["relations"]) == 4


async def test_a_path_reads_as_text_and_holds_its_relations(worlds: Api) -> None:
    answer = (await worlds.get("/paths", from_="Amal Haddad", to="northland", claims="true")).json()
    path = answer["paths"][0]
    known = {relation["id"]: relation for relation in answer["graph"]["relations"]}

    assert path["actors"] == ["amal-haddad", "boris-orlov", "northland"]
    assert path["text"].startswith("Amal Haddad met Boris Orlov")
    assert [hop["from"] for hop in path["hops"]] == ["amal-haddad", "boris-orlov"]
    assert all(known[id]["claims"] for hop in path["hops"] for id in hop["relations"])
    assert answer["meta"]["blocked_by"] is None


async def test_places_are_walked_only_when_asked_for(world: Api) -> None:
    ends = {"from_": "delta-oil", "to": "border-guard", "max_hops": 2}
    usual = (await world.get("/paths", **ends)).json()["paths"]
    asked = (await world.get("/paths", **ends, structural="include")).json()["paths"]

    assert ["delta-oil", "portville", "border-guard"] not in [path["actors"] for path in usual]
    assert ["delta-oil", "portville", "border-guard"] in [path["actors"] for path in asked]


async def test_an_accented_name_is_found_without_its_accents(world: Api) -> None:
    answer = await world.get("/paths", from_="dario mendez", to="harbour-front")

    assert answer.json()["paths"][0]["actors"] == ["dario-mendez", "harbour-front"]


async def test_pages_of_a_neighbourhood_join_to_the_whole(worlds: Api) -> None:
    whole = (await worlds.get("/actors/northland/neighbourhood", depth=2)).json()
    relations: set[str] = set()
    more: dict[str, str] = {}
    for _ in range(20):
        page = (await worlds.get("/actors/northland/neighbourhood", depth=2, limit=2, **more)).json()
        relations |= {relation["id"] for relation in page["relations"]}
        if page["meta"]["next"] is None:
            break
        more = {"cursor": page["meta"]["next"]}

    assert relations == {relation["id"] for relation in whole["relations"]}


async def test_a_page_may_be_of_another_size_than_the_one_before(worlds: Api) -> None:
    whole = (await worlds.get("/actors/northland/neighbourhood", depth=2)).json()["actors"]
    first = (await worlds.get("/actors/northland/neighbourhood", depth=2, limit=1)).json()
    rest = await worlds.get(
        "/actors/northland/neighbourhood", depth=2, limit=100, between=True, cursor=first["meta"]["next"]
    )

    told = [actor["id"] for actor in (*first["actors"], *rest.json()["actors"])]
    assert list(dict.fromkeys(told)) == [actor["id"] for actor in whole]


async def test_pages_of_claims_join_to_the_whole(world: Api) -> None:
    whole = (await world.get("/claims")).json()
    first = (await world.get("/claims", limit=20)).json()
    second = (await world.get("/claims", limit=20, cursor=first["meta"]["next"])).json()

    assert first["claims"] + second["claims"] == whole["claims"]
    assert whole["meta"]["total"] == 26


async def test_a_view_has_a_place_for_every_actor(world: Api) -> None:
    answer = (await world.get("/actors/northland/neighbourhood", view="true")).json()

    assert {one["id"] for one in answer["view"]["nodes"]} == {actor["id"] for actor in answer["actors"]}
    assert all("x" in one and "y" in one for one in answer["view"]["nodes"])


async def test_a_view_comes_only_when_asked_for(world: Api) -> None:
    answer = (await world.get("/actors/northland/neighbourhood")).json()

    assert "view" not in answer
    assert all("claims" not in relation for relation in answer["relations"])
