"""A load: files into the store, in batches, so that doing it again, also after a kill, changes nothing."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
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
from ingest.report import LoadReport, Tally
from ingest.resolve import ActorTable
from ingest.sinks import CountingSink, Sink, StoreSink

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


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load has come in one file; bytes are those of the file on disk, rows those read so far."""

    file: str
    rows: int
    bytes_done: int
    bytes_total: int


OnProgress = Callable[[Progress], None]


async def load(store: Store, request: LoadRequest, *, on_progress: OnProgress | None = None) -> LoadReport:
    """Load the files of the request.

    Good rows beside bad ones are kept; each batch is written as a whole or not at all.

    Raises: InputUnusable when nothing can be read, StoreConflict, StoreUnavailable.
    """
    _refuse_unfinished(request)
    return await _Loader(store, request, on_progress).run()


class _Loader:
    """One load."""

    def __init__(self, store: Store, request: LoadRequest, on_progress: OnProgress | None) -> None:
        self._store = store
        self._request = request
        self._on_progress = on_progress
        self._begun = time.perf_counter()
        self._load_id = uuid.uuid4().hex
        self._counts = {"new": 0, "known": 0, "updated": 0}
        self._kept = not request.dry_run

    async def run(self) -> LoadReport:
        """Check everything that can be checked beforehand, then read and write."""
        found = await asyncio.to_thread(units, self._request.paths, self._request.dataset)
        for unit in found:
            one = Pass(unit, self._request.vocabulary, Catalogue(ActorTable()), Tally())
            await asyncio.to_thread(one.check_files)
        catalogue, tally = await _stored_catalogue(self._store), Tally()
        if self._request.strict:
            trial_catalogue, trial = catalogue.fork(), Tally()
            await self._read(found, trial_catalogue, trial, None)
            if trial.refused:
                self._kept = False
                return self._report(found, Catalogue(ActorTable()), trial)
        sink = self._sink(catalogue)
        await self._read(found, catalogue, tally, sink)
        await sink.finish()
        if isinstance(sink, StoreSink) and sink.announced:
            tally.remark("constraints", f"constraints were made in the store: {', '.join(sink.announced)}")
        return await asyncio.to_thread(self._report, found, catalogue, tally)

    def _sink(self, catalogue: Catalogue) -> Sink:
        if self._request.dry_run:
            return CountingSink(self._store)
        now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        return StoreSink(self._store, self._load_id, now, catalogue)

    async def _read(
        self, found: Iterable[Unit], catalogue: Catalogue, tally: Tally, sink: Sink | None
    ) -> None:
        """Read all units; without a sink the claims are only checked."""
        for unit in found:
            reading = Pass(unit, self._request.vocabulary, catalogue, tally)
            await self._exhaust(reading, reading.prepare())
            attributable = catalogue.actors
            if reading.wants_rehearsal:
                trial = catalogue.fork()
                rehearsal = reading.rehearsal(trial)
                await self._exhaust(rehearsal, rehearsal.claims())
                attributable = trial.actors
            if sink is None:
                await self._exhaust(reading, reading.claims(attributable))
            else:
                await self._write(reading, reading.claims(attributable), catalogue, sink)

    async def _exhaust(self, reading: Pass, items: Iterator[object]) -> None:
        while await asyncio.to_thread(_take, items, WINDOW):
            self._tell(reading)

    async def _write(self, reading: Pass, claims: Iterator[Claim], catalogue: Catalogue, sink: Sink) -> None:
        """Write window by window; the next one is read while the store is busy with this one."""
        taken = await asyncio.to_thread(_take, claims, WINDOW)
        while True:
            self._tell(reading)
            some = window(taken)
            waiting = batches(catalogue, some.claims)
            self._count(known=some.repeated, updated=some.replaced)
            following = asyncio.ensure_future(asyncio.to_thread(_take, claims, WINDOW))
            try:
                for batch in waiting:
                    counts = await sink.put(batch)
                    self._count(counts.new, counts.known, counts.updated)
            finally:
                await asyncio.wait([following])
            if not taken:
                return
            taken = following.result()

    def _count(self, new: int = 0, known: int = 0, updated: int = 0) -> None:
        self._counts["new"] += new
        self._counts["known"] += known
        self._counts["updated"] += updated

    def _tell(self, reading: Pass) -> None:
        table = reading.sheets.table
        if self._on_progress is not None and table is not None:
            lines = table.lines
            self._on_progress(Progress(str(table.path), reading.sheets.tally.read, lines.done, lines.total))

    def _report(self, found: Iterable[Unit], catalogue: Catalogue, tally: Tally) -> LoadReport:
        for one, other in catalogue.actors.look_alikes():
            tally.remark("possibly-the-same", "names that may mean one actor", f"{one} and {other}")
        datasets = tuple(catalogue.books) or tuple(unit.dataset.name for unit in found)
        return LoadReport(
            dataset=datasets[0] if datasets else "",
            datasets=datasets,
            load_id=self._load_id,
            read=tally.read,
            **self._counts,
            refused=tally.refused,
            refused_claims=tally.refused_claims,
            actors=len(catalogue.actors.new),
            sources=sum(len(book.new) for book in catalogue.books.values()),
            rejections=tuple(tally.rejections),
            unknown_relations=dict(tally.unknown_relations.most_common()),
            other_columns=tuple(tally.other_columns),
            notes=tally.notes(),
            elapsed_s=round(time.perf_counter() - self._begun, 3),
            dry_run=self._request.dry_run,
            kept=self._kept,
        )


async def _stored_catalogue(store: Store) -> Catalogue:
    """What the store knows that a load must know too."""
    actors = ActorTable()
    async for actor in known_actors(store):
        actors.add_stored(actor)
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


def _take(items: Iterator[T], most: int) -> list[T]:
    return list(islice(items, most))
