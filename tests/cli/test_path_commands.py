"""`actorgraph paths` as somebody types it: as text with footnotes, ranked, from and to several actors."""

from __future__ import annotations

from program import Program, Server, timeless


def test_paths_come_as_a_text_with_footnotes(served: tuple[Program, Server]) -> None:
    program, server = served
    ended = program.ok("paths", "Amal Haddad", "northland", "--format", "markdown")

    assert ended.out == server.text("/api/v1/paths?from=amal-haddad&to=northland&format=markdown")
    assert ended.out.startswith("# From Amal Haddad to Northland\n\n")
    assert (
        "Amal Haddad met Boris Orlov (2024-05-01).[^1] Boris Orlov leads Northland (2020).[^2]" in ended.out
    )
    assert "\n[^1]: Amal Haddad met Boris Orlov in Portville (2024-05-01).\n    Source: daily.\n" in ended.out


def test_paths_are_ranked_and_told_where_to_pass(beside: Program) -> None:
    plain = beside.ok("paths", "Amal Haddad", "border-guard", "--k", "1").out
    recent = beside.ok("paths", "Amal Haddad", "border-guard", "--k", "1", "--rank", "recent").out
    passing = beside.ok("paths", "Amal Haddad", "border-guard", "--k", "1", "--via", "Northland").out

    assert plain.startswith("1. Amal Haddad – Harbour Front – Border Guard  (2 hops)")
    assert recent == plain, "undated is older than everything"
    assert passing.startswith("1. Amal Haddad – Boris Orlov – Northland – Border Guard  (3 hops)")
    assert "   weakest: Northland – Border Guard (alleged, single source, undated)\n" in passing


def test_further_starts_and_ends_are_options(served: tuple[Program, Server]) -> None:
    program, server = served
    found = program.ok(
        "paths", "northland", "amal-haddad", "--from", "border-guard", "--to", "Harbour Front", "--json"
    ).json
    asked = "from=northland&from=border-guard&to=amal-haddad&to=harbour-front"

    assert timeless(found) == timeless(server.get(f"/api/v1/paths?{asked}"))
    assert found["paths"][0]["actors"] == ["border-guard", "harbour-front"]


def test_what_stands_in_the_way_is_said_beside_the_answer(beside: Program) -> None:
    ended = beside.ok(
        "paths", "Amal Haddad", "border-guard", "--avoid", "northland", "--max-degree", "1", "--max-hops", "2"
    )

    assert ended.out == ""
    assert ended.err.splitlines() == [
        "actorgraph: no path under these conditions",
        'actorgraph: lifting "by way of nobody with more than 1 neighbours" (--max-degree) gives 1 path',
        "actorgraph: not passed because of --max-degree: Harbour Front (2)",
    ]
