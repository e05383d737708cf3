"""POST /cypher: rows, the subgraph among them, plans, and faults that are marked where they are; the same on
both engines.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from apiclient import Api

Conforms = Callable[[httpx.Response, str, str], None]
MEETING = "MATCH (a:Actor {id: 'amal-haddad'})-[r:MEETS]->(b:Actor {id: 'boris-orlov'}) RETURN a.name, r, b"


async def asked(api: Api, statement: str, query: str = "", **more: Any) -> httpx.Response:
    return await api.client.post(f"/api/v1/cypher{query}", json={"statement": statement, **more})


async def test_an_answer_holds_rows_and_the_subgraph_among_them(worlds: Api, conforms: Conforms) -> None:
    answer = await asked(worlds, MEETING)
    found = answer.json()

    conforms(answer, "POST", "/api/v1/cypher")
    assert found["data"]["fields"] == ["a.name", "r", "b"]
    assert found["data"]["values"][0][0] == "Amal Haddad"
    assert {actor["id"] for actor in found["graph"]["actors"]} == {"amal-haddad", "boris-orlov"}
    assert [relation["type"] for relation in found["graph"]["relations"]] == ["MEETS"]
    assert "view" not in found["graph"]
    assert found["plan"] is None


async def test_what_was_returned_is_seen_through_the_same_builder(worlds: Api, conforms: Conforms) -> None:
    answer = await asked(worlds, MEETING, "?view=true")
    view = answer.json()["graph"]["view"]

    conforms(answer, "POST", "/api/v1/cypher")
    assert {drawn["id"] for drawn in view["nodes"]} == {"amal-haddad", "boris-orlov"}
    assert len(view["edges"]) == 1


async def test_a_claim_alone_is_drawn_with_its_two_actors(worlds: Api, conforms: Conforms) -> None:
    answer = await asked(worlds, "MATCH (:Actor)-[r:LEADS]->() RETURN r", "?view=true")
    found = answer.json()
    ends = {(claim["start"], claim["end"]) for (claim,) in found["data"]["values"]}

    conforms(answer, "POST", "/api/v1/cypher")
    assert len(ends) > 1
    assert {(one["subject"], one["object"]) for one in found["graph"]["relations"]} == ends
    assert {(line["from"], line["to"]) for line in found["graph"]["view"]["edges"]} == ends
    assert {one["id"] for one in found["graph"]["view"]["nodes"]} == {end for pair in ends for end in pair}


async def test_rows_without_actors_have_no_subgraph(worlds: Api, conforms: Conforms) -> None:
    answer = await asked(worlds, "RETURN $n + 1 AS n", "?view=true", parameters={"n": 1})

    conforms(answer, "POST", "/api/v1/cypher")
    assert (answer.json()["data"]["values"], answer.json()["graph"]) == ([[2]], None)


async def test_rows_over_the_limit_are_said_to_be_left_out(worlds: Api) -> None:
    cut = (await asked(worlds, "UNWIND range(1, 9) AS i RETURN i", limit=3)).json()

    assert (len(cut["data"]["values"]), cut["truncated"]) == (3, True)


@pytest.mark.parametrize("prefix", ["EXPLAIN ", "explain\n", "/* why */ Explain // so\n "])
async def test_a_plan_is_shown_and_nothing_is_run(worlds: Api, conforms: Conforms, prefix: str) -> None:
    answer = await asked(worlds, prefix + "MATCH (a:Actor) WHERE a.kind = 'person' RETURN a.name LIMIT 2")
    found = answer.json()

    conforms(answer, "POST", "/api/v1/cypher")
    assert found["data"] == {"fields": [], "values": []}
    assert any("Label" in name for name in operators(found["plan"]))
    assert any("limit" in name.lower() for name in operators(found["plan"]))


async def test_a_writing_statement_can_be_explained_and_changes_nothing(worlds: Api) -> None:
    before = await worlds.store.token()

    answer = await asked(worlds, "EXPLAIN CREATE (:Actor {id: 'evil'})")

    assert answer.status_code == 200
    assert any("create" in name.lower() for name in operators(answer.json()["plan"]))
    assert await worlds.store.token() == before


@pytest.mark.parametrize(
    "text",
    [
        "EXPLAIN PROFILE CREATE (:Actor {id: 'evil'})",
        "EXPLAIN EXPLAIN CREATE (:Actor {id: 'evil'})",
        "EXPLAIN CYPHER PROFILE CREATE (:Actor {id: 'evil'})",
        "CYPHER PROFILE CREATE (:Actor {id: 'evil'})",
        "PROFILE CREATE (:Actor {id: 'evil'})",
    ],
)
async def test_no_prefix_makes_a_statement_run_that_writes(worlds: Api, text: str) -> None:
    before = await worlds.store.token()

    await asked(worlds, text)

    assert await worlds.store.token() == before
    assert await worlds.store.read("MATCH (a:Actor {id: 'evil'}) RETURN a.id") == []


def operators(plan: Any) -> list[str]:
    return [plan["operator"], *(name for child in plan["children"] for name in operators(child))]


@pytest.mark.parametrize(
    ("statement", "line", "column", "near"),
    [
        ("MATCH (a:Actor RETURN a", 1, 16, "RETURN"),
        ("  MATCH (a:Actor RETURN a", 1, 18, "RETURN"),
        ("\n\n MATCH (a:Actor)\nRETRUN a", 4, 1, "RETRUN"),
        ("MATCH (a:Actor)\n RETURN '😀' oops", 2, 13, "oops"),
        ("MATCH (a:Actor)\nRETURN nobody", 2, 8, "nobody"),
        ("RETURN 1 +", 1, 11, None),
        ("EXPLAIN MATCH (a:Actor RETURN a", 1, 24, "RETURN"),
        ("/* why */\nexplain\n MATCH (a:Actor RETURN a", 3, 17, "RETURN"),
        ("RETURN foo(1)", 1, 8, "foo"),
    ],
)
async def test_a_fault_is_marked_where_it_is(
    worlds: Api, conforms: Conforms, statement: str, line: int, column: int, near: str | None
) -> None:
    answer = await asked(worlds, statement)
    problem = answer.json()

    conforms(answer, "POST", "/api/v1/cypher")
    assert (answer.status_code, problem["code"]) == (400, "cypher-error")
    assert (problem["line"], problem["column"], problem["near"]) == (line, column, near), problem["detail"]
    assert f"(line {line}, column {column})" in problem["detail"]


async def test_a_fault_without_a_place_is_only_told(worlds: Api, conforms: Conforms) -> None:
    answer = await asked(worlds, "RETURN $missing")

    conforms(answer, "POST", "/api/v1/cypher")
    assert "missing" in answer.json()["detail"]
    assert "line" not in answer.json()


@pytest.mark.parametrize("statement", [" ", ";", "// nothing", "/* \n */ ;", "EXPLAIN", "explain /* it */"])
async def test_nothing_asked_is_said_to_be(worlds: Api, statement: str) -> None:
    answer = await asked(worlds, statement)

    assert answer.status_code == 400
    assert "statement" in answer.json()["detail"]


@pytest.mark.parametrize(
    "statement", ["RETURN 1; // done", "/* x */ RETURN 1;", "// x\nRETURN 1 ; /* done; */ ;\n// really\n"]
)
async def test_remarks_beside_the_last_semicolon_are_none_of_the_statement(
    worlds: Api, statement: str
) -> None:
    for text in (statement, f"EXPLAIN {statement}"):
        answer = await asked(worlds, text)
        assert answer.status_code == 200, answer.text
    assert (await asked(worlds, statement)).json()["data"]["values"] == [[1]]


async def test_a_fault_before_a_remark_is_marked_where_it_is(worlds: Api) -> None:
    problem = (await asked(worlds, "RETURN 1 + ; // done")).json()

    assert (problem["line"], problem["column"]) == (1, 11)


COMPUTED = (
    ("MATCH (:Actor)-[r:$($name)]->(:Actor) RETURN count(r)", "MEETS"),
    ("MATCH (:Actor)-[r:LEADS|$($name)]->() RETURN count(r)", "MEETS"),
    ("MATCH (a:Actor)-[r]->(b:$($name)) RETURN count(r)", "Source"),
    ("MATCH (a:$($name)) RETURN count(a)", "Source"),
)
"""A statement and the value of `$name`."""


@pytest.mark.parametrize(("statement", "name"), COMPUTED)
async def test_a_computed_type_or_label_is_looked_at_or_refused(
    worlds: Api, conforms: Conforms, statement: str, name: str
) -> None:
    answer = await asked(worlds, statement, parameters={"name": name})

    conforms(answer, "POST", "/api/v1/cypher")
    if worlds.store.dialect.matches_computed_names:
        written = await asked(worlds, statement.replace("$($name)", name))
        assert answer.json()["data"] == written.json()["data"]
        return
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (400, "cypher-error")
    assert (problem["line"], problem["column"], problem["near"]) == (1, statement.index("$") + 1, "$")
    assert "type(r) = $type" in problem["detail"]


async def test_what_is_said_instead_of_a_computed_type_counts_the_same(worlds: Api) -> None:
    by_type = "MATCH (:Actor)-[r]->(:Actor) WHERE type(r) = $name RETURN count(r)"
    compared = await asked(worlds, by_type, parameters={"name": "MEETS"})
    written = await asked(worlds, "MATCH (:Actor)-[r:MEETS]->(:Actor) RETURN count(r)")

    assert compared.json()["data"]["values"] == written.json()["data"]["values"]
    assert written.json()["data"]["values"][0][0] > 0


@pytest.mark.parametrize("statement", ["PROFILE MATCH (a) RETURN a", "profile CREATE (:X)", "CREATE (:X)"])
async def test_what_is_no_reading_is_refused(worlds: Api, conforms: Conforms, statement: str) -> None:
    answer = await asked(worlds, statement)

    conforms(answer, "POST", "/api/v1/cypher")
    assert (answer.status_code, answer.json()["code"]) == (403, "cypher-refused")


@pytest.mark.parametrize(
    ("body", "parameter", "message"),
    [
        ({}, "statement", "is required"),
        ({"statement": ""}, "statement", "of 1 to 32768 characters"),
        ({"statement": "RETURN 1", "limit": 0}, "limit", "from 1 to 10000"),
        ({"statement": "RETURN 1", "limit": 10_001}, "limit", "from 1 to 10000"),
        ({"statement": "RETURN 1", "timeout": 0}, "timeout", "from 0.1 to 30"),
        ({"statement": "RETURN 1", "timeout": 1e99}, "timeout", "from 0.1 to 30"),
        ({"statement": "RETURN 1", "timeout": "inf"}, "timeout", "from 0.1 to 30"),
        ({"statement": "RETURN 1", "parameters": [1]}, "parameters", "must be an object"),
        ({"statement": "RETURN 1", "query": "x"}, "query", "did you mean"),
    ],
)
async def test_a_wrong_field_is_named_with_what_is_allowed(
    world: Api, conforms: Conforms, body: dict[str, Any], parameter: str, message: str
) -> None:
    answer = await world.client.post("/api/v1/cypher", json=body)

    conforms(answer, "POST", "/api/v1/cypher")
    assert answer.status_code == 422
    assert [(one["parameter"], message in one["message"]) for one in answer.json()["errors"]] == [
        (parameter, True)
    ], answer.text
