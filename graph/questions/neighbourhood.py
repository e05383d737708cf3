"""What is around an actor: everything within n hops under a filter, best supported first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from graph.filters import Filter
from graph.model import Meta, Subgraph
from graph.projection.columns import NO_DAY
from graph.projection.index import Bools, Longs, distinct, distinct_below, mask_of
from graph.projection.snapshot import Snapshot
from graph.projection.ties import last_days
from graph.questions.actors import relations_of, undated_of
from graph.questions.cursors import read_cursor, write_cursor
from graph.questions.names import known_actor
from graph.questions.notes import too_few_sources
from graph.questions.skipped import light_and_heavy, named_skipped
from graph.questions.summaries import actors_under, claims_of, relations_under


@dataclass(frozen=True, slots=True)
class NeighbourhoodQuestion:
    """An actor's id and how far to go; `limit` counts actors without the centre, `between` adds the relations
    among the neighbours."""

    actor: str
    depth: int = 1
    limit: int = 100
    cursor: str | None = None
    between: bool = False
    filter: Filter = field(default_factory=Filter)


@dataclass(frozen=True, slots=True, eq=False)
class _Rings:
    """Distance of each actor in hops (-1: not reached), the relations of the whole answer, the actors nearer
    than its depth, whose relations these are, and those not walked on because of `max_degree`."""

    distance: Longs
    relations: Longs
    inner: Longs
    heavy: Longs


def neighbourhood(snapshot: Snapshot, question: NeighbourhoodQuestion) -> Subgraph:
    """Relations with an end nearer than `depth` hops to the centre, and the actors at their ends.

    Hops go over positive relations only; a denial shows its other end but is not walked, nor is an actor with
    more neighbours than `max_degree`. Over the limit
    the nearer ring comes first, in it the better supported actor (sources, then claims, then latest day,
    of its claims with actors nearer to the centre, then id). A page holds the relations whose ends are all
    shown by then.

    Raises: UnknownActor, StaleCursor, InvalidQuestion (a cursor of another question).
    """
    centre = known_actor(snapshot, question.actor)
    begin = _begin(snapshot, question)
    end = begin + question.limit
    rings = _rings(snapshot, question, centre)
    order, index = _ranked(snapshot, question.filter, rings, end), snapshot.relations
    place = np.full(len(snapshot.actors), end + 1)
    place[order] = np.arange(1, len(order) + 1)
    place[centre] = 0
    last = np.maximum(place[index.subject[rings.relations]], place[index.object[rings.relations]])
    here = rings.relations[(last <= end) & ((last > begin) | (begin == 0))]
    shown = _shown(snapshot, here, np.concatenate(([centre], order[begin:])))
    total = int((rings.distance > 0).sum())
    more = end < total
    skipped, count = named_skipped(snapshot, question.filter, rings.heavy)
    meta = Meta(
        truncated=more,
        omitted_actors=max(total - end, 0),
        omitted_relations=int((last > end).sum()),
        limit=question.limit,
        next=write_cursor(snapshot.token, _kind_of(question), end) if more else None,
        undated=undated_of(snapshot, question.filter, rings.inner),
        skipped=skipped,
        skipped_actors=count,
        notes=too_few_sources(snapshot, question.filter),
    )
    return Subgraph(
        actors=actors_under(snapshot, question.filter, shown),
        relations=relations_under(snapshot, question.filter, here),
        meta=meta,
    )


def _kind_of(question: NeighbourhoodQuestion) -> str:
    """What a cursor belongs to: how much of the order is given at once, and what joins it, may change."""
    return repr(replace(question, cursor=None, limit=0, between=False))


def _begin(snapshot: Snapshot, question: NeighbourhoodQuestion) -> int:
    if question.cursor is None:
        return 0
    place = read_cursor(question.cursor, snapshot.token, _kind_of(question))
    return place if isinstance(place, int) else 0


def _rings(snapshot: Snapshot, question: NeighbourhoodQuestion, centre: int) -> _Rings:
    """Walk outwards ring by ring, collecting the relations met on the way."""
    index = snapshot.relations
    distance = np.full(len(snapshot.actors), -1, np.int64)
    distance[centre] = 0
    front = np.array([centre])
    fronts, heavy = [], [front[:0]]
    met = np.zeros(len(index), bool)
    walked = np.zeros(len(snapshot.actors), bool)
    walked[centre] = True
    for hop in range(1, question.depth + 1):
        fronts.append(front)
        relations = relations_of(snapshot, question.filter, front, (centre,))
        met[relations] = True
        reached = _ends(snapshot, relations)
        distance[reached[distance[reached] < 0]] = hop
        tied = _ends(snapshot, relations[~snapshot.denial[index.type[relations]]])
        front = tied[~walked[tied]]
        walked[front] = True
        if hop < question.depth:
            front, over = light_and_heavy(snapshot, question.filter, front)
            heavy.append(over)
    if question.between:
        met |= _between(snapshot, question.filter, distance >= 0)
    return _Rings(distance, np.flatnonzero(met), np.concatenate(fronts), np.concatenate(heavy))


def _ends(snapshot: Snapshot, relations: Longs) -> Longs:
    index = snapshot.relations
    ends = np.concatenate([index.subject[relations], index.object[relations]])
    return distinct_below(len(snapshot.actors), ends)


def _between(snapshot: Snapshot, filter_: Filter, inside: Bools) -> Bools:
    """Selected relations with both ends inside."""
    index = snapshot.relations
    relations = relations_of(snapshot, replace(filter_, direction="any"), np.flatnonzero(inside))
    both = relations[inside[index.subject[relations]] & inside[index.object[relations]]]
    return mask_of(len(index), both)


def _ranked(snapshot: Snapshot, filter_: Filter, rings: _Rings, most: int) -> Longs:
    """The first `most` actors of the answer without the centre, nearest and best supported first."""
    order: list[Longs] = []
    for ring in range(1, int(rings.distance.max()) + 1):
        if sum(map(len, order)) < most:  # a ring further out is only counted
            order.append(_ranked_ring(snapshot, filter_, rings, ring))
    return np.concatenate([np.empty(0, np.int64), *order])[:most]


def _ranked_ring(snapshot: Snapshot, filter_: Filter, rings: _Rings, ring: int) -> Longs:
    """The actors of one ring by the claims that tie them to those nearer to the centre."""
    index, size = snapshot.relations, len(snapshot.actors)
    low, high = rings.distance[index.subject[rings.relations]], rings.distance[index.object[rings.relations]]
    inward = (np.maximum(low, high) == ring) & (low != high)
    relations = rings.relations[inward]
    outer = np.where(low[inward] == ring, index.subject[relations], index.object[relations]).astype(np.int64)
    rows, group = claims_of(snapshot, filter_, relations)
    actor = outer[group]
    wide = max(len(snapshot.columns.sources), 1)
    sources = np.bincount(distinct(actor * wide + snapshot.columns.source[rows]) // wide, minlength=size)
    claims = np.bincount(actor, minlength=size)
    latest = np.full(size, NO_DAY, np.int64)
    np.maximum.at(latest, actor, last_days(snapshot, rows))
    members = np.flatnonzero(rings.distance == ring)
    order = np.lexsort((members, -latest[members], -claims[members], -sources[members]))
    return members[order]


def _shown(snapshot: Snapshot, relations: Longs, page: Longs) -> list[int]:
    """Actors of a page in their order, then those of earlier pages that its relations end at."""
    listed: list[int] = page.tolist()
    known = set(listed)
    return listed + [a for a in _ends(snapshot, relations).tolist() if a not in known]
