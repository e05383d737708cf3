"""Writes a load into the store, batch by batch, so that writing it again changes nothing; also what a loader
reads first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from neo4j import AsyncManagedTransaction

from graph.errors import StoreConflict
from graph.model import EXTERNAL_DATASET, Actor, Claim, Dataset, Source
from graph.store.actorrecords import ActorRecord, new_record
from graph.store.bolt import Store
from graph.store.claimrows import ClaimRows, GivenIds
from graph.store.dropping import DropReport, drop
from graph.store.schema import constrained_types, ensure_schema, ensure_types
from graph.store.sourcekeys import source_key

__all__ = [
    "Batch",
    "BatchCounts",
    "ClaimWriter",
    "DropReport",
    "KnownActor",
    "Load",
    "drop",
    "known_actors",
]

T = TypeVar("T")

MOST_CLAIMS = 5_000
"""Claims of one batch, which is one transaction."""

KNOWN_ACTORS = """
MATCH (a:Actor) WHERE a.id IS NOT NULL
RETURN a.id AS id, a.name AS name, a.aliases AS aliases, a.kind AS kind, a.description AS description,
       a.datasets AS datasets
"""
ACTORS_OF_IDS = "UNWIND $ids AS id MATCH (a:Actor {id: id}) RETURN properties(a) AS properties"
PUT_ACTORS = "UNWIND $rows AS row MERGE (a:Actor {id: row.id}) SET a += row"
SOURCES_OF_KEYS = "UNWIND $keys AS key MATCH (s:Source {key: key}) RETURN properties(s) AS properties"
PUT_SOURCES = "UNWIND $rows AS row MERGE (s:Source {key: row.key}) SET s += row"
DATASETS = "MATCH (d:Dataset) RETURN properties(d) AS properties"
PUT_DATASET = "MERGE (d:Dataset {name: $name}) SET d += $properties"


@dataclass(frozen=True, slots=True)
class Load:
    """One run of a loader: `recorded_at` is an ISO time, `vocabulary` the JSON of the relation types it
    uses.
    """

    load_id: str
    recorded_at: str
    dataset: Dataset
    vocabulary: str = "[]"


@dataclass(frozen=True, slots=True)
class Batch:
    """What is written in one transaction: actors and sources that are new or changed, then claims."""

    actors: tuple[Actor, ...] = ()
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """How many claims of a batch were new, known as they are, and known with another content."""

    new: int = 0
    known: int = 0
    updated: int = 0


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor in the store, with what a loader needs to find it by name and to see whether it changes."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    description: str | None
    datasets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Written:
    """What one transaction did; `changed` is False when it found everything as it was to be."""

    counts: BatchCounts
    changed: bool


async def known_actors(store: Store, into: Callable[[], T], take: Callable[[T, KnownActor], None]) -> T:
    """What `into` makes when it has taken every actor the store holds, in no order.

    Raises: StoreUnavailable.
    """

    def take_row(gathered: T, row: dict[str, Any]) -> None:
        if isinstance(row["id"], str):
            record = ActorRecord.of(row)
            known = KnownActor(
                id=record.id,
                name=record.name,
                aliases=tuple(record.aliases),
                kind=record.values.get("kind", "other"),
                description=record.values.get("description"),
                datasets=tuple(record.datasets),
            )
            take(gathered, known)

    return await store.fold(KNOWN_ACTORS, into, take_row)


class ClaimWriter:
    """Writes one load: `begin`, any number of `write`, `finish`.

    Killed anywhere and run again it ends in the same state as one run. One writer at a time.
    """

    def __init__(self, store: Store, load: Load) -> None:
        self._store = store
        self._load = load
        self._name = load.dataset.name
        self._vocabulary: str | None = None
        self._types: set[str] = set()
        self._members: set[str] = set()
        self._given = GivenIds(store)
        self._rows = ClaimRows(store.dialect, load.load_id, load.recorded_at, self._name)
        self._changed = False

    async def begin(self) -> tuple[str, ...]:
        """Make the constraints and the data set's record; returns the constraints that had to be made, in
        words.

        Raises: StoreConflict when the data set's name cannot be used or the store's own data stands in the
        way.
        """
        _refuse_name(self._name)
        announced = await ensure_schema(self._store)
        self._types = await constrained_types(self._store)
        rows = await self._store.read(DATASETS)
        present = {str(row["properties"]["name"]): row["properties"] for row in rows}
        for name in present:
            if name != self._name and name.casefold() == self._name.casefold():
                raise StoreConflict(f"there is a data set {name!r} already: use its name, or another one")
        stored = present.get(self._name, {})
        self._vocabulary = stored.get("vocabulary")
        wanted = _dataset_properties(self._load.dataset)
        if not stored:
            wanted["loaded_at"] = self._load.recorded_at
        changes = {name: value for name, value in wanted.items() if stored.get(name) != value}
        await self._put_dataset(changes | self._new_vocabulary(self._load.vocabulary))
        return announced

    async def write(self, batch: Batch, vocabulary: str | None = None) -> BatchCounts:
        """Write one batch, all of it or nothing; `vocabulary` when it has grown since the last one.

        A claim whose id is known and whose content is another is updated. Of several claims with one id the
        last is kept.

        Raises: StoreConflict when a claim id belongs to another data set or an end is no actor;
        StoreUnavailable.
        """
        if len(batch.claims) > MOST_CLAIMS:
            raise ValueError(f"a batch holds at most {MOST_CLAIMS} claims")
        if any(claim.dataset != self._name for claim in batch.claims):
            raise ValueError(f"a claim of another data set than {self._name!r}")
        await ensure_types(self._store, (claim.type for claim in batch.claims), self._types)
        claims = {claim.id: claim for claim in batch.claims}
        moved = await self._given.look_up(claims)
        words = self._new_vocabulary(vocabulary)

        async def work(transaction: AsyncManagedTransaction) -> _Written:
            people = await self._put_actors(transaction, batch)
            documents = await self._put_sources(transaction, batch.sources)
            tally = await self._rows.put(transaction, claims, moved)
            if words:
                await _run(transaction, PUT_DATASET, name=self._name, properties=words)
            counts = BatchCounts(tally.new, len(batch.claims) - tally.new - tally.updated, tally.updated)
            changed = bool(people or documents or tally.new or tally.updated or words)
            return _Written(counts, changed)

        written = await self._store.write(work, changed=lambda done: done.changed)
        self._members.update(_ends(batch.claims), (actor.id for actor in batch.actors))
        self._given.remember(claims.values())
        self._vocabulary = words.get("vocabulary", self._vocabulary)
        self._changed = self._changed or written.changed
        return written.counts

    async def finish(self, vocabulary: str | None = None) -> None:
        """Note when the data set was loaded and its whole vocabulary; a load that changed nothing leaves no
        trace.

        Raises: StoreUnavailable.
        """
        changes = self._new_vocabulary(vocabulary)
        if self._changed or changes:
            changes["loaded_at"] = self._load.recorded_at
        await self._put_dataset(changes)

    def _new_vocabulary(self, vocabulary: str | None) -> dict[str, Any]:
        return {} if vocabulary in (None, self._vocabulary) else {"vocabulary": vocabulary}

    async def _put_dataset(self, changes: dict[str, Any]) -> None:
        if changes:

            async def work(transaction: AsyncManagedTransaction) -> None:
                await _run(transaction, PUT_DATASET, name=self._name, properties=changes)

            await self._store.write(work)
            self._vocabulary = changes.get("vocabulary", self._vocabulary)

    async def _put_actors(self, transaction: AsyncManagedTransaction, batch: Batch) -> int:
        """Write what the batch says of actors and note that the data set mentions all ends; returns how many
        changed.

        Raises: StoreConflict when a claim's end is neither in the batch nor in the store.
        """
        said = {actor.id: actor for actor in batch.actors}
        mentioned = sorted((_ends(batch.claims) - self._members) | said.keys())
        rows = await _fetch(transaction, ACTORS_OF_IDS, ids=mentioned) if mentioned else []
        before = {row["id"]: row for row in rows}
        changed = []
        for id in mentioned:
            if id not in before and id not in said:
                raise StoreConflict(f"a claim names the actor {id!r}, which is not in the store")
            record = ActorRecord.of(before[id]) if id in before else new_record(said[id])
            record.mention(self._name)
            if id in said:
                record.merge(said[id], self._name)
            changed += _changes(record.properties(), before.get(id, {}), "id")
        await _put(transaction, PUT_ACTORS, changed)
        return len(changed)

    async def _put_sources(self, transaction: AsyncManagedTransaction, sources: Sequence[Source]) -> int:
        wanted = {source_key(self._name, source.id): source for source in sources}
        rows = await _fetch(transaction, SOURCES_OF_KEYS, keys=sorted(wanted)) if wanted else []
        before = {row["key"]: row for row in rows}
        changed = []
        for key, source in sorted(wanted.items()):
            changed += _changes(_source_properties(key, source, self._name), before.get(key, {}), "key")
        await _put(transaction, PUT_SOURCES, changed)
        return len(changed)


def _changes(wanted: Mapping[str, Any], stored: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The key with the properties that differ, as a list of none or one."""
    differing = {name: value for name, value in wanted.items() if stored.get(name) != value}
    return [{key: wanted[key], **differing}] if differing else []


