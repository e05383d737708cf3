"""Ending a statement that nobody waits for any more, on an engine that would go on with it."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Iterator

from neo4j import AsyncSession

STOP_LIMIT = 1.5
"""Seconds that an engine has to end a statement: some of its loops never look whether they should."""
LOOK_EVERY = 0.05
"""Seconds between two looks at whether it has ended."""


class Tags:
    """Marks for statements that run at the same time: comments by which the engine's list tells them apart.

    They are few and used again, so that the engine has to read each text only once.
    """

    def __init__(self) -> None:
        self._name = f"actorgraph:{uuid.uuid4().hex}"
        self._made = 0
        self._free: list[str] = []

    @contextlib.contextmanager
    def one(self) -> Iterator[str]:
        """A mark that no other running statement has."""
        if not self._free:
            self._made += 1
            self._free.append(f"{self._name}:{self._made}:")
        tag = self._free.pop()
        try:
            yield tag
        finally:
            self._free.append(tag)


def tagged(statement: str, tag: str) -> str:
    """The statement with its mark."""
    return f"{statement}\n/* {tag} */"


async def stop(session: AsyncSession, tag: str) -> None:
    """End the statement with this mark, as the user who runs it, and wait until it is gone.

    Raises: TimeoutError when it goes on none the less.
    """
    async with asyncio.timeout(STOP_LIMIT):
        while ids := await _running(session, tag):
            for id in ids:
                await (await session.run(f"TERMINATE TRANSACTIONS '{id}'")).consume()
            await asyncio.sleep(LOOK_EVERY)


async def _running(session: AsyncSession, tag: str) -> list[str]:
    """The engine's names of the transactions that run a statement with this mark."""
    running = await session.run("SHOW TRANSACTIONS")
    rows = [(row["transactionId"], row["currentQuery"]) async for row in running]
    return [id for id, text in rows if tag in text and id.replace("-", "").isalnum()]
