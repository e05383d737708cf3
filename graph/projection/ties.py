"""Who can be reached from whom in one step under a filter: positive relations only, looked at where a
question gets to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.filters import Direction, Filter
from graph.projection.columns import NO_DAY, Ints
from graph.projection.filled import Filled
from graph.projection.index import Bools, Longs, distinct_below, gather
from graph.projection.passing import EVERY_ROW, Rows, distinct_sources
from graph.projection.selection import claims_of, select
from graph.projection.snapshot import Snapshot

LOCAL_SHARE = 8
"""Until an eighth of all steps was looked at a few at a time; then all others are looked at together, which
is several times as quick for each."""

OPPOSITE: Mapping[Direction, Direction] = {"any": "any", "out": "in", "in": "out"}


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Steps from several actors, in the order of these: the actor each leads `to` (ascending for each of
    them), the `slot` of the relation index it uses, and the place `of` the actor it starts from."""

    to: Ints
    slot: Longs
    of: Longs


class OpenSlots:
    """Which slots a positive relation under a filter leads through, found out for the actors asked for."""

    def __init__(self, snapshot: Snapshot, filter_: Filter) -> None:
        index = snapshot.relations
        self._snapshot = snapshot
        self._filter = filter_
        self._open = np.zeros(len(index.slot_to), bool)
        self._known = np.zeros(len(snapshot.actors), bool)
        self._looked_at = 0

    @property
    def nbytes(self) -> int:
        """Bytes it holds."""
        return self._open.nbytes + self._known.nbytes

    def of(self, actors: Longs) -> Bools:
        """A mask over all slots that is right for those of the actors asked for."""
        unknown = actors[~self._known[actors]]
        if len(unknown):
            index = self._snapshot.relations
            positions, counts = gather(index.touch_start, unknown)
            if (self._looked_at + len(positions)) * LOCAL_SHARE > len(index.touching):
                return self.everything()
            self._look(index.touching[positions], np.repeat(unknown, counts))
            self._looked_at += len(positions)
            self._known[unknown] = True  # last: who sees it sees the slots
        return self._open

    def everything(self) -> Bools:
        """The mask for all slots."""
        if not self._known.all():
            index = self._snapshot.relations
            walked = np.flatnonzero(
                select(self._snapshot, self._filter).relations & ~self._snapshot.denial[index.type]
            )
            there, back = _directions(self._snapshot, walked, self._filter.direction)
            for slots in (index.forward[walked[there]], index.backward[walked[back]]):
                self._open[slots[slots >= 0]] = True
            self._known[:] = True
        return self._open

    def _look(self, relations: Longs, near: Longs) -> None:
        """Open the slots of these relations that lead on from the ends `near`."""
        index = self._snapshot.relations
        there, back = _directions(self._snapshot, relations, self._filter.direction)
        active = index.subject[relations] == near
        slots = np.where(active, index.forward[relations], index.backward[relations])
        leads = np.flatnonzero(
            np.where(active, there, back) & (slots >= 0) & ~self._snapshot.denial[index.type[relations]]
        )
        passes = select(self._snapshot, self._filter).passing.relations_at(relations[leads])
        self._open[slots[leads[passes]]] = True


@dataclass(frozen=True, eq=False)
class Ties:
    """Neighbours of each actor that one step leads to; `allowed`: the actors it may lead to (None: all)."""

    snapshot: Snapshot
    slots: OpenSlots
    allowed: Bools | None = None

    def steps(self, actors: Longs) -> Steps:
        """All steps from `actors`, each actor's together."""
        index = self.snapshot.relations
        slots, counts = gather(index.slot_start, actors)
        open_ = self.slots.of(actors)[slots]
        if self.allowed is not None:
            open_ &= self.allowed[index.slot_to[slots]]
        slots = slots[open_]
        return Steps(index.slot_to[slots], slots, np.repeat(np.arange(len(actors)), counts)[open_])

    def next_to(self, actors: Longs) -> Longs:
        """The different actors one step away, in order of number."""
        return distinct_below(len(self.snapshot.actors), self.steps(actors).to)

    def breadth(self, actors: Longs) -> int:
        """Most steps that can lead on from `actors`."""
        start = self.snapshot.relations.slot_start
        return int((start[actors + 1] - start[actors]).sum())

    def within(self, allowed: Bools) -> Ties:
        """Only the steps that lead to allowed actors."""
        both = allowed if self.allowed is None else allowed & self.allowed
        return replace(self, allowed=both)

    @property
    def start(self) -> Longs:
        """Of all steps together those of actor `a` are `start[a]:start[a + 1]`."""
        return self._all[0]

    @property
    def slot(self) -> Longs:
        """The slots of all steps together."""
        return self._all[1]

    @property
    def to(self) -> Ints:
        """The actors that all steps together lead to."""
        return self.snapshot.relations.slot_to[self.slot]

    @cached_property
    def _all(self) -> tuple[Longs, Longs]:
        index = self.snapshot.relations
        open_ = self.slots.everything()
        if self.allowed is not None:
            open_ = open_ & self.allowed[index.slot_to]
        before = np.concatenate(([0], np.cumsum(open_)))
        return before[index.slot_start], np.flatnonzero(open_)


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """The steps of a question both ways: `out` as it walks, `back` from a goal towards its start."""

    out: Ties
    back: Ties

    def within(self, allowed: Bools) -> Walk:
        """Only the steps that lead to allowed actors."""
        return Walk(self.out.within(allowed), self.back.within(allowed))


