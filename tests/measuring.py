"""Measures asked about graphs that a test states, and graphs that are quick to state."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from graph.filters import Filter
from graph.questions.measurement import Measure
from graph.questions.measures import MeasuresAnswer, MeasuresQuestion, measures
from graphs import snapshot_of
from oracle import Stated

EVERY_MEASURE: tuple[Measure, ...] = ("degree", "betweenness", "pagerank", "core", "communities")
NO_FILTER = Filter()


def ask(
    claims: Sequence[Stated],
    measure: Measure,
    actors: Sequence[str] = (),
    *,
    depth: int = 1,
    limit: int = 1000,
    filter_: Filter = NO_FILTER,
) -> MeasuresAnswer:
    """The answer on a graph of just these claims."""
    question = MeasuresQuestion(measure, tuple(actors), depth, limit, filter_)
    return measures(snapshot_of(claims, extra_actors=actors), question)


def values(answer: MeasuresAnswer) -> dict[str, float]:
    """The value of each actor in an answer."""
    return {actor.id: actor.value for actor in answer.actors}


def meet(*pairs: str) -> list[Stated]:
    """A meeting for each pair of letters."""
    return [Stated(pair[0], "MEETS", pair[1], symmetric=True) for pair in pairs]


def clique(names: str) -> list[Stated]:
    """A meeting of every two of these letters."""
    return meet(*(one + other for one, other in combinations(names, 2)))
