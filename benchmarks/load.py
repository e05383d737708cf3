"""Loading icews14 (90,730 claims) into the embedded store, beside a bare loop that writes the same
properties."""

from __future__ import annotations

import asyncio
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from neo4j import AsyncDriver, AsyncGraphDatabase, AsyncManagedTransaction

from benchmarks.report import Figure, Report
from benchmarks.serving import command, environment, shared
from graph.store.bolt import Store
from graph.store.embedded import EmbeddedConfig, Endpoint, open_embedded
from graph.store.schema import ensure_schema, ensure_types
from ingest.loader import LoadRequest, load
from ingest.vocabulary import builtin

BATCH = 5_000
FIRST_BAR, AGAIN_BAR, MEMORY_BAR = 1.8, 1.5, 300.0

READ_BACK = """
MATCH (a:Actor)-[r]->(b:Actor) RETURN a.id AS subject, type(r) AS type, b.id AS object, properties(r) AS
properties
"""
READ_ACTORS = "MATCH (a:Actor) RETURN properties(a) AS properties"


@dataclass(frozen=True, slots=True)
class Graph:
    """What the product wrote, read back: the same rows are given to the bare loop."""

    actors: list[dict[str, Any]]
    claims: list[dict[str, Any]]


def run() -> Report:
    """Measure both and the loader's memory."""
    report = Report("load: icews14 into the embedded store")
    ours, graph = asyncio.run(_ours())
    bare = asyncio.run(_bare(graph))
    report.add(Figure("first load", ours[0], "s", bare[0], "bare loop", most_ratio=FIRST_BAR))
    report.add(
        Figure("second load, all known", ours[1], "s", bare[1], "bare loop again", most_ratio=AGAIN_BAR)
    )
    report.add(Figure("loader process, most memory", _memory(), "MB", most=MEMORY_BAR))
    return report


async def _ours() -> tuple[tuple[float, float], Graph]:
    path = shared("icews14.tsv.gz")
    with tempfile.TemporaryDirectory() as home:
        async with open_embedded(_config(home)) as endpoint, await Store.connect(endpoint.writer) as store:
            request = LoadRequest(paths=(path,), vocabulary=builtin())
            first = await _timed(load(store, request))
            again = await _timed(load(store, request))
            claims = await store.read(READ_BACK)
            actors = [row["properties"] for row in await store.read(READ_ACTORS)]
            return (first, again), Graph(actors, claims)


async def _bare(graph: Graph) -> tuple[float, float]:
    """The loop on a store with the same constraints; making them is in our time and not in its."""
    with tempfile.TemporaryDirectory() as home:
        async with open_embedded(_config(home)) as endpoint:
            async with await Store.connect(endpoint.writer) as store:
                await ensure_schema(store)
                await ensure_types(store, {claim["type"] for claim in graph.claims}, set())
            async with _driver(endpoint) as driver:
                first = await _timed(_loop(driver, graph))
                return first, await _timed(_loop(driver, graph))


async def _loop(driver: AsyncDriver, graph: Graph) -> None:
    by_type: dict[str, list[dict[str, Any]]] = {}
    for claim in graph.claims:
        by_type.setdefault(claim["type"], []).append(claim)
    async with driver.session(database="graph") as session:
        for rows in _slices(graph.actors):
            await session.execute_write(
                _send, "UNWIND $rows AS row MERGE (a:Actor {id: row.id}) SET a += row", rows
            )
        for type_, claims in by_type.items():
            names = sorted({name for claim in claims for name in claim["properties"]})
            inline = ", ".join(f"{name}: row.properties.{name}" for name in names)
            statement = (
                "UNWIND $rows AS row MATCH (a:Actor {id: row.subject}) MATCH (b:Actor {id: row.object}) "
                f"WHERE NOT EXISTS {{ (a)-[:{type_} {{claim_id: row.properties.claim_id}}]->(b) }} "
                f"CREATE (a)-[:{type_} {{{inline}}}]->(b)"
            )
            for rows in _slices(sorted(claims, key=lambda c: c["subject"])):
                await session.execute_write(_send, statement, rows)


async def _send(tx: AsyncManagedTransaction, statement: str, rows: list[dict[str, Any]]) -> None:
    await (await tx.run(statement, rows=rows)).consume()


def _slices(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for begin in range(0, len(rows), BATCH):
        yield rows[begin : begin + BATCH]


async def _timed(work: Awaitable[object]) -> float:
    started = time.perf_counter()
    await work
    return time.perf_counter() - started


def _config(home: str) -> EmbeddedConfig:
    return EmbeddedConfig(home=Path(home), bolt_port=0)


def _driver(endpoint: Endpoint) -> AsyncDriver:
    writer = endpoint.writer
    return AsyncGraphDatabase.driver(writer.uri, auth=(writer.username or "", writer.password or ""))


def _memory() -> float:
    """Most resident memory of `actorgraph load` without its engine, in MB."""
    with tempfile.TemporaryDirectory() as home:
        process = subprocess.Popen(
            command("load", str(shared("icews14.tsv.gz"))),
            env=environment(Path(home)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        watched = psutil.Process(process.pid)
        most = 0
        while process.poll() is None:
            try:
                most = max(most, watched.memory_info().rss)
            except psutil.NoSuchProcess:
                break
            time.sleep(0.02)
        return most / 1e6
