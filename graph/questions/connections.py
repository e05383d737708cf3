"""Who of a group is connected to whom: every pair of its actors with what is on record between the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Literal

import numpy as np

from graph.filters import Filter
from graph.model import NOT_PREFIX, Meta, Relation, Subgraph
from graph.projection.index import Longs
from graph.projection.snapshot import Snapshot
from graph.questions.actors import relations_of, undated_of
from graph.questions.group import by_ends, group_of, places
from graph.questions.intermediaries import Intermediary, intermediaries
from graph.questions.notes import too_few_sources
from graph.questions.skipped import named_skipped
from graph.questions.summaries import actors_under, claims_of, different_sources, relations_under

By = Literal["all", "family", "type"]
RecordState = Literal["tied", "contested", "denied"]
State = Literal["tied", "contested", "denied", "only_through", "no_record"]
Places = tuple[int, int]
"""A pair by the places of its actors in the group, the smaller first."""


@dataclass(frozen=True, slots=True)
class ConnectionsQuestion:
    """Ids of the actors in the order of the matrix, and by what the record of a pair is split."""

    actors: tuple[str, ...]
    filter: Filter = field(default_factory=Filter)
    by: By = "all"


@dataclass(frozen=True, slots=True)
class PartialRecord:
    """What is on record between two actors in one family or type, whose `name` it has; a denial belongs to
    the type that it denies.

    Otherwise the same as of the whole `Pair`.
    """

    name: str
    state: RecordState
    relations: tuple[str, ...]
    claims: int
    sources: int
    denials: int
    denying_sources: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors of a group, `from` named before `to`, and what is on record between them.

    `state` is `contested` where one of the relations is both claimed and denied, else `tied` where a positive
    claim joins the two, else `denied`; without any record `only_through` where the two have a common
    neighbour, else `no_record`. `relations`: ties before denials, the best supported first. `claims` and
    `sources` count what ties the two, `denials` and `denying_sources` what denies it. `through` comes with
    `only_through`; `by`, where the question splits the record, has most claims first.
    """

    from_: str
    to: str
    state: State
    relations: tuple[str, ...] = ()
    claims: int = 0
    sources: int = 0
    denials: int = 0
    denying_sources: int = 0
    through: Intermediary | None = None
    by: tuple[PartialRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ConnectionsAnswer:
    """The actors of a group in the order asked, every pair of them, row by row, and the subgraph of their
    direct relations, denials included."""

    actors: tuple[str, ...]
    pairs: tuple[Pair, ...]
    graph: Subgraph
    meta: Meta


def connections(snapshot: Snapshot, question: ConnectionsQuestion) -> ConnectionsAnswer:
    """What is on record between each two of the named actors under a filter.

    `direction` is that from the actor named first to the other one. Where nothing is on record, the middle of
    the best path of two hops is named, as `paths` finds it under the same filter.

    Raises: UnknownActor; InvalidQuestion when an actor is named twice, or is to be avoided.
    """
    group, ids = group_of(snapshot, question.actors, question.filter), question.actors
    filter_ = replace(question.filter, max_degree=None)
    direct = _direct(snapshot, filter_, group)
    whole = _records(snapshot, filter_, direct, "all")
    parts = {} if question.by == "all" else _records(snapshot, filter_, direct, question.by)
    without = np.triu(np.ones((len(group), len(group)), bool), k=1)
    for pair in whole:
        without[pair] = False
    middle = intermediaries(snapshot, question.filter, group, without)
    skipped, count = named_skipped(snapshot, filter_, middle.heavy)
    pairs = []
    for pair in combinations(range(len(group)), 2):
        ends = ids[pair[0]], ids[pair[1]]
        if pair in whole:
            pairs.append(_on_record(ends, whole[pair][0], tuple(parts.get(pair, ()))))
        else:
            pairs.append(_without_record(ends, middle.best.get(pair)))
    return ConnectionsAnswer(
        actors=ids,
        pairs=tuple(pairs),
        graph=Subgraph(actors_under(snapshot, filter_, group.tolist()), direct.relations),
        meta=Meta(
            undated=undated_of(snapshot, replace(filter_, direction="any"), group),
            skipped=skipped,
            skipped_actors=count,
            notes=too_few_sources(snapshot, filter_),
        ),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Direct:
    """Relations between actors of a group: their numbers, what they are, and the pair that each joins."""

    numbers: Longs
    relations: tuple[Relation, ...]
    pairs: tuple[Places, ...]


def _direct(snapshot: Snapshot, filter_: Filter, group: Longs) -> _Direct:
    """The relations that the filter lets through, in order of their pairs."""
    index, place = snapshot.relations, places(snapshot, group)
    near = relations_of(snapshot, replace(filter_, direction="any"), group)
    subject, object_ = place[index.subject[near]], place[index.object[near]]
    ok = (subject >= 0) & (object_ >= 0) & (subject != object_)
    if filter_.direction != "any":
        along = (subject < object_) == (filter_.direction == "out")
        ok &= along | snapshot.symmetric[index.type[near]]
    numbers = near[ok]
    pairs = np.sort(np.column_stack([subject[ok], object_[ok]]), axis=1).tolist()
    relations = relations_under(snapshot, filter_, numbers)
    key = by_ends([snapshot.actors[number].id for number in group.tolist()])
    order = sorted(range(len(relations)), key=lambda at: key(relations[at]))
    return _Direct(
        numbers[order],
        tuple(relations[at] for at in order),
        tuple((pairs[at][0], pairs[at][1]) for at in order),
    )


def _records(
    snapshot: Snapshot, filter_: Filter, direct: _Direct, by: By
) -> dict[Places, list[PartialRecord]]:
    """The records of the pairs that have one, split as asked, most claims first."""
    keys = [(pair, _part(r, by)) for pair, r in zip(direct.pairs, direct.relations, strict=True)]
    number = {key: at for at, key in enumerate(dict.fromkeys(keys))}
    members: list[list[Relation]] = [[] for _ in number]
    for key, relation in zip(keys, direct.relations, strict=True):
        members[number[key]].append(relation)
    rows, at = claims_of(snapshot, filter_, direct.numbers)
    group = np.array([number[key] for key in keys], np.int64)[at]
    denies = snapshot.denial[snapshot.columns.type[rows]]
    sources, denying = (
        different_sources(snapshot, rows[some], group[some], len(number)).tolist()
        for some in (~denies, denies)
    )
    found: dict[Places, list[PartialRecord]] = {}
    for (pair, name), relations, for_, against in zip(number, members, sources, denying, strict=True):
        found.setdefault(pair, []).append(_record(name, relations, for_, against))
    for records in found.values():
        records.sort(key=lambda record: (-record.claims, -record.denials, record.name))
    return found


def _part(relation: Relation, by: By) -> str:
    """The name of the part of a record to which a relation belongs."""
    if by == "family":
        return relation.family
    return relation.type.removeprefix(NOT_PREFIX) if by == "type" else ""


def _record(name: str, relations: Sequence[Relation], sources: int, denying_sources: int) -> PartialRecord:
    claims = [relation.claim_count for relation in relations if relation.polarity == "positive"]
    denials = [relation.claim_count for relation in relations if relation.polarity == "negative"]
    contested = any(relation.contested for relation in relations)
    return PartialRecord(
        name=name,
        state="contested" if contested else "tied" if claims else "denied",
        relations=tuple(relation.id for relation in relations),
        claims=sum(claims),
        sources=sources,
        denials=sum(denials),
        denying_sources=denying_sources,
    )


def _on_record(ends: tuple[str, str], record: PartialRecord, by: tuple[PartialRecord, ...]) -> Pair:
    return Pair(
        *ends,
        state=record.state,
        relations=record.relations,
        claims=record.claims,
        sources=record.sources,
        denials=record.denials,
        denying_sources=record.denying_sources,
        by=by,
    )


def _without_record(ends: tuple[str, str], through: Intermediary | None) -> Pair:
    return Pair(*ends, state="no_record" if through is None else "only_through", through=through)
