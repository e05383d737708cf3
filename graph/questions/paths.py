"""How two actors are connected: the k shortest simple paths under a filter, each readable as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import numpy as np

from graph.errors import InvalidQuestion
from graph.filters import Filter
from graph.model import Hop, Path, Relation, Subgraph
from graph.projection.index import Longs, gather
from graph.projection.selection import select
from graph.projection.snapshot import Snapshot
from graph.projection.ties import degrees, support, ties
from graph.questions.actors import undated_of
from graph.questions.names import known_actor
from graph.questions.shortest import FoundPath, Terrain, k_shortest
from graph.questions.summaries import actors_under, relations_under


@dataclass(frozen=True, slots=True)
class PathQuestion:
    """Ids of the actors to start from and to reach, how many paths, and how long they may be."""

    starts: tuple[str, ...]
    ends: tuple[str, ...]
    k: int = 5
    max_hops: int = 6
    filter: Filter = field(default_factory=Filter)


@dataclass(frozen=True, slots=True)
class PathMeta:
    """What the answer left out; `blocked_by` stays None until constraints are lifted one by one."""

    truncated: bool = False
    limit: int = 0
    more_of_same_length: bool = False
    blocked_by: None = None
    undated: int = 0
    elapsed_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """Paths, best first, and the subgraph that holds their actors and relations."""

    paths: tuple[Path, ...]
    graph: Subgraph
    meta: PathMeta


def paths(snapshot: Snapshot, question: PathQuestion, *, deadline: float | None = None) -> PathAnswer:
    """The `k` shortest simple paths between the named actors; order and ties as `shortest` defines them.

    `deadline` is a time of `time.monotonic()`.

    Raises: UnknownActor; InvalidQuestion when an actor is both start and end; QuestionTimeout.
    """
    starts = _numbers(snapshot, question.starts)
    ends = _numbers(snapshot, question.ends)
    if np.intersect1d(starts, ends).size:
        raise InvalidQuestion.one("to", "start and end are the same actor; name two different ones")
    named = np.concatenate([starts, ends])
    terrain = _terrain(snapshot, question, starts, ends, deadline)
    found, more = k_shortest(terrain, question.k, question.max_hops)
    hops = _Hops(snapshot, question.filter, found)
    on_paths = list(dict.fromkeys(number for path in found for number in path.actors))
    graph = Subgraph(
        actors=actors_under(snapshot, question.filter, on_paths),
        relations=hops.relations,
    )
    meta = PathMeta(
        truncated=more,
        limit=question.k,
        more_of_same_length=more,
        undated=undated_of(snapshot, replace(question.filter, direction="any"), named),
    )
    return PathAnswer(tuple(_path(snapshot, path, hops) for path in found), graph, meta)


def _numbers(snapshot: Snapshot, actors: tuple[str, ...]) -> Longs:
    return np.unique(np.array([known_actor(snapshot, actor) for actor in actors], np.int64))


def _terrain(
    snapshot: Snapshot, question: PathQuestion, starts: Longs, ends: Longs, deadline: float | None
) -> Terrain:
    toll = degrees(snapshot, question.filter).astype(np.int64)
    toll[ends] = 0
    return Terrain(
        walk=ties(snapshot, question.filter, np.concatenate([starts, ends])),
        toll=toll,
        support=support(snapshot, question.filter),
        slot_back=snapshot.relations.slot_back,
        starts=starts,
        ends=ends,
        deadline=deadline,
    )


class _Hops:
    """The relations of every step of the found paths, looked up once."""

    def __init__(self, snapshot: Snapshot, filter_: Filter, found: list[FoundPath]) -> None:
        steps = {step for path in found for step in pairwise(path.actors)}
        self._numbers = {step: _relations_between(snapshot, filter_, *step) for step in steps}
        every = np.unique(np.concatenate([np.empty(0, np.int64), *self._numbers.values()]))
        self.relations = relations_under(snapshot, filter_, every)
        self._by_number = dict(zip(every.tolist(), self.relations, strict=True))

    def of(self, step: tuple[int, int]) -> list[Relation]:
        """Relations of a step, best supported first."""
        relations = [self._by_number[n] for n in self._numbers[step].tolist()]
        return sorted(relations, key=_strength)


def _strength(relation: Relation) -> tuple[Any, ...]:
    asserted = relation.statuses.get("asserted", 0) > 0
    return (not asserted, relation.contested, -relation.source_count, -relation.claim_count, relation.id)


def _relations_between(snapshot: Snapshot, filter_: Filter, start: int, end: int) -> Longs:
    """Selected positive relations that lead from one actor to the other."""
    index, selection = snapshot.relations, select(snapshot, filter_)
    near = index.touching[gather(index.touch_start, np.array([start]))[0]]
    near = near[selection.relations[near] & ~snapshot.denial[index.type[near]]]
    outward = (index.subject[near] == start) & (index.object[near] == end)
    inward = (index.subject[near] == end) & (index.object[near] == start)
    if filter_.direction != "any":
        symmetric = snapshot.symmetric[index.type[near]]
        if filter_.direction == "out":
            inward &= symmetric
        else:
            outward &= symmetric
    found: Longs = near[outward | inward]
    return found


def _path(snapshot: Snapshot, found: FoundPath, hops: _Hops) -> Path:
    names = [snapshot.actors[n].id for n in found.actors]
    steps = list(pairwise(found.actors))
    relations = [hops.of(step) for step in steps]
    return Path(
        length=len(steps),
        actors=tuple(names),
        hops=tuple(
            Hop(snapshot.actors[a].id, snapshot.actors[b].id, tuple(r.id for r in of_step))
            for (a, b), of_step in zip(steps, relations, strict=True)
        ),
        score=_score(found, relations),
        text=" ".join(_sentence(snapshot, of_step) for of_step in relations),
    )


def _score(found: FoundPath, relations: list[list[Relation]]) -> Mapping[str, Any]:
    return {
        "rank": "shortest",
        "neighbours": found.neighbours,
        "claims": sum(r.claim_count for of_step in relations for r in of_step),
    }


def _sentence(snapshot: Snapshot, relations: list[Relation]) -> str:
    """One sentence for a hop: its best supported relation, with its date and what else joins the two."""
    best = relations[0]
    subject, object_ = (snapshot.actors[snapshot.index[a]].name for a in (best.subject, best.object))
    sentence = snapshot.vocabulary.sentence(best.type, subject, object_).removesuffix(".")
    notes = [_when(best)]
    if not best.statuses.get("asserted"):
        notes.append("alleged" if best.statuses.get("alleged") else next(iter(best.statuses)))
    if best.contested:
        notes.append("contested")
    others = sum(r.claim_count for r in relations) - 1
    if others:
        notes.append(f"and {others} more claim{'s' if others > 1 else ''}")
    noted = ", ".join(note for note in notes if note)
    return f"{sentence} ({noted})." if noted else f"{sentence}."


def _when(relation: Relation) -> str:
    if relation.first_date is None:
        return ""
    if relation.last_date in (None, relation.first_date):
        return relation.first_date
    return f"{relation.first_date} to {relation.last_date}"
