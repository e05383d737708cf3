"""The prompt of `actorgraph cypher` in a terminal: what a person types, and what appears."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator

import pytest

from api.cli.completing import Completer, Names
from api.cli.lineinput import REMEMBERED
from api.cli.typed import in_one_line, split
from console import Console, console
from program import Program, Server

CTRL_C = "\x03"
CTRL_D = "\x04"
UP = "\x1b[A"
SLOW = "UNWIND range(1, 20000) AS i UNWIND range(1, 20000) AS j WITH i WHERE i < 0 RETURN count(i);"


@pytest.fixture(scope="module")
def shared(served: tuple[Program, Server]) -> Iterator[Console]:
    """One prompt for all tests that leave it ready for the next line: it takes seconds to start."""
    beside = served[0]
    with console([*beside.command, "cypher"], beside.environment) as opened:
        opened.until(r"^cypher> $")
        yield opened


@pytest.fixture
def prompt(beside: Program) -> Iterator[Console]:
    """A prompt of its own beside a running server, ready for the first line."""
    (beside.home / "cypher-history").unlink(missing_ok=True)
    with console([*beside.command, "cypher"], beside.environment) as opened:
        opened.until(r"^cypher> $")
        yield opened


def test_statements_are_answered_until_the_asker_leaves(prompt: Console) -> None:
    answered = prompt.ask("RETURN 41 + 1 AS answer;")
    refused = prompt.ask("CREATE (x);")
    prompt.type(CTRL_D)
    code, seen = prompt.end()

    assert [line.strip() for line in answered.splitlines()[1:3]] == ["answer", "42"]
    assert "1 row, " in answered
    assert "only reading statements" in refused
    assert code == 0
    assert "Traceback" not in seen


@pytest.mark.parametrize("last", [";", "\n", " // why\n;", ";  // done"])
def test_a_statement_may_take_several_lines(shared: Console, last: str) -> None:
    shared.type("RETURN 'a;\n")
    shared.until(r"^   \.\.\.> $")
    shared.type("b' AS text,\n")
    shared.until(r"^   \.\.\.> $")

    assert "a; b  40" in shared.ask("40 AS n" + last)


def test_what_is_remarked_beside_a_semicolon_is_no_statement(shared: Console, beside: Program) -> None:
    assert "7" in shared.ask("/* x */ RETURN 7 AS n; // done")
    assert "DUMMY ROW" in shared.ask(":explain RETURN 1; // done")
    assert beside.ok("cypher", "/* x */ RETURN 7 AS n; // done").out == "n\n7\n"
    assert beside.ok("cypher", stdin="RETURN 7 AS n;\n// done\n").out == "n\n7\n"


def test_several_statements_may_stand_in_one_line(shared: Console) -> None:
    shared.type("RETURN 1 AS one; RETURN 2 AS two;\n")

    shared.until(r"^one")
    shared.until(r"^two")
    shared.until(r"^cypher> $")


@pytest.mark.parametrize("word", [":exit", ":quit", ":quit;"])
def test_words_leave(prompt: Console, word: str) -> None:
    prompt.type(f"{word}\n")

    assert prompt.end()[0] == 0


def test_a_fault_is_marked_under_its_line(shared: Console) -> None:
    shared.type("MATCH (a:Actor)\n")
    lines = shared.ask(" RETURN '語', oops;").splitlines()
    shown = next(number for number, line in enumerate(lines) if line == "   RETURN '語', oops")

    assert "(line 2, column 14)" in lines[shown - 1]
    assert lines[shown + 1] == " " * 16 + "^"


@pytest.mark.timed
def test_an_interrupt_ends_a_running_statement(prompt: Console) -> None:
    prompt.type(SLOW + "\n")
    time.sleep(2.0)
    begun = time.monotonic()
    prompt.type(CTRL_C)
    seen = prompt.until(r"stopped\n(?:.*\n)*cypher> $")
    running = prompt.ask("RETURN 1 AS one;")

    assert time.monotonic() - begun < 5
    assert "Traceback" not in seen + running
    assert "one" in running


def test_an_interrupt_forgets_what_was_begun(prompt: Console) -> None:
    prompt.type("RETURN 'begun\n")
    prompt.until(r"^   \.\.\.> $")
    prompt.type(CTRL_C)
    prompt.until(r"^cypher> $")
    prompt.type("RETURN nonsense")
    prompt.until("nonsense")
    prompt.type(CTRL_C)
    prompt.until(r"^cypher> $")

    assert "7" in prompt.ask("RETURN 3 + 4 AS n;")


def test_help_lists_the_words(shared: Console) -> None:
    seen = shared.ask(":help")

    for word in (":schema", ":param NAME VALUE", ":params clear", ":explain", ":exit", "Ctrl-C"):
        assert word in seen


@pytest.mark.parametrize(("word", "meant"), [(":shema", ":schema"), (":x y z", ":exit"), (":", ":")])
def test_an_unknown_word_is_said_to_be(shared: Console, word: str, meant: str) -> None:
    seen = shared.ask(word)

    assert f"there is no {word.split()[0]}; did you mean {meant}" in seen
    assert ":help lists" in seen


def test_the_schema_names_what_can_be_asked(shared: Console) -> None:
    lines = shared.ask(":schema").splitlines()

    assert any(line.startswith("labels: Actor") for line in lines)
    assert ["MEETS", "CONSULT", "4", "4"] in [line.split() for line in lines]
    assert any(line.startswith("properties: ") and "name" in line for line in lines)


def test_parameters_are_set_listed_and_cleared(shared: Console) -> None:
    assert "no parameter is set" in shared.ask(":param")
    shared.ask(":param n [1, 2]")
    shared.ask(":param $name Boris Orlov")
    listed = shared.ask(":params").splitlines()
    answered = shared.ask("MATCH (a:Actor {name: $name}) RETURN a.id AS id, $n[1] AS n;")
    shared.ask(":params clear")

    assert listed[1:3] == ["$n = [1, 2]", '$name = "Boris Orlov"']
    assert "boris-orlov  2" in answered
    assert "no parameter is set" in shared.ask(":param")
    assert ":param takes a name and a value" in shared.ask(":param n")


def test_a_plan_is_shown_and_its_fault_marked(shared: Console) -> None:
    assert "LIMIT" in shared.ask(":explain MATCH (a:Actor) RETURN a LIMIT 3").upper()
    assert "\n                         ^" in shared.ask(":explain MATCH (a:Actor RETURN a")
    assert ":explain takes one statement" in shared.ask(":explain")


def test_the_history_outlives_the_prompt_for_its_owner_alone(prompt: Console, beside: Program) -> None:
    history = beside.home / "cypher-history"
    prompt.type("RETURN 1 AS one, // first\n")
    prompt.until(r"^   \.\.\.> $")
    prompt.ask("2 AS two;")
    prompt.ask(":help")
    prompt.type(CTRL_D)
    prompt.end()

    assert stat.S_IMODE(os.stat(history).st_mode) == 0o600
    assert history.read_text(encoding="utf-8") == "RETURN 1 AS one, 2 AS two;\n:help\n"
    with console([*beside.command, "cypher"], beside.environment) as again:
        again.until(r"^cypher> $")
        assert "two" in again.ask(UP + UP)


def test_a_long_history_is_cut_and_a_broken_one_is_none(beside: Program) -> None:
    history = beside.home / "cypher-history"
    history.write_text("".join(f"RETURN {n};\n" for n in range(2 * REMEMBERED + 5)), encoding="utf-8")
    with console([*beside.command, "cypher"], beside.environment) as opened:
        opened.until(r"^cypher> $")
    kept = history.read_text(encoding="utf-8").splitlines()
    history.unlink()
    history.mkdir()
    with console([*beside.command, "cypher"], beside.environment) as opened:
        opened.until(r"^cypher> $")
        answered = opened.ask("RETURN 1 AS one;")
    history.rmdir()

    assert (len(kept), kept[-1]) == (REMEMBERED, f"RETURN {2 * REMEMBERED + 4};")
    assert "one" in answered


def test_the_tabulator_completes_words_and_names(shared: Console) -> None:
    shared.type("MAT\t(a:Act\t)-[r:LEA\t]->(b) RETURN b.nam\t")
    shared.until(r"RETURN b\.name")
    shared.type(" AS led;\n")
    seen = shared.until(r"^cypher> $")

    assert "Northland" in seen


NAMES = Names(("Actor", "Source"), ("LEADS", "MEETS", "two words"), ("date", "name"))


@pytest.mark.parametrize(
    ("before", "word", "offered"),
    [
        ("", "mat", ["match"]),
        ("", "Mat", ["MATCH"]),
        (":", "s", ["schema"]),
        ("MATCH (a:", "", ["Actor", "Source"]),
        ("MATCH (a:Actor|", "s", ["Source"]),
        ("MATCH ()-[r:", "l", ["LEADS"]),
        ("MATCH ()-[r:LEADS|", "t", ["`two words`"]),
        ("MATCH (a) WHERE a.", "", ["date", "name"]),
        ("MATCH (a {", "n", ["name"]),
        ("MATCH (a {name: '(', ", "d", ["date"]),
        ("RETURN $", "s", ["since"]),
        ("RETURN ", "toU", ["toUpper("]),
        ("RETURN 'a:", "nothing", []),
    ],
)
def test_what_is_offered_fits_what_stands_before(before: str, word: str, offered: list[str]) -> None:
    completer = Completer((":schema", ":help"), NAMES, {"since": 1}, lambda: (before + word, len(before)))

    assert completer.choices(before, word) == offered
    assert completer.complete(word, len(offered)) is None


@pytest.mark.parametrize(
    ("text", "whole", "rest"),
    [
        ("RETURN 1", [], "RETURN 1"),
        ("RETURN 1;", ["RETURN 1"], ""),
        ('RETURN \';\'; RETURN "a\\";";', ["RETURN ';'", ' RETURN "a\\";"'], ""),
        ("RETURN `;`; // ;\n", ["RETURN `;`"], ""),
        ("RETURN 1 // ; '\n;", ["RETURN 1 // ; '\n"], ""),
        ("RETURN /* ; */ 1 / 2;", ["RETURN /* ; */ 1 / 2"], ""),
        ("/* begun ;", [], "/* begun ;"),
        ("RETURN 'begun ;", [], "RETURN 'begun ;"),
        (";;  ;", [], ""),
    ],
)
def test_a_semicolon_ends_a_statement_unless_it_is_part_of_one(
    text: str, whole: list[str], rest: str
) -> None:
    assert split(text) == (whole, rest)


def test_a_statement_is_remembered_as_one_line() -> None:
    assert in_one_line("RETURN 1, // one\n   'a\nb'  /* x */") == "RETURN 1, 'a\\nb'"
