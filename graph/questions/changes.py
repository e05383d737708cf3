"""What changed in the graph between two days, or between two loads."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from graph.filters import Filter
from graph.model import Subgraph
from graph.projection.index import Bools, Longs, distinct, same_time
from graph.projection.loads import load_order
from graph.projection.selection import claims_among, select
from graph.projection.snapshot import Snapshot
from graph.projection.ties import claim_counts
from graph.questions.summaries import actors_under, claims_of, name_of_relation, relations_under


@dataclass(frozen=True, slots=True)
class ChangesQuestion:
    """What is compared: two partial dates, or ids of two loads; `limit` is for each list of the answer.

    The filter has no `since` and `until`, and no `as_of` where dates are compared.
    """

    since: str
    until: str
    by: Literal["date", "load"] = "date"
    limit: int = 100
    filter: Filter = field(default_factory=Filter)

    @property
    def begun(self) -> tuple[Filter, Filter]:
        """What there was at each of the two: begun by then, or recorded by then."""
        if self.by == "load":
            return replace(self.filter, recorded_by=self.since), replace(self.filter, recorded_by=self.until)
        dated = replace(self.filter, undated="exclude")
        return replace(dated, begun_by=self.since), replace(dated, begun_by=self.until)

    @property
    def held(self) -> tuple[Filter, Filter]:
        """What still held at each of the two; what a load recorded stays recorded."""
        if self.by == "load":
            return self.begun
        dated = replace(self.filter, undated="exclude")
        return replace(dated, as_of=self.since), replace(dated, as_of=self.until)


@dataclass(frozen=True, slots=True)
class Listing:
    """Ids of actors or relations: the first of `total`."""

    ids: tuple[str, ...]
    total: int
    truncated: bool


@dataclass(frozen=True, slots=True)
class RecordedLoad:
    """A load that claims of the graph carry, and how many; `dataset` is None where they are of several."""

    id: str
    recorded_at: str | None
    dataset: str | None
    claims: int


@dataclass(frozen=True, slots=True)
class ChangesMeta:
    """What the comparison left out, and how long it took (milliseconds).

    `undated` counts claims without a date, `unrecorded` those that no load wrote, where loads are compared.
    """

    limit: int
    truncated: bool = False
    omitted_loads: int = 0
    undated: int = 0
    unrecorded: int = 0
    elapsed_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different in the graph between two dates, or between two loads; `graph` holds the actors and
    relations listed, and counts what there was at the later point. Of dates and loads one pair is None."""

    since: str | None
    until: str | None
    since_load: str | None
    until_load: str | None
    actors: Listing
    relations: Listing
    ended: Listing
    became_contested: Listing
    graph: Subgraph
    loads: tuple[RecordedLoad, ...]
    meta: ChangesMeta


def changes(snapshot: Snapshot, question: ChangesQuestion) -> Changes:
    """What is new, ended and newly contested between the last days of two dates, or between two loads.

    New is what first began after the one and by the other; ended what held as of the one and no longer as of
    the other; contested is decided on all claims begun by then, whatever the filter says. Claims without a
    date (among loads: without a load) are left out. Relations come best supported first (sources, claims,
    then the ids of subject, type, object), actors with most claims first, as `graph` counts them.

    Raises: NotFound when there is no such load.
    """
    snapshot.need_all()
    then, now = question.begun
    held_then, held_now = question.held
    new = relations_there(snapshot, now) & ~relations_there(snapshot, then)
    ended = relations_there(snapshot, held_then) & ~relations_there(snapshot, held_now)
    contested = newly_contested(snapshot, question) & relations_there(snapshot, now)
    actors = _busiest(snapshot, now, actors_there(snapshot, now) & ~actors_there(snapshot, then))
    relations = [_best(snapshot, now, mask) for mask in (new, ended, contested)]
    limit = question.limit
    lists = [
        Listing(tuple(snapshot.actors[n].id for n in actors[:limit].tolist()), *_size(actors, limit)),
        *(Listing(_ids(snapshot, found[:limit]), *_size(found, limit)) for found in relations),
    ]
    loads = recorded_loads(snapshot)
    dated = question.by == "date"
    return Changes(
        since=question.since if dated else None,
        until=question.until if dated else None,
        since_load=None if dated else question.since,
        until_load=None if dated else question.until,
        actors=lists[0],
        relations=lists[1],
        ended=lists[2],
        became_contested=lists[3],
        graph=_graph(snapshot, now, actors[:limit], np.concatenate([found[:limit] for found in relations])),
        loads=loads[-limit:],
        meta=ChangesMeta(
            limit=limit,
            truncated=any(one.truncated for one in lists) or len(loads) > limit,
            omitted_loads=max(len(loads) - limit, 0),
            undated=_undated(snapshot, now),
            unrecorded=0 if dated else _unrecorded(snapshot, question.filter),
        ),
    )


