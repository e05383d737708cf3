"""Claims into batches in an order in which each can be written, whatever becomes of the next one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from graph.model import Claim
from graph.store.writing import Batch
from ingest.catalogue import Catalogue

T = TypeVar("T")

BATCH = 5_000
"""Claims, actors or sources of one transaction."""


@dataclass(frozen=True, slots=True)
class DatasetBatch:
    """A batch of one data set, with the relation types the data set has by then, as JSON."""

    dataset: str
    vocabulary: str
    batch: Batch


@dataclass(frozen=True, slots=True)
class Window:
    """Claims taken together; of several with one id the last is kept, the others are counted here."""

    claims: tuple[Claim, ...]
    repeated: int
    replaced: int


def window(claims: Iterable[Claim]) -> Window:
    """Claims without the repeated ones."""
    kept: dict[str, Claim] = {}
    repeated = replaced = 0
    for claim in claims:
        before = kept.get(claim.id)
        if before is not None:
            repeated += before == claim
            replaced += before != claim
        kept[claim.id] = claim
    return Window(tuple(kept.values()), repeated, replaced)


def batches(catalogue: Catalogue, claims: Sequence[Claim]) -> list[DatasetBatch]:
    """All that waits to be written, with these claims; actors and sources come not later than their claims.

    Claims are ordered by type and subject, so that a batch has few types.
    """
    by_dataset: dict[str, list[Claim]] = {name: [] for name in catalogue.waiting()}
    for claim in claims:
        by_dataset.setdefault(claim.dataset, []).append(claim)
    made = []
    for dataset, members in by_dataset.items():
        members.sort(key=lambda claim: (claim.type, claim.subject))
        vocabulary = catalogue.vocabulary(dataset)
        made += [DatasetBatch(dataset, vocabulary, one) for one in _of_dataset(catalogue, dataset, members)]
    return made


def _of_dataset(catalogue: Catalogue, dataset: str, claims: Sequence[Claim]) -> list[Batch]:
    actors = _slices(catalogue.actors.drain(dataset))
    sources = _slices(catalogue.book(dataset).drain())
    told = _slices(claims)
    catalogue.described.discard(dataset)
    ahead = max(len(actors), len(sources), 1) - 1
    heads = [Batch(_at(actors, i), _at(sources, i)) for i in range(ahead)]
    first = Batch(_at(actors, ahead), _at(sources, ahead), _at(told, 0))
    return [*heads, first, *(Batch(claims=some) for some in told[1:])]


def _slices(items: Sequence[T]) -> list[tuple[T, ...]]:
    return [tuple(items[start : start + BATCH]) for start in range(0, len(items), BATCH)]


def _at(slices: list[tuple[T, ...]], index: int) -> tuple[T, ...]:
    return slices[index] if index < len(slices) else ()
