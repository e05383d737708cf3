"""Sessions of browsers and wrong keys of callers: how long they are remembered, and how many."""

from __future__ import annotations

import pytest

from api.sessions import (
    ATTEMPTS_WITHIN_S,
    MOST_ATTEMPTS,
    MOST_CALLERS,
    MOST_SESSIONS,
    SESSION_S,
    Attempts,
    Sessions,
)


class Clock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_session_holds_until_its_time_is_over() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    token = sessions.begin()

    assert sessions.holds(token)
    clock.now += SESSION_S - 1
    assert sessions.holds(token)
    clock.now += 1
    assert not sessions.holds(token)


def test_a_session_that_was_ended_is_over() -> None:
    sessions = Sessions()
    first, second = sessions.begin(), sessions.begin()
    sessions.end(first)
    sessions.end("never begun")

    assert first != second
    assert not sessions.holds(first)
    assert sessions.holds(second)
    assert not sessions.holds("")


def test_tokens_are_kept_as_hashes() -> None:
    sessions = Sessions()
    token = sessions.begin()

    assert token not in repr(vars(sessions))
    assert len(token) >= 43


def test_sessions_do_not_fill_the_memory() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    oldest = sessions.begin()
    tokens = [sessions.begin() for _ in range(MOST_SESSIONS)]

    assert not sessions.holds(oldest)
    assert all(sessions.holds(token) for token in tokens)


def test_wrong_keys_make_an_address_wait_a_while() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for _ in range(MOST_ATTEMPTS):
        assert attempts.wait_s("192.0.2.1") == 0
        attempts.failed("192.0.2.1")
        clock.now += 1

    assert attempts.wait_s("192.0.2.1") == ATTEMPTS_WITHIN_S - MOST_ATTEMPTS
    assert attempts.wait_s("192.0.2.2") == 0
    clock.now += ATTEMPTS_WITHIN_S - MOST_ATTEMPTS
    assert attempts.wait_s("192.0.2.1") == 0
    attempts.failed("192.0.2.1")
    assert attempts.wait_s("192.0.2.1") == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("192.0.2.1", "192.0.2.11", False),
        ("", "192.0.2.1", False),
        ("testclient", "testclient", True),
    ],
)
def test_a_caller_is_an_address_or_its_network(one: str, other: str, same: bool) -> None:
    attempts = Attempts()
    for _ in range(MOST_ATTEMPTS):
        attempts.failed(one)

    assert (attempts.wait_s(other) > 0) is same


def test_callers_do_not_fill_the_memory() -> None:
    attempts = Attempts(Clock())
    for _ in range(MOST_ATTEMPTS):
        attempts.failed("192.0.2.1")
    for number in range(MOST_CALLERS):
        attempts.failed(f"caller {number}")

    assert attempts.wait_s("192.0.2.1") == 0
