"""Everything, or what a filter lets through, as records in order of id: what HTTP and terminal export."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import numpy as np

from api.bodies import AmongBody
from api.chosen import chosen
from api.queries import FilterQuery
from api.service import Service, worded
from graph.errors import StoreUnavailable
from graph.filters import Filter
from graph.model import Actor, Claim, Dataset, Source
from graph.projection.index import Longs
from graph.projection.snapshot import Snapshot
from graph.questions.claims import all_claims, claims_among_actors, keys_of
from graph.questions.names import known_actor
from graph.store.evidence import claims_of, datasets, sources
from ingest.writers.jsonl import actor_line, claim_line, dataset_line, source_line

RECORDS_AT_ONCE = 2_000
"""Records that are written, and claims that are fetched, together: what an export holds in memory."""


VOCABULARIES = "MATCH (d:Dataset) RETURN d.name AS name, d.vocabulary AS vocabulary"


@dataclass(frozen=True, slots=True)
class Selection:
    """What is exported: `rows` are claims in order of id; `everything` means without a filter."""

    snapshot: Snapshot
    rows: Longs
    actors: tuple[Actor, ...]
    sources: frozenset[tuple[str, str]]
    everything: bool


async def selected(service: Service, query: FilterQuery) -> Selection:
    """What a filter selects: its claims, their actors, sources and data sets; everything without a filter."""

    def ask(snapshot: Snapshot) -> Selection:
        filter_ = chosen(snapshot, query)
        rows, ends = all_claims(snapshot, filter_)
        everything = filter_ == Filter()
        actors = snapshot.actors if everything else tuple(snapshot.actors[n] for n in ends.tolist())
        return _selection(snapshot, rows, actors, everything=everything)

    return await service.ask(ask)


async def selected_among(service: Service, body: AmongBody) -> Selection:
    """The actors named, the claims among them that a filter lets through, and their sources and data sets."""

    def ask(snapshot: Snapshot) -> Selection:
        numbers = np.unique([known_actor(snapshot, actor) for actor in body.actors])
        rows = claims_among_actors(snapshot, chosen(snapshot, body.filter), numbers)
        return _selection(snapshot, rows, tuple(snapshot.actors[n] for n in numbers.tolist()))

    return await service.ask(ask)


async def exported(
    service: Service, selection: Selection, stopping: Callable[[], bool], *, sentences: bool = False
) -> AsyncIterator[bytes]:
    """JSON Lines: actors, sources, data sets, then claims, each kind in order of id; with `sentences` a claim
    without a statement has the one of its type.

    Raises: StoreUnavailable when the server stops in the middle: half a file must not look whole.
    """
    for begin in range(0, len(selection.actors), RECORDS_AT_ONCE):
        yield b"".join(map(actor_line, selection.actors[begin : begin + RECORDS_AT_ONCE]))
    found_sources = await sources_of(service, selection)
    for begin in range(0, len(found_sources), RECORDS_AT_ONCE):
        yield b"".join(map(source_line, found_sources[begin : begin + RECORDS_AT_ONCE]))
    vocabularies = {row["name"]: row["vocabulary"] for row in await service.store.read(VOCABULARIES)}
    found = await _datasets(service, selection)
    yield b"".join(dataset_line(dataset, vocabularies.get(dataset.name)) for dataset in found)
    async for claims in claims_in_order(service, selection):
        if stopping():
            raise StoreUnavailable("the server stops: the export is not complete")
        told = [worded(selection.snapshot, claim) for claim in claims] if sentences else claims
        yield b"".join(map(claim_line, told))


async def claims_in_order(service: Service, selection: Selection) -> AsyncIterator[list[Claim]]:
    """The selected claims in order of id as the store holds them, some thousand at a time."""
    for begin in range(0, len(selection.rows), RECORDS_AT_ONCE):
        keys = keys_of(selection.snapshot, selection.rows[begin : begin + RECORDS_AT_ONCE])
        yield await claims_of(service.store, keys)


async def sources_of(service: Service, selection: Selection) -> list[Source]:
    """The sources of a selection in order of id."""
    stored = await sources(service.store)
    wanted = [s for s in stored if selection.everything or _is_used(s, selection.sources)]
    return sorted(wanted, key=lambda source: (source.id, source.datasets))


def _selection(
    snapshot: Snapshot, rows: Longs, actors: tuple[Actor, ...], *, everything: bool = False
) -> Selection:
    used = {snapshot.columns.sources[n] for n in set(snapshot.columns.source[rows].tolist())}
    return Selection(snapshot, rows, actors, frozenset(used), everything)


async def _datasets(service: Service, selection: Selection) -> list[Dataset]:
    stored = await datasets(service.store)
    used = {dataset for dataset, _ in selection.sources}
    wanted = [d for d in stored if selection.everything or d.name in used]
    return sorted(wanted, key=lambda dataset: dataset.name)


def _is_used(source: Source, used: frozenset[tuple[str, str]]) -> bool:
    return any((dataset, source.id) in used for dataset in source.datasets)
