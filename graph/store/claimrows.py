"""How the claims of one batch get into the store: which are new, known or changed, told apart before anything
is written.

Claims are looked up by their pair of actors in one statement a batch, whatever their types. That is about
half the work of an existence test a claim, and makes the second load of the same data cheaper than the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from neo4j import AsyncManagedTransaction

from graph.errors import StoreConflict
from graph.ids import TYPE_PATTERN, content_hash
from graph.model import Claim
from graph.store.bolt import Store
from graph.store.dialect import Dialect

COLUMNS = (
    "dataset", "source_id", "statement", "quote", "passage_start", "passage_end", "status", "polarity",
    "attributed_to", "attributed_to_id", "category", "relation_raw", "date", "date_text", "date_from",
    "date_to", "date_precision", "valid_from", "valid_to",
)  # fmt: skip
"""The properties of a relationship that are fields of a claim."""
_columns = attrgetter(*COLUMNS)

STORED_CLAIMS = """
UNWIND $pairs AS pair
MATCH (a:Actor {id: pair[0]}), (b:Actor {id: pair[1]})
MATCH (a)-[x]->(b) WHERE x.claim_id IN pair[2]
RETURN x.claim_id AS id, type(x) AS type, x.content_hash AS hash, x.dataset AS dataset
"""
REMOVE = """
UNWIND $rows AS row
MATCH (a:Actor {id: row[0]}), (b:Actor {id: row[1]})
MATCH (a)-[x]->(b) WHERE x.claim_id = row[2]
DELETE x
"""
GIVEN_IDS = """
MATCH (a:Actor)-[x]->(b:Actor)
WHERE x.claim_id IS NOT NULL
  AND NOT (x.claim_id STARTS WITH 'c_' AND size(x.claim_id) = 34)
RETURN x.claim_id AS id, a.id AS subject, type(x) AS type, b.id AS object, x.dataset AS dataset
"""
CHANGE = """
UNWIND $rows AS row
MATCH (a:Actor {id: row[0]}), (b:Actor {id: row[1]})
MATCH (a)-[x]->(b) WHERE x.claim_id = row[2] AND type(x) = row[3]
SET x = row[4], x += $of_load
"""
ENDS = "UNWIND $rows AS row MATCH (a:Actor {id: row[0]}), (b:Actor {id: row[1]})"

Place = tuple[str, str, str, str | None]
"""Where a claim id is in the store: subject, type, object, data set."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims were created and how many changed."""

    new: int
    updated: int


