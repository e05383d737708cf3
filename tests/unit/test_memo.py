"""What is kept between questions: made once, tried again after a failure, and never more than its bytes."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from graph.projection.memo import Memo


def test_a_value_that_several_ask_for_at_once_is_made_once() -> None:
    memo, everybody, made = Memo(1 << 20), threading.Barrier(4), []

    def make() -> int:
        made.append(1)
        threading.Event().wait(0.05)
        return 7

    def ask() -> int:
        everybody.wait()
        return memo.get("one", make)

    with ThreadPoolExecutor(4) as threads:
        answers = [job.result() for job in [threads.submit(ask) for _ in range(4)]]
    assert (answers, len(made)) == ([7] * 4, 1)


def test_a_value_that_could_not_be_made_is_tried_again() -> None:
    memo = Memo(1 << 20)
    with pytest.raises(ZeroDivisionError):
        memo.get("one", lambda: 1 // 0)
    assert memo.get("one", lambda: 7) == 7


def test_no_more_is_kept_than_the_budget_allows_and_the_least_used_goes_first() -> None:
    memo, made = Memo(250_000), []

    def ask(key: str) -> None:
        def make() -> np.ndarray:
            made.append(key)
            return np.zeros(100_000, np.int8)

        memo.get(key, make)

    for key in ("a", "b", "a", "c", "a", "b"):
        ask(key)
    assert made == ["a", "b", "c", "b"]


def test_a_value_larger_than_the_budget_is_kept_alone() -> None:
    memo = Memo(1_000)
    large = memo.get("large", lambda: np.zeros(10_000, np.int8))
    assert memo.get("large", lambda: np.ones(1, np.int8)) is large
    memo.get("other", lambda: np.zeros(1, np.int8))
    assert memo.get("large", lambda: None) is None


def test_what_is_closed_keeps_nothing_but_still_answers() -> None:
    memo, made = Memo(1 << 20), []

    def make() -> int:
        made.append(1)
        return 7

    memo.get("one", make)
    memo.close()
    assert [memo.get("one", make), memo.get("one", make), len(made)] == [7, 7, 3]
