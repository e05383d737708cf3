"""The k best simple paths, exactly, best first.

Paths are compared by their rank's cost, then by length, then by the sum of the neighbour counts of the actors
between the ends (fewest first: specific go-betweens before hubs), then by the sum of the sources of their
steps (more first), then by the sum of the last days of their steps (latest first), then by the ids along
the path. The search is best first (A*, Hart, Nilsson and Raphael 1968) with lower bounds for every number of
steps still to go. Costs are integers, so equal is equal; nothing is re-ordered afterwards.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from graph.projection.columns import Ints
from graph.projection.index import Bools, Longs
from graph.projection.ties import Steps
from graph.questions.bounds import Bound, Bounds, Scope, bounds_of, goes_on
from graph.questions.chronology import ALWAYS
from graph.questions.reach import Reach
from graph.questions.terrain import FoundPath, Terrain

LOOKS_AT_CLOCK = 64
PATIENCE = 512
"""States without a further path after which the bounds are made tighter: most walks then run back into
themselves, as through a hub with one way out or along the strongest steps to and fro."""
MOST_ONCE = 3
"""Actors that bounds keep track of, so that no walk counts them twice (decremental state space relaxation,
Righini and Salani 2008); each doubles the work on bounds. After that every step is checked by itself."""

Waiting = tuple[tuple[int, int, int], tuple[int, ...], "_Siblings"]


def k_shortest(terrain: Terrain, k: int, max_hops: int) -> Iterator[FoundPath]:
    """The `k` best simple paths where the length decides first, and one more if it has the last length.

    Each length is searched by itself, so that nothing is looked at beyond the last one needed.

    Raises: QuestionTimeout when the terrain's deadline passes.
    """
    reach = Reach(terrain)
    shortest = reach.shortest(max_hops)
    if shortest is None:
        return
    given = 0
    for length in range(max(shortest, len(terrain.via) + 1), max_hops + 1):
        _grow(reach, length)
        for path in _best_first(terrain, reach, Scope(length, (length,))):
            yield path
            given += 1
            if given > k:
                return
        if given == k:
            return


def k_best(terrain: Terrain, k: int, max_hops: int) -> Iterator[FoundPath]:
    """The `k` best simple paths of at most `max_hops` steps by the costs of the terrain, and one more if
    there is one.

    Raises: QuestionTimeout when the terrain's deadline passes.
    """
    reach = Reach(terrain)
    shortest = reach.shortest(max_hops)
    if shortest is None:
        return
    lengths = tuple(range(max(shortest, len(terrain.via) + 1), max_hops + 1))
    _grow(reach, max_hops)
    yield from islice(_best_first(terrain, reach, Scope(max_hops, lengths)), k + 1)


def _grow(reach: Reach, length: int) -> None:
    while sum(reach.depth) < length and all(len(front) for front in reach.front):
        reach.grow(reach.cheaper())


def _best_first(terrain: Terrain, reach: Reach, scope: Scope) -> Iterator[FoundPath]:
    """Simple paths of the given lengths, best first.

    Where the bounds turn out too loose the search begins again with an actor more that walks must not pass
    twice, in the end with a check of every step. That leaves out no path and changes no order, so it goes on
    where it was.
    """
    given = 0
    while True:
        search = _Search(terrain, bounds_of(terrain, reach, scope), scope)
        for path in islice(search.paths(), given, None):
            yield path
            given += 1
        if search.again is None:
            return
        scope = search.again


class _Search:
    """One run with the same bounds; `again` says how to go on after it gave up (None: it found all)."""

    def __init__(self, terrain: Terrain, bounds: Bounds, scope: Scope) -> None:
        self._terrain = terrain
        self._bounds = bounds
        self._scope = scope
        self._repeated: Counter[int] = Counter()
        self.again: Scope | None = None

    def paths(self) -> Iterator[FoundPath]:
        """Simple paths, best first, until there are no more or none was found for too long.

        A state waits with its sibling: only when it is taken is the next best step of the same parent put
        into the queue. States of equal cost come in order of their actors, so paths do too.
        """
        queue: list[Waiting] = []
        for length in self._scope.lengths:
            _Siblings.of_starts(self._terrain, self._bounds, length).offer(queue)
        looked = barren = 0
        while queue:
            looked, barren = looked + 1, barren + 1
            if looked % LOOKS_AT_CLOCK == 0:
                self._terrain.check_time()
            if barren > PATIENCE and not self._scope.checked:
                self.again = self._tighter()
                return
            _, actors, siblings = heapq.heappop(queue)
            state = siblings.taken()
            siblings.offer(queue)
            if state.steps == 0:
                yield FoundPath(actors, state.day if abs(state.day) < ALWAYS else None)
                barren = 0
            else:
                self._ways_on(actors, state).offer(queue)

    def _ways_on(self, path: tuple[int, ...], state: _State) -> _Siblings:
        steps = self._terrain.walk.out.steps(np.array(path[-1:]))
        ahead = self._bounds.ways[state.steps - 1][state.left]
        for visited in path[1:-1]:
            # What a walk would come back to is what the bounds should know of.
            if (steps.to == visited).any() and ahead.find(np.array([visited]))[1].all():
                self._repeated[visited] += 1
        come = _Come(path, state, steps)
        return _Siblings.of_steps(self._terrain, self._bounds, come, checked=self._scope.checked)

    def _tighter(self) -> Scope:
        """The actor that walks ran back into most often is kept track of; else every step is checked."""
        for actor, _ in self._repeated.most_common():
            if actor not in self._bounds.tracked and len(self._scope.once) < MOST_ONCE:
                return replace(self._scope, once=(*self._scope.once, actor))
        return replace(self._scope, checked=True)


@dataclass(frozen=True, slots=True)
class _State:
    """What a partial path has paid, how many steps it has to go, the via actors still to pass (a bit each)
    and the earliest day it can have come this far."""

    paid: tuple[int, int, int]
    steps: int
    left: int
    day: int


@dataclass(frozen=True, slots=True, eq=False)
class _Come:
    """A partial path, its state, and the steps from its end."""

    path: tuple[int, ...]
    state: _State
    steps: Steps


@dataclass(frozen=True, slots=True, eq=False)
class _Ways:
    """Ways on, one row each: the actor, what is paid there, what the whole path costs at least, the day."""

    actors: Longs
    paid: tuple[Longs, Longs, Longs]
    totals: tuple[Longs, Longs, Longs]
    day: Longs

    def sorted(self) -> _Ways:
        """Best first."""
        worst, primary, secondary = self.totals
        return self.taking(np.lexsort((self.actors, secondary, primary, worst)))

    def taking(self, rows: Longs) -> _Ways:
        """Some of the rows."""
        paid, totals = [p[rows] for p in self.paid], [t[rows] for t in self.totals]
        return _Ways(
            self.actors[rows], (paid[0], paid[1], paid[2]), (totals[0], totals[1], totals[2]), self.day[rows]
        )


class _Siblings:
    """The ways on from one partial path, best first."""

    def __init__(self, bounds: Bounds, before: tuple[int, ...], ways: _Ways, steps: int, left: int) -> None:
        self._tracked = bounds.tracked
        self._before = before
        self._ways = ways.sorted()
        self._steps = steps
        self._left = left
        self._next = 0

    @classmethod
    def of_starts(cls, terrain: Terrain, bounds: Bounds, length: int) -> _Siblings:
        """The starts of paths of a length."""
        left = bounds.everything
        bound = bounds.ways[length][left]
        places, open_ = bound.find(terrain.starts)
        if bounds.leave_by is not None:
            open_ &= bounds.leave_by[length][terrain.starts] >= -ALWAYS
        starts = terrain.starts[open_]
        nothing = np.zeros(len(starts), np.int64)
        paid = nothing, nothing, nothing
        ways = _Ways(starts, paid, _totals(paid, bound.taking(places[open_])), np.full(len(starts), -ALWAYS))
        return cls(bounds, (), ways, length, left)

    @classmethod
    def of_steps(cls, terrain: Terrain, bounds: Bounds, come: _Come, *, checked: bool) -> _Siblings:
        """The steps from the end of a partial path; `checked` leaves out those without a way to the goal past
        the path."""
        path, state, steps = come.path, come.state, come.steps
        ahead, fresh = state.steps - 1, np.ones(len(steps.to), bool)
        for visited in (*terrain.starts.tolist(), *path[1:]):
            fresh &= steps.to != visited
        parts = []
        for left, members in _by_tracked(bounds.tracked, steps.to, state.left):
            places, ok = bounds.ways[ahead][left].find(steps.to)
            ok &= fresh & members
            if checked:
                ok &= goes_on(terrain, bounds, path, ahead, left)[steps.to]
            bound = bounds.ways[ahead][left].taking(places[ok])
            parts.append(_ways(terrain, state, bound, steps.slot[ok]))
        ways = parts[0] if len(parts) == 1 else _joined(parts)
        if bounds.leave_by is not None:
            in_time = ways.day <= np.minimum(bounds.leave_by[ahead][ways.actors], ALWAYS - 1)
            ways = ways.taking(np.flatnonzero(in_time))
        return cls(bounds, path, ways, ahead, state.left)

    def taken(self) -> _State:
        """The state last offered."""
        at, ways = self._next - 1, self._ways
        actor, left = int(ways.actors[at]), self._left
        if actor in self._tracked:
            left &= ~(1 << self._tracked.index(actor))
        paid = (int(ways.paid[0][at]), int(ways.paid[1][at]), int(ways.paid[2][at]))
        return _State(paid, self._steps, left, int(ways.day[at]))

    def offer(self, queue: list[Waiting]) -> None:
        """Put the best way on that has not been offered into the queue."""
        at, ways = self._next, self._ways
        if at < len(ways.actors):
            self._next = at + 1
            total = (int(ways.totals[0][at]), int(ways.totals[1][at]), int(ways.totals[2][at]))
            heapq.heappush(queue, (total, (*self._before, int(ways.actors[at])), self))


def _by_tracked(tracked: Sequence[int], to: Ints, left: int) -> list[tuple[int, Bools]]:
    """Steps grouped by the tracked actors that are left after them; one already passed is no step."""
    if not tracked:
        return [(left, np.ones(len(to), bool))]
    groups: list[tuple[int, Bools]] = [(left, ~np.isin(to, tracked))]
    for number, actor in enumerate(tracked):
        if left & 1 << number:
            groups.append((left ^ 1 << number, to == actor))
    return groups


def _ways(terrain: Terrain, state: _State, bound: Bound, slots: Longs) -> _Ways:
    """The ways on over some steps to the actors of `bound`, one by one."""
    step = terrain.costs.stepping(slots)
    worst = np.full(len(slots), state.paid[0])
    if step.worst is not None:
        worst = np.maximum(step.worst, worst)
    primary = state.paid[1] + terrain.costs.passing(bound.actors) + step.primary
    paid = worst, primary, state.paid[2] + step.secondary
    day = np.full(len(slots), state.day)
    if terrain.order is not None:
        day = terrain.order.arrival(slots, state.day)
    return _Ways(bound.actors, paid, _totals(paid, bound), day)


def _totals(paid: tuple[Longs, Longs, Longs], bound: Bound) -> tuple[Longs, Longs, Longs]:
    """What whole paths cost at least that have paid so much up to each actor of `bound`."""
    worst = paid[0] if bound.worst is None else np.maximum(paid[0], bound.worst)
    return worst, paid[1] + bound.primary, paid[2] + bound.secondary


def _joined(parts: Sequence[_Ways]) -> _Ways:
    paid = [np.concatenate([part.paid[i] for part in parts]) for i in range(3)]
    totals = [np.concatenate([part.totals[i] for part in parts]) for i in range(3)]
    return _Ways(
        np.concatenate([part.actors for part in parts]),
        (paid[0], paid[1], paid[2]),
        (totals[0], totals[1], totals[2]),
        np.concatenate([part.day for part in parts]),
    )
