"""Who can be reached from whom in one step under a filter: positive relations only, in compressed rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.filters import Direction, Filter
from graph.projection.columns import NO_DAY, Ints
from graph.projection.index import Bools, Longs, distinct, gather
from graph.projection.selection import Selection, select
from graph.projection.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """Neighbours of each actor that one step leads to.

    The steps from actor `a` are `start[a]:start[a + 1]`; each has the actor it leads `to` (ascending) and the
    `slot` of the relation index it uses.
    """

    start: Longs
    to: Ints
    slot: Longs

    def steps(self, actors: Longs) -> tuple[Longs, Longs]:
        """Positions of all steps from `actors`, and how many each actor has."""
        return gather(self.start, actors)

    def next_to(self, actors: Longs) -> Ints:
        """Actors one step away, with repetitions."""
        return self.to[self.steps(actors)[0]]


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """The steps of a question both ways: `out` as it walks, `back` from a goal towards its start."""

    out: Ties
    back: Ties


def ties(snapshot: Snapshot, filter_: Filter, open_to: Longs) -> Walk:
    """Steps between actors the filter lets through; the actors `open_to` are let through whatever it says."""
    plain = _plain_walk(snapshot, filter_)
    selection = select(snapshot, filter_)
    if selection.all_actors:
        return plain
    allowed = selection.actors.copy()
    allowed[open_to] = True
    return restricted(plain, allowed)


def restricted(walk: Walk, allowed: Bools) -> Walk:
    """Only the steps of a walk that lead to allowed actors."""
    out = _restricted(walk.out, allowed)
    return Walk(out, out if walk.back is walk.out else _restricted(walk.back, allowed))


def degrees(snapshot: Snapshot, filter_: Filter) -> Longs:
    """Number of different neighbours of each actor that the filter lets through, in any direction."""

    def count() -> Longs:
        selection = select(snapshot, filter_)
        usable = _usable(snapshot, selection, "any")
        usable &= selection.actors[snapshot.relations.slot_to]
        return np.diff(_starts(snapshot, usable))

    return snapshot.kept("degrees", filter_, count)


def claim_counts(snapshot: Snapshot, filter_: Filter) -> Longs:
    """Number of claims of each actor with another one that the filter lets through, denials included."""

    def count() -> Longs:
        selection = select(snapshot, filter_)
        rows = np.flatnonzero(selection.claims)
        subject, object_ = snapshot.columns.subject[rows], snapshot.columns.object[rows]
        real = subject != object_
        size = len(snapshot.actors)
        active = np.bincount(subject[real & selection.actors[object_]], minlength=size)
        return active + np.bincount(object_[real & selection.actors[subject]], minlength=size)

    return snapshot.kept("claim counts", filter_, count)


@dataclass(frozen=True, slots=True, eq=False)
class Support:
    """How well each slot is supported under a filter: different sources, and the last day (`NO_DAY`:
    undated)."""

    sources: Longs
    latest: Longs


def support(snapshot: Snapshot, filter_: Filter) -> Support:
    """Support of every slot that the filter lets through, from the claims that can be walked in its
    direction."""
    return snapshot.kept("support", filter_, lambda: _support(snapshot, filter_))


def _support(snapshot: Snapshot, filter_: Filter) -> Support:
    columns, relations = snapshot.columns, snapshot.relations
    size, wide = len(relations.slot_to), max(len(columns.sources), 1)
    rows, slots = walked_claims(snapshot, filter_)
    sources = np.bincount(distinct(slots * wide + columns.source[rows]) // wide, minlength=size)
    latest = np.full(size, NO_DAY, np.int64)
    np.maximum.at(latest, slots, last_days(snapshot)[rows])
    if filter_.direction == "any":
        sources = np.maximum(sources, sources[relations.slot_back])
        latest = np.maximum(latest, latest[relations.slot_back])
    return Support(sources, latest)


def walked_claims(snapshot: Snapshot, filter_: Filter) -> tuple[Longs, Longs]:
    """Rows of the claims that can be walked and the slot each supports; one that supports two comes twice.

    With `direction=any` both slots of a pair stand for the same claims, so only one of them is given.
    """
    relations = snapshot.relations
    selection = select(snapshot, filter_)
    rows = np.flatnonzero(selection.claims)
    rows = rows[~snapshot.denial[snapshot.columns.type[rows]]]
    relation = relations.relation_of[rows]
    if filter_.direction == "any":
        one = np.where(relations.subject < relations.object, relations.forward, relations.backward)
        slots = one[relation]
    else:
        there, back = _directions(snapshot, filter_.direction)
        both = np.where(there, relations.forward, -1), np.where(back, relations.backward, -1)
        rows = np.concatenate([rows, rows])
        slots = np.concatenate([both[0][relation], both[1][relation]])
    real = slots >= 0
    return rows[real], slots[real]


def last_days(snapshot: Snapshot) -> Longs:
    """Last day of each claim: of its date, else the begin of its validity, else `NO_DAY`."""
    columns = snapshot.columns
    return np.where(columns.date_to != NO_DAY, columns.date_to, columns.valid_from).astype(np.int64)


def _plain_walk(snapshot: Snapshot, filter_: Filter) -> Walk:
    def make() -> Walk:
        usable = _usable(snapshot, select(snapshot, filter_), filter_.direction)
        out = _compressed(snapshot, usable)
        if filter_.direction == "any":
            return Walk(out, out)
        return Walk(out, _compressed(snapshot, usable[snapshot.relations.slot_back]))

    return snapshot.kept("walk", filter_, make)


def _usable(snapshot: Snapshot, selection: Selection, direction: Direction) -> Bools:
    """Slots that a positive selected relation leads through."""
    relations = snapshot.relations
    walked = np.flatnonzero(selection.relations & ~snapshot.denial[relations.type])
    there, back = _directions(snapshot, direction)
    usable = np.zeros(len(relations.slot_to) + 1, bool)
    usable[relations.forward[walked[there[walked]]]] = True
    usable[relations.backward[walked[back[walked]]]] = True
    return usable[:-1]


def _directions(snapshot: Snapshot, direction: Direction) -> tuple[Bools, Bools]:
    """Per relation: may it be walked from subject to object, and the other way?"""
    relations = snapshot.relations
    both = np.ones(len(relations), bool)
    if direction == "any":
        return both, both
    symmetric = snapshot.symmetric[relations.type]
    return (both, symmetric) if direction == "out" else (symmetric, both)


def _starts(snapshot: Snapshot, usable: Bools) -> Longs:
    before = np.concatenate(([0], np.cumsum(usable)))
    return before[snapshot.relations.slot_start]


def _compressed(snapshot: Snapshot, usable: Bools) -> Ties:
    slots = np.flatnonzero(usable)
    return Ties(_starts(snapshot, usable), snapshot.relations.slot_to[slots], slots)


def _restricted(plain: Ties, allowed: Bools) -> Ties:
    """Only steps that lead to an allowed actor; a step from a forbidden one is never taken."""
    keep = allowed[plain.to]
    before = np.concatenate(([0], np.cumsum(keep)))
    return Ties(before[plain.start], plain.to[keep], plain.slot[keep])
