"""What changed between two days among actors that are named one by one: every relation has its place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.projection.index import Bools, mask_of
from graph.projection.snapshot import Snapshot
from graph.questions.actors import undated_of
from graph.questions.among import AmongMeta
from graph.questions.changes import ChangesQuestion, actors_there, newly_contested, relations_there
from graph.questions.names import known_actor
from graph.questions.summaries import name_of_relation


@dataclass(frozen=True, slots=True)
class ChangesAmong:
    """Ids of the actors that are new, and of the relations among the actors named that are new, ended, newly
    contested, or there at both dates and none of these. A relation in no list was at neither date."""

    since: str
    until: str
    actors: tuple[str, ...]
    relations: tuple[str, ...]
    ended: tuple[str, ...]
    became_contested: tuple[str, ...]
    unchanged: tuple[str, ...]
    meta: AmongMeta


def changes_among(snapshot: Snapshot, question: ChangesQuestion, actors: tuple[str, ...]) -> ChangesAmong:
    """What `changes` says between two days of these actors and of the relations among them.

    An actor is new by all its claims, also those with actors that are not named. Ids come in ascending order.

    Raises: UnknownActor.
    """
    numbers = np.unique([known_actor(snapshot, actor) for actor in actors])
    snapshot.need(numbers)
    inside, index = mask_of(len(snapshot.actors), numbers), snapshot.relations
    among = inside[index.subject] & inside[index.object]
    (then, now), (held_then, held_now) = question.begun, question.held
    there = relations_there(snapshot, now)
    contested = newly_contested(snapshot, question) & there
    holding = relations_there(snapshot, held_then), relations_there(snapshot, held_now)

    def named(mask: Bools) -> tuple[str, ...]:
        return tuple(sorted(name_of_relation(snapshot, n) for n in np.flatnonzero(mask & among).tolist()))

    new_actors = actors_there(snapshot, now) & ~actors_there(snapshot, then) & inside
    return ChangesAmong(
        since=question.since,
        until=question.until,
        actors=tuple(sorted(snapshot.actors[n].id for n in np.flatnonzero(new_actors).tolist())),
        relations=named(there & ~relations_there(snapshot, then)),
        ended=named(holding[0] & ~holding[1]),
        became_contested=named(contested),
        unchanged=named(holding[0] & holding[1] & ~contested),
        meta=AmongMeta(undated=undated_of(snapshot, now, numbers, among=True)),
    )
