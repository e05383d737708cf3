"""Wrong questions get one clear problem: what is wrong, and what is allowed; never a 500, never silence."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from neo4j import AsyncManagedTransaction

from apiclient import Api
from graph.model import Actor, Dataset
from world import load_of, load_world

NEAR = "/actors/amal-haddad/neighbourhood"
TIMELINE = "/actors/amal-haddad/timeline"
PATH = "/paths?from=amal-haddad&to=northland"
GROUP = "/connections?actor=amal-haddad&actor=northland"
COMMON = "/common?actor=amal-haddad&actor=northland"

WRONG: tuple[tuple[str, str, str], ...] = (
    ("/search", "q", "is required"),
    ("/search?q=", "q", "of 1 to 4000 characters"),
    ("/search?q=x&q=y", "q", "has one value, not 'x' and 'y'"),
    ("/search?q=x&limit=0", "limit", "from 1 to 100"),
    ("/search?q=x&limit=101", "limit", "from 1 to 100"),
    ("/search?q=x&limit=1.5", "limit", "must be a whole number"),
    ("/search?q=x&limit=1e9", "limit", "must be a whole number"),
    ("/search?q=x&kind=wizard", "kind", "must be one of person, state"),
    ("/search?q=x&kinds=person", "kinds", "did you mean 'kind'"),
    (f"{NEAR}?depth=4", "depth", "from 1 to 3"),
    (f"{NEAR}?depth=0", "depth", "from 1 to 3"),
    (f"{NEAR}?limit=1001", "limit", "from 1 to 1000"),
    (f"{NEAR}?statuss=alleged", "statuss", "did you mean 'status'"),
    (f"{NEAR}?status=asserted,alleged", "status", "repeat the parameter"),
    (f"{NEAR}?family=friendly", "family", "must be one of verbal_cooperation"),
    (f"{NEAR}?category=consult", "category", "must be one of AGREE"),
    (f"{NEAR}?polarity=neutral", "polarity", "must be one of positive, negative"),
    (f"{NEAR}?direction=up", "direction", "must be one of any, out, in"),
    (f"{NEAR}?undated=maybe", "undated", "must be one of include, exclude"),
    (f"{NEAR}?since=2025-13", "since", "no month 13"),
    (f"{NEAR}?until=yesterday", "until", "2025-03"),
    (f"{NEAR}?as_of=03/04/2025", "as_of", "2025-03"),
    (f"{NEAR}?since=2025&until=2024", "since", "is after until"),
    (f"{NEAR}?min_sources=0", "min_sources", "from 1 to 1000"),
    (f"{NEAR}?min_claims=-1", "min_claims", "from 1 to 100000"),
    (f"{NEAR}?max_degree=0", "max_degree", "from 1 to 10000000"),
    (f"{NEAR}?since=2025-02-30", "since", "2025-02-30"),
    (f"{NEAR}?as_of=2025-W10", "as_of", "2025-W10"),
    (f"{NEAR}?between=perhaps", "between", "true or false"),
    (f"{NEAR}?cursor=zzz", "cursor", "not a cursor of ours"),
    (f"{NEAR}?type=MEET", "type", "nearest: MEETS"),
    (f"{NEAR}?type=MEETS,LEADS", "type", "nearest:"),
    (f"{NEAR}?type=MEETS%60%5D", "type", "no relation type"),
    (f"{NEAR}?dataset=tiny-wrld", "dataset", "nearest: tiny-world"),
    (f"{NEAR}?source=dayly", "source", "nearest: daily"),
    (f"{NEAR}?without_source=dayly", "without_source", "no source 'dayly'; nearest: daily"),
    (f"{TIMELINE}?bucket=hour", "bucket", "must be one of month, week, day, year"),
    (f"{TIMELINE}?limit=0", "limit", "from 1 to 10000"),
    (f"{TIMELINE}?depth=2", "depth", "not a parameter"),
    (f"{TIMELINE}?since=2025&until=2024", "since", "is after until"),
    ("/changes", "since", "is required, unless since_load names a load"),
    ("/changes", "until", "is required, unless since_load names a load"),
    ("/changes?since=2024", "until", "is required"),
    ("/changes?until=2024", "since", "is required"),
    ("/changes?since=yesterday&until=2024", "since", "2025-03"),
    ("/changes?since=2025&until=2024", "since", "is after until"),
    ("/changes?since=2024&until=2024-03", "since", "the end of 2024 is after the end of until=2024-03"),
    ("/changes?since=2023&until=2024&as_of=2024", "as_of", "leave it out"),
    ("/changes?since=2023&until=2024&limit=1001", "limit", "from 1 to 1000"),
    ("/changes?since=2023&until=2024&since_load=load-1", "since", "leave out the one or the other"),
    ("/changes?until=2024&since_load=load-1", "until", "leave out the one or the other"),
    ("/changes?until_load=load-1", "since_load", "is required beside until_load"),
    ("/changes?since_load=lode-1", "since_load", "no load 'lode-1'; nearest: load-1"),
    ("/changes?since_load=load-1&until_load=2", "until_load", "no load '2'; nearest: load-1"),
    (f"{PATH}&k=26", "k", "from 1 to 25"),
    (f"{PATH}&max_hops=9", "max_hops", "from 1 to 8"),
    (f"{PATH}&k=0", "k", "from 1 to 25"),
    (f"{PATH}&via=northland", "via", "names an end of the path"),
    (f"{PATH}&via=southland&avoid=southland", "via", "avoid names too"),
    (f"{PATH}&via=southland&max_hops=1", "via", "1 hops can be told to pass 0"),
    (f"{PATH}{'&via=southland' * 200}", "via", "given 0 to 5 times"),
    (f"{PATH}&rank=best", "rank", "must be one of shortest"),
    (f"{PATH}&format=pdf", "format", "must be one of json, markdown"),
    (f"{PATH}&format=markdown&view=true", "view", "adds to the JSON answer only"),
    (f"{PATH}&format=markdown&claims=true", "claims", "leave it out with format=markdown"),
    (f"{PATH}&format=markdown&k=0", "k", "from 1 to 25"),
    (f"{PATH}&format=markdown&max_hops=9", "max_hops", "from 1 to 8"),
    (f"{PATH}&avoid=northland", "avoid", "end of the path"),
    ("/paths?from=amal-haddad", "to", "is required"),
    ("/paths?from=amal-haddad&to=Amal+Haddad", "to", "same actor"),
    ("/measures", "measure", "is required: What is measured: degree, betweenness"),
    ("/measures?measure=fame", "measure", "must be one of degree, betweenness, pagerank, core, communities"),
    ("/measures?measure=degree&depth=4", "depth", "from 1 to 3"),
    ("/measures?measure=degree&limit=1001", "limit", "from 1 to 1000"),
    (f"/measures?measure=degree{'&actor=northland' * 51}", "actor", "given 0 to 50 times"),
    ("/measures?measure=degree&actor=northland&avoid=northland", "avoid", "measure around"),
    ("/measures?measure=degree&actors=northland", "actors", "did you mean 'actor'"),
    ("/connections?actor=amal-haddad", "actor", "given 2 to 50 times"),
    ("/connections", "actor", "is required"),
    (f"/connections?{'&'.join(f'actor=a{n}' for n in range(51))}", "actor", "given 2 to 50 times"),
    (f"{GROUP}&actor=Amal+Haddad", "actor", "names 'amal-haddad' twice"),
    (f"{GROUP}&avoid=northland", "avoid", "names 'northland', one of the actors"),
    (f"{GROUP}&by=category", "by", "must be one of all, family, type"),
    (f"{GROUP}&actors=southland", "actors", "did you mean 'actor'"),
    ("/common?actor=amal-haddad", "actor", "given 2 to 50 times"),
    (f"{COMMON}&actor=northland", "actor", "twice"),
    (f"{COMMON}&avoid=Amal+Haddad", "avoid", "names 'amal-haddad'"),
    (f"{COMMON}&limit=0", "limit", "from 1 to 1000"),
    (f"{COMMON}&limit=1001", "limit", "from 1 to 1000"),
    (f"{COMMON}&cursor=x", "cursor", "not a parameter"),
    ("/claims?limit=1001", "limit", "from 1 to 1000"),
    ("/claims?subjects=x", "subjects", "did you mean 'subject'"),
    ("/sources?limit=0", "limit", "from 1 to 10000"),
    ("/datasets?x=1", "x", "it has none"),
    ("/export?format=xml", "format", "must be jsonl"),
    ("/stats?limit=3", "limit", "not a parameter"),
)


@pytest.mark.parametrize(("path", "parameter", "phrase"), WRONG, ids=[wrong[0] for wrong in WRONG])
async def test_a_wrong_parameter_is_named(world: Api, path: str, parameter: str, phrase: str) -> None:
    answer = await world.client.get(f"/api/v1{path}")
    body = answer.json()

    assert answer.status_code == 422, body
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["code"] == "invalid-question"
    named = {one["parameter"]: one["message"] for one in body["errors"]}
    assert phrase in named[parameter], named


async def test_a_parameter_out_of_range_names_both_bounds(world: Api) -> None:
    answer = await world.client.get(f"/api/v1{PATH}&k=99")

    assert answer.json()["detail"] == "k: must be a whole number from 1 to 25, not '99'"


async def test_several_wrong_parameters_are_all_named(world: Api) -> None:
    answer = await world.client.get(f"/api/v1{PATH}&k=99&max_hops=no&statuss=x")

    assert {one["parameter"] for one in answer.json()["errors"]} == {"k", "max_hops", "statuss"}


async def test_an_unknown_actor_comes_with_the_nearest_ones(
    world: Api, conforms: Callable[[httpx.Response, str, str], None]
) -> None:
    answer = await world.get("/actors/amal-hadad")

    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-actor")
    assert answer.json()["nearest"][0] == {"id": "amal-haddad", "name": "Amal Haddad"}
    assert len(answer.json()["nearest"]) <= 3
    conforms(answer, "GET", "/api/v1/actors/{id}")


async def test_a_name_that_fits_several_actors_comes_with_candidates(worlds: Api) -> None:
    twin = Actor("haddad-2", "Amal Haddad", "person")
    await load_world(worlds.store, (), (twin,), load_of(Dataset("second"), "load-2"))

    answer = await worlds.get("/paths", from_="amal haddad", to="northland")

    assert (answer.status_code, answer.json()["code"]) == (422, "ambiguous-actor")
    assert {c["id"] for c in answer.json()["candidates"]} == {"amal-haddad", "haddad-2"}
    assert (await worlds.get("/paths", from_="haddad-2", to="northland")).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/relations/r_nonsense",
        "/relations/zzz",
        "/claims/c_00000000000000000000000000000000",
        "/sources/nobody",
        "/datasets/none",
        "/nothing",
        "/actors/constructor",
        "/actors/..%2f..%2fetc",
        "/actors/%00",
        "/actors/%5Cevil.example",
        f"/actors/{'x' * 8000}",
    ],
)
async def test_what_is_not_there_is_a_problem_and_no_redirect(world: Api, path: str) -> None:
    answer = await world.client.get(f"/api/v1{path}")

    assert answer.status_code == 404, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404


async def test_a_wrong_method_names_the_right_one(world: Api) -> None:
    answer = await world.client.post("/api/v1/search", json={})

    assert (answer.status_code, answer.json()["code"]) == (405, "method-not-allowed")
    assert answer.headers["allow"] == "GET"


async def test_a_wrong_body_names_the_field(world: Api) -> None:
    body = {"actors": [], "filter": {"status": ["sure"], "min_claims": 0}, "betwen": True}
    answer = await world.client.post("/api/v1/subgraph", json=body)
    named = {one["parameter"]: one["message"] for one in answer.json()["errors"]}

    assert answer.status_code == 422
    assert named.keys() == {"actors", "filter.status", "filter.min_claims", "betwen"}
    assert "did you mean 'between'" in named["betwen"]


async def test_a_body_that_is_no_json_is_a_bad_request(world: Api) -> None:
    for content in (b"{", b"[" * 100_000, b"\xff\xfe"):
        answer = await world.client.post(
            "/api/v1/subgraph", content=content, headers={"content-type": "application/json"}
        )
        assert answer.status_code == 400, answer.text
        assert answer.headers["content-type"] == "application/problem+json"


async def test_a_form_is_not_accepted_as_a_body(world: Api) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = await world.client.post(
            "/api/v1/subgraph", content=b'{"actors": ["x"]}', headers={"content-type": kind}
        )
        assert (answer.status_code, answer.json()["code"]) == (415, "json-needed")


@pytest.mark.parametrize(
    "text",
    ["/", "AND OR NOT", '"', "a~", "*", "foo:bar", "C++", "tb-", "(x", "' OR 1=1 --", "\u202eevil", "😀",
     "x" * 4000, "\x00", "$(x)", "{{7*7}}", "`) DETACH DELETE n //", "<script>alert(1)</script>"],
)  # fmt: skip
async def test_a_search_never_fails(world: Api, text: str) -> None:
    answer = await world.get("/search", q=text)

    assert answer.status_code == 200, answer.text


async def test_a_stale_cursor_is_a_conflict(worlds: Api) -> None:
    page = (await worlds.get("/actors/northland/neighbourhood", limit=1)).json()
    await worlds.store.write(_nothing_much)

    answer = await worlds.get("/actors/northland/neighbourhood", limit=1, cursor=page["meta"]["next"])

    assert (answer.status_code, answer.json()["code"]) == (409, "stale-cursor")


async def test_a_cursor_of_another_question_is_refused(world: Api) -> None:
    page = (await world.get("/actors/northland/neighbourhood", limit=1)).json()
    answer = await world.get("/actors/northland/neighbourhood", limit=1, depth=2, cursor=page["meta"]["next"])

    assert answer.status_code == 422
    assert "another question" in answer.json()["detail"]


async def _nothing_much(transaction: AsyncManagedTransaction) -> None:
    await (await transaction.run("CREATE (:Actor {id: 'newcomer', name: 'Newcomer'})")).consume()
