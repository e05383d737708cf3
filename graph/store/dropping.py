"""Takes a data set out of the store: its claims, its name, and what nothing else mentions. Can be
interrupted and repeated.
"""

from __future__ import annotations

from dataclasses import dataclass

from neo4j import AsyncManagedTransaction

from graph.errors import NotFound
from graph.store.actorrecords import ActorRecord
from graph.store.bolt import Store

ACTORS_AT_ONCE = 500
CLAIMS_AT_ONCE = 20_000
"""Of one transaction; both bound its size whatever the size of the data set."""

IS_THERE = "MATCH (d:Dataset {name: $name}) RETURN count(d) AS times"
MEMBERS = "MATCH (a:Actor) WHERE $name IN a.datasets RETURN a.id AS id"
CLAIMS_OF_SUBJECTS = """
UNWIND $ids AS id
MATCH (a:Actor {id: id})-[x]->() WHERE x.dataset = $name
RETURN id AS id, count(x) AS claims
"""
REMOVE_CLAIMS = """
UNWIND $ids AS id
MATCH (a:Actor {id: id})-[x]->() WHERE x.dataset = $name
WITH x LIMIT $limit
DELETE x
"""
RECORDS = "UNWIND $ids AS id MATCH (a:Actor {id: id}) RETURN properties(a) AS properties"
PUT_RECORDS = "UNWIND $rows AS row MATCH (a:Actor {id: row.id}) SET a += row"
REMOVE_UNMENTIONED = """
UNWIND $ids AS id
MATCH (a:Actor {id: id}) WHERE size(a.datasets) = 0 AND NOT EXISTS { (a)--() }
DELETE a
"""
FORGET_SOURCES = """
MATCH (s:Source) WHERE $name IN s.datasets
SET s.datasets = [other IN s.datasets WHERE other <> $name]
"""
REMOVE_SOURCES = "MATCH (s:Source) WHERE size(s.datasets) = 0 DELETE s"
REMOVE_DATASET = "MATCH (d:Dataset {name: $name}) DELETE d"


@dataclass(frozen=True, slots=True)
class DropReport:
    """How much was removed."""

    claims: int
    actors: int
    sources: int


async def drop(store: Store, dataset: str) -> DropReport:
    """Remove a data set; actors and sources that other data sets or relationships mention stay.

    Raises: NotFound when there is no such data set; StoreUnavailable.
    """
    rows = await store.read(IS_THERE, {"name": dataset})
    if not rows[0]["times"]:
        raise NotFound(f"no data set {dataset!r} in the store")
    members = sorted(row["id"] for row in await store.read(MEMBERS, {"name": dataset}))
    parts = [members[start : start + ACTORS_AT_ONCE] for start in range(0, len(members), ACTORS_AT_ONCE)]
    claims = 0
    for ids in parts:
        claims += await _remove_claims(store, dataset, ids)
    actors = 0
    for ids in parts:
        actors += await _forget_actors(store, dataset, ids)
    sources = await _forget_sources(store, dataset)
    return DropReport(claims, actors, sources)


async def _remove_claims(store: Store, dataset: str, ids: list[str]) -> int:
    """Remove what these actors are the subjects of; every claim of a data set has its subject among its
    members.
    """

    async def work(transaction: AsyncManagedTransaction) -> int:
        result = await transaction.run(REMOVE_CLAIMS, ids=ids, name=dataset, limit=CLAIMS_AT_ONCE)
        return (await result.consume()).counters.relationships_deleted

    removed = 0
    while step := await store.write(work, changed=bool):
        removed += step
        if step < CLAIMS_AT_ONCE:
            break
    return removed


async def _forget_actors(store: Store, dataset: str, ids: list[str]) -> int:
    async def work(transaction: AsyncManagedTransaction) -> int:
        result = await transaction.run(RECORDS, ids=ids)
        rows = []
        async for (properties,) in result:
            record = ActorRecord.of(properties)
            record.forget(dataset)
            rows.append(record.properties())
        await (await transaction.run(PUT_RECORDS, rows=rows)).consume()
        result = await transaction.run(REMOVE_UNMENTIONED, ids=ids)
        return (await result.consume()).counters.nodes_deleted

    return await store.write(work)


async def _forget_sources(store: Store, dataset: str) -> int:
    async def work(transaction: AsyncManagedTransaction) -> int:
        await (await transaction.run(FORGET_SOURCES, name=dataset)).consume()
        removed = (await (await transaction.run(REMOVE_SOURCES)).consume()).counters.nodes_deleted
        await (await transaction.run(REMOVE_DATASET, name=dataset)).consume()
        return removed

    return await store.write(work)
