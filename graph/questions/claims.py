"""Which claims fit, in order of their ids, a page at a time; their evidence is fetched from the store."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace

import numpy as np

from graph.errors import NotFound
from graph.filters import Filter
from graph.projection.index import Bools, Longs
from graph.projection.selection import claims_among, claims_of, select
from graph.projection.snapshot import Snapshot
from graph.questions.cursors import read_cursor, write_cursor
from graph.questions.names import known_actor
from graph.questions.subgraph import relations_among
from graph.store.keys import ClaimKey


@dataclass(frozen=True, slots=True)
class ClaimQuestion:
    """Which claims: subject and object are ids; a relation of a symmetric type is found from either end."""

    subject: str | None = None
    object: str | None = None
    filter: Filter = field(default_factory=Filter)
    limit: int = 100
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Where the claims of this page are, in order of id; `total` counts all pages."""

    keys: tuple[ClaimKey, ...]
    total: int
    next: str | None


def select_claims(snapshot: Snapshot, question: ClaimQuestion) -> ClaimPage:
    """A page of the claims that fit.

    Raises: UnknownActor, StaleCursor, InvalidQuestion (a cursor of another question).
    """
    kind = repr(replace(question, cursor=None, limit=0))
    begin = 0
    if question.cursor is not None:
        place = read_cursor(question.cursor, snapshot.token, kind)
        begin = place if isinstance(place, int) else 0
    rows = snapshot.kept(kind, question.filter, lambda: _rows(snapshot, question))
    end = begin + question.limit
    following = write_cursor(snapshot.token, kind, end) if end < len(rows) else None
    return ClaimPage(keys_of(snapshot, rows[begin:end]), len(rows), following)


def claim_key(snapshot: Snapshot, claim_id: str) -> ClaimKey:
    """Where the claim with this id is.

    Raises: NotFound.
    """
    snapshot.need_all()
    return held_claim(snapshot, claim_id)


def held_claim(snapshot: Snapshot, claim_id: str) -> ClaimKey:
    """The same for a claim that an answer about this snapshot has named.

    Raises: NotFound.
    """
    order = snapshot.id_order
    at = bisect_left(order, claim_id, key=snapshot.columns.claim_id)
    if at < len(order) and snapshot.columns.claim_id(order[at]) == claim_id:
        return keys_of(snapshot, order[at : at + 1])[0]
    raise NotFound(f"no claim {claim_id[:80]!r} in this graph")


def all_claims(snapshot: Snapshot, filter_: Filter) -> tuple[Longs, Longs]:
    """Rows of all claims a filter lets through in order of id, and the numbers of the actors at their
    ends."""
    rows = _rows(snapshot, ClaimQuestion(filter=filter_))
    columns = snapshot.columns
    return rows, np.unique(np.concatenate([columns.subject[rows], columns.object[rows]])).astype(np.int64)


def claims_among_actors(snapshot: Snapshot, filter_: Filter, named: Longs) -> Longs:
    """Rows of the claims among some actors that a filter lets through, in order of id."""
    rows, _ = claims_of(snapshot, filter_, relations_among(snapshot, filter_, named))
    return rows[np.argsort(snapshot.id_rank[rows])]


def keys_of(snapshot: Snapshot, rows: Longs) -> tuple[ClaimKey, ...]:
    """Where the claims of these rows are in the store."""
    columns, actors = snapshot.columns, snapshot.actors
    return tuple(
        ClaimKey(
            columns.claim_id(row),
            actors[columns.subject[row]].id,
            columns.types[columns.type[row]],
            actors[columns.object[row]].id,
        )
        for row in rows.tolist()
    )


def _rows(snapshot: Snapshot, question: ClaimQuestion) -> Longs:
    named = [known_actor(snapshot, end) for end in (question.subject, question.object) if end is not None]
    if named:
        snapshot.need(np.array(named[:1]))
    else:
        snapshot.need_all()
    ok = claims_among(snapshot, select(snapshot, question.filter), named)
    if named:
        ok = ok & _with_ends(snapshot, question)
    order = snapshot.id_order
    return order[ok[order]]


def _with_ends(snapshot: Snapshot, question: ClaimQuestion) -> Bools:
    """Claims as they were made, and those of symmetric types also the other way round."""
    columns = snapshot.columns
    there, back = np.ones(len(columns), bool), np.ones(len(columns), bool)
    for actor, one, other in (
        (question.subject, columns.subject, columns.object),
        (question.object, columns.object, columns.subject),
    ):
        if actor is not None:
            number = known_actor(snapshot, actor)
            there &= one == number
            back &= other == number
    either: Bools = there | (back & snapshot.symmetric[columns.type])
    return either
