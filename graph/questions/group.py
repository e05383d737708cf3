"""A group: several actors that a question names, in the order in which it names them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from graph.errors import InvalidQuestion
from graph.filters import Filter
from graph.model import Relation
from graph.projection.index import Longs
from graph.projection.snapshot import Snapshot
from graph.questions.names import known_actor
from graph.questions.summaries import strength

LEAST_MEMBERS, MOST_MEMBERS = 2, 50


def group_of(snapshot: Snapshot, actors: Sequence[str], filter_: Filter) -> Longs:
    """Numbers of the named actors in their order; their claims are complete from here on.

    Raises: UnknownActor; InvalidQuestion when an actor is named twice, or is to be avoided.
    """
    numbers = [known_actor(snapshot, actor) for actor in actors]
    for place, number in enumerate(numbers):
        if number in numbers[:place]:
            raise InvalidQuestion.one("actor", f"names {actors[place]!r} twice; name different actors")
    avoided = next((actor for actor in actors if actor in filter_.avoid), None)
    if avoided is not None:
        raise InvalidQuestion.one("avoid", f"names {avoided!r}, one of the actors asked about; leave it out")
    group = np.array(numbers, np.int64)
    snapshot.need(group)
    return group


def places(snapshot: Snapshot, group: Longs) -> Longs:
    """For every actor its place in a group, -1 for those outside."""
    place = np.full(len(snapshot.actors), -1, np.int64)
    place[group] = np.arange(len(group))
    return place


def by_ends(actors: Sequence[str]) -> Callable[[Relation], tuple[Any, ...]]:
    """A key that orders relations by the places of their ends among `actors`, then ties before denials, the
    best supported first."""
    place = {actor: number for number, actor in enumerate(actors)}

    def key(relation: Relation) -> tuple[Any, ...]:
        ends = sorted((place[relation.subject], place[relation.object]))
        return (*ends, relation.polarity == "negative", *strength(relation))

    return key
