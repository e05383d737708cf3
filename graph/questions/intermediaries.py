"""Who stands between two actors that have no direct tie: for many pairs at once, by the costs of a path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from graph.filters import Filter
from graph.projection.index import Bools, Longs, distinct
from graph.projection.snapshot import Snapshot
from graph.projection.ties import Walk, degrees_of, ties
from graph.questions.ranks import costs_of


@dataclass(frozen=True, slots=True)
class Intermediary:
    """The actor in the middle of the best path of two hops, and how many paths of two hops there are, that
    is, how many common neighbours."""

    id: str
    name: str
    common: int


@dataclass(frozen=True, slots=True, eq=False)
class Intermediaries:
    """Intermediaries by the places of both ends in the group, and the actors left out because of
    `max_degree`."""

    best: Mapping[tuple[int, int], Intermediary]
    heavy: Longs


@dataclass(frozen=True, slots=True, eq=False)
class _Ways:
    """Ways of two hops, one row each: the pair (place of the first end · size of the group + place of the
    second), the actor in the middle and the slots of both hops."""

    pair: Longs
    middle: Longs
    there: Longs
    onward: Longs

    def taking(self, rows: Bools) -> _Ways:
        """Some of the rows."""
        return _Ways(self.pair[rows], self.middle[rows], self.there[rows], self.onward[rows])


def intermediaries(snapshot: Snapshot, filter_: Filter, group: Longs, wanted: Bools) -> Intermediaries:
    """For the pairs of a group that are `wanted` (a square mask by place), the middle of the path of two hops
    that `paths` would give first: fewest neighbours, most sources, latest, then the id."""
    plain = replace(filter_, max_degree=None)
    ways = _ways(snapshot, ties(snapshot, plain, group[:0]), group, wanted)
    snapshot.need(distinct(ways.middle))
    heavy = group[:0]
    if filter_.max_degree is not None:
        over = degrees_of(snapshot, plain, ways.middle) > filter_.max_degree
        ways, heavy = ways.taking(~over), distinct(ways.middle[over])
    best = {}
    for pair, middle, common in _best(snapshot, plain, ways):
        actor = snapshot.actors[middle]
        best[divmod(pair, len(group))] = Intermediary(actor.id, actor.name, common)
    return Intermediaries(best, heavy)


def _ways(snapshot: Snapshot, walk: Walk, group: Longs, wanted: Bools) -> _Ways:
    """All ways of two hops between the wanted pairs."""
    steps = walk.out.steps(group)
    first, middle, there = steps.of, steps.to.astype(np.int64), steps.slot
    onward = np.full(len(snapshot.actors), -1, np.int64)
    found = [_Ways(*[group[:0]] * 4)]
    for second in np.flatnonzero(wanted.any(axis=0)).tolist():
        back = walk.back.steps(group[second : second + 1])
        onward[back.to] = snapshot.relations.slot_back[back.slot]
        pair = _Ways(first * len(group) + second, middle, there, onward[middle])
        found.append(pair.taking(wanted[first, second] & (pair.onward >= 0)))
        onward[back.to] = -1
    return _Ways(
        np.concatenate([ways.pair for ways in found]),
        np.concatenate([ways.middle for ways in found]),
        np.concatenate([ways.there for ways in found]),
        np.concatenate([ways.onward for ways in found]),
    )


def _best(snapshot: Snapshot, filter_: Filter, ways: _Ways) -> list[tuple[int, int, int]]:
    """For each pair the actor in the middle of the best way, and how many ways there are."""
    costs = costs_of(snapshot, filter_, "shortest", ways.middle[:0])
    there, onward = costs.stepping(ways.there), costs.stepping(ways.onward)
    primary = costs.passing(ways.middle) + there.primary + onward.primary
    secondary = there.secondary + onward.secondary
    order = np.lexsort((ways.middle, secondary, primary, ways.pair))
    pairs, leads, counts = np.unique(ways.pair[order], return_index=True, return_counts=True)
    columns = pairs.tolist(), ways.middle[order[leads]].tolist(), counts.tolist()
    return list(zip(*columns, strict=True))
