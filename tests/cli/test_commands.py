"""The commands beside a running server: what they print, what they leave on stderr, and their exit codes."""

from __future__ import annotations

import gzip
import json
import os
import pty
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_group

from api.cli.main import app
from program import Program, Server


def timeless(answer: Any) -> Any:
    """An answer without how long it took."""
    if isinstance(answer, dict):
        return {key: timeless(value) for key, value in answer.items() if key != "elapsed_ms"}
    return [timeless(item) for item in answer] if isinstance(answer, list) else answer


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (["search", "haddad"], "/search?q=haddad"),
        (["neighbourhood", "northland", "--depth", "2"], "/actors/northland/neighbourhood?depth=2"),
        (["neighbourhood", "Northland", "--type", "LEADS", "--claims"],
         "/actors/northland/neighbourhood?type=LEADS&claims=true"),
        (["paths", "Amal Haddad", "border-guard", "--k", "2"], "/paths?from=amal-haddad&to=border-guard&k=2"),
        (["paths", "amal-haddad", "northland", "--status", "asserted", "--status", "alleged"],
         "/paths?from=amal-haddad&to=northland&status=asserted&status=alleged"),
        (["claims", "--subject", "amal-haddad", "--limit", "2"], "/claims?subject=amal-haddad&limit=2"),
        (["datasets"], "/datasets"),
    ],
)  # fmt: skip
def test_json_is_the_answer_of_the_http_api(
    served: tuple[Program, Server], arguments: list[str], path: str
) -> None:
    program, server = served

    assert timeless(program.ok(*arguments, "--json").json) == timeless(server.get(f"/api/v1{path}"))


def test_a_search_is_a_table(beside: Program) -> None:
    ended = beside.ok("search", "haddad")

    assert ended.out.splitlines()[0].split() == ["name", "matched", "as", "kind", "degree", "claims", "id"]
    assert ended.out.splitlines()[1].split()[-1] == "amal-haddad"


def test_paths_read_as_text(beside: Program) -> None:
    ended = beside.ok("paths", "Amal Haddad", "northland", "--claims")

    assert ended.out.startswith("1. Amal Haddad – Boris Orlov – Northland  (2 hops)")
    assert "Amal Haddad met Boris Orlov in Portville." in ended.out


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


def test_no_path_is_an_answer(beside: Program) -> None:
    ended = beside.ok("paths", "Amal Haddad", "northland", "--since", "2030")

    assert ended.out == ""
    assert "no path" in ended.err


def test_pages_of_claims_follow_each_other(beside: Program) -> None:
    first = beside.ok("claims", "--limit", "5")
    cursor = first.err.split("--cursor ")[1].split()[0]
    second = beside.ok("claims", "--limit", "5", "--cursor", cursor)

    assert len(first.out.splitlines()) == 6
    assert len(second.out.splitlines()) == 4
    assert not set(first.out.splitlines()[1:]) & set(second.out.splitlines()[1:])


