"""Every long part of a question for paths looks at the clock: a thread must not go on when nobody waits."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import pytest

from graph.errors import QuestionTimeout
from graph.filters import Filter
from graph.projection.snapshot import Snapshot
from graph.questions.paths import PathQuestion, paths
from graphs import snapshot_of
from oracle.claims import Stated

pytestmark = pytest.mark.timed

ALLOWED, GRACE = 0.02, 0.3
"""Seconds for the question, and of our own work beyond them until it has ended."""


def met(one: int, other: int) -> Stated:
    return Stated(f"a{one:05}", "MEETS", f"a{other:05}", symmetric=True)


def a_long_way() -> tuple[Snapshot, PathQuestion]:
    """Two ends that are connected, but only at the length of the whole graph."""
    snapshot = snapshot_of([met(number, number + 1) for number in range(8_000)])
    return snapshot, PathQuestion(("a00000",), ("a08000",))


def many_ways() -> tuple[Snapshot, PathQuestion]:
    """Everybody knows everybody, and five have to be passed."""
    snapshot = snapshot_of([met(one, other) for one in range(60) for other in range(one)])
    via = tuple(f"a{number:05}" for number in range(10, 15))
    return snapshot, PathQuestion(("a00000",), ("a00001",), k=25, max_hops=8, via=via, rank="recent")


def many_conditions() -> tuple[Snapshot, PathQuestion]:
    """Nothing within the hops whoever is let through: each is tried by itself, then sets of them."""
    between = range(2, 200)
    ends = [met(0, 2), met(199, 1)]
    snapshot = snapshot_of([*ends, *(met(number, number + 1) for number in between if number < 199)])
    avoid = tuple(f"a{number:05}" for number in between)
    return snapshot, PathQuestion(("a00000",), ("a00001",), max_hops=8, filter=Filter(avoid=avoid))


CASES: Mapping[str, Callable[[], tuple[Snapshot, PathQuestion]]] = {
    "a long way": a_long_way,
    "many ways": many_ways,
    "many conditions": many_conditions,
}


@pytest.mark.parametrize("case", CASES)
def test_a_question_ends_at_its_deadline(case: str) -> None:
    snapshot, question = CASES[case]()

    used = time.process_time()
    with pytest.raises(QuestionTimeout):
        paths(snapshot, question, deadline=time.monotonic() + ALLOWED)

    assert time.process_time() - used < ALLOWED + GRACE
