"""The five measures on the ties of a selection: their names, their values, and how large a selection they
take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from graph.errors import InvalidQuestion
from graph.filters import Direction, Filter
from graph.projection.index import Longs
from graph.projection.snapshot import Snapshot
from graph.questions.betweenness import betweenness
from graph.questions.communities import communities
from graph.questions.cores import cores
from graph.questions.deadline import Deadline
from graph.questions.pagerank import pagerank
from graph.questions.tiegraph import Floats, Members, TieGraph, steps_among

Measure = Literal["degree", "betweenness", "pagerank", "core", "communities"]

DIGITS = 9
"""Significant digits of a value that is no whole number; what differs further behind counts as equal."""


@dataclass(frozen=True, slots=True)
class Most:
    """How large a selection may be; `product` is of actors and ties (None: whatever the two are)."""

    actors: int
    ties: int
    product: int | None = None


LIMITS: Mapping[Measure, Most] = {
    "degree": Most(1_000_000, 5_000_000),
    "core": Most(100_000, 1_000_000),
    "pagerank": Most(100_000, 1_000_000),
    "communities": Most(50_000, 500_000),
    "betweenness": Most(8_000, 100_000, 400_000_000),
}
"""Chosen so that no measure takes more than about 5 s (docs/benchmarks.md)."""


@dataclass(frozen=True, slots=True, eq=False)
class Measurement:
    """The value of each actor of a graph, and, where they were asked for, its community (numbered from 0) and
    the modularity of all."""

    value: Longs | Floats
    community: Longs | None = None
    modularity: float | None = None


def measured(
    snapshot: Snapshot, filter_: Filter, measure: Measure, members: Members, deadline: Deadline
) -> Measurement:
    """The measure of each member, in order of id.

    Raises: InvalidQuestion when there are more than the measure takes; QuestionTimeout.
    """
    graph = steps_among(snapshot, filter_, members, "any")
    _check_size(measure, graph)
    if measure == "core":
        return Measurement(cores(graph, deadline))
    if measure == "betweenness":
        return Measurement(_rounded(betweenness(graph, deadline)))
    if measure == "pagerank":
        sense: Direction = "in" if filter_.direction == "in" else "out"
        return Measurement(_rounded(pagerank(steps_among(snapshot, filter_, members, sense), deadline)))
    if measure == "communities":
        found = communities(graph, deadline)
        return Measurement(graph.degrees, found.of, found.modularity)
    return Measurement(graph.degrees)


def _check_size(measure: Measure, graph: TieGraph) -> None:
    most, product = LIMITS[measure], graph.size * graph.ties
    beyond = most.product is not None and product > most.product
    if graph.size <= most.actors and graph.ties <= most.ties and not beyond:
        return
    allowed = f"{most.actors:,} actors and {most.ties:,} ties"
    if most.product is not None:
        allowed += f", and {most.product:,} for one number times the other"
    raise InvalidQuestion.one(
        "measure",
        f"{measure} takes up to {allowed}; the selection has {graph.size:,} actors and {graph.ties:,} ties: "
        f"narrow it by a filter (such as dataset, type or since), or by actor and depth",
    )


def _rounded(values: Floats) -> Floats:
    return np.array([float(f"{value:.{DIGITS}g}") for value in values.tolist()], np.float64)
