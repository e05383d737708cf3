"""Betweenness: how many of the shortest ways between others lead over an actor.

The dependencies of Brandes, "A faster algorithm for betweenness centrality" (2001), computed on whole levels
of a breadth-first search at a time. Libraries were tried: networkx needs minutes for seven thousand actors,
rustworkx seconds, but it keeps every other thread waiting and cannot be stopped.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graph.projection.index import Longs
from graph.questions.deadline import Deadline
from graph.questions.tiegraph import Floats, TieGraph

Hops = NDArray[np.int16]

SOURCES_AT_ONCE = 256
"""Actors whose distances to all others are computed together; bounds the memory and the length of a step."""


def betweenness(graph: TieGraph, deadline: Deadline) -> Floats:
    """Of each actor: the share of shortest ways it lies on, summed over all pairs of other actors and divided
    by their number, (n - 1)(n - 2) / 2; a pair that is not connected counts as 0.

    Raises: QuestionTimeout.
    """
    total = np.zeros(graph.size)
    if graph.size < 3:
        return total
    degree, steps = graph.degrees, _Steps(graph)
    # Who has one tie sees what its neighbour sees, one step further.
    leaf_ties = graph.to[graph.start[:-1][degree == 1]]
    leaves = np.bincount(leaf_ties, minlength=graph.size)
    sources = np.flatnonzero(degree > 1)
    for begin in range(0, len(sources), SOURCES_AT_ONCE):
        some = sources[begin : begin + SOURCES_AT_ONCE]
        for source, hops in zip(some.tolist(), _distances(graph, some), strict=True):
            deadline.check()
            passed, reached = steps.passed(source, hops)
            total += passed * (1 + leaves[source])
            total[source] += leaves[source] * (reached - 2)
    return total / ((graph.size - 1) * (graph.size - 2))


class _Steps:
    """The steps of a graph, each tie first the one way, then the other."""

    def __init__(self, graph: TieGraph) -> None:
        origin = graph.origin
        once = origin < graph.to
        self._size = graph.size
        self._low, self._high = origin[once], graph.to[once]
        self._near = np.concatenate([self._low, self._high])
        self._far = np.concatenate([self._high, self._low])

    def passed(self, source: int, hops: Hops) -> tuple[Floats, int]:
        """How much each actor lies on the shortest ways from a source, summed over their ends, and how many
        actors can be reached, the source included; `hops` are the distances from it."""
        levels = self._levels(hops)
        ways = np.zeros(self._size)
        ways[source] = 1.0
        for near, far in levels:
            ways += np.bincount(far, ways.take(near), self._size)
        per_way = 1.0 / np.maximum(ways, 1.0)
        passed = np.zeros(self._size)
        for near, far in reversed(levels):
            share = (1.0 + passed) * per_way
            passed += np.bincount(near, share.take(far), self._size) * ways
        passed[source] = 0.0
        return passed, int(np.count_nonzero(ways))

    def _levels(self, hops: Hops) -> list[tuple[Longs, Longs]]:
        """The steps that lead away from the source, by their distance from it: from whom and to whom."""
        low, high = hops.take(self._low), hops.take(self._high)
        # The distance that a step reaches; 0 where it leads to nobody farther away.
        reach = np.concatenate([high * (high > low), low * (low > high)])
        levels = []
        for hop in range(1, int(reach.max(initial=0)) + 1):
            at = np.flatnonzero(reach == hop)
            levels.append((self._near.take(at), self._far.take(at)))
        return levels


def _distances(graph: TieGraph, sources: Longs) -> Hops:
    """Hops from each source (row) to every actor; an actor that cannot be reached has the number that all
    actors out of reach have.

    All sources walk at once, each in a bit of its own.
    """
    tied = np.flatnonzero(graph.degrees)
    number = np.arange(len(sources))
    begun = np.zeros((graph.size, -(-len(sources) // 64) * 8), np.uint8)
    begun[sources, number // 8] = 1 << (number % 8)
    front = begun.view(np.uint64)
    seen = front.copy()
    hops = np.zeros((graph.size, len(sources)), np.int16)
    while True:
        reached = np.zeros_like(front)
        reached[tied] = np.bitwise_or.reduceat(front[graph.to], graph.start[tied], axis=0)
        front = reached & ~seen
        if not front.any():
            return np.ascontiguousarray(hops.T)
        hops += 1 - np.unpackbits(seen.view(np.uint8), axis=1, count=len(sources), bitorder="little")
        seen |= front
