"""How many of people's statements run at once, and how long another one waits for its turn."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from graph.errors import StoreBusy

AT_ONCE = 8
"""Statements: so many share the engine and the machine with everybody else's questions."""
LONGEST_WAIT = 2.0
"""Seconds, so that whoever asks learns soon that there is no place."""


class Gate:
    """Lets a few statements through at once, in the order in which they came."""

    def __init__(self, at_once: int = AT_ONCE, longest_wait: float = LONGEST_WAIT) -> None:
        self._at_once = at_once
        self._longest_wait = longest_wait
        self._places = asyncio.Semaphore(at_once)

    @contextlib.asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """A place for one statement.

        Raises: StoreBusy when none gets free in time.
        """
        try:
            async with asyncio.timeout(self._longest_wait):
                await self._places.acquire()
        except TimeoutError:
            raise StoreBusy(
                f"{self._at_once} statements run already and none of them ended within "
                f"{self._longest_wait:g} s; try again"
            ) from None
        try:
            yield
        finally:
            self._places.release()
