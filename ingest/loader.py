"""A load: files into the store, in batches, so that doing it again, also after a kill, changes nothing."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from pathlib import Path
from typing import TypeVar

from graph.errors import InputUnusable
from graph.model import Claim, Source
from graph.store.bolt import Store
from graph.store.evidence import sources
from graph.store.writing import known_actors
from graph.vocabulary import Vocabulary, types_from_json
from ingest.batches import batches, window
from ingest.catalogue import Catalogue
from ingest.folders import Unit, units
from ingest.passes import Pass
from ingest.report import NAMES_KEPT, LoadReport, Tally
from ingest.resolve import ActorTable
from ingest.sinks import CountingSink, Sink, StoreSink
from ingest.written import Written

T = TypeVar("T")

WINDOW = 20_000
"""Claims that are read together and then written in batches, ordered so that each has few types."""

_VOCABULARIES = "MATCH (d:Dataset) RETURN d.name AS name, d.vocabulary AS vocabulary"


@dataclass(frozen=True, slots=True)
class LoadRequest:
    """What is to be loaded and how.

    `dataset` overrides every other name of a data set. `dry_run` writes nothing and counts what would be.
    `strict` writes nothing if one row is refused.
    """

    paths: tuple[Path, ...]
    vocabulary: Vocabulary
    dataset: str | None = None
    mapping: Path | None = None
    dry_run: bool = False
    strict: bool = False
    atomic: bool = False
    load_id: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load has come in one file; bytes are those of the file on disk, rows those read so far.

    `new`, `known` and `updated` count the claims that are in the store by now; in a dry run, that would be.
    """

    file: str
    rows: int
    bytes_done: int
    bytes_total: int
    load_id: str = ""
    new: int = 0
    known: int = 0
    updated: int = 0


OnProgress = Callable[[Progress], None]
AskedToStop = Callable[[], bool]
"""Whether a load was asked to stop."""


class _Cancelled(Exception):
    """The load was asked to stop; what was written stays."""


async def load(
    store: Store,
    request: LoadRequest,
    *,
    on_progress: OnProgress | None = None,
    cancelled: AskedToStop = lambda: False,
) -> LoadReport:
    """Load the files of the request.

    Good rows beside bad ones are kept; each batch is written as a whole or not at all. `cancelled` is asked
    between two batches and while rows are read: from then on nothing more is written, and the report tells of
    what was written before.

    Raises: InputUnusable when nothing can be read, StoreConflict, StoreUnavailable.
    """
    _refuse_unfinished(request)
    return await _Loader(store, request, on_progress, cancelled).run()


