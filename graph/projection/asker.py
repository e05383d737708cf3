"""On which form of the graph a question is answered: the snapshot, or the corridor where there is none yet or
none may be."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from graph.errors import CorridorLimit, ProjectionLimit, StoreUnavailable
from graph.projection.corridor import Patience
from graph.projection.keeper import ProjectionKeeper
from graph.projection.snapshot import Snapshot

Answer = TypeVar("Answer")

MOMENT = 0.3
"""Seconds for which a question waits for a snapshot that is being read, before it goes by the corridor."""
CORRIDORS_BESIDE_READING = 2
"""Questions that go through the corridor while a snapshot is read: more would only delay it."""
READ_AGAIN = 1
"""How often a corridor during which somebody wrote is walked again; see `keeper`."""


@dataclass(frozen=True, slots=True)
class _Guess(Generic[Answer]):
    """The answer of a snapshot that may be out of date: it counts if the snapshot proves to be current."""

    of: Snapshot | None
    answer: asyncio.Future[Answer] | None


class Asker:
    """Asks questions in worker threads, on a state of the graph as new as the store."""

    def __init__(self, keeper: ProjectionKeeper, threads: Executor) -> None:
        self._keeper = keeper
        self._threads = threads
        self._beside = asyncio.Semaphore(CORRIDORS_BESIDE_READING)
        self._calm = True

    async def ask(self, question: Callable[[Snapshot], Answer], limit_s: float) -> Answer:
        """The answer; a corridor ends after `limit_s` seconds or when the caller is cancelled.

        Raises: CorridorLimit; QuestionTimeout; StoreUnavailable; whatever the question raises.
        """
        async with self._reading() as reading, self._guess(question) as guess:
            await asyncio.wait({reading}, timeout=MOMENT)
            if not reading.done() and not self._beside.locked():
                async with self._beside:
                    with contextlib.suppress(CorridorLimit, StoreUnavailable):
                        return await self._sooner(question, reading, limit_s)
            try:
                snapshot = await reading
            except ProjectionLimit:
                return await self._through_corridor(question, limit_s, whole=False)
            self._calm = self._keeper.latest is guess.of or guess.of is None
            if guess.answer is not None and guess.of is snapshot:
                return await guess.answer
            return await self._in_thread(lambda: question(snapshot))

    @contextlib.asynccontextmanager
    async def _guess(self, question: Callable[[Snapshot], Answer]) -> AsyncIterator[_Guess[Answer]]:
        """Ask the snapshot read last while the store is asked whether it is still current, unless it was not
        the last time."""
        latest = self._keeper.latest
        if latest is None or not self._calm:
            yield _Guess(latest, None)
            return
        answer = asyncio.ensure_future(self._in_thread(lambda: question(latest)))
        try:
            yield _Guess(latest, answer)
        finally:
            answer.cancel()
            answer.add_done_callback(_noticed)

    @contextlib.asynccontextmanager
    async def _reading(self) -> AsyncIterator[asyncio.Task[Snapshot]]:
        """Waiting for the current snapshot; who waits no longer leaves the reading to others."""
        reading = asyncio.create_task(self._keeper.current())
        try:
            yield reading
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def _sooner(
        self, question: Callable[[Snapshot], Answer], reading: asyncio.Task[Snapshot], limit_s: float
    ) -> Answer:
        """The answer through the corridor, unless the snapshot is there before.

        Raises: CorridorLimit, where the snapshot has to be waited for.
        """
        walking = asyncio.create_task(self._through_corridor(question, limit_s, whole=True))
        try:
            await asyncio.wait({reading, walking}, return_when=asyncio.FIRST_COMPLETED)
            if walking.done():
                return walking.result()
        finally:
            walking.cancel()
            await asyncio.gather(walking, return_exceptions=True)
        raise CorridorLimit("the snapshot was there first")

    async def _through_corridor(
        self, question: Callable[[Snapshot], Answer], limit_s: float, *, whole: bool
    ) -> Answer:
        patience = Patience(time.monotonic() + limit_s, threading.Event())
        try:
            for _ in range(READ_AGAIN + 1):
                token = await self._keeper.token()
                walk = partial(self._keeper.corridor.ask, question, token, patience, whole=whole)
                answer = await self._in_thread(walk)
                if await self._keeper.token() == token:
                    break
            return answer
        finally:
            patience.stop.set()

    async def _in_thread(self, work: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def _noticed(answer: asyncio.Future[Answer]) -> None:
    """Take note of how an answer ended that nobody waits for."""
    if not answer.cancelled():
        answer.exception()
