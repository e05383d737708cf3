"""Whose statements rest while others ask, for how long, and who never has to."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from api.fairshare import AFTERMATH, ALLOWANCE, FREE, LONGEST_REST, MOST_CALLERS, OTHERS_WITHIN, FairShare
from api.problems import RequestRefused
from graph.errors import ActorgraphError, CypherError, CypherMemory, QuestionTimeout

SOMEBODY, ANOTHER, THIRD = "10.0.0.1", "10.0.0.2", "10.0.0.3"
PERCENT = 10


class Clock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def share(clock: Clock) -> FairShare:
    """A share that holds nobody, in which two callers are there."""
    share = FairShare(PERCENT, clock, held=0)
    for client in (SOMEBODY, ANOTHER):
        share.asks(client)
    return share


Runs = Callable[..., Awaitable[None]]


@pytest.fixture
def runs(share: FairShare, clock: Clock) -> Runs:
    """Let a caller's statement run for so many seconds, to an end of this kind."""

    async def run(client: str, seconds: float, ends: ActorgraphError | None = None) -> None:
        share.asks(client)
        with contextlib.suppress(CypherError, QuestionTimeout):
            async with share.turn(client):
                clock.now += seconds
                if ends is not None:
                    raise ends
        for other in (SOMEBODY, ANOTHER):
            share.asks(other)

    return run


async def test_what_was_spent_comes_back_in_time(share: FairShare, clock: Clock, runs: Runs) -> None:
    await runs(SOMEBODY, ALLOWANCE + FREE)
    assert share.rest_s(SOMEBODY) == pytest.approx(0)
    await runs(SOMEBODY, 0.5 + FREE)
    owed = 0.5 - (0.5 + FREE) * PERCENT / 100  # something came back while it ran
    assert share.rest_s(SOMEBODY) == pytest.approx(owed * 100 / PERCENT)
    assert share.rest_s(ANOTHER) == 0
    with pytest.raises(RequestRefused) as refused:
        await runs(SOMEBODY, 1.0)
    assert refused.value.problem.status == 429
    assert refused.value.problem.headers["Retry-After"] == "5"

    clock.now += share.rest_s(SOMEBODY) - 0.1
    share.asks(ANOTHER)
    assert share.rest_s(SOMEBODY) == pytest.approx(0.1)
    clock.now += 0.2
    share.asks(ANOTHER)
    assert share.rest_s(SOMEBODY) == 0


async def test_nobody_rests_who_is_alone(share: FairShare, clock: Clock, runs: Runs) -> None:
    await runs(SOMEBODY, 20)
    assert share.rest_s(SOMEBODY) > 0
    clock.now += OTHERS_WITHIN + 0.1
    share.asks(SOMEBODY)
    assert share.rest_s(SOMEBODY) == 0
    share.asks(ANOTHER)
    assert share.rest_s(SOMEBODY) > 0


async def test_where_all_are_greedy_they_take_turns(share: FairShare, clock: Clock, runs: Runs) -> None:
    ran = dict.fromkeys((SOMEBODY, ANOTHER), 0.0)
    for _ in range(100):
        free = [client for client in ran if not share.rest_s(client)]
        assert free, "the engine would be idle for nobody's sake"
        await runs(free[0], 1)
        ran[free[0]] += 1
    assert abs(ran[SOMEBODY] - ran[ANOTHER]) <= 5

    share.asks(THIRD)
    assert share.rest_s(SOMEBODY) > 0
    assert share.rest_s(ANOTHER) > 0
    assert share.rest_s(THIRD) == 0


async def test_short_statements_are_free(share: FairShare, runs: Runs) -> None:
    for _ in range(1_000):
        await runs(SOMEBODY, FREE)
    assert share.rest_s(SOMEBODY) == 0


async def test_nobody_rests_longer_than_the_longest_rest(share: FairShare, runs: Runs) -> None:
    await runs(SOMEBODY, 10_000)
    assert share.rest_s(SOMEBODY) == pytest.approx(LONGEST_REST)


