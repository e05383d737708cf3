"""`actorgraph overview` for people: what its tables hold, and what it says is left out."""

from __future__ import annotations

import pytest

from program import Program, Server, timeless


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        (["--limit", "1", "--structural", "include"], "limit=1&structural=include"),
        (["--community", "k_northland"], "community=k_northland"),
    ],
)
def test_json_is_the_answer_of_the_http_api(
    served: tuple[Program, Server], arguments: list[str], query: str
) -> None:
    program, server = served

    answer = program.ok("overview", *arguments, "--json").json
    assert timeless(answer) == timeless(server.get(f"/api/v1/overview?{query}"))


def test_communities_and_bonds_are_tables(beside: Program) -> None:
    ended = beside.ok("overview", "--limit", "1")
    head, first, *rest = ended.out.splitlines()

    assert head.split() == ["actors", "ties", "claims", "best", "connected", "mostly", "families", "id"]
    assert first.split()[-1].startswith("k_")
    assert rest == []
    assert "3 smaller communities with 6 actors and 7 ties left out; raise --limit" in ended.err
    assert "8 actors with 8 ties; 0 have no tie" in ended.err


def test_an_opened_community_is_its_actors_and_their_relations(beside: Program) -> None:
    ended = beside.ok("overview", "--community", "k_northland", "--limit", "1")
    lines = ended.out.splitlines()

    assert "name" in lines[3].split()
    assert lines[4].split()[-1].isascii()
    assert lines[5] == ""
    assert ["actor", "relation", "other", "actor", "claims", "sources"] in [line.split() for line in lines]
    assert "1 actors and 1 relations left out; raise --limit" in ended.err


def test_a_community_that_there_is_not_ends_with_3(beside: Program) -> None:
    ended = beside.run("overview", "--community", "k_nobody")

    assert ended.code == 3
    assert "no community 'k_nobody'" in ended.err
