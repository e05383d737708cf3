"""Files that come over HTTP into the store: who may send them, one at a time, and never wholly in memory."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import Request

from api.loadquery import LoadQuery
from api.problems import Problem, RequestRefused
from api.schemas import LoadAnswer
from api.security import BODY_WITHIN_S, file_too_large
from api.service import Service
from api.settings import Settings
from graph.errors import InputUnusable
from ingest.loader import LoadRequest, OnProgress, Progress, load
from ingest.recognise import recognise
from ingest.report import LoadReport
from ingest.vocabulary import builtin

FILE_WITHIN_S = 600.0
"""Seconds in which a whole file must have arrived; between two parts of it BODY_WITHIN_S may pass."""
OTHERS = "others can reach this server, so it takes files only"
WAIT_S = 1.0
"""Seconds that a load waits for one that is being given up."""


class LoadDoor:
    """The one way in for files: whether it is open on this server, and whether somebody is in it."""

    def __init__(self, settings: Settings) -> None:
        self.closed_because = _closed_because(settings)
        self.limit = settings.load_limit << 20
        self._busy = asyncio.Lock()

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
            raise RequestRefused(LOAD_RUNNING) from None
        try:
            with TemporaryDirectory(prefix="actorgraph-load-") as folder:
                yield Path(folder)
        finally:
            self._busy.release()

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


@dataclass(frozen=True, slots=True)
class FileLoad:
    """A file that has arrived, and what is to be done with it."""

    service: Service
    path: Path
    query: LoadQuery

    async def run(self, on_progress: OnProgress) -> LoadAnswer:
        """Load it; in a dry run say what it is taken for besides.

        Raises: InputUnusable, StoreConflict, StoreUnavailable.
        """
        request = LoadRequest(
            paths=(self.path,),
            vocabulary=builtin(),
            dataset=self.query.dataset,
            dry_run=self.query.dry_run,
            strict=self.query.strict,
        )
        try:
            found = await asyncio.to_thread(recognise, self.path) if self.query.dry_run else None
            report = await load(self.service.store, request, on_progress=self._named(on_progress))
        except InputUnusable as error:
            raise InputUnusable(str(error).replace(f"{self.path.parent}{os.sep}", "")) from None
        return replace(_answer(report), recognised=found)

    def _named(self, on_progress: OnProgress) -> OnProgress:
        return lambda now: on_progress(replace(now, file=self.path.name))


async def _forgotten(part: bytes) -> None:
    """Where a file goes that was refused."""


def nobody(progress: Progress) -> None:
    """Where progress goes that nobody wants to hear of."""


def _answer(report: LoadReport) -> LoadAnswer:
    """The report with files by their names: where they lay for the moment is nobody's business."""
    values = {one.name: getattr(report, one.name) for one in fields(report)}
    refused = tuple(replace(one, file=Path(one.file).name) for one in report.rejections)
    return LoadAnswer(**{**values, "rejections": refused})


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


LOAD_RUNNING = Problem(
    409,
    "load-running",
    "Another load is running",
    "one file is loaded at a time, and another one is being loaded: try again when it is done",
    headers={"Retry-After": "5"},
)
FILE_TOO_SLOW = Problem(
    408,
    "body-too-slow",
    "The request did not arrive",
    f"a file must arrive within {FILE_WITHIN_S:g} seconds, and without a pause of {BODY_WITHIN_S:g}",
)


def loads_closed(reason: str) -> Problem:
    """The problem of a server that takes no files."""
    return Problem(403, "loads-closed", "No files are taken here", reason)
