"""One file on its way into the store: how far it has come, what became of it, and how it is cancelled."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
import uuid
from dataclasses import fields, replace
from pathlib import Path

from api.loadquery import LoadQuery
from api.ownloop import in_own_loop
from api.schemas import LoadAnswer, LoadState, StateOfLoad
from api.service import Service
from graph.errors import InputUnusable
from ingest.loader import LoadRequest, OnProgress, Progress, load
from ingest.recognise import Recognised, recognise
from ingest.report import LoadReport
from ingest.vocabulary import builtin

STOPS_WITHIN_S = 5.0
"""Seconds that whoever cancels a load waits for its end; a batch that is being written is written whole."""


class LoadRun:
    """A file that has arrived, and what is to be done with it.

    It is read, checked and written in a thread, by an event loop and under connections of its own: a batch
    keeps a loop busy for long enough that others would notice.
    """

    def __init__(self, service: Service, path: Path, query: LoadQuery) -> None:
        self.id = uuid.uuid4().hex
        self.query = query
        self._store = service.store
        self._path = path
        self._cancelled = threading.Event()
        self._over = asyncio.Event()
        self._now = Progress(path.name, 0, 0, path.stat().st_size, self.id)
        self._report: LoadReport | None = None
        self._failed = False

    async def run(self, on_progress: OnProgress) -> LoadAnswer:
        """Load it; in a dry run say what it is taken for besides.

        Raises: InputUnusable, StoreConflict, StoreUnavailable.
        """
        loop = asyncio.get_running_loop()

        def tell(now: Progress) -> None:
            self._now = replace(now, file=self._path.name)
            on_progress(self._now)

        def tell_from_thread(now: Progress) -> None:
            loop.call_soon_threadsafe(tell, now)

        tell(self._now)
        seen = await self._store.seen()
        try:
            report, found, seen = await in_own_loop(
                lambda: self._load(tell_from_thread, seen), leaving=self._cancelled.set
            )
        except Exception as error:
            self._failed = True
            if not isinstance(error, InputUnusable):
                raise
            raise InputUnusable(str(error).replace(f"{self._path.parent}{os.sep}", "")) from None
        await self._store.follow(seen)
        self._report = report
        return replace(_answer(report), recognised=found)

    async def cancel(self) -> LoadState:
        """Have it stop after the batch that is being written; what became of it, as far as that is known."""
        self._cancelled.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOPS_WITHIN_S):
                await self._over.wait()
        return self._state()

    def close(self) -> LoadState:
        """Note that it is over; what became of it."""
        self._over.set()
        return self._state()

    def _state(self) -> LoadState:
        done: Progress | LoadReport = self._report or self._now
        counts = (done.new, done.known, done.updated)
        return LoadState(self.id, self._told(), *counts, self.query.dry_run)

    def _told(self) -> StateOfLoad:
        if not self._over.is_set():
            return "stopping"
        if self._report is None:
            return "failed" if self._failed or not self._cancelled.is_set() else "cancelled"
        return "cancelled" if self._report.cancelled else "done"

    async def _load(
        self, on_progress: OnProgress, seen: frozenset[str]
    ) -> tuple[LoadReport, Recognised | None, frozenset[str]]:
        """Load it in the loop of its thread; also the states that the store has to answer from afterwards."""
        request = LoadRequest(
            paths=(self._path,),
            vocabulary=builtin(),
            dataset=self.query.dataset,
            dry_run=self.query.dry_run,
            strict=self.query.strict,
            load_id=self.id,
        )
        found = recognise(self._path) if self.query.dry_run else None
        async with self._store.twin() as store:
            await store.follow(seen)
            report = await load(store, request, on_progress=on_progress, cancelled=self._cancelled.is_set)
            return report, found, await store.seen()


def _answer(report: LoadReport) -> LoadAnswer:
    """The report with files by their names: where they lay for the moment is nobody's business."""
    values = {one.name: getattr(report, one.name) for one in fields(report)}
    refused = tuple(replace(one, file=Path(one.file).name) for one in report.rejections)
    return LoadAnswer(**{**values, "rejections": refused})
