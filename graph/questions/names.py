"""From a name as people write it to the one actor it means, or to a clear refusal."""

from __future__ import annotations

from graph.errors import AmbiguousActor, Candidate, UnknownActor
from graph.projection.snapshot import Snapshot


def resolve_actor(snapshot: Snapshot, text: str, parameter: str) -> int:
    """Number of the actor that an id or name means.

    An id wins over a name, an exact name over an alias, an alias over a folded name.

    Raises: UnknownActor with the three nearest names; AmbiguousActor naming `parameter` and the candidates.
    """
    if text in snapshot.index:
        return snapshot.index[text]
    fitting = snapshot.names.resolve(text)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise AmbiguousActor(parameter, text, candidates(snapshot, fitting))
    raise unknown_actor(snapshot, text)


def known_actor(snapshot: Snapshot, actor_id: str) -> int:
    """Number of the actor with this id.

    Raises: UnknownActor with the three nearest names.
    """
    number = snapshot.index.get(actor_id)
    if number is None:
        raise unknown_actor(snapshot, actor_id)
    return number


def unknown_actor(snapshot: Snapshot, text: str) -> UnknownActor:
    """The error that names the three nearest actors."""
    return UnknownActor(text, candidates(snapshot, snapshot.names.nearest(text, 3)))


def candidates(snapshot: Snapshot, numbers: tuple[int, ...]) -> list[Candidate]:
    """Ids and names of actors."""
    return [Candidate(snapshot.actors[n].id, snapshot.actors[n].name) for n in numbers]
