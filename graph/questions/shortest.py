"""The k best simple paths by length, exactly, on a projection.

Paths are ordered by length, then by the sum of the neighbour counts of the actors between the ends (fewest
first: specific go-betweens before hubs), then by the sum of the sources of their steps (more first), then
by the sum of the last days of their steps (latest first), then by the ids along the path. Each length is
searched best first (A*, Hart, Nilsson and Raphael 1968) with exact lower bounds: the cheapest walk of
exactly r steps to the goal, by dynamic programming backwards from it. Bounds and costs are integers, so
equal is equal.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from graph.errors import QuestionTimeout
from graph.projection.columns import NO_DAY
from graph.projection.index import Bools, Longs, distinct
from graph.projection.ties import Support, Ties, Walk

FAR = np.iinfo(np.int64).max // 4
MOST_SOURCES = 1 << 28
LAST_DAY = 4_000_000
"""Later than the last day of year 9999; an undated step counts as a day before every other."""
DAY_SPAN = 1 << 27
LOOKS_AT_CLOCK = 64
PATIENCE = 512
"""Steps without a further path after which every step is checked for a way to the goal: it costs a search
each, and is needed only where most walks run back into themselves, as through a hub with one way out."""
UNKNOWN_AGE = DAY_SPAN // 16
Costs = tuple[Longs, Longs]
"""Primary and secondary cost of several ways."""


@dataclass(frozen=True, slots=True, eq=False)
class Terrain:
    """Where paths may go: steps, what each costs, and the ends.

    `toll` is what passing each actor costs (its neighbours; nothing at an end), `support` per slot the rest;
    `slot_back` gives the slot the other way. `deadline` is a time of `time.monotonic()`.
    """

    walk: Walk
    toll: Longs
    support: Support
    slot_back: Longs
    starts: Longs
    ends: Longs
    deadline: float | None = None

    def check_time(self) -> None:
        """Raises: QuestionTimeout when the deadline has passed."""
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise QuestionTimeout(
                "the search for paths took longer than it may; ask for fewer hops or filter more"
            )


@dataclass(frozen=True, slots=True)
class FoundPath:
    """Numbers of the actors along the path, and the sum of neighbours of those between the ends."""

    actors: tuple[int, ...]
    neighbours: int


@dataclass(frozen=True, slots=True, eq=False)
class _Bounds:
    """Cheapest walk with exactly r steps to a goal, for every actor: primary and secondary cost."""

    primary: Longs
    secondary: Longs


class _Reach:
    """Distances from both sides, grown a level at a time on the cheaper side."""

    def __init__(self, terrain: Terrain) -> None:
        size = len(terrain.toll)
        self.terrain = terrain
        self.distance = (np.full(size, -1, np.int16), np.full(size, -1, np.int16))
        self.front: list[Longs] = [terrain.starts, terrain.ends]
        self.depth = [0, 0]
        self.distance[0][terrain.starts] = 0
        self.distance[1][terrain.ends] = 0

    def shortest(self, most: int) -> int | None:
        """Length of the shortest path, None where none has at most `most` steps."""
        while sum(self.depth) < most:
            side = self.cheaper()
            fresh = self.grow(side)
            if not len(fresh):
                return None
            if (self.distance[1 - side][fresh] >= 0).any():
                return sum(self.depth)
        return None

    def grow(self, side: int) -> Longs:
        """Go one level further on a side; the new actors."""
        self.terrain.check_time()
        steps = self.terrain.walk.out if side == 0 else self.terrain.walk.back
        reached = steps.next_to(self.front[side])
        fresh = distinct(reached[self.distance[side][reached] < 0].astype(np.int64))
        self.depth[side] += 1
        self.distance[side][fresh] = self.depth[side]
        self.front[side] = fresh
        return fresh

    def cheaper(self) -> int:
        """The side whose next level costs less: 0 from the starts, 1 from the ends."""
        walk = self.terrain.walk
        costs = [_breadth(walk.out, self.front[0]), _breadth(walk.back, self.front[1])]
        return 0 if costs[0] <= costs[1] else 1

    def near_start(self, steps: int) -> Bools:
        """Actors that may be reached from a start in at most `steps` steps, as far as is known."""
        known = self.distance[0]
        if steps > self.depth[0] and len(self.front[0]):
            return np.ones(len(known), bool)
        return (known >= 0) & (known <= steps)


def _breadth(steps: Ties, actors: Longs) -> int:
    return int((steps.start[actors + 1] - steps.start[actors]).sum())


def k_shortest(terrain: Terrain, k: int, max_hops: int) -> tuple[list[FoundPath], bool]:
    """The `k` best simple paths of at most `max_hops` steps, and whether more of the last length exist.

    Raises: QuestionTimeout when the terrain's deadline passes.
    """
    reach = _Reach(terrain)
    shortest = reach.shortest(max_hops)
    found: list[FoundPath] = []
    if shortest is None:
        return found, False
    for length in range(shortest, max_hops + 1):
        while sum(reach.depth) < length:
            reach.grow(reach.cheaper())
        bounds = _bounds(terrain, reach, length)
        for path in _of_length(terrain, bounds, length, patience=PATIENCE):
            if len(found) == k:
                return found, True
            found.append(path)
        if len(found) == k:
            return found, False
    return found, False


def _bounds(terrain: Terrain, reach: _Reach, length: int) -> list[_Bounds]:
    """Lower bounds for 0 to `length` steps to go, only for actors a path of this length can pass."""
    size = len(terrain.toll)
    is_end = np.zeros(size, bool)
    is_end[terrain.starts] = True
    is_end[terrain.ends] = True
    bounds = [_Bounds(np.full(size, FAR), np.full(size, FAR))]
    bounds[0].primary[terrain.ends] = 0
    bounds[0].secondary[terrain.ends] = 0
    layer = terrain.ends
    for steps in range(1, length + 1):
        terrain.check_time()
        allowed = reach.near_start(length - steps)
        allowed = allowed & (~is_end if steps < length else _only(size, terrain.starts))
        step = _backwards(terrain, bounds[-1], layer, allowed)
        bounds.append(step)
        layer = np.flatnonzero(step.primary < FAR)
    return bounds


def _only(size: int, actors: Longs) -> Bools:
    mask = np.zeros(size, bool)
    mask[actors] = True
    return mask


def _backwards(terrain: Terrain, ahead: _Bounds, layer: Longs, allowed: Bools) -> _Bounds:
    """One step away from the goal: the best bound of every allowed actor over its steps into `layer`."""
    size = len(terrain.toll)
    result = _Bounds(np.full(size, FAR), np.full(size, FAR))
    positions, counts = terrain.walk.back.steps(layer)
    origin = terrain.walk.back.to[positions]
    keep = allowed[origin]
    positions, origin = positions[keep], origin[keep]
    target = np.repeat(layer, counts)[keep]
    primary = ahead.primary[target] + terrain.toll[target]
    np.minimum.at(result.primary, origin, primary)
    best = primary == result.primary[origin]
    slots = terrain.slot_back[terrain.walk.back.slot[positions[best]]]
    secondary = ahead.secondary[target[best]] + _step_cost(terrain.support, slots)
    np.minimum.at(result.secondary, origin[best], secondary)
    return result


def _step_cost(support: Support, slots: Longs) -> Longs:
    """Secondary cost of steps: fewer sources cost more, then older days cost more."""
    sources = np.minimum(support.sources[slots], MOST_SOURCES)
    latest = support.latest[slots]
    age = np.where(latest == NO_DAY, UNKNOWN_AGE, LAST_DAY - latest)
    return (MOST_SOURCES - sources) * DAY_SPAN + age


def _of_length(
    terrain: Terrain, bounds: list[_Bounds], length: int, *, patience: int | None = None
) -> Iterator[FoundPath]:
    """Simple paths of exactly `length` steps, best first.

    A state waits with its sibling: only when it is taken is the next best step of the same parent put into
    the queue. States of equal cost come in order of their actors, so paths do too.

    After `patience` states without a path the search begins again and checks each step for a way to the
    goal past the actors behind it (None: from the start). That leaves out no path and changes no order, so
    it goes on where it was.
    """
    queue: list[tuple[int, int, tuple[int, ...], _Siblings]] = []
    first = _Siblings.of_starts(terrain, bounds[length])
    first.offer(queue)
    looked = given = barren = 0
    while queue:
        looked, barren = looked + 1, barren + 1
        if looked % LOOKS_AT_CLOCK == 0:
            terrain.check_time()
        if patience is not None and barren > patience:
            yield from islice(_of_length(terrain, bounds, length), given, None)
            return
        primary, _, actors, siblings = heapq.heappop(queue)
        spent = siblings.spent()
        siblings.offer(queue)
        left = length - len(actors) + 1
        if left == 0:
            yield FoundPath(actors, primary)
            given, barren = given + 1, 0
        else:
            ahead = bounds[left - 1]
            if patience is None:
                ahead = _avoiding(terrain, bounds, actors, left - 1)
            _Siblings.of_steps(terrain, ahead, actors, spent).offer(queue)


def _avoiding(terrain: Terrain, bounds: list[_Bounds], path: tuple[int, ...], steps: int) -> _Bounds:
    """The bounds for `steps` steps to go of those actors that have such a walk past the actors of `path`."""
    terrain.check_time()
    layer = terrain.ends
    for step in range(1, steps + 1):
        allowed = bounds[step].primary < FAR
        allowed[list(path)] = False
        origin = terrain.walk.back.next_to(layer)
        layer = distinct(origin[allowed[origin]].astype(np.int64))
    goes_on = _only(len(terrain.toll), layer)
    return _Bounds(np.where(goes_on, bounds[steps].primary, FAR), bounds[steps].secondary)


class _Siblings:
    """The ways on from one partial path, best first."""

    def __init__(
        self, before: tuple[int, ...], order: Longs, totals: tuple[Longs, Longs], paid: Costs
    ) -> None:
        self._before = before
        self._actors = order
        self._totals = totals
        self._paid = paid
        self._next = 0

    @classmethod
    def of_starts(cls, terrain: Terrain, bounds: _Bounds) -> _Siblings:
        starts = terrain.starts[bounds.primary[terrain.starts] < FAR]
        nothing = np.zeros(len(starts), np.int64)
        return cls._sorted((), starts, (bounds.primary[starts], bounds.secondary[starts]), (nothing, nothing))

    @classmethod
    def of_steps(
        cls, terrain: Terrain, bounds: _Bounds, actors: tuple[int, ...], spent: tuple[int, int]
    ) -> _Siblings:
        steps = terrain.walk.out
        here = slice(steps.start[actors[-1]], steps.start[actors[-1] + 1])
        to, slot = steps.to[here].astype(np.int64), steps.slot[here]
        open_ = bounds.primary[to] < FAR
        to, slot = to[open_], slot[open_]
        for visited in actors[1:]:
            fresh = to != visited
            to, slot = to[fresh], slot[fresh]
        paid = (spent[0] + terrain.toll[to], spent[1] + _step_cost(terrain.support, slot))
        totals = (paid[0] + bounds.primary[to], paid[1] + bounds.secondary[to])
        return cls._sorted(actors, to, totals, paid)

    @classmethod
    def _sorted(cls, before: tuple[int, ...], actors: Longs, totals: Costs, paid: Costs) -> _Siblings:
        order = np.lexsort((actors, totals[1], totals[0]))
        return cls(
            before, actors[order], (totals[0][order], totals[1][order]), (paid[0][order], paid[1][order])
        )

    def spent(self) -> tuple[int, int]:
        """What the state last offered has paid so far."""
        at = self._next - 1
        return int(self._paid[0][at]), int(self._paid[1][at])

    def offer(self, queue: list[tuple[int, int, tuple[int, ...], _Siblings]]) -> None:
        """Put the best way on that has not been offered into the queue."""
        at = self._next
        if at < len(self._actors):
            self._next = at + 1
            path = (*self._before, int(self._actors[at]))
            heapq.heappush(queue, (int(self._totals[0][at]), int(self._totals[1][at]), path, self))
