"""Who matters in a part of the graph: the actors of a selection by one of five measures."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np

from graph.filters import Filter
from graph.model import Actor, Note, Skipped
from graph.projection.snapshot import Snapshot
from graph.questions.actors import undated_of
from graph.questions.deadline import Deadline
from graph.questions.measurement import Measure, Measurement, measured
from graph.questions.names import known_actor
from graph.questions.skipped import named_skipped
from graph.questions.summaries import actors_under
from graph.questions.tiegraph import Members, TieGraph, around, everybody, steps_among

MOST_NAMED = 5
"""Actors that stand for a community in an answer."""


@dataclass(frozen=True, slots=True)
class MeasuresQuestion:
    """What to measure, among whom, and how many actors and communities to list.

    With ids of `actors`: among them and whoever is within `depth` ties of one of them; without: among
    everybody who has a tie under the filter.
    """

    measure: Measure
    actors: tuple[str, ...] = ()
    depth: int = 1
    limit: int = 100
    filter: Filter = field(default_factory=Filter)


@dataclass(frozen=True, slots=True)
class MeasuredActor(Actor):
    """An actor with its value and its place among all that were measured: equal values share one.

    Where communities were asked for, the value is its number of ties and `community` the number of its
    community.
    """

    value: float = 0
    rank: int = 0
    community: int | None = None


@dataclass(frozen=True, slots=True)
class Community:
    """A community by its number: how many actors it has, how many ties among them, and the `members` with the
    most ties."""

    number: int
    actors: int
    ties: int
    members: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class MeasuredSize:
    """How many actors were measured, and how many ties there are among them."""

    actors: int
    ties: int


@dataclass(frozen=True, slots=True)
class MeasuresMeta:
    """What the answer left out and how long it took (milliseconds).

    `skipped` names the first of the `skipped_actors` that were not walked on because of `max_degree`.
    """

    truncated: bool = False
    omitted_actors: int = 0
    omitted_communities: int = 0
    limit: int = 0
    undated: int = 0
    skipped: tuple[Skipped, ...] = ()
    skipped_actors: int = 0
    notes: tuple[Note, ...] = ()
    elapsed_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class MeasuresAnswer:
    """Actors, highest value first; `communities`, largest first, and `modularity` only where those were asked
    for (None also where there is no tie)."""

    measure: Measure
    actors: tuple[MeasuredActor, ...]
    communities: tuple[Community, ...]
    modularity: float | None
    selection: MeasuredSize
    meta: MeasuresMeta


def measures(
    snapshot: Snapshot, question: MeasuresQuestion, *, deadline: float | None = None
) -> MeasuresAnswer:
    """The measure of everybody in the selection, on the ties among them: one for each two actors with a
    positive relation. Equal values come in order of id.

    `deadline` is a time of `time.monotonic()`.

    Raises: UnknownActor; InvalidQuestion when the selection is too large for the measure; QuestionTimeout.
    """
    named = np.unique(np.array([known_actor(snapshot, actor) for actor in question.actors], np.int64))
    filter_ = question.filter
    members = around(snapshot, filter_, named, question.depth) if len(named) else everybody(snapshot, filter_)
    limit = Deadline(
        deadline, "the measure took longer than it may; narrow the selection by a filter, or name actors"
    )
    found = snapshot.kept(
        f"{question.measure} {[(number, question.depth) for number in named.tolist()]}",
        filter_,
        lambda: measured(snapshot, filter_, question.measure, members, limit),
    )
    graph = steps_among(snapshot, filter_, members, "any")
    communities = _communities(snapshot, question, members, graph, found)
    actors = _actors(snapshot, question, members, found)
    return MeasuresAnswer(
        measure=question.measure,
        actors=actors,
        communities=communities,
        modularity=found.modularity,
        selection=MeasuredSize(graph.size, graph.ties),
        meta=_meta(snapshot, question, members, (len(actors), len(communities)), found),
    )


def _actors(
    snapshot: Snapshot, question: MeasuresQuestion, members: Members, found: Measurement
) -> tuple[MeasuredActor, ...]:
    order = np.argsort(-found.value, kind="stable")
    listed, falling = order[: question.limit], -found.value[order]
    ranks = np.searchsorted(falling, -found.value[listed]) + 1
    numbers = [None] * len(listed) if found.community is None else (found.community[listed] + 1).tolist()
    counted = actors_under(snapshot, question.filter, members.actors[listed].tolist())
    rows = zip(counted, found.value[listed].tolist(), ranks.tolist(), numbers, strict=True)
    return tuple(
        MeasuredActor(**_fields(actor), value=value, rank=rank, community=community)
        for actor, value, rank, community in rows
    )


def _communities(
    snapshot: Snapshot, question: MeasuresQuestion, members: Members, graph: TieGraph, found: Measurement
) -> tuple[Community, ...]:
    of = found.community
    if of is None:
        return ()
    sizes = np.bincount(of)[: question.limit]
    inside = of[graph.origin] == of[graph.to]
    ties = np.bincount(of[graph.origin[inside]], minlength=len(sizes)) // 2
    order = np.lexsort((-found.value, of))
    first = np.cumsum(sizes) - sizes
    named = [order[at : at + min(size, MOST_NAMED)] for at, size in zip(first, sizes, strict=True)]
    numbers = members.actors[np.concatenate([*named, order[:0]])].tolist()
    actors = iter(actors_under(snapshot, question.filter, numbers))
    return tuple(
        Community(number, size, inner, tuple(next(actors) for _ in some))
        for number, (size, inner, some) in enumerate(
            zip(sizes.tolist(), ties[: len(sizes)].tolist(), named, strict=True), start=1
        )
    )


def _meta(
    snapshot: Snapshot,
    question: MeasuresQuestion,
    members: Members,
    shown: tuple[int, int],
    found: Measurement,
) -> MeasuresMeta:
    count = 0 if found.community is None else int(found.community.max(initial=-1)) + 1
    omitted = len(members.actors) - shown[0], count - shown[1]
    skipped, skipped_actors = named_skipped(snapshot, question.filter, members.heavy)
    return MeasuresMeta(
        truncated=any(omitted),
        omitted_actors=omitted[0],
        omitted_communities=omitted[1],
        limit=question.limit,
        undated=_undated(snapshot, question.filter, members),
        skipped=skipped,
        skipped_actors=skipped_actors,
        notes=_notes(question),
    )


def _undated(snapshot: Snapshot, filter_: Filter, members: Members) -> int:
    """Claims without a date that would have been a tie, or part of one, of an actor walked on or between two
    of the others."""
    undirected = replace(filter_, direction="any")
    others = np.setdiff1d(members.actors, members.walked)
    return undated_of(snapshot, undirected, members.walked) + undated_of(
        snapshot, undirected, others, among=True
    )


def _notes(question: MeasuresQuestion) -> tuple[Note, ...]:
    if question.filter.max_degree is None or question.actors:
        return ()
    text = "max_degree says whom not to walk on from the actors named; without actor it has no effect"
    return (Note("max_degree_unused", text),)


def _fields(actor: Actor) -> dict[str, Any]:
    return {each.name: getattr(actor, each.name) for each in fields(Actor)}
