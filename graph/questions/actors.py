"""Who is this actor: its ties by type and direction with the counts shown before expanding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from graph.filters import Filter
from graph.model import FAMILY_OF, NOT_PREFIX, POLARITIES, Actor, Polarity
from graph.projection.index import Longs, distinct, distinct_below, gather, mask_of
from graph.projection.selection import select
from graph.projection.snapshot import Snapshot
from graph.questions.names import known_actor
from graph.questions.summaries import actors_under, date_range

Side = Literal["out", "in", "both"]


@dataclass(frozen=True, slots=True)
class TypeCount:
    """An actor's relations of one type in one direction: how many other actors, how many claims.

    `direction` is `both` for symmetric types.
    """

    type: str
    label: str
    category: str
    family: str
    polarity: Polarity
    direction: Side
    actors: int
    claims: int


@dataclass(frozen=True, slots=True)
class ActorProfile:
    """An actor with its counts; dates as written, `sources` different ones."""

    actor: Actor
    relations: tuple[TypeCount, ...]
    first_date: str | None
    last_date: str | None
    sources: int
    undated: int


def profile(snapshot: Snapshot, actor_id: str, filter_: Filter) -> ActorProfile:
    """What is known of an actor under a filter, most claims first.

    Raises: UnknownActor.
    """
    number = known_actor(snapshot, actor_id)
    snapshot.need(np.array([number]))
    rows = claims_with_others(snapshot, filter_, number)
    first, last = date_range(snapshot, rows, np.zeros(len(rows), np.int64), 1)
    return ActorProfile(
        actor=actors_under(snapshot, filter_, [number])[0],
        relations=_counts(snapshot, number, rows),
        first_date=first[0],
        last_date=last[0],
        sources=len(distinct(snapshot.columns.source[rows].astype(np.int64))),
        undated=undated_of(snapshot, filter_, np.array([number]), own=False),
    )


def relations_of(snapshot: Snapshot, filter_: Filter, actors: Longs, open_to: Sequence[int] = ()) -> Longs:
    """Relations that the filter lets through with an end in `actors` and the other end in `actors`, in
    `open_to` or let through.

    `direction` restricts relations by the end that is in `actors`.
    """
    snapshot.need(actors)
    index, selection = snapshot.relations, select(snapshot, filter_)
    positions, counts = gather(index.touch_start, actors)
    relations, near = index.touching[positions], np.repeat(actors, counts)
    far = np.where(index.subject[relations] == near, index.object[relations], index.subject[relations])
    ok = selection.passing.relations_at(relations)
    if not selection.all_actors:
        inside = mask_of(len(snapshot.actors), actors)
        inside[list(open_to)] = True
        ok = ok & (selection.actors[far] | inside[far])
    if filter_.direction != "any":
        active = (index.subject if filter_.direction == "out" else index.object)[relations] == near
        ok = ok & (snapshot.symmetric[index.type[relations]] | active)
    return distinct_below(len(index), relations[ok])


def undated_of(
    snapshot: Snapshot, filter_: Filter, actors: Longs, *, among: bool = False, own: bool = True
) -> int:
    """How many claims about `actors` are left out only because they have no date: they have the direction
    that is asked for, and their other end is in `actors` or, unless only claims `among` them count, let
    through. `own` says whether what joins an actor with itself counts."""
    if not filter_.dated and filter_.undated != "exclude":
        return 0
    snapshot.need(actors)
    index, selection = snapshot.relations, select(snapshot, filter_)
    inside = mask_of(len(snapshot.actors), actors)
    open_ = inside if among else inside | selection.actors
    near = distinct_below(len(index), index.touching[gather(index.touch_start, actors)[0]])
    active = inside[index.subject[near]] & open_[index.object[near]]
    passive = inside[index.object[near]] & open_[index.subject[near]]
    symmetric = snapshot.symmetric[index.type[near]]
    if filter_.direction == "out":
        passive &= symmetric
    elif filter_.direction == "in":
        active &= symmetric
    of = near[(active | passive) & (own | (index.subject[near] != index.object[near]))]
    rows = index.claim_order[gather(index.claim_start, of)[0]]
    return int(selection.passing.undated_at(rows).sum())


def claims_with_others(snapshot: Snapshot, filter_: Filter, number: int) -> Longs:
    """Rows of an actor's claims with other actors that the filter lets through."""
    index = snapshot.relations
    relations = relations_of(snapshot, filter_, np.array([number]))
    real = relations[index.subject[relations] != index.object[relations]]
    rows = index.claim_order[gather(index.claim_start, real)[0]]
    return rows[select(snapshot, filter_).passing.claims_at(rows)]


def _counts(snapshot: Snapshot, number: int, rows: Longs) -> tuple[TypeCount, ...]:
    """Counts by type and side: 0 the actor is subject, 1 object, 2 symmetric."""
    columns = snapshot.columns
    sides = np.where(
        snapshot.symmetric[columns.type[rows]], 2, np.where(columns.subject[rows] == number, 0, 1)
    )
    keys = columns.type[rows].astype(np.int64) * 3 + sides
    other = np.where(columns.subject[rows] == number, columns.object[rows], columns.subject[rows])
    wide = max(len(snapshot.actors), 1)
    groups, claims = np.unique(keys, return_counts=True)
    different = distinct(keys * wide + other) // wide
    actors = np.searchsorted(different, groups, side="right") - np.searchsorted(different, groups)
    rows_of = np.column_stack([groups, actors, claims]).tolist()
    counts = [_type_count(snapshot, group, a, c) for group, a, c in rows_of]
    return tuple(sorted(counts, key=lambda c: (-c.claims, c.type, c.direction)))


def _type_count(snapshot: Snapshot, group: int, actors: int, claims: int) -> TypeCount:
    entry = snapshot.types[group // 3]
    sides: tuple[Side, ...] = ("out", "in", "both")
    side = sides[group % 3]
    return TypeCount(
        type=entry.type,
        label=entry.inverse if side == "in" else entry.label,
        category=entry.category,
        family=FAMILY_OF[entry.category],
        polarity=POLARITIES[entry.type.startswith(NOT_PREFIX)],
        direction=side,
        actors=actors,
        claims=claims,
    )
