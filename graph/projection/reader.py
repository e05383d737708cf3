"""Reads the whole graph's structure from the store into a snapshot.

It uses the driver's blocking form, for a thread of its own: decoding half a million records on the event
loop would starve everything else.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import neo4j
import orjson

from graph.errors import InputUnusable, ProjectionLimit
from graph.model import Actor, Dataset, Question
from graph.projection.columns import ClaimRow, ColumnsBuilder
from graph.projection.snapshot import Catalogue, Snapshot
from graph.store.bolt import ACQUIRE_LIMIT, CONNECT_LIMIT, READ_RETRIES, Store
from graph.store.failures import store_errors
from graph.vocabulary import Vocabulary, types_from_json

log = logging.getLogger(__name__)

BATCH = 20_000
"""Claims that are turned into numbers at a time; bounds the memory held by rows."""

COUNT = "MATCH (:Actor)-[r]->(:Actor) RETURN count(r) AS claims"
ACTORS = """
MATCH (a:Actor) WHERE a.id IS NOT NULL
RETURN a.id AS id, a.name AS name, a.kind AS kind, a.aliases AS aliases, a.description AS description,
       a.wikidata_id AS wikidata_id, a.country AS country, a.datasets AS datasets
"""
CLAIMS = """
MATCH (a:Actor)-[r]->(b:Actor) WHERE a.id IS NOT NULL AND b.id IS NOT NULL
RETURN a.id AS subject,
       collect([type(r), b.id, r.claim_id, r.status, r.date, r.valid_from, r.valid_to, r.source_id, r.dataset,
                r.attributed_to, r.attributed_to_id, r.load_id, r.recorded_at]) AS claims
"""
"""One record per actor: half the time of one per claim, and a tenth of the work on this side."""

DATASETS = """
MATCH (d:Dataset)
RETURN d.name AS name, d.title AS title, d.description AS description, d.licence AS licence,
       d.loaded_at AS loaded_at, d.questions AS questions, d.vocabulary AS vocabulary
ORDER BY d.loaded_at, d.name
"""


def read_snapshot(store: Store, token: str, vocabulary: Vocabulary, limit: int) -> Snapshot:
    """Everything structure questions need, labelled with `token`, which must have been taken before.

    Raises: ProjectionLimit when the store holds more than `limit` claims; StoreUnavailable.
    """
    address = store.address
    with (
        store_errors(address),
        neo4j.GraphDatabase.driver(
            address.uri,
            auth=(address.username, address.password or "") if address.username else None,
            connection_timeout=CONNECT_LIMIT,
            connection_acquisition_timeout=ACQUIRE_LIMIT,
            max_transaction_retry_time=READ_RETRIES,
            notifications_min_severity="OFF",
        ) as driver,
        driver.session(
            database=address.database or store.dialect.database,
            default_access_mode=neo4j.READ_ACCESS,
            # A member of a cluster that lags behind must not answer for a state before the token.
            bookmarks=neo4j.Bookmarks.from_raw_values(token.split())
            if store.dialect.changes_show_in_bookmarks
            else None,
        ) as session,
    ):
        return session.execute_read(_read, token, vocabulary, limit)


def _read(tx: neo4j.ManagedTransaction, token: str, vocabulary: Vocabulary, limit: int) -> Snapshot:
    claims = int(tx.run(COUNT).single(strict=True)["claims"])
    if claims > limit:
        raise ProjectionLimit(
            f"the graph holds {claims:,} claims and the projection may hold {limit:,}; "
            "raise ACTORGRAPH_PROJECTION_LIMIT"
        )
    actors = sorted((a for a in map(_actor, tx.run(ACTORS)) if a is not None), key=lambda a: a.id)
    builder = ColumnsBuilder({actor.id: number for number, actor in enumerate(actors)})
    for rows in _batches(tx.run(CLAIMS)):
        builder.add(rows)
    records = list(tx.run(DATASETS))
    for record in records:
        vocabulary = _with_types(vocabulary, record)
    catalogue = Catalogue(tuple(actors), tuple(_dataset(record) for record in records), vocabulary)
    return Snapshot(token, catalogue, builder.build())


def _with_types(vocabulary: Vocabulary, record: neo4j.Record) -> Vocabulary:
    """The vocabulary with what a load left on its data set; somebody else's `:Dataset` may hold anything
    there.
    """
    try:
        return vocabulary.extended(types_from_json(record["vocabulary"] or "[]"))
    except InputUnusable as problem:
        log.warning("the vocabulary of data set %r is not ours and is left out: %s", record["name"], problem)
        return vocabulary


def _batches(result: neo4j.Result) -> Iterator[list[ClaimRow]]:
    rows: list[ClaimRow] = []
    for subject, claims in result:
        rows += [ClaimRow(subject, *map(_text, claim)) for claim in claims]
        if len(rows) >= BATCH:
            yield rows
            rows = []
    yield rows


def _text(value: Any) -> Any:
    """Text of a property; people write dates by hand as Cypher dates and years as numbers."""
    return value if value is None or isinstance(value, str) else str(value)


def _actor(record: neo4j.Record) -> Actor | None:
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


def _dataset(record: neo4j.Record) -> Dataset:
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
