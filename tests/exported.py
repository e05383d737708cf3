"""A whole store as the lines of an export, so that equal graphs give equal bytes; and how to empty one."""

from __future__ import annotations

from typing import Any

from engines import wipe
from graph.model import Actor
from graph.store.bolt import Store
from graph.store.evidence import claim_of, datasets, sources
from graph.store.keys import claim_key
from graph.store.writing import drop
from ingest.writers import jsonl

ACTORS = "MATCH (a:Actor) RETURN properties(a) AS of ORDER BY a.id"
CLAIMS = """
MATCH (a:Actor)-[x]->(b:Actor)
RETURN a.id AS subject, type(x) AS type, b.id AS object, properties(x) AS properties
"""
VOCABULARIES = "MATCH (d:Dataset) RETURN d.name AS name, d.vocabulary AS vocabulary"


async def export(store: Store) -> bytes:
    """Every record of the store in order of kind and id."""
    words = {row["name"]: row["vocabulary"] for row in await store.read(VOCABULARIES)}
    lines = [jsonl.dataset_line(one, words[one.name]) for one in await datasets(store)]
    lines += [jsonl.actor_line(_actor(row["of"])) for row in await store.read(ACTORS)]
    lines += [jsonl.source_line(one) for one in await sources(store)]
    claims = []
    for row in await store.read(CLAIMS):
        key = claim_key(row["subject"], row["type"], row["object"], row["properties"])
        claims.append(claim_of(key, row["properties"]))
    lines += [jsonl.claim_line(one) for one in sorted(claims, key=lambda one: (one.id, one.type))]
    return b"".join(lines)


async def empty(store: Store) -> None:
    """Take everything out; data set by data set, because a large graph is too much for one statement."""
    for one in await datasets(store):
        await drop(store, one.name)
    await wipe(store)


def _actor(of: dict[str, Any]) -> Actor:
    return Actor(
        id=of["id"],
        name=of["name"],
        kind=of["kind"],
        aliases=tuple(of["aliases"]),
        description=of.get("description"),
        wikidata_id=of.get("wikidata_id"),
        country=of.get("country"),
        datasets=tuple(of["datasets"]),
    )
