"""The ties among some actors as a graph of its own: what measures are computed on."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graph.filters import Direction, Filter
from graph.projection.index import Longs, distinct
from graph.projection.selection import select
from graph.projection.snapshot import Snapshot
from graph.projection.ties import degrees, ties
from graph.questions.skipped import light_and_heavy

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """The actors that are measured, by their numbers in the snapshot, in order of id.

    `walked` are those whose relations were all looked at to find the others, `heavy` those that were not
    walked on because of `max_degree`; `named` are let through whatever the filter says.
    """

    actors: Longs
    walked: Longs
    heavy: Longs
    named: Longs


@dataclass(frozen=True, slots=True, eq=False)
class TieGraph:
    """Actors, numbered anew from 0 in order of id, and the steps between them.

    The steps of actor `a` lead to `to[start[a]:start[a + 1]]`, ascending, each actor once and never to `a`.
    In a graph of ties every step has its counterpart; in a directed one it need not.
    """

    start: Longs
    to: Longs

    @property
    def size(self) -> int:
        """Number of actors."""
        return len(self.start) - 1

    @property
    def ties(self) -> int:
        """Number of ties, where every step has its counterpart."""
        return len(self.to) // 2

    @property
    def degrees(self) -> Longs:
        """Number of steps from each actor."""
        return np.diff(self.start)

    @property
    def origin(self) -> Longs:
        """The actor that each step leads from."""
        return np.repeat(np.arange(self.size), self.degrees)


def everybody(snapshot: Snapshot, filter_: Filter) -> Members:
    """Every actor with a tie under the filter, of those it lets through."""
    snapshot.need_all()
    allowed = select(snapshot, filter_).actors
    tied = np.flatnonzero(allowed & (degrees(snapshot, _walked(filter_, "any")) > 0))
    return Members(tied, np.flatnonzero(allowed), tied[:0], tied[:0])


def around(snapshot: Snapshot, filter_: Filter, named: Longs, depth: int) -> Members:
    """The named actors and whoever is within `depth` ties of one of them, whatever the direction."""
    walk = ties(snapshot, _walked(filter_, "any"), named).out
    inside = np.zeros(len(snapshot.actors), bool)
    inside[named] = True
    front, walked, heavy = named, [named[:0]], [named[:0]]
    for hop in range(depth):
        if hop:
            front, over = light_and_heavy(snapshot, filter_, front)
            heavy.append(over)
        snapshot.need(front)
        walked.append(front)
        reached = distinct(walk.next_to(front).astype(np.int64))
        front = reached[~inside[reached]]
        inside[front] = True
    actors = np.flatnonzero(inside)
    snapshot.need(actors)
    return Members(actors, np.concatenate(walked), np.concatenate(heavy), named)


def steps_among(snapshot: Snapshot, filter_: Filter, members: Members, direction: Direction) -> TieGraph:
    """The steps between members by positive relations: with `any` the ties, each both ways."""
    walk = ties(snapshot, _walked(filter_, direction), members.named).out
    number = np.full(len(snapshot.actors), -1, np.int64)
    number[members.actors] = np.arange(len(members.actors))
    steps = walk.steps(members.actors)
    to = number[steps.to]
    inside = to >= 0
    counts = np.bincount(steps.of[inside], minlength=len(members.actors))
    return TieGraph(np.concatenate(([0], np.cumsum(counts))), to[inside])


def _walked(filter_: Filter, direction: Direction) -> Filter:
    """Which claims make a step; the limit on neighbours says who is walked on, not what a step is."""
    return replace(filter_, direction=direction, max_degree=None)
