"""Work in a thread with an event loop of its own, so that what keeps its loop busy holds up nobody else."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")
Begun = Future[tuple[asyncio.AbstractEventLoop, "asyncio.Task[Any]"]]


async def in_own_loop(work: Callable[[], Coroutine[Any, Any, Result]], leaving: Callable[[], None]) -> Result:
    """What the work gives; when whoever waits is cancelled, so is the work, and its end is waited for.

    `leaving` is called at once then, for what runs in further threads and cannot be cancelled. The work is
    made in its thread: nothing that belongs to one loop may be handed in or out.

    Raises: whatever the work raises.
    """
    begun: Begun = Future()

    async def noted() -> Result:
        task = asyncio.current_task()
        assert task is not None
        begun.set_result((asyncio.get_running_loop(), task))
        return await work()

    thread = ThreadPoolExecutor(1, thread_name_prefix="own-loop")
    running = asyncio.get_running_loop().run_in_executor(thread, lambda: asyncio.run(noted()))
    thread.shutdown(wait=False)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        leaving()
        begun.add_done_callback(_cancel)
        while not running.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait({running})
        running.exception()  # nobody waits for it any more
        raise


def _cancel(begun: Begun) -> None:
    loop, task = begun.result()
    with contextlib.suppress(RuntimeError):  # it came to its end meanwhile
        loop.call_soon_threadsafe(task.cancel)
