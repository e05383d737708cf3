"""How two actors are connected: the k best simple paths under a filter, each readable as text, or why there
are none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from graph.errors import CorridorLimit
from graph.filters import Filter
from graph.model import Hop, NamedActor, Note, Path, Relation, Sentence, Skipped, Subgraph
from graph.projection.index import Longs, distinct, gather
from graph.projection.selection import select
from graph.projection.snapshot import Snapshot
from graph.questions.actors import undated_of
from graph.questions.blocked import Blocked, Constraint, blocked_by, conditions
from graph.questions.conditions import actor_name
from graph.questions.narrative import Evidence, evidence_of, sentence, weakest
from graph.questions.notes import too_few_sources
from graph.questions.pathquestion import Named, PathQuestion, find, named
from graph.questions.scores import score_of
from graph.questions.skipped import skipped_between
from graph.questions.summaries import actors_under, claims_of, relations_under, strength
from graph.questions.terrain import FoundPath
from graph.questions.unconnected import unconnected

__all__ = ["PathAnswer", "PathMeta", "PathQuestion", "paths"]


@dataclass(frozen=True, slots=True)
class AskedActors:
    """The actors that a question names, as they were understood, in the order given."""

    from_: tuple[NamedActor, ...] = ()
    to: tuple[NamedActor, ...] = ()
    via: tuple[NamedActor, ...] = ()
    avoid: tuple[NamedActor, ...] = ()


@dataclass(frozen=True, slots=True)
class PathMeta:
    """What was asked, what the answer left out, and why nothing was found where nothing was.

    `conditions` is everything that restricts the question, defaults included.
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
    asked: AskedActors = field(default_factory=AskedActors)
    conditions: tuple[Constraint, ...] = ()
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

    `deadline` is a time of `time.monotonic()`. Where the graph is not in memory and the question needs more
    of it than may be fetched, the answer holds the paths that are sure to be the best and says so.

    Raises: UnknownActor; InvalidQuestion when the question contradicts itself; QuestionTimeout.
    """
    actors = named(snapshot, question)
    known: list[FoundPath] = []
    try:
        for path in find(snapshot, question, actors, deadline):
            known.append(path)
        return _answer(snapshot, question, actors, known, deadline)
    except CorridorLimit as limit:
        return _cut(snapshot, question, known[: question.k], limit)


def _cut(
    snapshot: Snapshot, question: PathQuestion, known: list[FoundPath], limit: CorridorLimit
) -> PathAnswer:
    """The paths found before the limit was met; none where their own actors are beyond it."""
    meta = PathMeta(
        truncated=True,
        limit=question.k,
        reason="corridor_limit",
        notes=(Note("corridor_limit", str(limit)),),
        asked=_asked(snapshot, question),
        conditions=conditions(snapshot, question),
    )
    try:
        return _told(snapshot, question, known, meta)
    except CorridorLimit:
        return PathAnswer((), Subgraph(), meta)


def _answer(
    snapshot: Snapshot,
    question: PathQuestion,
    actors: Named,
    known: list[FoundPath],
    deadline: float | None,
) -> PathAnswer:
    found = known[: question.k]
    meta = _meta(snapshot, question, actors)
    if found:
        more = known[question.k :]
        same = any(len(path.actors) == len(found[-1].actors) for path in more)
        meta = replace(meta, truncated=bool(more), more_of_same_length=same)
    else:
        why = unconnected(snapshot, question, actors, deadline)
        blocked = blocked_by(snapshot, question, actors, deadline)
        meta = replace(meta, blocked_by=blocked, shortest=why.shortest, notes=(*why.notes, *meta.notes))
    return _told(snapshot, question, found, meta)


def _told(snapshot: Snapshot, question: PathQuestion, found: list[FoundPath], meta: PathMeta) -> PathAnswer:
    """The answer with these paths, their relations and sentences."""
    filter_ = question.claims_filter
    on_paths = list(dict.fromkeys(number for path in found for number in path.actors))
    snapshot.need(np.array(on_paths, np.int64))
    hops = _Hops(snapshot, filter_, found)
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
        asked=_asked(snapshot, question),
        conditions=conditions(snapshot, question),
    )


def _asked(snapshot: Snapshot, question: PathQuestion) -> AskedActors:
    def of(ids: tuple[str, ...]) -> tuple[NamedActor, ...]:
        return tuple(NamedActor(id, actor_name(snapshot, id)) for id in dict.fromkeys(ids))

    return AskedActors(of(question.starts), of(question.ends), of(question.via), of(question.filter.avoid))


def _notes(snapshot: Snapshot, question: PathQuestion) -> tuple[Note, ...]:
    notes = too_few_sources(snapshot, question.filter)
    if not notes and question.rank == "strongest" and snapshot.single_source:
        return (Note("single_source", "the graph has one source, so claims and voices decide"),)
    return notes


class _Hops:
    """The relations and claims of every step of the found paths, looked up once."""

    def __init__(self, snapshot: Snapshot, filter_: Filter, found: list[FoundPath]) -> None:
        steps = {step for path in found for step in pairwise(path.actors)}
        self._numbers = {step: _relations_between(snapshot, filter_, *step) for step in steps}
        every = distinct(np.concatenate([np.empty(0, np.int64), *self._numbers.values()]))
        self.relations = relations_under(snapshot, filter_, every)
        self._by_number = dict(zip(every.tolist(), self.relations, strict=True))
        self._evidence = {
            step: evidence_of(snapshot, claims_of(snapshot, filter_, numbers)[0])
            for step, numbers in self._numbers.items()
        }
        self._snapshot = snapshot
        self._footnotes: dict[bytes, int] = {}

    def of(self, step: tuple[int, int]) -> list[Relation]:
        """Relations of a step, best supported first."""
        relations = [self._by_number[n] for n in self._numbers[step].tolist()]
        return sorted(relations, key=strength)

    def evidence(self, step: tuple[int, int]) -> Evidence:
        """Claims of a step, the leading one first."""
        return self._evidence[step]

    def sentence(self, step: tuple[int, int]) -> Sentence:
        """The step in words; steps that rest on the same claims share a footnote."""
        evidence = self._evidence[step]
        number = self._footnotes.setdefault(evidence.rows.tobytes(), len(self._footnotes) + 1)
        return sentence(self._snapshot, evidence, step, number)


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
    sentences = [hops.sentence(step) for step in steps]
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
