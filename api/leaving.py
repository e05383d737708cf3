"""Work for a caller who may leave: a browser tab that is closed, a connection that breaks."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from fastapi import Request

Result = TypeVar("Result")

NOBODY_THERE = 499
"""Status in the log of an answer that nobody gets."""
LOOK_EVERY = 0.5
"""Seconds from one look at whether the caller is still there to the next."""


class CallerLeft(Exception):
    """Nobody waits for the answer any more."""


async def while_connected(request: Request, work: Coroutine[Any, Any, Result]) -> Result:
    """What the work gives; it is cancelled when the caller leaves, and so are its statements on the engine.

    Raises: CallerLeft; whatever the work raises.
    """
    task = asyncio.create_task(work)
    try:
        while not task.done():
            await asyncio.wait({task}, timeout=LOOK_EVERY)
            if not task.done() and await request.is_disconnected():
                raise CallerLeft
        return task.result()
    finally:
        if not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
