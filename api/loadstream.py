"""The answer of a load that says how far it has come: JSON Lines, the report or the problem last."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping

import orjson
from fastapi import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.leaving import CallerLeft, while_connected
from api.loadrun import LoadRun
from api.problems import problem_of
from api.wire import encode
from graph.errors import ActorgraphError
from ingest.loader import Progress

MEDIA_TYPE = "application/x-ndjson"


class LoadStream(Response):
    """Loads a file while it is sent: a real load goes on to its end whoever leaves, a dry run does not.

    `held` is what the file needs to be there; it is let go when the file is loaded, however slowly the caller
    takes the last lines.
    """

    def __init__(self, work: LoadRun, request: Request, held: contextlib.AsyncExitStack) -> None:
        super().__init__(media_type=MEDIA_TYPE)
        self._work = work
        self._request = request
        self._held = held
        self._lines: asyncio.Queue[bytes | None] = asyncio.Queue()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [one for one in self.raw_headers if one[0] != b"content-length"]
        running = asyncio.create_task(self._run())
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": headers})
            while (line := await self._lines.get()) is not None:
                await send({"type": "http.response.body", "body": line, "more_body": True})
            await running
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await self._held.aclose()  # a load that was given up before it began
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _run(self) -> None:
        try:
            async with self._held:
                run = self._work.run(self._tell)
                report = await (while_connected(self._request, run) if self._work.query.dry_run else run)
            self._put("report", encode(report))
        except CallerLeft:
            return
        except ActorgraphError as error:
            self._put("problem", problem_of(error).body(self._request.state.request_id))
        finally:
            self._lines.put_nowait(None)

    def _tell(self, now: Progress) -> None:
        self._put("progress", encode(now))

    def _put(self, name: str, value: bytes) -> None:
        line: Mapping[str, object] = {name: orjson.Fragment(value)}
        self._lines.put_nowait(orjson.dumps(line) + b"\n")
