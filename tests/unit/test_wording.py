"""What the words of a statement betray, and what they may be: names, strings and comments hold any."""

from __future__ import annotations

import pytest

import cyphers
from graph.errors import CypherRefused
from graph.store.wording import refuse_by_words


@pytest.mark.parametrize("statement", cyphers.EVERYWHERE)
def test_what_reads_passes(statement: str) -> None:
    refuse_by_words(statement)


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
        refuse_by_words(statement)
