"""Statements that cost everybody time are not run again for a while."""

from __future__ import annotations

import time

import pytest

from graph.errors import CypherMemory, QuestionTimeout
from graph.store.offenders import KEPT, MOST, Offenders


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The means to move the clock on."""
    return monkeypatch


def test_the_same_statement_with_the_same_parameters_is_refused_as_it_ended() -> None:
    offenders = Offenders()
    offenders.note("RETURN $n", {"n": 1}, CypherMemory("too much"))
    offenders.note("RETURN 2", {}, QuestionTimeout("too long"))

    with pytest.raises(CypherMemory, match=r"too much; .* not run for another 300 s"):
        offenders.refuse("RETURN $n", {"n": 1})
    with pytest.raises(QuestionTimeout, match="too long"):
        offenders.refuse("RETURN 2", {})
    offenders.refuse("RETURN $n", {"n": 2})
    offenders.refuse("RETURN $n ", {"n": 1})


def test_after_a_while_it_may_be_tried_again(later: pytest.MonkeyPatch) -> None:
    offenders, now = Offenders(), time.monotonic()
    offenders.note("RETURN 1", {}, CypherMemory("too much"))

    later.setattr(time, "monotonic", lambda: now + KEPT + 1)

    offenders.refuse("RETURN 1", {})


def test_what_is_remembered_is_bounded_and_the_oldest_is_forgotten() -> None:
    offenders = Offenders()
    for number in range(MOST + 1):
        offenders.note(f"RETURN {number}", {}, CypherMemory("too much"))

    offenders.refuse("RETURN 0", {})
    with pytest.raises(CypherMemory):
        offenders.refuse("RETURN 1", {})