@pytest.mark.parametrize(
    ("arguments", "code", "phrase"),
    [
        (["paths", "Amal Hadad", "northland"], 3, "nearest: Amal Haddad (amal-haddad)"),
        (["paths", "jose ruiz", "northland"], 3, "fits several actors"),
        (["neighbourhood", "nobody at all"], 3, "no actor"),
        (["paths", "amal-haddad", "northland", "--k", "99"], 2, "k: must be a whole number from 1 to 25"),
        (["paths", "amal-haddad", "northland", "--since", "soon"], 2, "since: "),
        (["paths", "amal-haddad", "northland", "--via", "northland"], 2, "via: names an end"),
        (["paths", "amal-haddad", "amal-haddad"], 2, "same actor"),
        (["paths", "amal-haddad", "northland", "--to", "amal-haddad"], 2, "same actor"),
        (["paths", "amal-haddad", "northland", "--from", "nobody at all"], 3, "no actor"),
        (["paths", "amal-haddad", "northland", "--format", "markdown", "--json"], 2, "leave out one"),
        (["paths", "amal-haddad", "northland", "--format", "markdown", "--claims"], 2, "claims: adds to"),
        (["paths", "amal-haddad", "northland", "--rank", "best"], 2, "rank: must be one of shortest"),
        (["claims", "--type", "MEET"], 2, "nearest: MEETS"),
        (["claims", "--status", "sure"], 2, "must be one of asserted"),
        (["drop", "nothing"], 3, "no data set"),
        (["load", "no-such-file.csv"], 65, "no-such-file.csv"),
        (["cypher", "CREATE (x) RETURN x"], 65, "only reading"),
        (["cypher", "MATCH (x RETURN x"], 65, ""),
        (["cypher", "  ;"], 65, "empty"),
        (["cypher", "-f", "no-such-file.cypher"], 65, "no-such-file.cypher"),
        (["cypher", "RETURN $a", "--param", "a"], 2, "name=value"),
        (["export", "--out", "/nowhere/at/all.jsonl"], 65, "/nowhere/at/all.jsonl"),
    ],
)  # fmt: skip
def test_an_error_is_one_line_and_an_exit_code(
    beside: Program, arguments: list[str], code: int, phrase: str
) -> None:
    ended = beside.run(*arguments)

    assert ended.code == code, ended
    assert ended.out == ""
    assert phrase in ended.complaint
    assert ended.complaint.startswith("actorgraph: ")


@pytest.mark.parametrize("arguments", [["nonsense"], ["paths", "one"], ["search", "x", "--limt", "3"]])
def test_wrong_usage_is_exit_code_two(beside: Program, arguments: list[str]) -> None:
    assert beside.run(*arguments).code == 2


def test_help_names_every_command_quickly(beside: Program) -> None:
    beside.ok("--help")
    ended = beside.ok("--help")

    for command in get_group(app).commands:
        assert f" {command} " in ended.out
    for command in ("serve", "paths"):
        assert f"actorgraph {command}" in beside.ok(command, "--help").out
    assert ended.seconds < 3


def test_a_statement_gives_rows_without_a_frame_in_a_pipe(beside: Program) -> None:
    ended = beside.ok("cypher", "MATCH (a:Actor {name: $n})-[:MEETS]-(x) RETURN x.name AS name ORDER BY name",
                      "--param", "n=Boris Orlov")  # fmt: skip

    assert ended.out == "name\nAmal Haddad\nJose Ruíz\n"


def test_a_statement_can_come_from_a_file_or_standard_input(beside: Program, tmp_path: Path) -> None:
    file = tmp_path / "count.cypher"
    file.write_text("MATCH (a:Actor) RETURN count(a) AS actors;\n", encoding="utf-8")

    assert beside.ok("cypher", "-f", str(file)).out == "actors\n8\n"
    assert beside.ok("cypher", stdin="RETURN [1, 'a'] AS x, null AS y").out == 'x\ty\n[1, "a"]\tnull\n'


def test_the_json_of_a_statement_has_a_graph(beside: Program) -> None:
    statement = "MATCH (a:Actor {id: 'amal-haddad'})-[r:MEETS]-(b) RETURN a, r, b"
    found = beside.ok("cypher", statement, "--format", "json").json

    assert found["data"]["fields"] == ["a", "r", "b"]
    assert {actor["id"] for actor in found["graph"]["actors"]} >= {"amal-haddad", "boris-orlov"}
    assert {relation["type"] for relation in found["graph"]["relations"]} == {"MEETS"}
    assert found["truncated"] is False


def test_rows_that_were_left_out_are_announced(beside: Program) -> None:
    ended = beside.ok("cypher", "UNWIND range(1, 50) AS n RETURN n", "--limit", "3")

    assert ended.out == "n\n1\n2\n3\n"
    assert "more rows" in ended.err


def test_the_prompt_answers_and_survives_a_mistake(beside: Program) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*beside.command, "cypher"], env=beside.environment | {"TERM": "dumb"}, stdin=theirs,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    os.close(theirs)
    time.sleep(0.5)
    os.write(ours, b"CREATE (x);\nRETURN 41 +\n1 AS answer;\n\x04")
    out, err = process.communicate(timeout=30)
    os.close(ours)

    assert process.returncode == 0, err
    assert "answer\n42" in out
    assert "only reading" in err
    assert "Traceback" not in err


