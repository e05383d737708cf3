"""The same question has the same answer on both engines, from memory and through the corridor."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from apicalls import CALLS, address
from apiclient import Api, client_of, service_on
from engines import RunningEngine
from graph.model import Dataset
from graph.projection.keeper import KeeperSettings
from graph.projection.reader import read_snapshot
from graph.projection.snapshot import Snapshot
from graph.store.blocking import BlockingReader
from graph.vocabulary import Vocabulary
from world import CLAIMS, load_of, load_world, of_dataset

NO_SNAPSHOT = KeeperSettings(limit=0)
DIFFERS = frozenset({"elapsed_ms", "request_id", "next", "loaded_at"})
WRONG = (
    "/api/v1/paths?from=amal-hadad&to=northland",
    "/api/v1/paths?from=amal-haddad&to=nrthland",
    "/api/v1/actors/nobody",
    "/api/v1/actors/amal-haddad/neighbourhood?type=MEET",
    "/api/v1/actors/amal-haddad/neighbourhood?dataset=tiny-wrld",
    "/api/v1/actors/amal-haddad/neighbourhood?source=dayly",
    "/api/v1/relations/r_nonsense",
    "/api/v1/claims/c_nothing",
)
PATHS = (
    "from=cara-lindqvist&to=northland&k=9&rank=strongest",
    "from=cara-lindqvist&to=northland&k=9&rank=specific&via=boris-orlov",
    "from=cara-lindqvist&to=northland&rank=recent&undated=include",
    "from=cara-lindqvist&to=northland&rank=chronological&undated=include",
    "from=Amal Haddad&from=southland&to=border-guard&max_degree=2&structural=include",
    "from=amal-haddad&to=northland&avoid=boris-orlov&avoid=grain-union&max_hops=2",
    "from=amal-haddad&to=harvest-day&min_sources=2",
    "from=amal-haddad&to=northland&since=2024&until=2024-06&claims=true&view=true",
)
ASKED = (
    *(address(*call) for call in CALLS if call[0] not in ("/livez", "/readyz")),
    *(f"/api/v1/paths?{query}" for query in PATHS),
    *WRONG,
)


def bare(value: Any) -> Any:
    """An answer without what must differ: times, ids of requests, cursors of one state of one store."""
    if isinstance(value, dict):
        return {
            k: bare(v) for k, v in value.items() if k not in ("elapsed_ms", "request_id", "next", "loaded_at")
        }
    return [bare(item) for item in value] if isinstance(value, list) else value


@contextlib.asynccontextmanager
async def asking(app: FastAPI, engine: RunningEngine, projection: KeeperSettings) -> AsyncIterator[Api]:
    """The API on what an engine holds."""
    async with (
        service_on(engine, wiped=False, projection=projection) as service,
        client_of(app, service) as client,
    ):
        yield Api(client, service, service.store)


async def answers(app: FastAPI, engine: RunningEngine, projection: KeeperSettings) -> dict[str, Any]:
    """Status and body of every question."""
    async with asking(app, engine, projection) as api:
        found = [await api.client.get(path) for path in ASKED]
        return {path: [one.status_code, body(one)] for path, one in zip(ASKED, found, strict=True)}


def body(answer: httpx.Response) -> Any:
    """The text of an answer, or its JSON without what must differ."""
    return bare(answer.json()) if "json" in answer.headers["content-type"] else answer.text


def differing(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {path: (one[path], other[path]) for path in one if one[path] != other[path]}


async def test_the_corridor_answers_as_the_snapshot_does(
    worlds: Api, app: FastAPI, engine: RunningEngine
) -> None:
    await load_world(worlds.store, of_dataset(CLAIMS[:7], "other"), load=load_of(Dataset("other"), "load-2"))
    from_memory = await answers(app, engine, KeeperSettings())
    through_the_corridor = await answers(app, engine, NO_SNAPSHOT)

    assert differing(from_memory, through_the_corridor) == {}
    assert {status for status, _ in from_memory.values()} == {200, 404, 422}


@pytest.mark.neo4j
async def test_both_engines_give_the_same_answers(
    app: FastAPI, embedded_engine: RunningEngine, neo4j_engine: RunningEngine
) -> None:
    found = []
    for engine in (embedded_engine, neo4j_engine):
        async with service_on(engine) as service:
            await load_world(service.store)
        found.append(await answers(app, engine, KeeperSettings()))

    assert differing(*found) == {}


async def test_a_corridor_shows_a_write_in_the_very_next_answer(
    worlds: Api, app: FastAPI, engine: RunningEngine
) -> None:
    async with asking(app, engine, NO_SNAPSHOT) as api:
        before = (await api.get("/actors/delta-oil")).json()
        await load_world(worlds.store, of_dataset(CLAIMS, "other"), load=load_of(Dataset("other"), "load-2"))
        after = (await api.get("/actors/delta-oil")).json()

    assert (before["claims"], after["claims"]) == (3, 6)


async def test_over_the_limit_of_the_corridor_paths_are_cut_and_others_refused(
    worlds: Api, app: FastAPI, engine: RunningEngine
) -> None:
    async with asking(app, engine, KeeperSettings(limit=0, corridor_limit=4)) as api:
        paths = await api.get("/paths", from_="cara-lindqvist", to="northland")
        around = await api.get("/actors/northland/neighbourhood")

    assert (paths.status_code, paths.json()["meta"]["reason"]) == (200, "corridor_limit")
    assert paths.json()["meta"]["truncated"] is True
    assert paths.json()["meta"]["asked"]["from"] == [{"id": "cara-lindqvist", "name": "Cara Lindqvist"}]
    assert "structural" in {one["constraint"] for one in paths.json()["meta"]["conditions"]}
    assert (around.status_code, around.json()["code"]) == (413, "corridor-limit")


class SlowReading:
    """Holds every reading of the whole graph up until it is let go."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.go, self.begun = threading.Event(), threading.Event()

        def read(reader: BlockingReader, token: str, vocabulary: Vocabulary, limit: int) -> Snapshot:
            self.begun.set()
            assert self.go.wait(30)
            return read_snapshot(reader, token, vocabulary, limit)

        patch.setattr("graph.projection.keeper.read_snapshot", read)


