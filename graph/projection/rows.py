"""From records of the store to what the projection is made of: actors, data sets, rows of claims."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from graph.errors import InputUnusable
from graph.model import Actor, Dataset, Question
from graph.projection.columns import ClaimRow
from graph.projection.snapshot import Catalogue
from graph.store.blocking import ManagedTransaction
from graph.vocabulary import Vocabulary, types_from_json

log = logging.getLogger(__name__)

BATCH = 20_000
"""Claims that are turned into numbers at a time; bounds the memory held by rows."""

_PROPERTIES = """r.claim_id, r.status, r.date, r.valid_from, r.valid_to, r.source_id, r.dataset,
                r.attributed_to, r.attributed_to_id, r.load_id, r.recorded_at"""
ACTORS = """
MATCH (a:Actor) WHERE a.id IS NOT NULL
RETURN a.id AS id, a.name AS name, a.kind AS kind, a.aliases AS aliases, a.description AS description,
       a.wikidata_id AS wikidata_id, a.country AS country, a.datasets AS datasets
"""
DATASETS = """
MATCH (d:Dataset)
RETURN d.name AS name, d.title AS title, d.description AS description, d.licence AS licence,
       d.loaded_at AS loaded_at, d.questions AS questions, d.vocabulary AS vocabulary
ORDER BY d.loaded_at, d.name
"""
CLAIM_COUNT = "MATCH (:Actor)-[r]->(:Actor) RETURN count(r) AS claims"
CLAIMS = f"""
MATCH (a:Actor)-[r]->(b:Actor) WHERE a.id IS NOT NULL AND b.id IS NOT NULL
RETURN a.id AS subject, collect([type(r), b.id, {_PROPERTIES}]) AS claims
"""
"""One record per actor: half the time of one per claim, and a tenth of the work on this side."""

CLAIMS_FROM = f"""
UNWIND $ids AS id
MATCH (a:Actor {{id: id}})-[r]->(b:Actor) WHERE b.id IS NOT NULL
RETURN id AS subject, collect([type(r), b.id, {_PROPERTIES}]) AS claims
"""
CLAIMS_TO = f"""
UNWIND $ids AS id
MATCH (b:Actor {{id: id}})<-[r]-(a:Actor) WHERE a.id IS NOT NULL
RETURN id AS object, collect([type(r), a.id, {_PROPERTIES}]) AS claims
"""


def read_catalogue(tx: ManagedTransaction, vocabulary: Vocabulary) -> Catalogue:
    """Actors in order of id, data sets, and the vocabulary with what loads left on their data sets."""
    actors = sorted((a for a in map(_actor, tx.run(ACTORS)) if a is not None), key=lambda a: a.id)
    records = [dict(record) for record in tx.run(DATASETS)]
    for record in records:
        vocabulary = _with_types(vocabulary, record)
    return Catalogue(tuple(actors), tuple(_dataset(record) for record in records), vocabulary)


def claims_by_subject(result: Iterable[Any]) -> Iterator[list[ClaimRow]]:
    """Rows of `CLAIMS` or `CLAIMS_FROM`, some thousands at a time."""
    return _batches(
        ClaimRow(subject, type_, object_, *map(_text, rest))
        for subject, claims in result
        for type_, object_, *rest in claims
        # Somebody may have given an actor of his own a number for an id.
        if isinstance(subject, str) and isinstance(object_, str)
    )


def claims_by_object(result: Iterable[Any]) -> Iterator[list[ClaimRow]]:
    """Rows of `CLAIMS_TO`, some thousands at a time."""
    return _batches(
        ClaimRow(subject, type_, object_, *map(_text, rest))
        for object_, claims in result
        for type_, subject, *rest in claims
        if isinstance(subject, str)
    )


def _batches(rows: Iterator[ClaimRow]) -> Iterator[list[ClaimRow]]:
    batch: list[ClaimRow] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= BATCH:
            yield batch
            batch = []
    yield batch


def _with_types(vocabulary: Vocabulary, record: Mapping[str, Any]) -> Vocabulary:
    """The vocabulary with what a load left on its data set; somebody else's `:Dataset` may hold anything
    there.
    """
    try:
        return vocabulary.extended(types_from_json(record["vocabulary"] or "[]"))
    except InputUnusable as problem:
        log.warning("the vocabulary of data set %r is not ours and is left out: %s", record["name"], problem)
        return vocabulary


def _text(value: Any) -> Any:
    """Text of a property; people write dates by hand as Cypher dates and years as numbers."""
    return value if value is None or isinstance(value, str) else str(value)


def _actor(record: Mapping[str, Any]) -> Actor | None:
    """An actor of the table; a hand-made one whose id is no text is left out (`check` counts it)."""
    if not isinstance(record["id"], str):
        return None
    return Actor(
        id=record["id"],
        name=_text(record["name"]) or record["id"],
        kind=_text(record["kind"]) or "other",
        aliases=_texts(record["aliases"]),
        description=_text(record["description"]),
        wikidata_id=_text(record["wikidata_id"]),
        country=_text(record["country"]),
        datasets=_texts(record["datasets"]),
    )


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    return () if value is None else (str(value),)


def _dataset(record: Mapping[str, Any]) -> Dataset:
    return Dataset(
        name=_text(record["name"]) or "",
        title=_text(record["title"]),
        description=_text(record["description"]),
        licence=_text(record["licence"]),
        loaded_at=_text(record["loaded_at"]),
        questions=_questions(record["questions"]),
    )


def _questions(text: Any) -> tuple[Question, ...]:
    try:
        listed = orjson.loads(text or "[]")
        return tuple(Question(str(one["text"]), str(one["link"])) for one in listed)
    except (ValueError, TypeError, KeyError):
        return ()