class GivenIds:
    """Where the claim ids are that data brought along: such a claim may come back with other ends or another
    type.

    An id of our own making names its ends and type, so it is never anywhere else. The store is asked once a
    load, and only if the load brings such ids.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._places: dict[str, Place] | None = None

    async def look_up(self, claims: Mapping[str, Claim]) -> dict[str, Place]:
        """Places of those claims that the store holds between other actors or as another type.

        Raises: StoreUnavailable.
        """
        given = [claim for claim in claims.values() if not _is_our_own(claim.id)]
        if not given:
            return {}
        if self._places is None:
            rows = await self._store.read(GIVEN_IDS)
            self._places = {
                row["id"]: (row["subject"], row["type"], row["object"], row["dataset"]) for row in rows
            }
        found = ((claim, self._places.get(claim.id)) for claim in given)
        return {claim.id: place for claim, place in found if place and place[:3] != _ends(claim)}

    def remember(self, claims: Iterable[Claim]) -> None:
        """Note what was written."""
        if self._places is not None:
            for claim in claims:
                if not _is_our_own(claim.id):
                    self._places[claim.id] = (*_ends(claim), claim.dataset)


class ClaimRows:
    """Puts claims into the store for one load of one data set."""

    def __init__(self, dialect: Dialect, load_id: str, recorded_at: str, dataset: str) -> None:
        self._dialect = dialect
        self._of_load = {"load_id": load_id, "recorded_at": recorded_at}
        self._dataset = dataset

    async def put(
        self, transaction: AsyncManagedTransaction, claims: Mapping[str, Claim], moved: Mapping[str, Place]
    ) -> Tally:
        """Create what is missing, change what differs, and move what `moved` says is elsewhere.

        Raises: StoreConflict when an id belongs to another data set or an end is not in the store.
        """
        stored = await self._stored(transaction, claims.values())
        for id, place in moved.items():
            self._refuse_foreign(id, place[3])
        hashes = {claim.id: content_hash(claim) for claim in claims.values()}
        new = [claim for claim in claims.values() if claim.id not in stored]
        changed = [
            claim for claim in claims.values() if stored.get(claim.id, hashes[claim.id]) != hashes[claim.id]
        ]
        if moved:
            rows = [[subject, object_, id] for id, (subject, _, object_, _) in moved.items()]
            await (await transaction.run(REMOVE, rows=rows)).consume()
        if self._dialect.creates_computed_types:
            await self._create(transaction, "$(row[3])", _rows(new, hashes))
        else:
            for type, members in _by_type(new):
                await self._create(transaction, type, _rows(members, hashes))
        if changed:
            rows = _rows(changed, hashes)
            await (await transaction.run(CHANGE, rows=rows, of_load=self._of_load)).consume()
        return Tally(new=len(new) - len(moved), updated=len(changed) + len(moved))

    async def _stored(
        self, transaction: AsyncManagedTransaction, claims: Iterable[Claim]
    ) -> dict[str, str | None]:
        """Content hash by id of those claims that are there already, with their ends and type."""
        pairs: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        types = {}
        for claim in claims:
            pairs[claim.subject, claim.object].append(claim.id)
            types[claim.id] = claim.type
        asked = [[*pair, ids] for pair, ids in sorted(pairs.items())]
        stored: dict[str, str | None] = {}
        result = await transaction.run(STORED_CLAIMS, pairs=asked)
        async for id, type, hash, dataset in result:
            if type == types[id]:
                self._refuse_foreign(id, dataset)
                stored[id] = hash
        return stored

    async def _create(
        self, transaction: AsyncManagedTransaction, type: str, rows: Sequence[Sequence[Any]]
    ) -> None:
        if not rows:
            return
        statement = f"{ENDS} CREATE (a)-[x:{type} {{claim_id: row[2]}}]->(b) SET x += row[4], x += $of_load"
        result = await transaction.run(statement, rows=rows, of_load=self._of_load)
        made = (await result.consume()).counters.relationships_created
        if made != len(rows):
            raise StoreConflict("actors of this data set were removed while it was loaded: load it again")

    def _refuse_foreign(self, id: str, dataset: str | None) -> None:
        if dataset != self._dataset:
            raise StoreConflict(
                f"the claim id {id!r} belongs to data set {dataset!r} already: give the claim another id"
            )


def _by_type(claims: Iterable[Claim]) -> list[tuple[str, list[Claim]]]:
    """The claims of each type, in order of type, for an engine where no parameter can carry a type."""
    by_type: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_type[claim.type].append(claim)
    for type in by_type:
        if not TYPE_PATTERN.fullmatch(type):
            raise ValueError(f"{type!r} is not a relation type")
    return sorted(by_type.items())


def _rows(claims: Iterable[Claim], hashes: Mapping[str, str]) -> list[list[Any]]:
    """Subject, object, claim id, type and the properties that are given, sorted by subject."""
    rows = []
    for claim in sorted(claims, key=lambda one: one.subject):
        given = {
            name: value for name, value in zip(COLUMNS, _columns(claim), strict=True) if value is not None
        }
        given["claim_id"] = claim.id
        given["content_hash"] = hashes[claim.id]
        rows.append([claim.subject, claim.object, claim.id, claim.type, given])
    return rows


def _is_our_own(id: str) -> bool:
    """Whether an id looks like one that is made of the claim itself."""
    return len(id) == 34 and id.startswith("c_")


def _ends(claim: Claim) -> tuple[str, str, str]:
    return claim.subject, claim.type, claim.object
