"""What of a load is in the store already, batch by batch; in a dry run, what would be."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.store.writing import BatchCounts
from ingest.batches import DatasetBatch, Window
from ingest.catalogue import Catalogue


@dataclass(slots=True)
class Written:
    """Counts of claims, the new actors and sources, and how many batches there were."""

    new: int = 0
    known: int = 0
    updated: int = 0
    batches: int = 0
    actors: set[str] = field(default_factory=set)
    sources: set[tuple[str, str]] = field(default_factory=set)

    def add(self, batch: DatasetBatch, counts: BatchCounts, catalogue: Catalogue) -> None:
        """Take in a batch that the store has acknowledged."""
        self.batches += 1
        self.new += counts.new
        self.known += counts.known
        self.updated += counts.updated
        new_sources = catalogue.book(batch.dataset).new
        self.actors.update(one.id for one in batch.batch.actors if one.id in catalogue.actors.new)
        self.sources.update((batch.dataset, one.id) for one in batch.batch.sources if one.id in new_sources)

    def add_repeated(self, taken: Window) -> None:
        """Take in what was not written because the same id came again in the same window."""
        self.known += taken.repeated
        self.updated += taken.replaced
