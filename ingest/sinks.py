"""Where a load's batches go: into the store, or nowhere but counted, as a dry run does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from graph.ids import content_hash
from graph.model import Dataset
from graph.store.bolt import Store
from graph.store.evidence import claims_of
from graph.store.keys import ClaimKey
from graph.store.writing import BatchCounts, ClaimWriter, Load
from ingest.batches import DatasetBatch
from ingest.catalogue import Catalogue


class Sink(Protocol):
    """Takes the batches of a load."""

    async def put(self, batch: DatasetBatch) -> BatchCounts:
        """Take one batch, all of it or nothing."""

    async def finish(self) -> None:
        """Called once, after the last batch that is written."""


@dataclass(slots=True)
class StoreSink:
    """Writes into the store, with one writer for each data set, begun when its first batch comes.

    `announced`: the constraints that had to be made in the store, in words.
    """

    store: Store
    load_id: str
    recorded_at: str
    catalogue: Catalogue
    announced: list[str] = field(default_factory=list)
    _writers: dict[str, ClaimWriter] = field(default_factory=dict)
    _vocabularies: dict[str, str] = field(default_factory=dict)

    async def put(self, batch: DatasetBatch) -> BatchCounts:
        """Write one batch.

        Raises: StoreConflict, StoreUnavailable.
        """
        writer = self._writers.get(batch.dataset) or await self._begin(batch)
        self._vocabularies[batch.dataset] = batch.vocabulary
        return await writer.write(batch.batch, batch.vocabulary)

    async def finish(self) -> None:
        """Note in the store when each data set was loaded last, completely or not."""
        for dataset, writer in self._writers.items():
            await writer.finish(self._vocabularies[dataset])

    async def _begin(self, batch: DatasetBatch) -> ClaimWriter:
        described = self.catalogue.datasets.get(batch.dataset) or Dataset(batch.dataset)
        load = Load(self.load_id, self.recorded_at, described, batch.vocabulary)
        writer = self._writers[batch.dataset] = ClaimWriter(self.store, load)
        self.announced.extend(await writer.begin())
        return writer


@dataclass(slots=True)
class CountingSink:
    """Writes nothing; compares with what the store holds and what came before."""

    store: Store
    _seen: dict[str, str] = field(default_factory=dict)

    async def put(self, batch: DatasetBatch) -> BatchCounts:
        """Count what a write would do."""
        claims = batch.batch.claims
        keys = [ClaimKey(one.id, one.subject, one.type, one.object) for one in claims]
        stored = {one.id: content_hash(one) for one in await claims_of(self.store, keys)} | self._seen
        wanted = {one.id: content_hash(one) for one in claims}
        new = sum(id not in stored for id in wanted)
        known = sum(stored.get(id) == hash for id, hash in wanted.items())
        self._seen |= wanted
        return BatchCounts(new, known, len(wanted) - new - known)

    async def finish(self) -> None:
        """Nothing was begun."""
