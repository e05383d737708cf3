"""A statement that an engine would work on for minutes, and a look at whether it still does."""

from __future__ import annotations

import asyncio

from graph.store.bolt import Store

ENDLESS = """
UNWIND range(1, 20000) AS i UNWIND range(1, 20000) AS j
WITH i, j WHERE (i * j) % 7919 = 7918 AND i > j + 30000
RETURN count(*) AS times
"""


async def until_idle(store: Store) -> None:
    """The engine works on nothing but our question whether it does."""
    async with asyncio.timeout(5):
        while True:
            rows = await store.read("SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery")
            if not any("UNWIND range" in row["currentQuery"] for row in rows):
                return
            await asyncio.sleep(0.05)
