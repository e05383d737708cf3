"""One relation by its reversible id, and the claims behind it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.errors import NotFound
from graph.filters import Filter
from graph.ids import parse_relation_id
from graph.model import Relation
from graph.projection.index import Longs, gather
from graph.projection.snapshot import Snapshot
from graph.questions.claims import keys_of
from graph.questions.summaries import claims_of, relations_under
from graph.store.keys import ClaimKey


@dataclass(frozen=True, slots=True)
class RelationEvidence:
    """A relation without its claims, and where these are, in order of id; `opposed` is the other side where
    it is contested."""

    relation: Relation
    claims: tuple[ClaimKey, ...]
    opposed: RelationEvidence | None = None


def relation(snapshot: Snapshot, relation_id: str) -> RelationEvidence:
    """The relation with this id and, where it is contested, the one that opposes it.

    Raises: NotFound.
    """
    number = _number(snapshot, relation_id)
    opposed = int(snapshot.relations.opposed[number])
    return _evidence(snapshot, number, _evidence(snapshot, opposed) if opposed >= 0 else None)


def claims_of_relations(
    snapshot: Snapshot, filter_: Filter, ids: tuple[str, ...]
) -> dict[str, tuple[ClaimKey, ...]]:
    """Where the claims of several relations are that a filter lets through.

    Raises: NotFound.
    """
    numbers = np.array([_number(snapshot, relation_id) for relation_id in ids], np.int64)
    rows, group = claims_of(snapshot, filter_, numbers)
    keys = keys_of(snapshot, rows)
    result: dict[str, list[ClaimKey]] = {relation_id: [] for relation_id in ids}
    for key, at in zip(keys, group.tolist(), strict=True):
        result[ids[at]].append(key)
    return {relation_id: tuple(sorted(found, key=lambda k: k.id)) for relation_id, found in result.items()}


def _evidence(snapshot: Snapshot, number: int, opposed: RelationEvidence | None = None) -> RelationEvidence:
    summary = relations_under(snapshot, Filter(), np.array([number]))[0]
    return RelationEvidence(summary, keys_of(snapshot, _rows(snapshot, number)), opposed)


def _rows(snapshot: Snapshot, number: int) -> Longs:
    """The claims of a relation in order of id."""
    index = snapshot.relations
    rows = index.claim_order[gather(index.claim_start, np.array([number]))[0]]
    return rows[np.argsort(snapshot.id_rank[rows])]


def _number(snapshot: Snapshot, relation_id: str) -> int:
    """The relation's number, found by its ends and type."""
    try:
        subject, type_, object_ = parse_relation_id(relation_id)
    except ValueError:
        raise NotFound(f"{relation_id[:80]!r} is not the id of a relation") from None
    index = snapshot.relations
    ends = (snapshot.index.get(subject), snapshot.index.get(object_))
    if ends[0] is not None and ends[1] is not None:
        snapshot.need(np.array([ends[0]]))
        near = index.touching[gather(index.touch_start, np.array([ends[0]]))[0]]
        for number in near[(index.subject[near] == ends[0]) & (index.object[near] == ends[1])].tolist():
            if snapshot.columns.types[index.type[number]] == type_:
                return int(number)
    raise NotFound(f"no relation {subject} –{type_}→ {object_} in this graph")