def test_a_name_cannot_drive_the_terminal(beside: Program) -> None:
    for arguments in (["search", "evil"], ["cypher", "MATCH (a:Actor) RETURN a.name"], ["claims"]):
        ended = beside.ok(*arguments)
        assert "\x1b" not in ended.out
        assert "Evil \\x1b[31mRed" in ended.out


def test_an_export_is_that_of_the_http_api(served: tuple[Program, Server], tmp_path: Path) -> None:
    program, server = served
    file = tmp_path / "all.jsonl"
    printed = program.ok("export").out
    told = program.ok("export", "--format", "jsonl", "--out", str(file))

    assert file.read_text(encoding="utf-8") == printed
    assert "8 claims written" in told.err
    assert [json.loads(line)["record"] for line in printed.splitlines()].count("claim") == 8
    assert printed == server.text("/api/v1/export?format=jsonl")


def test_an_export_as_csv_loads_back(beside: Program, program: Program, tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    beside.ok("export", "--format", "csv", "--out", str(file), "--type", "MEETS")
    rows = file.read_text(encoding="utf-8").splitlines()
    program.ok("load", str(file))

    assert rows[0].startswith("subject,relation,object")
    assert len(rows) == 5
    assert program.ok("claims", "--json").json["meta"]["total"] == 4


def test_a_filter_narrows_an_export(beside: Program) -> None:
    lines = [json.loads(line) for line in beside.ok("export", "--source", "report").out.splitlines()]

    assert [line["id"] for line in lines if line["record"] == "actor"] == ["boris-orlov", "northland"]


def test_a_sound_store_passes_the_check(beside: Program) -> None:
    ended = beside.ok("check")

    assert all(finding["level"] != "error" for finding in beside.ok("check", "--json").json["findings"])
    assert ended.out


def test_a_load_and_a_drop_beside_a_server_show_in_its_next_answer(
    served: tuple[Program, Server], tmp_path: Path
) -> None:
    program, server = served
    before = server.get("/api/v1/stats")["claims"]
    more = tmp_path / "more.csv.gz"
    more.write_bytes(gzip.compress(b"subject,relation,object\nCara,meets,Dario\n"))

    report = program.ok("load", str(more), "--dataset", "more", "--json").json
    loaded = server.get("/api/v1/stats")["claims"]
    again = program.ok("load", str(more), "--dataset", "more", "--json").json
    dropped = program.ok("drop", "more")

    assert (report["new"], again["new"], again["known"]) == (1, 0, 1)
    assert (loaded, server.get("/api/v1/stats")["claims"]) == (before + 1, before)
    assert "more removed: 1 claims, 2 actors" in dropped.out


def test_refused_rows_are_listed_and_good_ones_kept(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "mixed.csv"
    file.write_text("subject,relation,object,date\nA,meets,B,2024\n,meets,B,\nA,meets,C,2024-13\n")
    dry = program.run("load", str(file), "--dry-run")
    strict = program.run("load", str(file), "--strict")
    kept = program.run("load", str(file))

    assert (dry.code, strict.code, kept.code) == (1, 65, 1)
    assert "1 new, 0 known, 0 updated, 2 refused" in kept.out
    assert f"{file}:3 subject" in kept.err or "mixed.csv:3 subject" in kept.err
    assert "nothing was written" in strict.err
    assert "nothing was written" in dry.err
    assert program.ok("claims", "--json").json["meta"]["total"] == 1


def test_a_file_without_a_good_row_is_unusable(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("subject,relation,object\n,meets,B\n", encoding="utf-8")

    assert program.run("load", str(file)).code == 65


def test_a_reader_who_has_enough_is_no_error(beside: Program) -> None:
    process = subprocess.Popen(
        f"{' '.join(beside.command)} export | head -c 10", shell=True, env=beside.environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    out, err = process.communicate(timeout=30)

    assert len(out) == 10
    assert err == b""
