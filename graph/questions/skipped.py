"""Which actors a question did not pass through because they have more neighbours than it allows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from graph.filters import Filter
from graph.model import Skipped
from graph.projection.index import Bools, Longs
from graph.projection.snapshot import Snapshot
from graph.projection.ties import Ties, degrees, degrees_of, ties
from graph.questions.pathquestion import Named, PathQuestion

MOST_NAMED = 20
"""Actors that an answer names; `skipped_actors` counts them all."""


def skipped_between(
    snapshot: Snapshot, question: PathQuestion, actors: Named
) -> tuple[tuple[Skipped, ...], int]:
    """The actors over `max_degree` that, let through one at a time, would be on a way within `max_hops`; the
    busiest first, and how many there are.

    A way is counted from both sides by the shortest walk over actors that may be passed; whether the two can
    do without the same actor is not looked into.
    """
    most = question.filter.max_degree
    if most is None:
        return (), 0
    filter_ = question.claims_filter
    walk = ties(snapshot, filter_, actors.everybody)
    heavy = _Heavy(snapshot, degrees(snapshot, filter_) > most, actors)
    there = heavy.distances(walk.out, actors.starts, question.max_hops)
    back = heavy.distances(walk.back, actors.ends, question.max_hops)
    met = heavy.mask & (there >= 0) & (back >= 0) & (there + back <= question.max_hops)
    return named_skipped(snapshot, filter_, np.flatnonzero(met))


def named_skipped(snapshot: Snapshot, filter_: Filter, numbers: Longs) -> tuple[tuple[Skipped, ...], int]:
    """Actors over the limit, the busiest under the filter first, and how many there are."""
    if not len(numbers):
        return (), 0
    snapshot.need(numbers)
    degree = degrees_of(snapshot, replace(filter_, max_degree=None), numbers)
    order = np.lexsort((numbers, -degree))[:MOST_NAMED].tolist()
    actors = [(snapshot.actors[numbers[at]], int(degree[at])) for at in order]
    return tuple(Skipped(actor.id, actor.name, n) for actor, n in actors), len(numbers)


def light_and_heavy(snapshot: Snapshot, filter_: Filter, front: Longs) -> tuple[Longs, Longs]:
    """The actors that may be walked on, and those with more neighbours than `max_degree` allows."""
    if filter_.max_degree is None:
        return front, front[:0]
    snapshot.need(front)
    heavy = degrees_of(snapshot, replace(filter_, max_degree=None), front) > filter_.max_degree
    return front[~heavy], front[heavy]


class _Heavy:
    """Actors that are met but not walked on; nor is a start or an end, which no path has in between."""

    def __init__(self, snapshot: Snapshot, mask: Bools, named: Named) -> None:
        self._snapshot = snapshot
        self.mask = mask.copy()
        self.mask[named.everybody] = False
        self._stops = self.mask.copy()
        self._stops[named.starts] = True
        self._stops[named.ends] = True

    def distances(self, steps: Ties, begin: Longs, most: int) -> Longs:
        """Steps from `begin` to every actor within `most`, by light actors only (-1: not met)."""
        distance = np.full(len(self.mask), -1, np.int64)
        distance[begin] = 0
        front = begin
        for step in range(1, most):
            self._snapshot.need(front)
            reached = steps.next_to(front)
            fresh = reached[distance[reached] < 0]
            distance[fresh] = step
            # Which of them are heavy is known of complete actors only.
            self._snapshot.need(fresh)
            front = fresh[~self._stops[fresh]]
        return distance
