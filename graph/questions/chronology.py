"""Steps in order of time: when each step can have happened, and until when one may wait before it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.filters import Filter
from graph.projection.columns import NO_DAY
from graph.projection.index import Bools, Longs
from graph.projection.snapshot import Snapshot
from graph.projection.ties import Ties, same_claims, walked_claims

ALWAYS = np.iinfo(np.int64).max // 8
"""A day after every other; its negative is a day before every other."""


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """First and last day of claims, and the place `of` the slot that each supports."""

    first: Longs
    last: Longs
    of: Longs


@dataclass(frozen=True, slots=True, eq=False)
class Chronology:
    """The times of every step under a filter: of the date of a claim, else of its validity; an open end, and
    a lasting state without any date, is unbounded."""

    snapshot: Snapshot
    filter_: Filter

    def spans(self, slots: Longs) -> Spans:
        """The times of all claims that several slots can be walked by."""
        columns = self.snapshot.columns
        rows, of = walked_claims(self.snapshot, self.filter_, same_claims(self.snapshot, self.filter_, slots))
        written = columns.date_from[rows] != NO_DAY
        first = np.where(written, columns.date_from[rows], columns.valid_from[rows]).astype(np.int64)
        last = np.where(written, columns.date_to[rows], columns.valid_to[rows]).astype(np.int64)
        first, last = np.where(first == NO_DAY, -ALWAYS, first), np.where(last == NO_DAY, ALWAYS - 1, last)
        # A validity written by hand that ends before it begins holds on no day.
        ok = first <= last
        return Spans(first[ok], last[ok], of[ok])

    def arrival(self, slots: Longs, since: int) -> Longs:
        """Earliest day of a claim of each slot that is not before `since`; `ALWAYS` where there is none."""
        spans = self.spans(slots)
        ok = spans.last >= since
        earliest = np.full(len(slots), ALWAYS)
        np.minimum.at(earliest, spans.of[ok], np.maximum(spans.first[ok], since))
        return earliest

    def leave_by(self, steps: Ties, slot_back: Longs, layer: Longs, until: Longs, allowed: Bools) -> Longs:
        """Latest day to be at each actor and still go on over a step into `layer`, from where one has to go
        on by the day `until` says; `-ALWAYS` where there is no way.

        `steps` lead back from the goal.
        """
        back = steps.steps(layer)
        keep = allowed[back.to]
        origin, target = back.to[keep], layer[back.of[keep]]
        spans = self.spans(slot_back[back.slot[keep]])
        limit = until[target[spans.of]]
        ok = spans.first <= limit
        latest = np.full(len(allowed), -ALWAYS - 1)
        np.maximum.at(latest, origin[spans.of[ok]], np.minimum(spans.last, limit)[ok])
        return latest
