"""Communities: groups of actors with more ties inside than one would expect from how many ties they have."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.projection.index import Longs, distinct
from graph.questions.deadline import Deadline
from graph.questions.tiegraph import TieGraph

LOOK_EVERY = 4096
"""Moves considered between two looks at the clock."""


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """The community of each actor, numbered from 0, and the modularity of all (None: there is no tie)."""

    of: Longs
    modularity: float | None


@dataclass(frozen=True, slots=True, eq=False)
class _Weighted:
    """Groups with the ties between them, as a tie graph with the number of ties of each step.

    A step from a group to itself weighs twice the ties inside.
    """

    start: Longs
    to: Longs
    weight: Longs

    @property
    def size(self) -> int:
        return len(self.start) - 1

    @property
    def origin(self) -> Longs:
        return np.repeat(np.arange(self.size), np.diff(self.start))


def communities(graph: TieGraph, deadline: Deadline) -> Partition:
    """The method of Louvain (Blondel, Guillaume, Lambiotte and Lefebvre, "Fast unfolding of communities in
    large networks", 2008) at resolution 1: actors move to the neighbouring community that raises modularity
    most until none can, then communities do.

    There is no chance in it: they take turns in order of id, of equal communities the first is joined, and
    gains are whole numbers. The largest community comes first, of equally large ones the one with the
    smallest id.

    Raises: QuestionTimeout.
    """
    level = _Weighted(graph.start, graph.to, np.ones(len(graph.to), np.int64))
    of = np.arange(graph.size)
    while True:
        groups, joined = np.unique(_moved(level, deadline), return_inverse=True)
        of = joined[of]
        if len(groups) == level.size:
            return Partition(_by_size(of), _modularity(graph, of))
        level = _joined(level, joined, len(groups))


def _moved(level: _Weighted, deadline: Deadline) -> Longs:
    """The community of each group after moves that raise modularity; a group is looked at again when a
    neighbour has moved (Traag, Waltman and van Eck, "From Louvain to Leiden", 2019), not in endless rounds.

    Moving a group with k ties into a community with s ties, w of them to the group, is worth
    (2m w - k s) / 2m² in modularity; the numerators are compared.
    """
    # Plain lists: single elements of arrays would take most of the time.
    start, to, weight = level.start.tolist(), level.to.tolist(), level.weight.tolist()
    strengths = np.bincount(level.origin, level.weight, level.size).astype(np.int64)
    strength, inside, twice = strengths.tolist(), strengths.tolist(), int(strengths.sum())
    of, turn = list(range(level.size)), 0
    waiting, waits = deque(of), [True] * level.size
    while waiting:
        if turn % LOOK_EVERY == 0:
            deadline.check()
        turn += 1
        group = waiting.popleft()
        waits[group] = False
        own, mine, steps = of[group], strength[group], slice(start[group], start[group + 1])
        links = {own: 0}
        for neighbour, tied in zip(to[steps], weight[steps], strict=True):
            if neighbour != group:
                links[of[neighbour]] = links.get(of[neighbour], 0) + tied
        inside[own] -= mine
        best = _best(own, mine, links, inside, twice)
        inside[best] += mine
        if best != own:
            of[group] = best
            for neighbour in to[steps]:
                if not waits[neighbour] and of[neighbour] != best:
                    waits[neighbour] = True
                    waiting.append(neighbour)
    return np.array(of, np.int64)


def _best(own: int, mine: int, links: Mapping[int, int], inside: Sequence[int], twice: int) -> int:
    """The community that a group with so many ties is worth most in; its own if none is better, else of
    equal ones the one with the smallest number."""
    best, most = own, links[own] * twice - inside[own] * mine
    for other, tied in links.items():
        worth = tied * twice - inside[other] * mine
        if worth > most or (worth == most and best != own and other < best):
            best, most = other, worth
    return best


def _joined(level: _Weighted, of: Longs, count: int) -> _Weighted:
    """Each community as one group."""
    keys = of[level.origin] * count + of[level.to]
    pairs = distinct(keys)
    weight = np.bincount(np.searchsorted(pairs, keys), level.weight, len(pairs)).astype(np.int64)
    start = np.searchsorted(pairs, np.arange(count + 1) * count)
    return _Weighted(start, pairs % count, weight)


def _modularity(graph: TieGraph, of: Longs) -> float | None:
    """The share of ties inside communities less the share that chance would put there."""
    twice = len(graph.to)
    if not twice:
        return None
    within = int(np.count_nonzero(of[graph.origin] == of[graph.to]))
    ends: list[int] = np.bincount(of, graph.degrees).astype(np.int64).tolist()
    return (within * twice - sum(count * count for count in ends)) / (twice * twice)


def _by_size(of: Longs) -> Longs:
    """The communities numbered anew, the largest first, then by their first actor."""
    groups, first, sizes = np.unique(of, return_index=True, return_counts=True)
    number = np.empty(len(groups), np.int64)
    number[np.lexsort((first, -sizes))] = np.arange(len(groups))
    return number[of]