async def test_a_question_does_not_wait_for_a_long_reading(
    worlds: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = (await worlds.get("/paths", from_="cara-lindqvist", to="northland")).json()
    slow = SlowReading(monkeypatch)
    await load_world(worlds.store, of_dataset(CLAIMS[:1], "other"), load=load_of(Dataset("other"), "load-2"))
    async with asyncio.timeout(8):
        meanwhile = (await worlds.get("/paths", from_="cara-lindqvist", to="northland")).json()
        claims = (await worlds.get("/actors/amal-haddad")).json()["claims"]
    waiting = asyncio.create_task(worlds.get("/stats"))
    assert slow.begun.is_set()
    assert not slow.go.is_set()
    slow.go.set()

    assert [path["actors"] for path in meanwhile["paths"]] == [path["actors"] for path in usual["paths"]]
    assert claims == 6
    assert (await waiting).json()["claims"] == len(CLAIMS) + 1


async def test_where_the_corridor_is_too_narrow_the_reading_is_waited_for(
    app: FastAPI, worlds: Api, engine: RunningEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowReading(monkeypatch)
    async with asking(app, engine, KeeperSettings(corridor_limit=4)) as api:
        asked: asyncio.Task[httpx.Response] = asyncio.create_task(
            api.get("/paths", from_="cara-lindqvist", to="northland")
        )
        await asyncio.sleep(1)
        assert not asked.done()
        slow.go.set()
        answer = (await asked).json()

    assert len(answer["paths"]) == 5
    assert answer["meta"]["reason"] is None
