"""What nobody waits for any more ends on the engine too: reads of our own as well as people's statements."""

from __future__ import annotations

import asyncio
import time

import pytest

from apiclient import service_on
from endless import ENDLESS, until_idle
from engines import RunningEngine
from graph.errors import QuestionTimeout
from graph.store.bolt import Store
from graph.store.stopping import Tags

pytestmark = pytest.mark.timed


async def test_a_read_that_nobody_waits_for_any_more_is_stopped(store: Store) -> None:
    reading = asyncio.create_task(store.read(ENDLESS))
    await asyncio.sleep(0.7)

    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading

    await until_idle(store)


async def test_a_stopped_read_leaves_the_others_alone(store: Store) -> None:
    reading = asyncio.create_task(store.read(ENDLESS))
    other = asyncio.create_task(
        store.read("UNWIND range(1, 1000000) AS i UNWIND range(1, 3) AS j RETURN max(i % 7) AS most")
    )
    await asyncio.sleep(0.3)

    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading

    assert await other == [{"most": 6}]


async def test_a_question_over_its_time_limit_ends_its_reads(engine: RunningEngine) -> None:
    async with service_on(engine, limit_s=0.7) as service:
        begun = time.monotonic()
        with pytest.raises(QuestionTimeout):
            async with service.within_limit():
                await service.store.read(ENDLESS)

        assert time.monotonic() - begun < 5
        await until_idle(service.store)


def test_marks_are_different_at_a_time_and_used_again() -> None:
    tags = Tags()
    with tags.one() as first, tags.one() as second:
        assert first != second
    with tags.one() as third, tags.one() as fourth:
        assert {third, fourth} == {first, second}
