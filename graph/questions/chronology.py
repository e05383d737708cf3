"""Steps in order of time: when each step can have happened, and until when one may wait before it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.filters import Filter
from graph.projection.columns import NO_DAY
from graph.projection.index import Bools, Longs, gather
from graph.projection.snapshot import Snapshot
from graph.projection.ties import Ties, walked_claims

ALWAYS = np.iinfo(np.int64).max // 8
"""A day after every other; its negative is a day before every other."""


@dataclass(frozen=True, slots=True, eq=False)
class Chronology:
    """First and last day of every claim that can be walked, grouped by the slot it supports.

    The claims of slot `s` are `start[s]:start[s + 1]`; where both slots of a pair stand for the same claims
    they are kept with the lower one, which `place` gives.
    """

    start: Longs
    first: Longs
    last: Longs
    place: Longs

    def spans(self, slots: Longs) -> tuple[Longs, Longs]:
        """Positions of the claims of several slots, and the place in `slots` of each."""
        positions, counts = gather(self.start, self.place[slots])
        return positions, np.repeat(np.arange(len(slots)), counts)

    def arrival(self, slots: Longs, since: int) -> Longs:
        """Earliest day of a claim of each slot that is not before `since`; `ALWAYS` where there is none."""
        positions, group = self.spans(slots)
        day = np.maximum(self.first[positions], since)
        ok = self.last[positions] >= since
        earliest = np.full(len(slots), ALWAYS)
        np.minimum.at(earliest, group[ok], day[ok])
        return earliest

    def leave_by(self, steps: Ties, slot_back: Longs, layer: Longs, until: Longs, allowed: Bools) -> Longs:
        """Latest day to be at each actor and still go on over a step into `layer`, from where one has to go
        on by the day `until` says; `-ALWAYS` where there is no way.

        `steps` lead back from the goal.
        """
        positions, counts = steps.steps(layer)
        origin = steps.to[positions]
        keep = allowed[origin]
        target = np.repeat(layer, counts)[keep]
        claims, group = self.spans(slot_back[steps.slot[positions[keep]]])
        limit = until[target[group]]
        ok = self.first[claims] <= limit
        latest = np.full(len(allowed), -ALWAYS - 1)
        np.maximum.at(latest, origin[keep][group[ok]], np.minimum(self.last[claims], limit)[ok])
        return latest


def chronology(snapshot: Snapshot, filter_: Filter) -> Chronology:
    """The times of every step under a filter: of the date of a claim, else of its validity; an open end, and
    a lasting state without any date, is unbounded."""
    return snapshot.kept("chronology", filter_, lambda: _chronology(snapshot, filter_))


def _chronology(snapshot: Snapshot, filter_: Filter) -> Chronology:
    columns, relations = snapshot.columns, snapshot.relations
    rows, slots = walked_claims(snapshot, filter_)
    written = columns.date_from[rows] != NO_DAY
    first = np.where(written, columns.date_from[rows], columns.valid_from[rows]).astype(np.int64)
    last = np.where(written, columns.date_to[rows], columns.valid_to[rows]).astype(np.int64)
    first, last = np.where(first == NO_DAY, -ALWAYS, first), np.where(last == NO_DAY, ALWAYS - 1, last)
    # A validity written by hand that ends before it begins holds on no day.
    order = np.argsort(slots, kind="stable")
    order = order[(first <= last)[order]]
    size = len(relations.slot_to)
    start = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(slots[order], minlength=size), out=start[1:])
    place = lower_slots(snapshot) if filter_.direction == "any" else np.arange(size)
    return Chronology(start=start, first=first[order], last=last[order], place=place)


def lower_slots(snapshot: Snapshot) -> Longs:
    """For every slot the one of its pair that leads from the smaller actor to the larger."""
    back = snapshot.relations.slot_back
    return np.minimum(np.arange(len(back)), back)