def recorded_loads(snapshot: Snapshot) -> tuple[RecordedLoad, ...]:
    """The loads that wrote the claims of the graph, the newest last.

    An updated claim carries the load that updated it; a load that no claim carries any more is not known.
    """
    order, columns = load_order(snapshot), snapshot.columns
    size, wide = len(order.ids), max(len(columns.datasets), 1)
    rows = np.flatnonzero(order.place >= 0)
    claims = np.bincount(order.place[rows], minlength=size).tolist()
    pairs = distinct(order.place[rows] * wide + columns.dataset[rows])
    datasets: list[list[str]] = [[] for _ in range(size)]
    for place, dataset in zip((pairs // wide).tolist(), (pairs % wide).tolist(), strict=True):
        datasets[place].append(columns.datasets[dataset])
    named = (one[0] if len(one) == 1 else None for one in datasets)
    return tuple(map(RecordedLoad, order.ids, order.recorded_at, named, claims))


def relations_there(snapshot: Snapshot, filter_: Filter) -> Bools:
    """Relations that a filter lets through with both their ends."""
    index, selection = snapshot.relations, select(snapshot, filter_)
    among: Bools = selection.relations & selection.actors[index.subject] & selection.actors[index.object]
    return among


def actors_there(snapshot: Snapshot, filter_: Filter) -> Bools:
    """Actors that a claim is about which a filter lets through with both its ends."""
    columns, rows = snapshot.columns, np.flatnonzero(claims_among(snapshot, select(snapshot, filter_)))
    there = np.zeros(len(snapshot.actors), bool)
    there[columns.subject[rows]] = True
    there[columns.object[rows]] = True
    return there


def newly_contested(snapshot: Snapshot, question: ChangesQuestion) -> Bools:
    """Relations that are contested by what there was at the later point and were not at the earlier one,
    before any filter."""
    index = snapshot.relations
    bare = replace(question, filter=Filter())
    before, after = (select(snapshot, filter_).claims for filter_ in bare.begun)
    touched = np.zeros(len(index) + 1, bool)
    touched[index.relation_of[after & ~before]] = True
    one_side = index.opposed > np.arange(len(index))
    ones = np.flatnonzero(one_side & (touched[:-1] | touched[index.opposed]))
    others = index.opposed[ones].astype(np.int64)
    newly = same_time(index, snapshot.columns, ones, others, after)
    newly &= ~same_time(index, snapshot.columns, ones, others, before)
    found = np.zeros(len(index), bool)
    found[ones[newly]] = True
    found[others[newly]] = True
    return found


def _busiest(snapshot: Snapshot, filter_: Filter, mask: Bools) -> Longs:
    """Actors, those with most claims first, then in order of id."""
    actors = np.flatnonzero(mask)
    return actors[np.lexsort((actors, -claim_counts(snapshot, filter_)[actors]))]


def _best(snapshot: Snapshot, filter_: Filter, mask: Bools) -> Longs:
    """Relations, best supported first; names decide between types, whatever their numbers are."""
    index, relations = snapshot.relations, np.flatnonzero(mask)
    rows, group = claims_of(snapshot, filter_, relations)
    wide = max(len(snapshot.columns.sources), 1)
    different = distinct(group * wide + snapshot.columns.source[rows]) // wide
    sources = np.bincount(different, minlength=len(relations))
    claims = np.bincount(group, minlength=len(relations))
    types = np.argsort(np.argsort(np.array(snapshot.columns.types, dtype=object)))
    ids = index.object[relations], types[index.type[relations]], index.subject[relations]
    return relations[np.lexsort((*ids, -claims, -sources))]


def _graph(snapshot: Snapshot, filter_: Filter, actors: Longs, relations: Longs) -> Subgraph:
    """The actors listed, those at the ends of the relations listed, and these, each once."""
    index = snapshot.relations
    listed = np.array(list(dict.fromkeys(relations.tolist())), np.int64)
    ends = distinct(np.concatenate([index.subject[listed], index.object[listed]]).astype(np.int64))
    return Subgraph(
        actors=actors_under(snapshot, filter_, list(dict.fromkeys([*actors.tolist(), *ends.tolist()]))),
        relations=relations_under(snapshot, filter_, listed),
    )


def _ids(snapshot: Snapshot, relations: Longs) -> tuple[str, ...]:
    return tuple(name_of_relation(snapshot, number) for number in relations.tolist())


def _size(found: Longs, limit: int) -> tuple[int, bool]:
    """How many there are, and whether that is more than are listed."""
    return len(found), len(found) > limit


def _undated(snapshot: Snapshot, filter_: Filter) -> int:
    """Claims that a filter leaves out only because they have no date."""
    return int(claims_among(snapshot, select(snapshot, filter_), undated=True).sum())


def _unrecorded(snapshot: Snapshot, filter_: Filter) -> int:
    """Claims that a filter lets through and no load wrote."""
    claims = claims_among(snapshot, select(snapshot, filter_))
    return int((claims & (load_order(snapshot).place < 0)).sum())
