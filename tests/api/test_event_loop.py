"""Nothing that is asked holds up the event loop: everybody else's questions wait behind it."""

from __future__ import annotations

import asyncio
import gc
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from api.cli.serve import collect_seldom
from api.security import BYTES
from apiclient import Api, client_of, service_on
from benchmarks.madegraph import MadeGraph, name_of
from graph.model import Dataset
from graph.store.dropping import drop
from graph.store.embedded import EmbeddedConfig, open_embedded
from ingest.loader import LoadRequest, load
from ingest.vocabulary import builtin
from world import load_of, load_world

pytestmark = pytest.mark.timed

MOST_LATE = 0.05
READING_LATE = 0.1
LOADING_LATE = 0.03
"""Seconds. Reading is no question: it turns whole batches of rows into columns, each in one step."""
GRAPH = MadeGraph(actors=7_000, claims=40_000)
TICK = 0.005
ROUNDS = 4


@pytest.fixture(autouse=True)
def _collecting_as_the_server_does() -> Iterator[None]:
    """With Python's own thresholds everything that the tests before left is looked through meanwhile."""
    before = gc.get_threshold()
    collect_seldom()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


class Watch:
    """Notes how late the loop comes back to a task that only sleeps.

    What other programs of the machine take does not count: only as much as this process worked meanwhile.
    """

    def __init__(self) -> None:
        self.late = 0.0

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            begun, used = time.perf_counter(), time.process_time()
            await asyncio.sleep(TICK)
            late = time.perf_counter() - begun - TICK
            self.late = max(self.late, min(late, time.process_time() - used))


async def holds_up(work: Callable[[], Awaitable[httpx.Response]], allowed: float) -> list[float]:
    """How late the loop was in each of a few rounds of asking; nothing once it was in time."""
    found = []
    for _ in range(ROUNDS):
        watch = Watch()
        watching = asyncio.create_task(watch.run())
        await asyncio.sleep(4 * TICK)
        answer = await work()
        await asyncio.sleep(2 * TICK)
        watching.cancel()
        assert answer.status_code == 200, answer.text
        if watch.late <= allowed:
            return []
        found.append(watch.late)
    return found


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def large(tmp_path_factory: pytest.TempPathFactory, app: FastAPI) -> AsyncIterator[Api]:
    """The API on a made graph of 40,000 claims."""
    folder = tmp_path_factory.mktemp("large")
    async with open_embedded(EmbeddedConfig(folder, bolt_port=0)) as end, service_on(end) as service:
        path = GRAPH.write(folder / "made.csv")
        await load(service.store, LoadRequest(paths=(path,), vocabulary=builtin()))
        async with client_of(app, service, timeout=60) as client:
            yield Api(client, service, service.store)


HUB = name_of(0).lower().replace(" ", "-")
OTHER = name_of(5001).lower().replace(" ", "-")
QUESTIONS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "many actors": (f"/actors/{HUB}/neighbourhood", {"limit": 1000, "depth": 2}),
    "many claims": (f"/actors/{HUB}/neighbourhood", {"limit": 1000, "claims": True, "status": "alleged"}),
    "a picture": (f"/actors/{HUB}/neighbourhood", {"limit": 300, "between": True, "view": True}),
    "paths": ("/paths", {"from": HUB, "to": OTHER, "k": 25, "claims": True}),
    "a text": ("/paths", {"from": HUB, "to": OTHER, "k": 25, "format": "markdown"}),
    "nothing found": ("/paths", {"from": HUB, "to": OTHER, "type": "LEADS", "since": "2024-12"}),
    "names": ("/search", {"q": "kakroa kasn", "limit": 100}),
    "a page of claims": ("/claims", {"limit": 1000}),
    "sizes": ("/stats", {}),
}


@pytest.mark.parametrize("name", QUESTIONS)
async def test_a_question_does_not_hold_up_the_loop(large: Api, name: str) -> None:
    path, parameters = QUESTIONS[name]

    assert await holds_up(lambda: large.client.get(f"/api/v1{path}", params=parameters), MOST_LATE) == []


async def test_reading_the_graph_anew_does_not_hold_up_the_loop(large: Api) -> None:
    async def write_and_ask() -> httpx.Response:
        await load_world(large.store, load=load_of(Dataset("tiny-world"), uuid.uuid4().hex))
        await drop(large.store, "tiny-world")
        return await large.get("/stats")

    assert await holds_up(write_and_ask, READING_LATE) == []


async def test_a_load_over_http_does_not_hold_up_the_loop(large: Api, tmp_path: Path) -> None:
    file = MadeGraph(actors=2_500, claims=12_000).write(tmp_path / "more.csv").read_bytes()
    headers = {"Content-Type": BYTES}

    async def send() -> httpx.Response:
        asked = {"name": "more.csv", "dataset": f"more-{uuid.uuid4().hex}"}
        return await large.client.post("/api/v1/loads", params=asked, content=file, headers=headers)

    assert await holds_up(send, LOADING_LATE) == []