async def _put(
    transaction: AsyncManagedTransaction, statement: str, rows: Sequence[Mapping[str, Any]]
) -> None:
    for start in range(0, len(rows), MOST_CLAIMS):
        await _run(transaction, statement, rows=rows[start : start + MOST_CLAIMS])


async def _run(transaction: AsyncManagedTransaction, statement: str, **parameters: Any) -> None:
    await (await transaction.run(statement, parameters)).consume()


async def _fetch(
    transaction: AsyncManagedTransaction, statement: str, **parameters: Any
) -> list[Mapping[str, Any]]:
    result = await transaction.run(statement, parameters)
    return [record["properties"] async for record in result]


def _ends(claims: Sequence[Claim]) -> set[str]:
    return {claim.subject for claim in claims} | {claim.object for claim in claims}


def _source_properties(key: str, source: Source, dataset: str) -> dict[str, Any]:
    names = ("id", "title", "publisher", "url", "author", "published", "retrieved", "lang", "sha256")
    return {"key": key, **{name: getattr(source, name) for name in names}, "datasets": [dataset]}


def _dataset_properties(dataset: Dataset) -> dict[str, Any]:
    """What the load says of its data set; what it is silent about stays as it was."""
    said = {name: getattr(dataset, name) for name in ("title", "description", "licence")}
    questions = [{"text": one.text, "link": one.link} for one in dataset.questions]
    return {
        "name": dataset.name,
        **{name: value for name, value in said.items() if value is not None},
        **({"questions": json.dumps(questions, ensure_ascii=False)} if questions else {}),
    }


def _refuse_name(name: str) -> None:
    if name.casefold() == EXTERNAL_DATASET:
        raise StoreConflict(
            f"a data set cannot be called {name!r}: that is what relationships written by hand are called"
        )
    if not name.strip() or "/" in name or not name.isprintable():
        raise StoreConflict(f"a data set cannot be called {name!r}: a name has letters and no slash")
