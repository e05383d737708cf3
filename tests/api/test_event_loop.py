"""Nothing that is asked holds up the event loop: everybody else's questions wait behind it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Mapping
from typing import Any

import httpx
import pytest_asyncio
from fastapi import FastAPI
from neo4j import AsyncManagedTransaction

import pytest
from api.service import Service
from apiclient import Api, client_of, service_on
from benchmarks.madegraph import MadeGraph, name_of
from graph.store.embedded import EmbeddedConfig, open_embedded
from ingest.loader import LoadRequest, load
from ingest.vocabulary import builtin

MOST_LATE = 0.05
GRAPH = MadeGraph(actors=7_000, claims=40_000)
TICK = 0.005
ROUNDS = 3


class Watch:
    """Notes how late the loop comes back to a task that only sleeps."""

    def __init__(self) -> None:
        self.late = 0.0

    async def run(self) -> None:
        while True:
            begun, used = time.perf_counter(), time.process_time()
            await asyncio.sleep(TICK)
            late = time.perf_counter() - begun - TICK
            self.late = max(self.late, min(late, time.process_time() - used))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def large(tmp_path_factory: pytest.TempPathFactory, app: FastAPI) -> AsyncIterator[Api]:
    folder = tmp_path_factory.mktemp("large")
    t = time.time()
    async with open_embedded(EmbeddedConfig(folder, bolt_port=0)) as end, service_on(end) as service:
        path = GRAPH.write(folder / "made.csv")
        await load(service.store, LoadRequest(paths=(path,), vocabulary=builtin()))
        print("loaded", time.time() - t)
        async with client_of(app, service, timeout=60) as client:
            yield Api(client, service, service.store)


HUB = name_of(0).lower().replace(" ", "-")
OTHER = name_of(5001).lower().replace(" ", "-")
QUESTIONS = {
    "wide": (f"/actors/{HUB}/neighbourhood", {"limit": 1000, "depth": 2}),
    "claims": (f"/actors/{HUB}/neighbourhood", {"limit": 1000, "claims": True, "status": "alleged"}),
    "view": (f"/actors/{HUB}/neighbourhood", {"limit": 300, "between": True, "view": True}),
    "paths": ("/paths", {"from": HUB, "to": OTHER, "k": 25, "claims": True}),
    "markdown": ("/paths", {"from": HUB, "to": OTHER, "k": 25, "format": "markdown"}),
    "blocked": ("/paths", {"from": HUB, "to": OTHER, "type": "LEADS", "since": "2024-12"}),
    "search": ("/search", {"q": "kakroa kasn", "limit": 100}),
    "export": ("/export", {"format": "jsonl"}),
    "claimslist": ("/claims", {"limit": 1000}),
    "sources": ("/sources", {"limit": 10000}),
    "stats": ("/stats", {}),
    "schema": ("/schema", {}),
}


@pytest.mark.parametrize("name", QUESTIONS)
async def test_q(large, name):
    path, params = QUESTIONS[name]
    res = []
    for _ in range(ROUNDS):
        w = Watch()
        t = asyncio.create_task(w.run())
        await asyncio.sleep(0.02)
        b = time.perf_counter()
        a = await large.client.get("/api/v1" + path, params=params)
        d = time.perf_counter() - b
        t.cancel()
        res.append((round(w.late * 1e3, 1), round(d * 1e3), a.status_code, len(a.content)))
    print(name, res, a.text[:200] if a.status_code != 200 else "")


async def test_refresh(large):
    res = []
    for _ in range(3):
        await large.store.define("MATCH (a:Actor {id: 'x'}) SET a.name = 'x'")
        large.service.keeper._snapshot = None
        w = Watch()
        t = asyncio.create_task(w.run())
        await asyncio.sleep(0.02)
        b = time.perf_counter()
        a = await large.client.get("/api/v1/search", params={"q": "ka"})
        t.cancel()
        res.append((round(w.late * 1e3, 1), round((time.perf_counter() - b) * 1e3)))
    print("refresh", res)
