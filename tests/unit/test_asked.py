"""What a text asks, however it is written: where the statement begins and ends, in time in every case."""

from __future__ import annotations

import time

import pytest

from graph.errors import ActorgraphError, CypherError
from graph.store.asked import asked
from graph.store.complaint import complaint
from graph.store.wording import refuse_by_words, refuse_computed_names

LONGEST = 32_768


@pytest.mark.parametrize(
    ("written", "statement"),
    [
        ("RETURN 1; // done", "RETURN 1"),
        ("RETURN 1 ; /* done; */ ;\n// yes\n", "RETURN 1"),
        ("/* x */ RETURN 1;", "/* x */ RETURN 1"),
        ("RETURN 1 // done;", "RETURN 1 // done;"),
        ("RETURN 1 /* ; */", "RETURN 1 /* ; */"),
        ("RETURN 'a; // b'", "RETURN 'a; // b'"),
        ("RETURN 1 AS `a;`;", "RETURN 1 AS `a;`"),
        ("RETURN 1; RETURN 2;", "RETURN 1; RETURN 2"),
        ("EXPLAIN /* x */\n RETURN 1; // done", "/* x */\n RETURN 1"),
    ],
)
def test_a_statement_ends_before_its_last_semicolon(written: str, statement: str) -> None:
    assert asked(written).statement == statement


@pytest.mark.parametrize("written", [";", "; // x", "/* x */ ; /* y */ ;", "EXPLAIN ; // x", "// x"])
def test_comments_and_semicolons_ask_nothing(written: str) -> None:
    with pytest.raises(CypherError, match="statement"):
        asked(written)


@pytest.mark.parametrize(
    "written",
    [
        "//" * 10_000 + "x\nRETURN 1",
        "/**/" * 8_000 + "RETURN 1",
        "/**/ " * 6_000 + "EXPLAIX",
        "/*" * 16_000,
        "RETURN '" + "\\'" * 16_000,
        'RETURN "' + '\\"' * 16_000,
        "`" * LONGEST,
        "RETURN 1" + ";/**/" * 6_000,
        "$(" * 16_000,
        "a." * 16_000,
        " " * (LONGEST - 1) + "x",
    ],
    ids=lambda text: text[:12],
)
def test_no_text_takes_long_to_read(written: str) -> None:
    """These once took from seconds to for ever, and nobody else was answered meanwhile."""
    begun = time.process_time()
    for read in (refuse_by_words, refuse_computed_names):
        try:
            read(asked(written))
        except ActorgraphError:
            continue

    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        (f"Unknown function '{' ' * 32_000}'", "RETURN 1"),
        ("'a' " * 8_000, "RETURN " + "a " * 16_000),
        ("at line 1" * 4_000, "RETURN 1"),
    ],
    ids=["white space", "quoted words", "places"],
)
def test_no_complaint_of_an_engine_takes_long_to_read(message: str, statement: str) -> None:
    """Engines repeat what they complain about, as long as that is: the first once took half a minute."""
    wanted = asked(statement)
    begun = time.process_time()
    told = complaint(message, wanted)

    assert len(str(told)) < 500
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Invalid input 'x'  (line 1, column 8 (offset: 7))", "Invalid input 'x' (line 1, column 8)"),
        ("Unexpected input 'x' at line 1, column 7", "Unexpected input 'x' (line 1, column 8)"),
        ("Syntax error at line 1:7 - no such thing", "Syntax error no such thing (line 1, column 8)"),
    ],
)
def test_the_place_in_a_complaint_is_told_once(message: str, told: str) -> None:
    assert str(complaint(message, asked("RETURN x"))) == told
