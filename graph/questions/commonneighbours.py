"""Whom several actors have in common: everybody who is tied to each of them, best supported first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from graph.dates import text_of
from graph.filters import Filter
from graph.model import Note, Skipped, Subgraph
from graph.projection.columns import NO_DAY
from graph.projection.index import Bools, Longs, distinct
from graph.projection.snapshot import Snapshot
from graph.projection.ties import degrees_of, last_days
from graph.questions.actors import relations_of, undated_of
from graph.questions.group import by_ends, group_of, places
from graph.questions.notes import too_few_sources
from graph.questions.skipped import named_skipped
from graph.questions.summaries import actors_under, claims_of, different_sources, relations_under


@dataclass(frozen=True, slots=True)
class CommonNeighboursQuestion:
    """Ids of the actors; `limit` counts common neighbours, `between` adds the relations among them."""

    actors: tuple[str, ...]
    filter: Filter = field(default_factory=Filter)
    limit: int = 100
    between: bool = False


@dataclass(frozen=True, slots=True)
class CommonTie:
    """The ids of the relations that tie a common neighbour to one of the named actors, best supported
    first."""

    actor: str
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommonNeighbour:
    """An actor that is tied to every one of the named actors, with a tie for each in the order asked.

    What the order rests on: the number of different `sources` and of `claims` of all these ties together, and
    their `last_day` (None: undated).
    """

    id: str
    sources: int
    claims: int
    last_day: str | None
    ties: tuple[CommonTie, ...]


@dataclass(frozen=True, slots=True)
class CommonMeta:
    """How many common neighbours there are in `total`, and what the answer left out.

    `skipped` names the first of the `skipped_actors` that have more neighbours than `max_degree` allows; they
    are not in the total.
    """

    limit: int
    total: int = 0
    truncated: bool = False
    omitted_actors: int = 0
    skipped: tuple[Skipped, ...] = ()
    skipped_actors: int = 0
    notes: tuple[Note, ...] = ()
    undated: int = 0
    elapsed_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class CommonAnswer:
    """The named actors in the order asked, their common neighbours, best first, and the subgraph of both."""

    actors: tuple[str, ...]
    common: tuple[CommonNeighbour, ...]
    graph: Subgraph
    meta: CommonMeta


def common_neighbours(snapshot: Snapshot, question: CommonNeighboursQuestion) -> CommonAnswer:
    """The actors that are tied to each of the named ones under a filter: those with the most sources first,
    then most claims, then the latest day, over the ties with the named actors, then in order of id.

    `direction` is that from a named actor to the common neighbour. The subgraph holds what the filter lets
    through among the named actors and between them and the common neighbours.

    Raises: UnknownActor; InvalidQuestion when an actor is named twice, or is to be avoided.
    """
    group = group_of(snapshot, question.actors, question.filter)
    filter_ = replace(question.filter, max_degree=None)
    near = relations_of(snapshot, filter_, group)
    ties, heavy = _light(snapshot, question.filter, _shared(snapshot, group, near))
    ranked = _ranked(snapshot, filter_, ties)
    total, shown = len(ranked.actors), ranked.actors[: question.limit]
    snapshot.need(shown)
    members = np.concatenate([group, shown])
    numbers = _among(snapshot, near, members)
    if question.between:
        beside = relations_of(snapshot, replace(filter_, direction="any"), np.sort(shown))
        numbers = distinct(np.concatenate([numbers, _among(snapshot, beside, shown)]))
    actors = actors_under(snapshot, filter_, members.tolist())
    key = by_ends([actor.id for actor in actors])
    graph = Subgraph(actors, tuple(sorted(relations_under(snapshot, filter_, numbers), key=key)))
    skipped, count = named_skipped(snapshot, filter_, heavy)
    return CommonAnswer(
        actors=question.actors,
        common=_neighbours(ranked, question.actors, graph),
        graph=graph,
        meta=CommonMeta(
            limit=question.limit,
            total=total,
            truncated=total > len(shown),
            omitted_actors=total - len(shown),
            skipped=skipped,
            skipped_actors=count,
            notes=too_few_sources(snapshot, filter_),
            undated=undated_of(snapshot, replace(filter_, direction="any"), group),
        ),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Ties:
    """Relations that tie a named actor to a common neighbour, the `far` end."""

    relations: Longs
    far: Longs

    def taking(self, rows: Bools) -> _Ties:
        """Some of the rows."""
        return _Ties(self.relations[rows], self.far[rows])


def _shared(snapshot: Snapshot, group: Longs, near: Longs) -> _Ties:
    """The ties of the group's relations `near` whose far end is tied to everybody in it."""
    index, place, size = snapshot.relations, places(snapshot, group), len(group)
    relations = near[~snapshot.denial[index.type[near]]]
    outward = place[index.subject[relations]] >= 0
    far = np.where(outward, index.object[relations], index.subject[relations]).astype(np.int64)
    named = place[np.where(outward, index.subject[relations], index.object[relations])]
    outside = place[far] < 0
    pairs = distinct(far[outside] * size + named[outside])
    tied_to = np.bincount(pairs // size, minlength=len(place))
    return _Ties(relations, far).taking(outside & (tied_to[far] == size))


def _light(snapshot: Snapshot, filter_: Filter, ties: _Ties) -> tuple[_Ties, Longs]:
    """The ties of common neighbours that may be shown, and those with more neighbours than `max_degree`."""
    if filter_.max_degree is None:
        return ties, ties.far[:0]
    snapshot.need(distinct(ties.far))
    over = degrees_of(snapshot, replace(filter_, max_degree=None), ties.far) > filter_.max_degree
    return ties.taking(~over), distinct(ties.far[over])


@dataclass(frozen=True, slots=True, eq=False)
class _Ranked:
    """Common neighbours, best first, and what the order rests on."""

    actors: Longs
    sources: Longs
    claims: Longs
    latest: Longs


def _ranked(snapshot: Snapshot, filter_: Filter, ties: _Ties) -> _Ranked:
    actors, of = np.unique(ties.far, return_inverse=True)
    rows, at = claims_of(snapshot, filter_, ties.relations)
    group = of[at]
    sources = different_sources(snapshot, rows, group, len(actors))
    claims = np.bincount(group, minlength=len(actors))
    latest = np.full(len(actors), NO_DAY, np.int64)
    np.maximum.at(latest, group, last_days(snapshot)[rows])
    order = np.lexsort((actors, -latest, -claims, -sources))
    return _Ranked(actors[order], sources[order], claims[order], latest[order])


def _among(snapshot: Snapshot, relations: Longs, members: Longs) -> Longs:
    """Those of the relations that join two different members."""
    index = snapshot.relations
    inside = np.zeros(len(snapshot.actors), bool)
    inside[members] = True
    subject, object_ = index.subject[relations], index.object[relations]
    found: Longs = relations[inside[subject] & inside[object_] & (subject != object_)]
    return found


def _neighbours(ranked: _Ranked, named: Sequence[str], graph: Subgraph) -> tuple[CommonNeighbour, ...]:
    """The common neighbours that the graph shows, with their ties."""
    ties: dict[tuple[str, str], list[str]] = {}
    for relation in graph.relations:
        if relation.polarity == "positive":
            ties.setdefault((relation.subject, relation.object), []).append(relation.id)
            ties.setdefault((relation.object, relation.subject), []).append(relation.id)
    shown = [actor.id for actor in graph.actors[len(named) :]]
    return tuple(
        CommonNeighbour(
            id=id,
            sources=int(ranked.sources[at]),
            claims=int(ranked.claims[at]),
            last_day=_day(int(ranked.latest[at])),
            ties=tuple(CommonTie(actor, tuple(ties[actor, id])) for actor in named),
        )
        for at, id in enumerate(shown)
    )


def _day(number: int) -> str | None:
    return None if number == NO_DAY else text_of(number, "day")
