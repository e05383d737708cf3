"""The claims among actors that are named one by one, counted by relation: when they are, and whose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from graph.filters import Filter
from graph.projection.columns import NO_DAY
from graph.projection.index import Longs
from graph.projection.snapshot import Snapshot
from graph.questions.among import AmongMeta
from graph.questions.names import known_actor
from graph.questions.subgraph import relations_among, undated_among
from graph.questions.summaries import claims_of, name_of_relation
from graph.questions.times import Times, months_of, text_at, times_of


@dataclass(slots=True)
class CountedRelation:
    """How many claims of a relation each period and each source has.

    The `undated` ones and those of all `periods` are all its claims, and so are those of all `sources`.
    Nobody changes one; it is not frozen for the same reason as `Relation`.
    """

    id: str
    periods: Mapping[str, int]
    undated: int
    sources: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class EvidenceCounts:
    """The claims among the actors named, counted for each of their relations."""

    relations: tuple[CountedRelation, ...]
    meta: AmongMeta = field(default_factory=AmongMeta)


def evidence_counts(snapshot: Snapshot, actors: tuple[str, ...], filter_: Filter) -> EvidenceCounts:
    """The claims among the named actors that the filter lets through, by relation, there by month and source.

    A claim counts with its date, one without at the begin of its validity. Where no more than a year or a
    decade is known it counts under that, and is not spread.

    Raises: UnknownActor.
    """
    named = np.unique([known_actor(snapshot, actor) for actor in actors])
    relations = relations_among(snapshot, filter_, named)
    rows, group = claims_of(snapshot, filter_, relations)
    periods, undated = _by_period(snapshot, rows, group, len(relations))
    sources = _by_source(snapshot, rows, group, len(relations))
    ids = [name_of_relation(snapshot, number) for number in relations.tolist()]
    return EvidenceCounts(
        tuple(map(CountedRelation, ids, periods, undated, sources)),
        AmongMeta(undated=undated_among(snapshot, filter_, named)),
    )


def _by_period(
    snapshot: Snapshot, rows: Longs, group: Longs, groups: int
) -> tuple[list[dict[str, int]], list[int]]:
    """The claims of each group by period, earliest first, and how many have no date."""
    times = times_of(snapshot, rows)
    known = times.first != NO_DAY
    months = months_of(Times(times.first[known], times.precision[known]))
    wide = int(months.precision.max(initial=0)) + 1
    keys, place = np.unique(months.first * wide + months.precision, return_inverse=True)
    names = [text_at(*divmod(key, wide)) for key in keys.tolist()]
    undated = np.bincount(group[~known], minlength=groups)
    return _counted(group[known], groups, place, names), undated.tolist()


def _by_source(snapshot: Snapshot, rows: Longs, group: Longs, groups: int) -> list[dict[str, int]]:
    """The claims of each group by source, named as a filter names it."""
    numbers, place = np.unique(snapshot.columns.source[rows], return_inverse=True)
    names = ["/".join(snapshot.columns.sources[number]) for number in numbers.tolist()]
    return _counted(group, groups, place, names)


def _counted(group: Longs, groups: int, place: Longs, names: Sequence[str]) -> list[dict[str, int]]:
    """How often each name, given by its place, occurs in each group, in order of the names."""
    wide = max(len(names), 1)
    pairs, counts = np.unique(group * wide + place, return_counts=True)
    found: list[dict[str, int]] = [{} for _ in range(groups)]
    for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
        of, name = divmod(pair, wide)
        found[of][names[name]] = count
    return found
