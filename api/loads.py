"""Files that come over HTTP into the store: who may send them, one at a time, and never wholly in memory."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import Request

from api.loadrun import LoadRun
from api.problems import Problem, RequestRefused
from api.schemas import LoadState
from api.security import BODY_WITHIN_S, file_too_large
from api.settings import Settings
from graph.errors import NotFound
from ingest.loader import Progress

FILE_WITHIN_S = 600.0
"""Seconds in which a whole file must have arrived; between two parts of it BODY_WITHIN_S may pass."""
OTHERS = "others can reach this server, so it takes files only"
LOADS_KNOWN = 100
"""Loads of which a server can tell what became of them."""
WAIT_S = 1.0
"""Seconds that a load waits for one that is being given up."""


class LoadDoor:
    """The one way in for files: whether it is open on this server, and whether somebody is in it."""

    def __init__(self, settings: Settings) -> None:
        self.closed_because = _closed_because(settings)
        self.limit = settings.load_limit << 20
        self.running: LoadRun | None = None
        self._busy = asyncio.Lock()
        self._ended: dict[str, LoadState] = {}

    @contextlib.asynccontextmanager
    async def entered(self) -> AsyncIterator[Path]:
        """A folder for one file, which is gone with the block; nobody else comes in meanwhile.

        Raises: RequestRefused.
        """
        if self.closed_because is not None:
            raise RequestRefused(loads_closed(self.closed_because))
        try:
            async with asyncio.timeout(WAIT_S):
                await self._busy.acquire()
        except TimeoutError:
            raise RequestRefused(load_running(self.running.id if self.running else None)) from None
        try:
            with TemporaryDirectory(prefix="actorgraph-load-") as folder:
                yield Path(folder)
        finally:
            self._busy.release()

    @contextlib.asynccontextmanager
    async def known(self, run: LoadRun) -> AsyncIterator[None]:
        """While the block runs, the load can be cancelled by its id; then it is told what became of it."""
        self.running = run
        try:
            yield
        finally:
            self.running = None
            self._ended[run.id] = run.close()
            while len(self._ended) > LOADS_KNOWN:
                del self._ended[next(iter(self._ended))]

    async def cancel(self, id: str) -> LoadState:
        """Cancel a load; where it is over, what became of it.

        Raises: RequestRefused where no files are taken; NotFound.
        """
        if self.closed_because is not None:
            raise RequestRefused(loads_closed(self.closed_because))
        if self.running is not None and self.running.id == id:
            return await self.running.cancel()
        if id not in self._ended:
            raise NotFound(f"no load {id[:80]!r} among the last {LOADS_KNOWN} since the server was started")
        return self._ended[id]

    async def take_in(self, request: Request, path: Path) -> None:
        """Write what is sent into a file, part by part.

        Raises: RequestRefused when it is too large or too slow; starlette's ClientDisconnect.
        """
        with path.open("wb") as file:
            await self._receive(request, lambda part: asyncio.to_thread(file.write, part))

    async def pass_over(self, request: Request) -> None:
        """Let a refused file arrive, so that who sends it hears why it was refused.

        Raises: as `take_in`.
        """
        await self._receive(request, _forgotten)

    async def _receive(self, request: Request, take: Callable[[bytes], Awaitable[object]]) -> None:
        loop = asyncio.get_running_loop()
        last, size = loop.time() + FILE_WITHIN_S, 0
        try:
            async with asyncio.timeout(BODY_WITHIN_S) as patience:
                async for part in request.stream():
                    size += len(part)
                    if size > self.limit:
                        raise RequestRefused(file_too_large(self.limit))
                    await take(part)
                    patience.reschedule(min(loop.time() + BODY_WITHIN_S, last))
        except TimeoutError:
            raise RequestRefused(FILE_TOO_SLOW) from None


async def _forgotten(part: bytes) -> None:
    """Where a file goes that was refused."""


def nobody(progress: Progress) -> None:
    """Where progress goes that nobody wants to hear of."""


def _closed_because(settings: Settings) -> str | None:
    """Why no file is taken here, with the setting that says so; None where they are."""
    if settings.loads is False:
        return "loading is closed on this server (ACTORGRAPH_LOADS=false)"
    if not settings.reached_by_others:
        return None
    if settings.api_key is None:
        return f"{OTHERS} with ACTORGRAPH_API_KEY and ACTORGRAPH_LOADS=true"
    if settings.loads is None:
        return f"{OTHERS} with ACTORGRAPH_LOADS=true"
    return None


FILE_TOO_SLOW = Problem(
    408,
    "body-too-slow",
    "The request did not arrive",
    f"a file must arrive within {FILE_WITHIN_S:g} seconds, and without a pause of {BODY_WITHIN_S:g}",
)


def loads_closed(reason: str) -> Problem:
    """The problem of a server that takes no files."""
    return Problem(403, "loads-closed", "No files are taken here", reason)


def load_running(id: str | None) -> Problem:
    """The problem of a file that comes while another one is loaded, or arrives."""
    named = f" ({id})" if id else ""
    return Problem(
        409,
        "load-running",
        "Another load is running",
        f"one file is loaded at a time, and another one is being loaded{named}: try again when it is done",
        headers={"Retry-After": "5"},
    )
