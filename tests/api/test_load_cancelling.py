"""DELETE /loads/{id}: a load that is under way stops after a whole batch, and says what is in the graph."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from api import loadrun, loads
from api.app import create_app
from api.security import BYTES
from api.service import Service
from api.settings import read_settings
from apiclient import Api, client_of, service_on
from graph.errors import StoreUnavailable
from graph.store.bolt import Store
from graph.store.embedded import EmbeddedConfig, open_embedded
from ingest import batches, loader

LOADS = "/api/v1/loads"
KEY = "open sesame, open sesame"
ROWS, BATCH = 4_500, 150
TABLE = b"subject,relation,object\n" + b"".join(b"Guest %d,meets,Host %d\n" % (n, n) for n in range(ROWS))
Conforms = Callable[[httpx.Response, str, str], None]


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a load takes some seconds and has many places to stop at."""
    monkeypatch.setattr(batches, "BATCH", BATCH)
    monkeypatch.setattr(loader, "WINDOW", 1_500)


@pytest_asyncio.fixture(loop_scope="session")
async def nothing(tmp_path: Path, app: FastAPI) -> AsyncIterator[Api]:
    """The API on a store of its own: to empty a shared one of thousands of actors takes the engine long."""
    config = EmbeddedConfig(tmp_path / "home", bolt_port=0)
    async with (
        open_embedded(config) as end,
        service_on(end, wiped=False) as service,
        client_of(app, service) as client,
    ):
        yield Api(client, service, service.store)


async def send(client: httpx.AsyncClient, content: bytes = TABLE, **asked: Any) -> httpx.Response:
    """Send a file."""
    asked.setdefault("name", "some.csv")
    return await client.post(LOADS, params=asked, content=content, headers={"Content-Type": BYTES})


async def under_way(client: httpx.AsyncClient) -> str:
    """The id of the load, as soon as there is one."""
    async with asyncio.timeout(10):
        while (id := (await client.get("/api/v1/loading")).json()["load_id"]) is None:
            await asyncio.sleep(0.01)
    return str(id)


async def figures(store: Store) -> tuple[int, int]:
    """How many claims and actors there are."""
    claims = await store.read("MATCH (:Actor)-[x]->(:Actor) RETURN count(x) AS times")
    actors = await store.read("MATCH (a:Actor) RETURN count(a) AS times")
    return claims[0]["times"], actors[0]["times"]


async def some_are_there(store: Store) -> None:
    """Wait until the first batch is in the graph."""
    async with asyncio.timeout(10):
        while not (await figures(store))[0]:
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("progress", [False, True])
async def test_a_load_is_cancelled_and_what_was_written_stays(
    nothing: Api, conforms: Conforms, progress: bool
) -> None:
    sending = asyncio.create_task(send(nothing.client, progress=progress))
    id = await under_way(nothing.client)
    await some_are_there(nothing.store)
    cancelled = await nothing.client.delete(f"{LOADS}/{id}")
    answer = await sending

    conforms(cancelled, "DELETE", f"{LOADS}/{{id}}")
    state = cancelled.json()
    assert (state["load_id"], state["state"], state["dry_run"]) == (id, "cancelled", False)
    assert (state["known"], state["updated"]) == (0, 0)
    report = json.loads(answer.text.splitlines()[-1])["report"] if progress else answer.json()
    assert (report["load_id"], report["cancelled"], report["kept"]) == (id, True, True)
    assert report["new"] == state["new"] < report["read"] <= ROWS
    assert state["new"] % BATCH == 0, "no batch is half written"
    assert await figures(nothing.store) == (state["new"], report["actors"])
    assert (await nothing.client.get("/api/v1/loading")).json()["load_id"] is None
    assert (await nothing.client.delete(f"{LOADS}/{id}")).json() == state, "asked again, the same"

    again = (await send(nothing.client)).json()
    assert (again["new"], again["known"], again["cancelled"]) == (ROWS - state["new"], state["new"], False)
    assert await figures(nothing.store) == (ROWS, 2 * ROWS)
    assert (await nothing.client.delete(f"{LOADS}/{again['load_id']}")).json()["state"] == "done"


async def test_the_data_set_of_a_cancelled_load_was_loaded_now(nothing: Api) -> None:
    first = await send(nothing.client, TABLE[: TABLE.index(b"Guest 1,")])
    before = (await nothing.get("/datasets")).json()["datasets"]
    sending = asyncio.create_task(send(nothing.client))
    id = await under_way(nothing.client)
    async with asyncio.timeout(10):
        while (await figures(nothing.store))[0] <= 1:
            await asyncio.sleep(0.01)
    await nothing.client.delete(f"{LOADS}/{id}")

    assert (first.json()["new"], (await sending).json()["cancelled"]) == (1, True)
    after = (await nothing.get("/datasets")).json()["datasets"]
    assert [one["name"] for one in before] == [one["name"] for one in after]
    assert before[0]["loaded_at"] < after[0]["loaded_at"]


