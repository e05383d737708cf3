"""From numbers back to actors and relations: what every graph answer is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from graph.dates import PRECISIONS, text_of
from graph.filters import Filter
from graph.ids import relation_id
from graph.model import FAMILY_OF, NOT_PREFIX, POLARITIES, STATUSES, Actor, Relation
from graph.projection.columns import NO_DAY, Bytes
from graph.projection.index import Longs, distinct
from graph.projection.selection import claims_of as claims_of
from graph.projection.snapshot import Snapshot
from graph.projection.ties import claim_counts_of, degrees_of


def actors_under(snapshot: Snapshot, filter_: Filter, numbers: list[int]) -> tuple[Actor, ...]:
    """Actors with degree and claims as the filter counts them."""
    asked = np.array(numbers, np.int64)
    snapshot.need(asked)
    degree, claims = degrees_of(snapshot, filter_, asked), claim_counts_of(snapshot, filter_, asked)
    counted = zip(numbers, degree.tolist(), claims.tolist(), strict=True)
    return tuple(snapshot.actors[n].counted(d, c) for n, d, c in counted)


def different_sources(snapshot: Snapshot, rows: Longs, group: Longs, groups: int) -> Longs:
    """How many different sources each group of claims has; `group` says it for each of the rows."""
    wide = max(len(snapshot.columns.sources), 1)
    return np.bincount(distinct(group * wide + snapshot.columns.source[rows]) // wide, minlength=groups)


def strength(relation: Relation) -> tuple[Any, ...]:
    """A key that puts the best supported of the relations between two actors first."""
    asserted = relation.statuses.get("asserted", 0) > 0
    return (not asserted, relation.contested, -relation.source_count, -relation.claim_count, relation.id)


@dataclass(frozen=True, slots=True, eq=False)
class _Totals:
    """Counts and dates of several relations, each array with one row per relation."""

    claims: Longs
    sources: Longs
    statuses: list[dict[str, int]]
    first: tuple[str | None, ...]
    last: tuple[str | None, ...]


def relations_under(snapshot: Snapshot, filter_: Filter, relations: Longs) -> tuple[Relation, ...]:
    """Summaries of relations over the claims that the filter lets through, without the claims."""
    if not len(relations):
        return ()
    totals = _totals(snapshot, filter_, relations)
    index, actors = snapshot.relations, snapshot.actors
    # Column by column: single elements of arrays would take most of the time of a large answer.
    types = [snapshot.types[number] for number in index.type[relations].tolist()]
    subjects = [actors[number].id for number in index.subject[relations].tolist()]
    objects = [actors[number].id for number in index.object[relations].tolist()]
    opposed = index.opposed[relations].tolist()
    return tuple(
        map(
            Relation,
            map(relation_id, subjects, [entry.type for entry in types], objects),
            subjects,
            objects,
            [entry.type for entry in types],
            [entry.label for entry in types],
            [entry.category for entry in types],
            [FAMILY_OF[entry.category] for entry in types],
            [entry.symmetric for entry in types],
            [POLARITIES[entry.type.startswith(NOT_PREFIX)] for entry in types],
            totals.statuses,
            totals.claims.tolist(),
            totals.sources.tolist(),
            totals.first,
            totals.last,
            [other >= 0 for other in opposed],
            [name_of_relation(snapshot, other) if other >= 0 else None for other in opposed],
        )
    )


def name_of_relation(snapshot: Snapshot, number: int) -> str:
    """The public id of a relation."""
    index, actors = snapshot.relations, snapshot.actors
    type_ = snapshot.columns.types[index.type[number]]
    return relation_id(actors[index.subject[number]].id, type_, actors[index.object[number]].id)


def _totals(snapshot: Snapshot, filter_: Filter, relations: Longs) -> _Totals:
    columns = snapshot.columns
    rows, group = claims_of(snapshot, filter_, relations)
    size = len(relations)
    first, last = date_range(snapshot, rows, group, size)
    return _Totals(
        claims=np.bincount(group, minlength=size),
        sources=different_sources(snapshot, rows, group, size),
        statuses=_statuses(columns.status[rows], group, size),
        first=first,
        last=last,
    )


def _statuses(status: Bytes, group: Longs, groups: int) -> list[dict[str, int]]:
    """How many claims of each status each group has; groups that have as many share the value."""
    wide = len(STATUSES)
    counts = np.bincount(group * wide + status, minlength=groups * wide).reshape(groups, wide)
    rows = list(map(tuple, counts.tolist()))
    named: dict[tuple[int, ...], dict[str, int]] = {
        row: {name: count for name, count in zip(STATUSES, row, strict=True) if count} for row in set(rows)
    }
    return [named[row] for row in rows]


def date_range(
    snapshot: Snapshot, rows: Longs, group: Longs, groups: int
) -> tuple[tuple[str | None, ...], tuple[str | None, ...]]:
    """Earliest and latest date of each group of claims, as written; None where no claim has one.

    A claim counts with its date, else with its validity. Among dates that begin together the more precise
    is first; among those that end together the more precise is last.
    """
    columns = snapshot.columns
    written = columns.date_from[rows] != NO_DAY
    begins = _Days(
        np.where(written, columns.date_from[rows], columns.valid_from[rows]),
        np.where(written, columns.date_precision[rows], columns.valid_from_precision[rows]),
    )
    closed = columns.valid_to[rows] != NO_DAY
    ends = _Days(
        np.where(
            written, columns.date_to[rows], np.where(closed, columns.valid_to[rows], columns.valid_from[rows])
        ),
        np.where(
            written,
            columns.date_precision[rows],
            np.where(closed, columns.valid_to_precision[rows], columns.valid_from_precision[rows]),
        ),
    )
    return begins.extreme(group, groups, 1), ends.extreme(group, groups, -1)


NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class _Days:
    """A bound of each claim: day number and precision."""

    day: np.ndarray
    precision: np.ndarray

    def extreme(self, group: Longs, groups: int, sign: int) -> tuple[str | None, ...]:
        """The earliest (`sign` 1) or latest (-1) of each group, as text."""
        known = self.day != NO_DAY
        keys = sign * self.day[known].astype(np.int64) * len(PRECISIONS) + self.precision[known]
        best = np.full(groups, NEVER)
        np.minimum.at(best, group[known], keys)
        return tuple([None if key == NEVER else _text_of(key, sign) for key in best.tolist()])


@lru_cache(maxsize=1 << 16)  # few days stand for many relations
def _text_of(key: int, sign: int) -> str:
    day, precision = divmod(key, len(PRECISIONS))
    return text_of(sign * day, PRECISIONS[precision])
