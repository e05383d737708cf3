"""The rows of somebody's statement: read up to a limit, looked through and written as JSON, all of it at a
pace that leaves everybody else a turn.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from neo4j import AsyncResult, Record, ResultSummary

from graph.store.values import Gathered, plain, size

LARGEST_ANSWER = 4 << 20
"""Bytes, as JSON: rows beyond are left out, because everybody else's answers would wait for them."""
REST_PATIENCE = 0.05
"""Seconds that an engine may take to be done with the rows beyond a limit: some go through all of them."""
LONGEST_WORK = 0.002
"""Seconds of work on rows, after which as long a rest is due: Python works on one thing at a time, and what
others asked is short."""
LONGEST_REST = 0.02
"""Seconds; what kept the thread busy beyond that was the work of others."""
COUNTED_HERE = 32 << 10
"""Bytes of a row that are counted in the event loop."""

Cut = Literal["rows", "size"] | None
"""Which limit cut the rows of an answer."""


class Pace:
    """Says when a rest is due, by what the thread worked: to wait for the engine is a rest."""

    def __init__(self) -> None:
        self._since = time.thread_time()

    def due(self) -> float:
        """Seconds to rest now; 0 while none is due. Call `resume` after a rest."""
        worked = time.thread_time() - self._since
        return min(worked, LONGEST_REST) if worked > LONGEST_WORK else 0.0

    def resume(self) -> None:
        """Go on working."""
        self._since = time.thread_time()


async def read_rows(result: AsyncResult, limit: int) -> tuple[list[Record], Cut]:
    """The first rows, and which limit cut them."""
    rows: list[Record] = []
    held, pace = 0, Pace()
    async for row in result:  # rows that are here already come without a pause
        if rest := pace.due():
            await asyncio.sleep(rest)
            pace.resume()
        if len(rows) == limit:
            return rows, "rows"
        held += await _size(row.values(), LARGEST_ANSWER - held)
        if held > LARGEST_ANSWER:
            return rows, "size"
        rows.append(row)
    return rows, None


async def summary_of(result: AsyncResult, cut: Cut) -> ResultSummary | None:
    """What the engine says at the end; None where that would mean to wait for rows that nobody wants."""
    if cut == "size":
        return None
    try:
        async with asyncio.timeout(None if cut is None else REST_PATIENCE):
            return await result.consume()
    except TimeoutError:
        return None


def gathered_of(rows: Sequence[Record]) -> Gathered:
    """The actors and claims among the values; to be called in a thread."""
    gathered = Gathered()
    for row in _paced(rows):
        for value in row.values():
            gathered.add(value)
    return gathered


def values_of(rows: Sequence[Record], actors: Mapping[str, str]) -> tuple[tuple[Any, ...], ...]:
    """The values of JSON by row and position; to be called in a thread. `actors` as in `plain`."""
    return tuple(tuple(plain(value, actors) for value in row.values()) for row in _paced(rows))


def _paced(rows: Sequence[Record]) -> Iterator[Record]:
    pace = Pace()
    for row in rows:
        if rest := pace.due():
            time.sleep(rest)
            pace.resume()
        yield row


async def _size(values: list[Any], most: int) -> int:
    """The size of a row, up to a little over `most`: a large one is counted beside everybody else's work."""
    found = size(values, min(most, COUNTED_HERE))
    return found if found <= COUNTED_HERE or found > most else await asyncio.to_thread(size, values, most)