async def test_progress_names_the_load_and_counts_what_is_in_the_graph(nothing: Api) -> None:
    answer = await send(nothing.client, progress=True)

    lines = [json.loads(line) for line in answer.text.splitlines()]
    report = lines.pop()["report"]
    told = [line["progress"] for line in lines]
    assert {one["load_id"] for one in told} == {report["load_id"]}
    assert [one["new"] for one in told] == sorted(one["new"] for one in told)
    assert (told[0]["new"], told[0]["bytes_total"]) == (0, len(TABLE))
    assert {BATCH, ROWS} <= {one["new"] for one in told}


@pytest.mark.parametrize("asked", [{"dry_run": True}, {"strict": True}])
async def test_what_writes_nothing_is_cancelled_too(
    nothing: Api, asked: dict[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader, "WINDOW", 50)
    sending = asyncio.create_task(send(nothing.client, TABLE + b"A,meets,\n", **asked))
    id = await under_way(nothing.client)
    state = (await nothing.client.delete(f"{LOADS}/{id}")).json()
    report = (await sending).json()

    assert (state["state"], state["dry_run"]) == ("cancelled", asked.get("dry_run", False))
    assert (report["cancelled"], report["kept"]) == (True, False)
    assert report["read"] < ROWS
    assert await figures(nothing.store) == (0, 0)


async def test_a_load_that_failed_says_so_and_an_unknown_one_is_not_found(
    nothing: Api, conforms: Conforms
) -> None:
    broken = await send(nothing.client, b"subject,relation\n", progress=True)
    id = json.loads(broken.text.splitlines()[0])["progress"]["load_id"]
    failed = await nothing.client.delete(f"{LOADS}/{id}")
    unknown = await nothing.client.delete(f"{LOADS}/{id[::-1]}")

    for answer in (failed, unknown):
        conforms(answer, "DELETE", f"{LOADS}/{{id}}")
    assert (failed.status_code, failed.json()["state"], failed.json()["new"]) == (200, "failed", 0)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not-found")


async def test_a_load_whose_store_goes_away_while_it_is_cancelled_has_failed(
    nothing: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, cancelled: Callable[[], bool], **__: object) -> None:
        while not cancelled():
            await asyncio.sleep(0.01)
        raise StoreUnavailable("the store is gone")

    monkeypatch.setattr(loadrun, "load", broken)
    sending = asyncio.create_task(send(nothing.client))
    id = await under_way(nothing.client)
    state = (await nothing.client.delete(f"{LOADS}/{id}")).json()

    assert state["state"] == "failed"
    assert (await sending).status_code == 503


async def test_only_the_last_loads_are_known(nothing: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loads, "LOADS_KNOWN", 2)
    ids = [(await send(nothing.client, TABLE[:40])).json()["load_id"] for _ in range(3)]

    known = [(await nothing.client.delete(f"{LOADS}/{id}")).status_code for id in ids]
    assert known == [404, 200, 200]


async def test_whoever_is_turned_away_is_told_which_load_is_under_way(
    nothing: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loads, "WAIT_S", 0.05)
    sending = asyncio.create_task(send(nothing.client))
    id = await under_way(nothing.client)
    second = await send(nothing.client, b"subject,relation,object\n")
    await nothing.client.delete(f"{LOADS}/{id}")
    await sending

    assert second.json()["code"] == "load-running"
    assert id in second.json()["detail"]


@pytest.mark.parametrize(
    ("settings", "headers", "code"),
    [
        ({"loads": "false"}, {}, "loads-closed"),
        ({"api_key": KEY}, {}, "key-needed"),
        ({"public": True}, {}, "not-public"),
        ({"public": True, "api_key": KEY, "loads": "true"}, {}, "key-needed"),
        ({}, {"Origin": "https://evil.example"}, "wrong-origin"),
        ({"api_key": KEY}, {"X-API-Key": KEY}, "not-found"),
    ],
)
async def test_who_may_not_load_may_not_cancel(
    world_service: Service, settings: dict[str, Any], headers: dict[str, str], code: str
) -> None:
    async with client_of(create_app(read_settings(settings)), world_service) as client:
        answer = await client.delete(f"{LOADS}/1", headers=headers)

    assert answer.json()["code"] == code
    assert answer.status_code in (401, 403, 404)


async def test_no_file_is_left(nothing: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path = tmp_path / "temporary"
    tmp_path.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    sending = asyncio.create_task(send(nothing.client))
    id = await under_way(nothing.client)
    assert list(tmp_path.iterdir()) != []
    await nothing.client.delete(f"{LOADS}/{id}")
    await sending

    assert list(tmp_path.iterdir()) == []
