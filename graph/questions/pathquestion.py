"""A question for paths, checked, and the search that answers it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

import numpy as np

from graph.errors import InvalidQuestion
from graph.filters import Filter
from graph.projection.index import Longs
from graph.projection.snapshot import Snapshot
from graph.projection.ties import degrees, ties
from graph.questions.chronology import Chronology
from graph.questions.names import known_actor
from graph.questions.ranks import Rank, costs_of
from graph.questions.search import k_best, k_shortest
from graph.questions.terrain import MOST_VIA, Costs, FoundPath, Terrain


@dataclass(frozen=True, slots=True)
class PathQuestion:
    """Ids of the actors to start from, to reach and to pass, how many paths, how long they may be, and which
    come first."""

    starts: tuple[str, ...]
    ends: tuple[str, ...]
    k: int = 5
    max_hops: int = 6
    filter: Filter = field(default_factory=Filter)
    rank: Rank = "shortest"
    via: tuple[str, ...] = ()
    claims_filter: Filter = field(init=False, repr=False, compare=False)
    """Which claims may be walked: the order of time of a chronological question needs dates."""

    def __post_init__(self) -> None:
        walked = replace(self.filter, max_degree=None, ordered=self.rank == "chronological")
        object.__setattr__(self, "claims_filter", walked)


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """Numbers of the actors that a question names, each list in order of id."""

    starts: Longs
    ends: Longs
    via: tuple[int, ...]

    @property
    def everybody(self) -> Longs:
        """All of them."""
        return np.concatenate([self.starts, self.ends, np.array(self.via, np.int64)])


def named(snapshot: Snapshot, question: PathQuestion) -> Named:
    """The actors of a question.

    Raises: UnknownActor; InvalidQuestion when the question contradicts itself.
    """
    starts, ends = (_numbers(snapshot, ids) for ids in (question.starts, question.ends))
    via = tuple(_numbers(snapshot, question.via).tolist())
    avoided = {snapshot.index.get(id) for id in question.filter.avoid}
    if np.intersect1d(starts, ends).size:
        raise InvalidQuestion.one("to", "start and end are the same actor; name two different ones")
    if {*starts.tolist(), *ends.tolist()} & {*via}:
        raise InvalidQuestion.one("via", "names an end of the path; name actors between the ends")
    if {*via} & avoided:
        raise InvalidQuestion.one("via", "names an actor that avoid names too; leave out one of them")
    most = min(MOST_VIA, question.max_hops - 1)
    if len(via) > most:
        raise InvalidQuestion.one(
            "via", f"names {len(via)} actors; a path of {question.max_hops} hops can be told to pass {most}"
        )
    return Named(starts, ends, via)


def find(
    snapshot: Snapshot, question: PathQuestion, actors: Named, deadline: float | None
) -> Iterator[FoundPath]:
    """The `k` best paths of a question and one more, if there is one; where the length decides first, only
    if it is as long as the last.

    Raises: QuestionTimeout.
    """
    search = k_shortest if question.rank in ("shortest", "chronological") else k_best
    return search(terrain_of(snapshot, question, actors, deadline), question.k, question.max_hops)


def count(snapshot: Snapshot, question: PathQuestion, actors: Named, deadline: float | None) -> int:
    """How many paths answer a question, at most its `k`; which ones come first does not matter for that.

    Raises: QuestionTimeout.
    """
    terrain = replace(terrain_of(snapshot, question, actors, deadline), costs=Costs.none())
    return sum(1 for _ in islice(k_shortest(terrain, question.k, question.max_hops), question.k))


def terrain_of(
    snapshot: Snapshot, question: PathQuestion, actors: Named, deadline: float | None = None
) -> Terrain:
    """Where the paths of a question may go, and what they cost."""
    filter_ = question.claims_filter
    walk = ties(snapshot, filter_, actors.everybody)
    if question.filter.max_degree is not None:
        light = degrees(snapshot, filter_) <= question.filter.max_degree
        light[actors.everybody] = True
        walk = walk.within(light)
    ends = np.concatenate([actors.starts, actors.ends])
    return Terrain(
        walk=walk,
        slot_back=snapshot.relations.slot_back,
        starts=actors.starts,
        ends=actors.ends,
        via=actors.via,
        size=len(snapshot.actors),
        costs=costs_of(snapshot, filter_, question.rank, ends),
        order=Chronology(snapshot, filter_) if question.rank == "chronological" else None,
        need=snapshot.need,
        deadline=deadline,
    )


def _numbers(snapshot: Snapshot, actors: Iterable[str]) -> Longs:
    return np.array(sorted({known_actor(snapshot, actor) for actor in actors}), np.int64)
