"""The part of the graph between actors that are named one by one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from graph.filters import Filter
from graph.model import Meta, Subgraph
from graph.projection.index import Longs, mask_of
from graph.projection.snapshot import Snapshot
from graph.questions.actors import relations_of, undated_of
from graph.questions.names import known_actor
from graph.questions.notes import too_few_sources
from graph.questions.summaries import actors_under, relations_under


@dataclass(frozen=True, slots=True)
class SubgraphQuestion:
    """Ids of actors; `between` asks for the relations among them."""

    actors: tuple[str, ...]
    filter: Filter = field(default_factory=Filter)
    between: bool = True


def subgraph(snapshot: Snapshot, question: SubgraphQuestion) -> Subgraph:
    """The named actors in their order, each once, and the relations among them.

    Raises: UnknownActor.
    """
    numbers = list(dict.fromkeys(known_actor(snapshot, actor) for actor in question.actors))
    relations, undated = np.empty(0, np.int64), 0
    if question.between:
        named = np.sort(np.array(numbers, np.int64))
        relations = relations_among(snapshot, question.filter, named)
        undated = undated_among(snapshot, question.filter, named)
    return Subgraph(
        actors=actors_under(snapshot, question.filter, numbers),
        relations=relations_under(snapshot, question.filter, relations),
        meta=Meta(undated=undated, notes=too_few_sources(snapshot, question.filter)),
    )


def relations_among(snapshot: Snapshot, filter_: Filter, named: Longs) -> Longs:
    """The relations among some actors, in whichever direction."""
    near = relations_of(snapshot, replace(filter_, direction="any"), named)
    index, inside = snapshot.relations, mask_of(len(snapshot.actors), named)
    return near[inside[index.subject[near]] & inside[index.object[near]]]


def undated_among(snapshot: Snapshot, filter_: Filter, named: Longs) -> int:
    """How many claims among some actors are left out only because they have no date."""
    return undated_of(snapshot, replace(filter_, direction="any"), named, among=True)
