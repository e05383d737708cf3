"""Rows are worked on in turns; what was no work asks for no rest."""

from __future__ import annotations

import time

from graph.store.rows import LONGEST_REST, LONGEST_WORK, Pace


def work(seconds: float) -> None:
    """Keep this thread busy."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_waiting_is_a_rest() -> None:
    pace = Pace()
    time.sleep(10 * LONGEST_WORK)

    assert pace.due() == 0


def test_a_rest_is_as_long_as_the_work_and_has_a_limit() -> None:
    pace = Pace()
    work(2 * LONGEST_WORK)
    assert 2 * LONGEST_WORK <= pace.due() <= LONGEST_REST

    work(2 * LONGEST_REST)
    assert pace.due() == LONGEST_REST

    pace.resume()
    assert pace.due() == 0
