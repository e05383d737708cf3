"""What the graph holds: its types, kinds, dates and sizes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from graph.filters import Filter
from graph.model import ACTOR_KINDS, FAMILY_OF, NOT_PREFIX, POLARITIES, STATUSES, Polarity
from graph.projection.index import Longs, distinct
from graph.projection.selection import claims_among, select
from graph.projection.snapshot import Snapshot
from graph.questions.summaries import date_range


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """A relation type with its counts."""

    type: str
    label: str
    inverse: str
    category: str
    family: str
    symmetric: bool
    polarity: Polarity
    relations: int
    claims: int


@dataclass(frozen=True, slots=True)
class Schema:
    """Types, most claims first, and how many actors of each kind and claims of each category and status
    there are."""

    types: tuple[TypeEntry, ...]
    categories: Mapping[str, int]
    families: Mapping[str, int]
    statuses: Mapping[str, int]
    kinds: Mapping[str, int]
    first_date: str | None
    last_date: str | None


@dataclass(frozen=True, slots=True)
class Stats:
    """Sizes of what a filter lets through; `contested` counts relations that are both claimed and denied,
    once."""

    actors: int
    claims: int
    relations: int
    sources: int
    datasets: int
    contested: int
    undated: int
    first_date: str | None
    last_date: str | None


def schema(snapshot: Snapshot, filter_: Filter) -> Schema:
    """The types in use under a filter, with what they mean and how often they occur; without a filter, actors
    without any claim count too."""
    snapshot.need_all()
    columns, index = snapshot.columns, snapshot.relations
    rows = np.flatnonzero(claims_among(snapshot, select(snapshot, filter_)))
    size = len(columns.types)
    claims = np.bincount(columns.type[rows], minlength=size).tolist()
    relations = np.bincount(index.type[_relations(snapshot, rows)], minlength=size).tolist()
    types = [_entry(snapshot, n, relations[n], claims[n]) for n in range(size) if claims[n]]
    types.sort(key=lambda t: (-t.claims, t.type))
    first, last = date_range(snapshot, rows, np.zeros(len(rows), np.int64), 1)
    statuses = np.bincount(columns.status[rows], minlength=len(STATUSES)).tolist()
    kinds = np.bincount(snapshot.kinds[_actors(snapshot, filter_, rows)], minlength=len(ACTOR_KINDS)).tolist()
    return Schema(
        types=tuple(types),
        categories=_summed((t.category, t.claims) for t in types),
        families=_summed((t.family, t.claims) for t in types),
        statuses=_summed(zip(STATUSES, statuses, strict=True)),
        kinds=_summed(zip(ACTOR_KINDS, kinds, strict=True)),
        first_date=first[0],
        last_date=last[0],
    )


def stats(snapshot: Snapshot, filter_: Filter) -> Stats:
    """How much there is under a filter; without one, actors without any claim count too."""
    snapshot.need_all()
    columns = snapshot.columns
    rows = np.flatnonzero(claims_among(snapshot, select(snapshot, filter_)))
    relations = _relations(snapshot, rows)
    opposed = snapshot.relations.opposed[relations]
    pairs = np.minimum(relations, opposed)[opposed >= 0]
    first, last = date_range(snapshot, rows, np.zeros(len(rows), np.int64), 1)
    return Stats(
        actors=len(_actors(snapshot, filter_, rows)),
        claims=len(rows),
        relations=len(relations),
        sources=len(np.unique(columns.source[rows])),
        datasets=len(np.unique(columns.dataset[rows])),
        contested=len(distinct(pairs)),
        undated=int((~columns.dated()[rows]).sum()),
        first_date=first[0],
        last_date=last[0],
    )


def _relations(snapshot: Snapshot, rows: Longs) -> Longs:
    """The relations of these claims."""
    return distinct(snapshot.relations.relation_of[rows].astype(np.int64))


def _actors(snapshot: Snapshot, filter_: Filter, rows: Longs) -> Longs:
    """The actors of these claims; without a filter all there are."""
    if filter_ == Filter():
        return np.arange(len(snapshot.actors))
    columns = snapshot.columns
    return distinct(np.concatenate([columns.subject[rows], columns.object[rows]]).astype(np.int64))


def _entry(snapshot: Snapshot, number: int, relations: int, claims: int) -> TypeEntry:
    entry = snapshot.types[number]
    return TypeEntry(
        type=entry.type,
        label=entry.label,
        inverse=entry.inverse,
        category=entry.category,
        family=FAMILY_OF[entry.category],
        symmetric=entry.symmetric,
        polarity=POLARITIES[entry.type.startswith(NOT_PREFIX)],
        relations=relations,
        claims=claims,
    )


def _summed(pairs: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    total: dict[str, int] = {}
    for name, count in pairs:
        total[name] = total.get(name, 0) + count
    return {name: count for name, count in total.items() if count}