@pytest.mark.parametrize(
    ("ends", "free"),
    [(QuestionTimeout("too long"), 1), (CypherMemory("too large"), 1), (CypherError("a typing error"), 9)],
)
async def test_what_ends_at_a_limit_costs_even_if_it_was_refused_at_once(
    share: FairShare, runs: Runs, ends: ActorgraphError, free: int
) -> None:
    for _ in range(free + 1):
        await runs(SOMEBODY, 0, ends)
    assert share.rest_s(SOMEBODY) == pytest.approx(0)
    if not isinstance(ends, CypherError) or isinstance(ends, CypherMemory):
        await runs(SOMEBODY, 0, ends)
        assert share.rest_s(SOMEBODY) > 0


async def test_only_the_one_that_runs_longest_pays(share: FairShare, clock: Clock) -> None:
    async with AsyncExitStack() as first, AsyncExitStack() as second:
        await first.enter_async_context(share.turn(SOMEBODY))
        await second.enter_async_context(share.turn(ANOTHER))
        clock.now += ALLOWANCE + 1
        share.asks(ANOTHER)
        assert share.rest_s(SOMEBODY) > 0, "it pays while it runs"
        assert share.rest_s(ANOTHER) == 0
        await first.aclose()
        share.asks(SOMEBODY)
        clock.now += ALLOWANCE + 1
        share.asks(SOMEBODY)
        assert share.rest_s(ANOTHER) > 0, "from then on it is the longest"


async def test_many_at_once_cost_no_more_than_the_time_they_take(share: FairShare, clock: Clock) -> None:
    async with AsyncExitStack() as turns:
        for _ in range(8):
            await turns.enter_async_context(share.turn(SOMEBODY))
        clock.now += 1.0
    share.asks(ANOTHER)
    assert share.rest_s(SOMEBODY) == 0


async def test_who_suffered_from_a_statement_of_somebody_else_does_not_pay(
    share: FairShare, clock: Clock, runs: Runs
) -> None:
    async with AsyncExitStack() as waiting:
        await waiting.enter_async_context(share.turn(ANOTHER))
        await runs(SOMEBODY, 1, CypherMemory("the engine ended"))
        clock.now += 5
    share.asks(SOMEBODY)
    assert share.rest_s(ANOTHER) == 0

    clock.now += AFTERMATH - 1
    await runs(ANOTHER, 5)
    assert share.rest_s(ANOTHER) > 0, "this one began after the engine was back"


async def test_a_share_of_everything_lets_everybody_run(clock: Clock) -> None:
    share = FairShare(100, clock)
    share.asks(ANOTHER)
    async with share.turn(SOMEBODY):
        clock.now += 1_000
    assert share.rest_s(SOMEBODY) == 0


async def test_networks_are_one_caller_and_silent_ones_are_forgotten(share: FairShare, clock: Clock) -> None:
    async with share.turn("2001:db8::1"):
        clock.now += 10
    share.asks(ANOTHER)
    assert share.rest_s("2001:db8::ffff") > 0
    assert share.rest_s("2001:db8:0:1::1") == 0
    for number in range(MOST_CALLERS):
        share.asks(f"caller {number}")
    assert share.rest_s("2001:db8::1") == 0


async def test_a_statement_is_held_until_its_turn(clock: Clock) -> None:
    share = FairShare(PERCENT, clock, held=5)
    share.asks(ANOTHER)
    async with share.turn(SOMEBODY):
        clock.now += ALLOWANCE + FREE + 0.005
    share.asks(ANOTHER)
    assert 0 < share.rest_s(SOMEBODY) < 0.1

    async def turned() -> None:
        await asyncio.sleep(0.01)
        clock.now += 1

    async with asyncio.TaskGroup() as both:
        both.create_task(turned())
        async with share.turn(SOMEBODY):
            assert share.rest_s(SOMEBODY) == 0
