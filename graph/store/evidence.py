"""Evidence out of the store: claims by their keys, sources, data sets. Never from the projection."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from neo4j.time import Date

from graph.dates import as_dates, parse_date
from graph.model import EXTERNAL_DATASET, NOT_PREFIX, STATUSES, Claim, Dataset, Question, Source
from graph.store.bolt import Store
from graph.store.keys import ClaimKey, claim_key
from graph.store.sourcekeys import source_key

__all__ = ["ClaimKey", "claim_of", "claims_of", "datasets", "source", "sources", "sources_by_key"]

PAIRS_AT_ONCE = 2_000
"""Pairs of actors whose claims are asked for in one statement."""

CLAIMS_OF_PAIRS = """
UNWIND $pairs AS pair
MATCH (a:Actor {id: pair[0]}), (b:Actor {id: pair[1]})
MATCH (a)-[x]->(b)
WHERE x.claim_id IN pair[2] OR (pair[3] AND x.claim_id IS NULL)
RETURN pair[0] AS subject, type(x) AS type, pair[1] AS object, properties(x) AS properties
"""
SOURCES = """
MATCH (s:Source) WHERE $dataset IS NULL OR $dataset IN s.datasets RETURN properties(s) AS properties
"""
SOURCES_BY_KEY = """
UNWIND $keys AS key MATCH (s:Source {key: key}) RETURN key, properties(s) AS properties
"""
SOURCE_BY_KEY = "MATCH (s:Source {key: $key}) RETURN properties(s) AS properties"
SOURCE_BY_ID = "MATCH (s:Source) WHERE s.id = $id RETURN properties(s) AS properties ORDER BY s.key LIMIT 1"
DATASETS = "MATCH (d:Dataset) RETURN properties(d) AS properties ORDER BY d.name"


async def claims_of(store: Store, keys: Sequence[ClaimKey]) -> list[Claim]:
    """The claims of these keys in their order; one that is no longer there is left out.

    A relationship that somebody wrote by hand comes as a claim of data set `external`, without a statement.

    Raises: StoreUnavailable.
    """
    pairs: dict[tuple[str, str], list[str]] = {}
    for key in keys:
        pairs.setdefault((key.subject, key.object), []).append(key.id)
    asked = [[*pair, ids, any(id.startswith("x_") for id in ids)] for pair, ids in pairs.items()]
    wanted = set(keys)
    found: dict[ClaimKey, Claim] = {}

    def take(rows: Sequence[Mapping[str, Any]]) -> None:
        for row in rows:
            key = claim_key(row["subject"], row["type"], row["object"], row["properties"])
            if key in wanted:
                found[key] = claim_of(key, row["properties"])

    for start in range(0, len(asked), PAIRS_AT_ONCE):
        rows = await store.read(CLAIMS_OF_PAIRS, {"pairs": asked[start : start + PAIRS_AT_ONCE]})
        await asyncio.to_thread(take, rows)
    return [found[key] for key in keys if key in found]


def claim_of(key: ClaimKey, properties: Mapping[str, Any]) -> Claim:
    """The claim that a relationship with these properties states."""
    given = {name: _plain(value) for name, value in properties.items()}
    status = given.get("status")
    claim = Claim(
        id=key.id,
        dataset=_text(given.get("dataset")) or EXTERNAL_DATASET,
        subject=key.subject,
        object=key.object,
        type=key.type,
        polarity="negative" if key.type.startswith(NOT_PREFIX) else "positive",
        status=status if status in STATUSES else "asserted",
        category=_text(given.get("category")) or "UNCLASSIFIED",
        source_id=_text(given.get("source_id")) or _text(given.get("dataset")) or EXTERNAL_DATASET,
        statement=_text(given.get("statement")) or "",
        passage_start=_number(given.get("passage_start")),
        passage_end=_number(given.get("passage_end")),
        attributed_to=_text(given.get("attributed_to")),
        attributed_to_id=_text(given.get("attributed_to_id")),
        quote=_text(given.get("quote")),
        valid_from=_text(given.get("valid_from")),
        valid_to=_text(given.get("valid_to")),
        relation_raw=_text(given.get("relation_raw")),
        date_text=_text(given.get("date_text")),
    )
    return replace(claim, **_dates(given))


async def sources(store: Store, dataset: str | None = None) -> list[Source]:
    """All sources, or those of one data set, by data set and id.

    Raises: StoreUnavailable.
    """
    rows = await store.read(SOURCES, {"dataset": dataset})

    def made() -> list[Source]:
        return sorted((_source(row["properties"]) for row in rows), key=lambda one: (one.datasets, one.id))

    return await asyncio.to_thread(made)


async def source(store: Store, id: str) -> Source | None:
    """The source `dataset/id`, or the first by data set with this plain id; None when there is none.

    Raises: StoreUnavailable.
    """
    dataset, slash, rest = id.partition("/")
    if slash and rest:
        rows = await store.read(SOURCE_BY_KEY, {"key": source_key(dataset, rest)})
        if rows:
            return _source(rows[0]["properties"])
    rows = await store.read(SOURCE_BY_ID, {"id": id})
    return _source(rows[0]["properties"]) if rows else None


async def sources_by_key(store: Store, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Source]:
    """The sources of these data sets and ids, in their order; one that is not there is left out.

    Raises: StoreUnavailable.
    """
    if not wanted:
        return {}
    keys = {source_key(dataset, id): (dataset, id) for dataset, id in wanted}
    rows = await store.read(SOURCES_BY_KEY, {"keys": list(keys)})
    found = {keys[row["key"]]: _source(row["properties"]) for row in rows}
    return {pair: found[pair] for pair in keys.values() if pair in found}


async def datasets(store: Store) -> list[Dataset]:
    """All data sets by name; their claims are counted on the projection, not here.

    Raises: StoreUnavailable.
    """
    return [_dataset(row["properties"]) for row in await store.read(DATASETS)]


def _source(properties: Mapping[str, Any]) -> Source:
    id = _text(properties.get("id")) or ""
    return Source(
        id=id,
        title=_text(properties.get("title")) or id,
        datasets=tuple(properties.get("datasets") or ()),
        **{name: _text(_plain(properties.get(name))) for name in _SOURCE_TEXTS},
    )


_SOURCE_TEXTS = ("publisher", "url", "author", "published", "retrieved", "lang", "sha256")


def _dataset(properties: Mapping[str, Any]) -> Dataset:
    questions = json.loads(properties.get("questions") or "[]")
    return Dataset(
        name=str(properties.get("name")),
        questions=tuple(Question(text=one["text"], link=one["link"]) for one in questions),
        title=_text(properties.get("title")),
        description=_text(properties.get("description")),
        licence=_text(properties.get("licence")),
        loaded_at=_text(properties.get("loaded_at")),
    )


def _plain(value: Any) -> Any:
    return value.to_native() if isinstance(value, Date) else value


def _dates(given: Mapping[str, Any]) -> dict[str, Any]:
    """Date, bounds and precision; what somebody wrote by hand has no bounds of its own and may be no date."""
    date, first, last = given.get("date"), given.get("date_from"), given.get("date_to")
    if isinstance(date, str) and given.get("date_precision"):
        return {
            "date": date,
            "date_from": first if isinstance(first, dt.date) else None,
            "date_to": last if isinstance(last, dt.date) else None,
            "date_precision": _text(given.get("date_precision")),
        }
    if date is None:
        return {}
    try:
        parsed = parse_date(str(date))
    except ValueError:
        return {}
    begin, end = as_dates(parsed)
    return {"date": parsed.text, "date_from": begin, "date_to": end, "date_precision": parsed.precision}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None