class _Loader:
    """One load."""

    def __init__(
        self, store: Store, request: LoadRequest, on_progress: OnProgress | None, cancelled: AskedToStop
    ) -> None:
        self._store = store
        self._request = request
        self._on_progress = on_progress
        self._cancelled = cancelled
        self._begun = time.perf_counter()
        self._catalogue = Catalogue(ActorTable())
        self._tally = Tally()
        self._written = Written()

    async def run(self) -> LoadReport:
        """Check everything that can be checked beforehand, then read and write."""
        found = await asyncio.to_thread(units, self._request.paths, self._request.dataset)
        try:
            kept = await self._load(found)
        except _Cancelled:
            kept = bool(self._written.batches)
            return self._report(found, kept=kept, cancelled=True)
        return await asyncio.to_thread(self._report, found, kept=kept)

    async def _load(self, found: Sequence[Unit]) -> bool:
        """Do it; returns whether anything was to be kept."""
        for unit in found:
            self._heed()
            one = Pass(unit, self._request.vocabulary, self._catalogue, self._tally)
            await asyncio.to_thread(one.check_files)
        self._heed()
        self._catalogue = catalogue = await _stored_catalogue(self._store)
        if self._request.strict and await self._refuses(found, catalogue.fork()):
            return False
        sink = self._sink(catalogue)
        try:
            await self._read(found, catalogue, self._tally, sink)
            await sink.finish()
        except _Cancelled:
            await sink.finish()  # what was written until then was loaded now
            raise
        finally:
            if isinstance(sink, StoreSink) and sink.announced:
                made = f"constraints were made in the store: {', '.join(sink.announced)}"
                self._tally.remark("constraints", made)
        return True

    async def _refuses(self, found: Iterable[Unit], catalogue: Catalogue) -> bool:
        """Whether a row is refused; then the report is that of this trial."""
        trial = Tally()
        await self._read(found, catalogue, trial, None)
        if trial.refused:
            self._catalogue, self._tally = Catalogue(ActorTable()), trial
        return trial.refused > 0

    def _sink(self, catalogue: Catalogue) -> Sink:
        if self._request.dry_run:
            return CountingSink(self._store)
        now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        return StoreSink(self._store, self._request.load_id, now, catalogue)

    async def _read(
        self, found: Iterable[Unit], catalogue: Catalogue, tally: Tally, sink: Sink | None
    ) -> None:
        """Read all units; without a sink the claims are only checked."""
        for unit in found:
            reading = Pass(unit, self._request.vocabulary, catalogue, tally)
            await self._exhaust(reading, reading.prepare())
            attributable = catalogue.actors
            if reading.wants_rehearsal:
                trial = await asyncio.to_thread(catalogue.fork)
                rehearsal = reading.rehearsal(trial)
                await self._exhaust(rehearsal, rehearsal.claims())
                attributable = trial.actors
            if sink is None:
                await self._exhaust(reading, reading.claims(attributable))
            else:
                await self._write(reading, reading.claims(attributable), catalogue, sink)

    async def _exhaust(self, reading: Pass, items: Iterator[object]) -> None:
        while await self._take(items):
            self._tell(reading)

    async def _write(self, reading: Pass, claims: Iterator[Claim], catalogue: Catalogue, sink: Sink) -> None:
        """Write window by window; the next one is read while the store is busy with this one."""
        taken = await self._take(claims)
        while True:
            self._tell(reading)
            some = window(taken)
            waiting = batches(catalogue, some.claims)
            following = asyncio.ensure_future(self._take(claims))
            try:
                for batch in waiting:
                    self._heed()
                    self._written.add(batch, await sink.put(batch), catalogue)
                    self._tell(reading)
                self._written.add_repeated(some)
            finally:
                await asyncio.gather(following, return_exceptions=True)
            if not taken:
                return
            taken = following.result()

    async def _take(self, items: Iterator[T]) -> list[T]:
        """The next items, at most a window of them; they are read in a thread."""
        wanted = takewhile(lambda _: not self._cancelled(), items)
        taken = await asyncio.to_thread(lambda: list(islice(wanted, WINDOW)))
        self._heed()
        return taken

    def _heed(self) -> None:
        if self._cancelled():
            raise _Cancelled

    def _tell(self, reading: Pass) -> None:
        table = reading.sheets.table
        if self._on_progress is not None and table is not None:
            rows, lines, written = reading.sheets.tally.read, table.lines, self._written
            counts = (written.new, written.known, written.updated)
            where = (str(table.path), rows, lines.done, lines.total)
            self._on_progress(Progress(*where, self._request.load_id, *counts))

    def _report(self, found: Iterable[Unit], *, kept: bool, cancelled: bool = False) -> LoadReport:
        catalogue, tally, written = self._catalogue, self._tally, self._written
        for one, other in () if cancelled else catalogue.actors.look_alikes():
            tally.remark("possibly-the-same", "names that may mean one actor", f"{one} and {other}")
        datasets = tuple(catalogue.books) or tuple(unit.dataset.name for unit in found)
        return LoadReport(
            dataset=datasets[0] if datasets else "",
            datasets=datasets,
            load_id=self._request.load_id,
            read=tally.read,
            new=written.new,
            known=written.known,
            updated=written.updated,
            refused=tally.refused,
            refused_claims=tally.refused_claims,
            actors=len(written.actors),
            sources=len(written.sources),
            rejections=tuple(tally.rejections),
            unknown_relations=dict(tally.unknown_relations.most_common(NAMES_KEPT)),
            unknown_words=len(tally.unknown_relations),
            other_columns=tuple(islice(tally.other_columns, NAMES_KEPT)),
            columns_unread=len(tally.other_columns),
            notes=tally.notes(),
            elapsed_s=round(time.perf_counter() - self._begun, 3),
            dry_run=self._request.dry_run,
            kept=kept and not self._request.dry_run,
            cancelled=cancelled,
        )


async def _stored_catalogue(store: Store) -> Catalogue:
    """What the store knows that a load must know too."""
    actors = await known_actors(store, ActorTable, ActorTable.add_stored)
    by_dataset: dict[str, list[Source]] = {}
    for source in await sources(store):
        for dataset in source.datasets:
            by_dataset.setdefault(dataset, []).append(source)
    types = {
        row["name"]: {entry.type: entry for entry in types_from_json(row["vocabulary"] or "[]")}
        for row in await store.read(_VOCABULARIES)
    }
    return Catalogue(actors, {name: tuple(some) for name, some in by_dataset.items()}, types=types)


def _refuse_unfinished(request: LoadRequest) -> None:
    if request.mapping is not None:
        raise InputUnusable("--mapping is not read yet: name the columns in the file as the formats say")
    if request.atomic:
        raise InputUnusable("--atomic is not there yet: --strict writes nothing if one row is refused")
    if not request.paths:
        raise InputUnusable("nothing to load: name a file, a data set folder or a bundled data set")
