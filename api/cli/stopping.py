"""How a server ends: the first signal lets answers finish and stops the engine, the second leaves at once."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Coroutine, Iterator
from pathlib import Path
from types import FrameType

import uvicorn

from graph.store.runfile import read_owner, remove_run

LEAVE_WITHIN_S = 0.7
"""Seconds from the second signal to the end of the process, whatever still runs."""

SIGNALS: tuple[signal.Signals, ...] = (signal.SIGINT, signal.SIGTERM)
if sys.platform != "win32":
    SIGNALS = (*SIGNALS, signal.SIGHUP)


class Stopping:
    """Turns signals into the end of the server; for one run of the command."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._server: uvicorn.Server | None = None
        self._task: asyncio.Task[None] | None = None
        self._signals = 0

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Handle signals until the block ends."""
        before = {number: signal.signal(number, self._on_signal) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    async def whole(self, work: Coroutine[None, None, None]) -> None:
        """Do the work; a signal before the server runs ends it where it stands."""
        self._task = asyncio.ensure_future(work)
        if self._signals:
            self._task.cancel()
        try:
            await self._task
        except asyncio.CancelledError:
            if not self._signals:
                raise

    @contextlib.contextmanager
    def by(self, server: uvicorn.Server) -> Iterator[None]:
        """While the block runs, a signal asks this server to end."""
        self._server = server
        if self._signals:
            server.should_exit = True
        try:
            yield
        finally:
            self._server = None

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._signals += 1
        if self._signals > 1:
            self._leave_soon()
        elif self._server is not None:
            self._server.should_exit = True
        elif self._task is not None:
            self._task.get_loop().call_soon_threadsafe(self._task.cancel)

    def _leave_soon(self) -> None:
        if self._server is not None:
            self._server.force_exit = True
        if self._task is not None:
            loop = self._task.get_loop()
            loop.call_soon_threadsafe(loop.call_later, LEAVE_WITHIN_S, self._leave)

    def _leave(self) -> None:
        """End the process; the engine notices and closes its files by itself."""
        owner = read_owner(self._home)
        if owner is None or owner.pid in (None, os.getpid()):
            remove_run(self._home)
        os._exit(0)
