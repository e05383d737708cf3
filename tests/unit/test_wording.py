"""What the words of a statement betray, and what they may be: names, strings and comments hold any."""

from __future__ import annotations

import pytest

import cyphers
from graph.errors import CypherError, CypherRefused
from graph.store.asked import asked
from graph.store.wording import refuse_by_words, refuse_computed_names


@pytest.mark.parametrize("statement", cyphers.EVERYWHERE)
def test_what_reads_passes(statement: str) -> None:
    refuse_by_words(asked(statement))


@pytest.mark.parametrize(
    ("statement", "phrase"),
    [
        ("MATCH (a) WITH a AS set SET a.x = 1", "SET"),
        ("MATCH (a)\ndelete`a`", "DELETE"),
        ("FOREACH(x IN [1] | RETURN x)", "FOREACH"),
        ("/* */ commit", "COMMIT"),
        ("CALL (a) { RETURN 1 } in /**/ transactions", "IN TRANSACTIONS"),
        ("CALL util.sleep(1)", "procedure util.sleep"),
        ("CALL `util` . `sleep`(1)", "procedure util.sleep"),
        ("CALL db.labelsAndMore()", "procedure db.labelsAndMore"),
        ("RETURN `util`.`sleep`(1)", "function util.sleep"),
        ("RETURN [x IN [1] | apoc.util.sleep(x)]", "function apoc.util.sleep"),
        ("RETURN {a:util.sleep(1)}", "function util.sleep"),
    ],
)
def test_what_does_more_is_refused_by_name(statement: str, phrase: str) -> None:
    with pytest.raises(CypherRefused, match=phrase):
        refuse_by_words(asked(statement))


@pytest.mark.parametrize("statement", cyphers.EVERYWHERE)
def test_what_computes_no_names_passes(statement: str) -> None:
    refuse_computed_names(asked(statement))


@pytest.mark.parametrize(
    ("statement", "column"),
    [
        ("MATCH ()-[r:$($t)]->() RETURN r", 13),
        ("MATCH ()-[:LEADS|$('MEETS')]->() RETURN 1", 18),
        ("MATCH (a:$any($list)) RETURN a", 10),
        ("MATCH (a IS $ ALL (['X'])) RETURN a", 13),
        ("EXPLAIN MATCH (a:$/**/('X')) RETURN a", 18),
        ("MATCH (a) WHERE a:$('X') RETURN a", 19),
    ],
)
def test_a_computed_name_is_told_with_its_place(statement: str, column: int) -> None:
    with pytest.raises(CypherError, match=r"type\(r\) = \$type") as caught:
        refuse_computed_names(asked(statement))

    assert caught.value.place is not None
    assert (caught.value.place.line, caught.value.place.column) == (1, column)


@pytest.mark.parametrize(
    ("statement", "column"),
    [("RETURN 'a", 8), ("MATCH (a:`X) RETURN a", 10), ("RETURN 1 /* x", 10), ('  RETURN 1 AS "x', 15)],
)
def test_what_is_not_closed_is_told_with_its_place(statement: str, column: int) -> None:
    with pytest.raises(CypherError, match="not closed") as caught:
        refuse_by_words(asked(statement))

    assert caught.value.place is not None
    assert caught.value.place.column == column
