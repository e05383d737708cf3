"""How two actors are connected: the k best simple paths under a filter, each readable as text, or why there
are none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from graph.filters import Filter
from graph.model import Hop, Note, Path, Relation, Skipped, Subgraph
from graph.projection.index import Longs, gather
from graph.projection.selection import select
from graph.projection.snapshot import Snapshot
from graph.questions.actors import undated_of
from graph.questions.blocked import Blocked, blocked_by
from graph.questions.narrative import Evidence, evidence_of, sentence, weakest
from graph.questions.pathquestion import Named, PathQuestion, find, named
from graph.questions.scores import score_of
from graph.questions.skipped import skipped_between
from graph.questions.summaries import actors_under, claims_of, relations_under
from graph.questions.terrain import FoundPath
from graph.questions.unconnected import unconnected

__all__ = ["PathAnswer", "PathMeta", "PathQuestion", "paths"]


@dataclass(frozen=True, slots=True)
class PathMeta:
    """What the answer left out, and why nothing was found where nothing was.

    `blocked_by` names the constraints without which there are paths (None: paths were found). `shortest` is
    the length of the shortest path where it is longer than asked for. `skipped` names the first of the
    `skipped_actors` that were not passed because of `max_degree`. `reason` says why the answer is
    incomplete where a limit of the service cut it (`corridor_limit`).
    """

    truncated: bool = False
    limit: int = 0
    more_of_same_length: bool = False
    blocked_by: tuple[Blocked, ...] | None = None
    shortest: int | None = None
    skipped: tuple[Skipped, ...] = ()
    skipped_actors: int = 0
    notes: tuple[Note, ...] = ()
    undated: int = 0
    reason: str | None = None
    elapsed_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """Paths, best first, and the subgraph that holds their actors and relations."""

    paths: tuple[Path, ...]
    graph: Subgraph
    meta: PathMeta


def paths(snapshot: Snapshot, question: PathQuestion, *, deadline: float | None = None) -> PathAnswer:
    """The `k` best simple paths between the named actors by the rank of the question (`ranks`); ties as
    `search` orders them.

    `deadline` is a time of `time.monotonic()`.

    Raises: UnknownActor; InvalidQuestion when the question contradicts itself; QuestionTimeout.
    """
    actors = named(snapshot, question)
    known = list(find(snapshot, question, actors, deadline))
    found, filter_ = known[: question.k], question.claims_filter
    meta = _meta(snapshot, question, actors)
    if found:
        more = known[question.k :]
        same = any(len(path.actors) == len(found[-1].actors) for path in more)
        meta = replace(meta, truncated=bool(more), more_of_same_length=same)
    else:
        why = unconnected(snapshot, question, actors, deadline)
        blocked = blocked_by(snapshot, question, actors, deadline)
        meta = replace(meta, blocked_by=blocked, shortest=why.shortest, notes=(*why.notes, *meta.notes))
    hops = _Hops(snapshot, filter_, found)
    on_paths = list(dict.fromkeys(number for path in found for number in path.actors))
    graph = Subgraph(actors=actors_under(snapshot, filter_, on_paths), relations=hops.relations)
    return PathAnswer(tuple(_path(snapshot, question, path, hops) for path in found), graph, meta)


def _meta(snapshot: Snapshot, question: PathQuestion, actors: Named) -> PathMeta:
    ends = np.concatenate([actors.starts, actors.ends])
    skipped, count = skipped_between(snapshot, question, actors)
    return PathMeta(
        limit=question.k,
        skipped=skipped,
        skipped_actors=count,
        notes=_notes(snapshot, question),
        undated=undated_of(snapshot, replace(question.claims_filter, direction="any"), ends),
    )


def _notes(snapshot: Snapshot, question: PathQuestion) -> tuple[Note, ...]:
    if not snapshot.single_source:
        return ()
    if question.filter.min_sources > 1:
        text = f"the graph has one source, so no relation has {question.filter.min_sources}"
        return (Note("single_source", text),)
    if question.rank == "strongest":
        return (Note("single_source", "the graph has one source, so claims and voices decide"),)
    return ()


class _Hops:
    """The relations and claims of every step of the found paths, looked up once."""

    def __init__(self, snapshot: Snapshot, filter_: Filter, found: list[FoundPath]) -> None:
        steps = {step for path in found for step in pairwise(path.actors)}
        self._numbers = {step: _relations_between(snapshot, filter_, *step) for step in steps}
        every = np.unique(np.concatenate([np.empty(0, np.int64), *self._numbers.values()]))
        self.relations = relations_under(snapshot, filter_, every)
        self._by_number = dict(zip(every.tolist(), self.relations, strict=True))
        self._evidence = {
            step: evidence_of(snapshot, claims_of(snapshot, filter_, numbers)[0])
            for step, numbers in self._numbers.items()
        }

    def of(self, step: tuple[int, int]) -> list[Relation]:
        """Relations of a step, best supported first."""
        relations = [self._by_number[n] for n in self._numbers[step].tolist()]
        return sorted(relations, key=_strength)

    def evidence(self, step: tuple[int, int]) -> Evidence:
        """Claims of a step, the leading one first."""
        return self._evidence[step]


def _strength(relation: Relation) -> tuple[Any, ...]:
    asserted = relation.statuses.get("asserted", 0) > 0
    return (not asserted, relation.contested, -relation.source_count, -relation.claim_count, relation.id)


def _relations_between(snapshot: Snapshot, filter_: Filter, start: int, end: int) -> Longs:
    """Selected positive relations that lead from one actor to the other."""
    index, selection = snapshot.relations, select(snapshot, filter_)
    near = index.touching[gather(index.touch_start, np.array([start]))[0]]
    near = near[~snapshot.denial[index.type[near]]]
    outward = (index.subject[near] == start) & (index.object[near] == end)
    inward = (index.subject[near] == end) & (index.object[near] == start)
    if filter_.direction != "any":
        symmetric = snapshot.symmetric[index.type[near]]
        if filter_.direction == "out":
            inward &= symmetric
        else:
            outward &= symmetric
    found: Longs = near[outward | inward]
    return found[selection.passing.relations_at(found)]


def _path(snapshot: Snapshot, question: PathQuestion, found: FoundPath, hops: _Hops) -> Path:
    names = [snapshot.actors[n].id for n in found.actors]
    steps = list(pairwise(found.actors))
    relations, evidence = [hops.of(step) for step in steps], [hops.evidence(step) for step in steps]
    sentences = [
        sentence(snapshot, hop, step, number)
        for number, (step, hop) in enumerate(zip(steps, evidence, strict=True), start=1)
    ]
    return Path(
        length=len(steps),
        actors=tuple(names),
        hops=tuple(
            Hop(snapshot.actors[a].id, snapshot.actors[b].id, tuple(r.id for r in of_step))
            for (a, b), of_step in zip(steps, relations, strict=True)
        ),
        score=score_of(snapshot, question, found, relations),
        text=" ".join(one.text for one in sentences),
        sentences=tuple(sentences),
        weakest=weakest(snapshot, evidence),
    )
