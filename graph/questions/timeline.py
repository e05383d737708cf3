"""When an actor had to do with others: its claims counted by period and family."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from graph.dates import PRECISIONS, text_of
from graph.filters import Filter
from graph.model import FAMILIES, FAMILY_OF, Actor
from graph.projection.columns import NO_DAY
from graph.projection.index import Longs
from graph.projection.snapshot import Snapshot
from graph.questions.actors import claims_with_others, undated_of
from graph.questions.names import known_actor
from graph.questions.summaries import actors_under
from graph.questions.times import ROUGHEST, Bucket, Times, begin_of, last_of, times_of


@dataclass(frozen=True, slots=True)
class TimelineQuestion:
    """An actor's id, how long a period is, and how many periods are listed at most."""

    actor: str
    bucket: Bucket = "month"
    limit: int = 1000
    filter: Filter = field(default_factory=Filter)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time and how many claims fall into it: `period` is it as a partial date, a week as its
    Monday; `positive` and `negative` add up to `claims`, and so do `families`."""

    period: str
    first_day: str
    last_day: str
    claims: int
    positive: int
    negative: int
    families: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TimelineMeta:
    """What a timeline left out, and how long it took (milliseconds)."""

    limit: int
    truncated: bool = False
    omitted_periods: int = 0
    omitted_coarser: int = 0
    undated: int = 0
    elapsed_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Timeline:
    """An actor's claims with others over time, earliest first; `coarser` counts those whose date is no more
    exact than to span several periods, each under what is known of it."""

    actor: Actor
    bucket: Bucket
    periods: tuple[Period, ...]
    coarser: tuple[Period, ...]
    meta: TimelineMeta


def timeline(snapshot: Snapshot, question: TimelineQuestion) -> Timeline:
    """An actor's claims with others by period and family: only periods with claims, in order of time.

    A claim counts with its date, one without at the begin of its validity; with neither it is in
    `meta.undated`, whether the filter left it out or not. No claim is spread over several periods.

    Raises: UnknownActor.
    """
    number = known_actor(snapshot, question.actor)
    snapshot.need(np.array([number]))
    rows = claims_with_others(snapshot, question.filter, number)
    times = times_of(snapshot, rows)
    known = times.first != NO_DAY
    fine = known & (times.precision <= ROUGHEST[question.bucket])
    rough = known & ~fine
    exact = Times(
        begin_of(times.first[fine], question.bucket),
        np.full(int(fine.sum()), ROUGHEST[question.bucket]),
    )
    periods = _Counts(snapshot, rows[fine], exact)
    coarser = _Counts(snapshot, rows[rough], Times(times.first[rough], times.precision[rough]))
    left_out = [max(len(counts) - question.limit, 0) for counts in (periods, coarser)]
    undated = undated_of(snapshot, question.filter, np.array([number]), own=False)
    return Timeline(
        actor=actors_under(snapshot, question.filter, [number])[0],
        bucket=question.bucket,
        periods=tuple(periods.first(question.limit, week=question.bucket == "week")),
        coarser=tuple(coarser.first(question.limit)),
        meta=TimelineMeta(
            limit=question.limit,
            truncated=any(left_out),
            omitted_periods=left_out[0],
            omitted_coarser=left_out[1],
            undated=int((~known).sum()) + undated,
        ),
    )


class _Counts:
    """Claims counted by the time given for each, the earliest first, the more exact first of those that begin
    together."""

    def __init__(self, snapshot: Snapshot, rows: Longs, times: Times) -> None:
        wide = len(PRECISIONS)
        keys, self._group = np.unique(times.first * wide + times.precision, return_inverse=True)
        self._times = Times(keys // wide, keys % wide)
        self._type = snapshot.columns.type[rows]
        self._snapshot = snapshot

    def __len__(self) -> int:
        return len(self._times.first)

    def first(self, limit: int, *, week: bool = False) -> Iterator[Period]:
        """The first periods with their counts; `week` says that each lasts seven days."""
        last = self._times.first + 6 if week else last_of(self._times)
        bounds = zip(self._times.first.tolist(), last.tolist(), self._times.precision.tolist(), strict=True)
        counts = zip(self._by_polarity(), self._by_family(), strict=True)
        shown = range(min(limit, len(self)))
        for _, (first, end, precision), (polarities, families) in zip(shown, bounds, counts, strict=False):
            first_day = text_of(first, "day")
            yield Period(
                period=text_of(first, PRECISIONS[precision]) if precision else first_day,
                first_day=first_day,
                last_day=text_of(end, "day") if end > first else first_day,
                claims=sum(polarities),
                positive=polarities[0],
                negative=polarities[1],
                families={name: count for name, count in zip(FAMILIES, families, strict=True) if count},
            )

    def _by_polarity(self) -> list[list[int]]:
        return self._by(self._snapshot.denial.astype(np.int64), 2)

    def _by_family(self) -> list[list[int]]:
        numbers = {name: number for number, name in enumerate(FAMILIES)}
        family = [numbers[FAMILY_OF[entry.category]] for entry in self._snapshot.types]
        return self._by(np.array(family, np.int64), len(FAMILIES))

    def _by(self, class_of: Longs, classes: int) -> list[list[int]]:
        """How many claims of each class every time has; `class_of` is per type."""
        keys = self._group * classes + class_of[self._type]
        counts: list[list[int]] = (
            np.bincount(keys, minlength=len(self) * classes).reshape(len(self), classes).tolist()
        )
        return counts