def ties(snapshot: Snapshot, filter_: Filter, open_to: Longs) -> Walk:
    """Steps between actors the filter lets through; the actors `open_to` are let through whatever it says."""
    walk = snapshot.kept("walk", filter_, lambda: _walk(snapshot, filter_))
    selection = select(snapshot, filter_)
    if selection.all_actors:
        return walk
    allowed = selection.actors.copy()
    allowed[open_to] = True
    return walk.within(allowed)


def _walk(snapshot: Snapshot, filter_: Filter) -> Walk:
    out = Ties(snapshot, _open_slots(snapshot, filter_, filter_.direction))
    return Walk(out, Ties(snapshot, _open_slots(snapshot, filter_, OPPOSITE[filter_.direction])))


def degrees(snapshot: Snapshot, filter_: Filter) -> Longs:
    """Number of different neighbours of every actor that the filter lets through, in any direction."""
    return degrees_of(snapshot, filter_, np.arange(len(snapshot.actors)))


def degrees_of(snapshot: Snapshot, filter_: Filter, actors: Longs) -> Longs:
    """Number of different neighbours of some actors that the filter lets through, in any direction."""
    return known_degrees(snapshot, filter_).at(actors)[0]


def known_degrees(snapshot: Snapshot, filter_: Filter) -> Filled:
    """The same, as far as it is known."""

    def count(asked: Longs) -> tuple[Longs]:
        undirected = ties(snapshot, replace(filter_, direction="any"), asked[:0]).out
        return (np.bincount(undirected.steps(asked).of, minlength=len(asked)),)

    return snapshot.kept("degrees", filter_, lambda: Filled(len(snapshot.actors), count))


def claim_counts(snapshot: Snapshot, filter_: Filter) -> Longs:
    """Number of claims of every actor with another one that the filter lets through, denials included."""
    return claim_counts_of(snapshot, filter_, np.arange(len(snapshot.actors)))


def claim_counts_of(snapshot: Snapshot, filter_: Filter, actors: Longs) -> Longs:
    """Number of claims of some actors with another one that the filter lets through, denials included."""

    def count(asked: Longs) -> tuple[Longs]:
        index, selection = snapshot.relations, select(snapshot, filter_)
        positions, counts = gather(index.touch_start, asked)
        relations, near = index.touching[positions], np.repeat(asked, counts)
        far = index.subject[relations] + index.object[relations] - near
        real = (far != near) & selection.actors[far]
        _, group = claims_of(snapshot, filter_, relations[real])
        of = np.repeat(np.arange(len(asked)), counts)[real]
        return (np.bincount(of[group], minlength=len(asked)),)

    known = snapshot.kept("claim counts", filter_, lambda: Filled(len(snapshot.actors), count))
    return known.at(actors)[0]


class Support:
    """How well slots are supported under a filter, by the claims that can be walked in their direction."""

    def __init__(self, snapshot: Snapshot, filter_: Filter) -> None:
        self._snapshot = snapshot
        self._filter = filter_

        def find(asked: Longs) -> tuple[Longs, Longs]:
            rows, of = walked_claims(snapshot, filter_, asked)
            latest = np.full(len(asked), NO_DAY, np.int64)
            np.maximum.at(latest, of, last_days(snapshot, rows))
            return distinct_sources(snapshot, rows, of, len(asked)), latest

        size = len(snapshot.relations.slot_to)
        self._known = snapshot.kept("support", filter_, lambda: Filled(size, find, width=2))

    def at(self, slots: Longs) -> tuple[Longs, Longs]:
        """Different sources of each slot, and its last day (`NO_DAY`: undated)."""
        sources, latest = self._known.at(same_claims(self._snapshot, self._filter, slots))
        return sources, latest


def same_claims(snapshot: Snapshot, filter_: Filter, slots: Longs) -> Longs:
    """For each slot one that stands for the same claims: with `direction=any` both slots of a pair do."""
    return np.minimum(slots, snapshot.relations.slot_back[slots]) if filter_.direction == "any" else slots


def walked_claims(snapshot: Snapshot, filter_: Filter, slots: Longs) -> tuple[Longs, Longs]:
    """Rows of the claims that can be walked over each slot, and the place in `slots` of each."""
    index = snapshot.relations
    positions, counts = gather(index.join_start, slots)
    relations, of = index.joining[positions], np.repeat(np.arange(len(slots)), counts)
    there, back = _directions(snapshot, relations, filter_.direction)
    leads = np.where(index.forward[relations] == slots[of], there, back)
    leads &= ~snapshot.denial[index.type[relations]]
    rows, group = claims_of(snapshot, filter_, relations[leads])
    return rows, of[leads][group]


def last_days(snapshot: Snapshot, rows: Rows = EVERY_ROW) -> Longs:
    """Last day of claims: of its date, else the begin of its validity, else `NO_DAY`."""
    columns = snapshot.columns
    written = columns.date_to[rows]
    return np.where(written != NO_DAY, written, columns.valid_from[rows]).astype(np.int64)


def _open_slots(snapshot: Snapshot, filter_: Filter, direction: Direction) -> OpenSlots:
    plain = replace(filter_.about_claims, direction=direction)
    return snapshot.kept("open slots", plain, lambda: OpenSlots(snapshot, plain))


def _directions(
    snapshot: Snapshot, relations: NDArray[np.integer], direction: Direction
) -> tuple[Bools, Bools]:
    """Which relations may be walked from subject to object, and which the other way."""
    both = np.ones(len(relations), bool)
    if direction == "any":
        return both, both
    symmetric = snapshot.symmetric[snapshot.relations.type[relations]]
    return (both, symmetric) if direction == "out" else (symmetric, both)
