"""The commands beside a running server: what they print, what they leave on stderr, and their exit codes."""

from __future__ import annotations

import gzip
import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.main import get_group

from api.cli.main import app
from program import Program, Server, timeless


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
        (["timeline", "Amal Haddad", "--bucket", "week"], "/actors/amal-haddad/timeline?bucket=week"),
        (["changes", "--since", "2023", "--until", "2024-03", "--type", "MEETS"],
         "/changes?since=2023&until=2024-03&type=MEETS"),
        (["measures", "communities", "--actor", "Amal Haddad", "--depth", "2"],
         "/measures?measure=communities&actor=amal-haddad&depth=2"),
        (["connections", "Amal Haddad", "boris-orlov", "northland", "--by", "type"],
         "/connections?actor=amal-haddad&actor=boris-orlov&actor=northland&by=type"),
        (["common", "amal-haddad", "northland", "--limit", "1"],
         "/common?actor=amal-haddad&actor=northland&limit=1"),
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


def test_a_group_is_a_table_of_its_pairs(beside: Program) -> None:
    ended = beside.ok("connections", "Amal Haddad", "Boris Orlov", "northland", "--by", "family")
    lines = ended.out.splitlines()

    assert lines[0].split()[:4] == ["actor", "other", "actor", "record"]
    assert lines[1].split() == ["Amal", "Haddad", "Boris", "Orlov", "tied", "1", "1", "0"]
    assert lines[2].split() == ["verbal_cooperation", "tied", "1", "1", "0"]
    assert lines[3].split()[4:] == ["through", "Boris", "Orlov", "1"]
    assert "3 pairs: 2 tied, 1 only through" in ended.err


def test_common_neighbours_are_a_table(beside: Program) -> None:
    ended = beside.ok("common", "Amal Haddad", "northland", "--claims")

    assert "Amal Haddad: meets; Northland: leads" in ended.out
    assert "Amal Haddad met Boris Orlov in Portville." in ended.out
    assert "1 of 1 common neighbours" in ended.err


def test_no_path_is_an_answer(beside: Program) -> None:
    ended = beside.ok("paths", "Amal Haddad", "northland", "--since", "2030")

    assert ended.out == ""
    assert "no path" in ended.err


def test_a_timeline_is_a_table(beside: Program) -> None:
    ended = beside.ok("timeline", "Amal Haddad")

    assert [line.split() for line in ended.out.splitlines()] == [
        ["period", "to", "claims", "denied", "families"],
        ["2024-01", "1", "verbal_cooperation", "1"],
        ["2024-02", "1", "verbal_cooperation", "1"],
        ["2024-05", "1", "verbal_cooperation", "1"],
    ]


def test_changes_are_tables_and_the_loads_are_named(beside: Program) -> None:
    ended = beside.ok("changes", "--since", "2024-02", "--until", "2024-03")

    assert [line for line in ended.out.splitlines() if line.endswith(":")] == [
        "new actors:",
        "new relations:",
    ]
    assert ended.out.splitlines()[2].startswith("Border Guard")
    assert "8 claims of talks" in ended.err
    assert "new actors: 1, new relations: 1, ended: 0, became contested: 0" in ended.err


def test_measures_are_a_table_and_communities_another(beside: Program) -> None:
    degree = beside.ok("measures", "degree", "--limit", "1")
    found = beside.ok("measures", "communities")

    assert [line.split()[-1] for line in degree.out.splitlines()] == ["id", "amal-haddad"]
    assert degree.out.splitlines()[1].split()[:3] == ["1", "Amal", "Haddad"]
    assert "degree among 8 actors with 8 ties" in degree.err
    assert "7 actors and 0 communities left out" in degree.err
    assert found.out.split("\n\n")[0].split()[:5] == ["community", "actors", "ties", "best", "connected"]
    assert "modularity 0." in found.err


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
        (["timeline", "nobody at all"], 3, "no actor"),
        (["timeline", "amal-haddad", "--bucket", "hour"], 2, "must be one of month"),
        (["changes", "--since", "2024"], 2, "until: is required"),
        (["changes", "--since-load", "nothing"], 2, "no load 'nothing'; nearest: "),
        (["measures", "fame"], 2, "measure: must be one of degree"),
        (["measures", "core", "--actor", "nobody at all"], 3, "no actor"),
        (["connections", "amal-haddad"], 2, "actor: "),
        (["connections", "amal-haddad", "Amal Haddad"], 2, "twice"),
        (["common", "amal-haddad", "northland", "--avoid", "northland"], 2, "avoid: names"),
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
        (["cypher", "MATCH (x RETURN x"], 65, "(line 1, column 10)"),
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
    assert ended.seconds < max(3.0, 4 * _libraries_alone())


def _libraries_alone() -> float:
    """Seconds that starting Python with the largest libraries takes at the moment."""
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", "import fastapi, neo4j, numpy, pyvis.network"], check=True)
    return time.monotonic() - begun


def test_a_statement_gives_rows_without_a_frame_in_a_pipe(beside: Program) -> None:
    ended = beside.ok("cypher", "MATCH (a:Actor {name: $n})-[:MEETS]-(x) RETURN x.name AS name ORDER BY name",
                      "--param", "n=Boris Orlov")  # fmt: skip

    assert ended.out == "name\nAmal Haddad\nJose Ruíz\n"


def test_a_statement_can_come_from_a_file_or_standard_input(beside: Program, tmp_path: Path) -> None:
    file = tmp_path / "count.cypher"
    file.write_text("MATCH (a:Actor) RETURN count(a) AS actors;\n", encoding="utf-8")

    assert beside.ok("cypher", "-f", str(file)).out == "actors\n8\n"
    assert "\n  DUMMY ROW" in beside.ok("cypher", "EXPLAIN RETURN 1").out
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
