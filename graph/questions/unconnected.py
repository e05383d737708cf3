"""What can be said of two actors without a path: never connected, only further apart, or joined by a denial
alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from graph.model import Note
from graph.projection.index import gather
from graph.projection.selection import select
from graph.projection.snapshot import Snapshot
from graph.questions.pathquestion import Named, PathQuestion, terrain_of
from graph.questions.reach import Reach


@dataclass(frozen=True, slots=True)
class Unconnected:
    """Notes for the reader, and the length of the shortest path where it is longer than asked for."""

    notes: tuple[Note, ...]
    shortest: int | None = None


def unconnected(
    snapshot: Snapshot, question: PathQuestion, actors: Named, deadline: float | None
) -> Unconnected:
    """Why the actors are not connected, with rank, `via` and `max_degree` out of the question.

    Raises: QuestionTimeout.
    """
    plain = replace(
        question, rank="shortest", via=(), filter=replace(question.filter, max_degree=None, ordered=False)
    )
    terrain = terrain_of(snapshot, plain, replace(actors, via=()), deadline)
    shortest = Reach(terrain).shortest(terrain.size)
    denied = (
        (Note("only_denial", "what joins them directly is a denial, which is no connection"),)
        if _denied(snapshot, question, actors)
        else ()
    )
    if shortest is None:
        note = Note("no_connection", "under these conditions there is no connection of any length")
        return Unconnected((*denied, note))
    if shortest > question.max_hops:
        asked = f"{question.max_hops} hop{'s' if question.max_hops > 1 else ''}"
        text = f"none within {asked}; the shortest path has {shortest}"
        return Unconnected((*denied, Note("beyond_max_hops", text)), shortest)
    return Unconnected(denied)


def _denied(snapshot: Snapshot, question: PathQuestion, actors: Named) -> bool:
    """Whether a denial that the filter lets through joins a start and an end."""
    snapshot.need(actors.starts)
    denials = replace(question.claims_filter, polarity=("negative",), ordered=False)
    index, selection = snapshot.relations, select(snapshot, denials)
    near = index.touching[gather(index.touch_start, actors.starts)[0]]
    near = near[snapshot.denial[index.type[near]]]
    near = near[selection.passing.relations_at(near)]
    return bool((np.isin(index.subject[near], actors.ends) | np.isin(index.object[near], actors.ends)).any())
