"""Statements that want too much end at a limit that is named, cost nobody else the engine for long, and leave
nothing running, on both engines. The tables are `greedy.py`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
import pytest_asyncio
from fastapi import FastAPI

import greedy
from api.statements import Statement, run_statement
from apiclient import Api, client_of, service_on
from engines import RunningEngine
from graph.errors import StoreBusy
from graph.store.bolt import Store
from graph.store.embedded import EmbeddedConfig, open_embedded
from graph.store.gate import AT_ONCE, Gate
from homes import engine_pid
from world import load_world

pytestmark = pytest.mark.timed

LIMIT, GRACE = 0.6, 2.5
"""Seconds a statement may take, and until its answer has to be there afterwards."""
GONE_WITHIN, BACK_WITHIN = 10.0, 3.0
"""Seconds until an engine has ended all of it, and until one that was started again answers."""
BUSY = 2
"""How many times as long the latter may take where other programs use the machine too."""
TOGETHER = 3
"""Runaways at once: half of the places that people's statements have."""

Conforms = Callable[[httpx.Response, str, str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a statement, and after how long (seconds)."""

    statement: str
    answer: httpx.Response
    took: float
    limit: float

    @property
    def limit_is_named(self) -> bool:
        """Whether it ended because of a limit and its answer says of which."""
        found = self.answer.json()
        if self.answer.status_code == 200:
            return bool(found["truncated"])
        expected = {504: "question-timeout", 413: "cypher-memory"}.get(self.answer.status_code)
        named = (f"longer than {self.limit:g} s", "more memory than")
        return found["code"] == expected and any(words in found["detail"] for words in named)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def small_engine(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningEngine]:
    """An embedded engine of its own with little memory: it is filled quickly, and is started again."""
    config = EmbeddedConfig(tmp_path_factory.mktemp("small"), bolt_port=0, memory_limit=768 << 20)
    async with open_embedded(config) as endpoint:
        yield RunningEngine("embedded", endpoint.writer, endpoint.reader, endpoint.runs)


@pytest.fixture(scope="module", params=["small", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def limited_engine(request: pytest.FixtureRequest) -> RunningEngine:
    """Each engine in turn."""
    running = request.getfixturevalue(f"{request.param}_engine")
    assert isinstance(running, RunningEngine)
    return running


@pytest_asyncio.fixture(loop_scope="session")
async def limited(limited_engine: RunningEngine, app: FastAPI) -> AsyncIterator[Api]:
    """The API on the tiny world, on each engine in turn."""
    async with service_on(limited_engine) as service, client_of(app, service) as client:
        await load_world(service.store)
        yield Api(client, service, service.store)


async def ask(api: Api, statement: str, timeout: float = LIMIT) -> Outcome:
    begun = time.monotonic()
    asked = {"statement": statement, "timeout": timeout, "limit": 10_000}
    answer = await api.client.post("/api/v1/cypher", json=asked)
    return Outcome(statement, answer, time.monotonic() - begun, timeout)


async def until_nothing_runs(store: Store, within: float = GONE_WITHIN) -> None:
    """The engine works on nobody's statement any more."""
    async with asyncio.timeout(within):
        while True:
            rows = await store.read("SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery")
            if not any("/* actorgraph:" in row["currentQuery"] for row in others(rows)):
                return
            await asyncio.sleep(0.05)


def others(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows without our own look."""
    return [row for row in rows if "SHOW TRANSACTIONS" not in row["currentQuery"]]


async def back(api: Api) -> float:
    """Seconds until the service answers a statement and a question again."""
    begun = time.monotonic()
    async with asyncio.timeout(BUSY * BACK_WITHIN + 1):
        while True:
            one = await ask(api, "RETURN 1 AS one", timeout=5)
            paths = await api.get("/paths", from_="northland", to="portville")
            if (one.answer.status_code, paths.status_code) == (200, 200):
                return time.monotonic() - begun
            assert {one.answer.status_code, paths.status_code} <= {200, 503}
            await asyncio.sleep(0.05)


def wrong(outcomes: Sequence[Outcome]) -> list[tuple[str, float, str]]:
    """The outcomes that came too late or name no limit."""
    return [
        (one.statement, one.took, one.answer.text[:300])
        for one in outcomes
        if one.took > one.limit + GRACE or not one.limit_is_named
    ]


async def test_runaways_end_in_time_and_are_gone(limited: Api) -> None:
    outcomes: list[Outcome] = []
    for number in range(0, len(greedy.RUNAWAYS), TOGETHER):
        some = greedy.RUNAWAYS[number : number + TOGETHER]
        outcomes += await asyncio.gather(*(ask(limited, statement) for statement in some))
        await until_nothing_runs(limited.store)

    assert len(set(greedy.RUNAWAYS)) >= 20
    assert not wrong(outcomes)
    assert sum(one.answer.status_code == 504 for one in outcomes) >= 15


async def test_what_wants_memory_ends_and_the_service_answers_again(limited: Api) -> None:
    outcomes, waits = [], []
    for statement in greedy.HOGS:
        outcomes.append(await ask(limited, statement))
        waits.append(await back(limited))
        await until_nothing_runs(limited.store)

    assert len(set(greedy.HOGS)) >= 10
    assert not wrong(outcomes)
    assert max(waits) < BUSY * BACK_WITHIN, waits
    assert any(one.answer.status_code == 413 for one in outcomes)


async def test_what_wants_many_rows_is_cut_or_ended(limited: Api, conforms: Conforms) -> None:
    outcomes = []
    for statement in greedy.HUGE:
        outcomes.append(await ask(limited, statement, 3.0))
        await back(limited)
        await until_nothing_runs(limited.store)

    assert len(set(greedy.HUGE)) >= 5
    assert not wrong(outcomes)
    assert any(one.answer.json().get("truncated") for one in outcomes)
    for one in outcomes:
        conforms(one.answer, "POST", "/api/v1/cypher")


async def test_a_hog_costs_one_restart_and_the_others_are_told_to_ask_again(
    app: FastAPI, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    async with (
        open_embedded(EmbeddedConfig(home, bolt_port=0, memory_limit=512 << 20)) as endpoint,
        service_on(endpoint) as service,
        client_of(app, service) as client,
    ):
        await load_world(service.store)
        api, first = Api(client, service, service.store), engine_pid(home)
        greedy_one = "RETURN reduce(s = 'x', i IN range(1, 40) | s + s) AS s"
        hog = asyncio.create_task(ask(api, greedy_one, 10))
        seen = []
        while not hog.done():
            seen.append((await ask(api, "MATCH (a:Actor) RETURN count(a) AS n", 5)).answer)
            await asyncio.sleep(0.02)

        outcome = hog.result()
        assert (outcome.answer.status_code, outcome.answer.json()["code"]) == (413, "cypher-memory")
        assert "ACTORGRAPH_ENGINE_MEMORY" in outcome.answer.json()["detail"]
        assert {answer.status_code for answer in seen} <= {200, 503}
        assert all("Retry-After" in answer.headers for answer in seen if answer.status_code == 503)
        assert await back(api) < BUSY * BACK_WITHIN
        second = engine_pid(home)
        await asyncio.sleep(1)
        again = await ask(api, greedy_one, 10)

        assert second != first
        assert (again.answer.status_code, again.answer.json()["code"]) == (413, "cypher-memory")
        assert "not run for another" in again.answer.json()["detail"]
        assert engine_pid(home) == second


async def test_a_short_statement_beside_one_that_cost_the_engine_is_answered(
    app: FastAPI, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    async with (
        open_embedded(EmbeddedConfig(home, bolt_port=0)) as endpoint,
        service_on(endpoint) as service,
        client_of(app, service) as client,
    ):
        api, first = Api(client, service, service.store), engine_pid(home)
        elder = asyncio.create_task(ask(api, greedy.RUNAWAYS[0], 20))
        await asyncio.sleep(0.5)
        short = "UNWIND range(1, 1000000) AS i RETURN count(*) AS n"
        younger = asyncio.create_task(ask(api, short, 20))
        await asyncio.sleep(0.1)
        assert not younger.done()
        psutil.Process(first).kill()

        assert (await elder).answer.json()["code"] == "cypher-memory"
        answer = (await younger).answer
        assert (answer.status_code, answer.json()["data"]["values"]) == (200, [[1_000_000]])
        assert engine_pid(home) != first


async def test_who_finds_no_place_is_told_so() -> None:
    gate = Gate(at_once=2, longest_wait=0.1)
    async with gate.place(), gate.place():
        with pytest.raises(StoreBusy, match="2 statements run already"):
            async with gate.place():
                pass
    async with gate.place(), gate.place():
        pass


async def test_more_statements_than_places_wait_or_are_refused(limited: Api) -> None:
    statement = Statement(greedy.RUNAWAYS[0], {}, 10, 3.0)
    running = [
        asyncio.create_task(run_statement(limited.service, statement, with_graph=False))
        for _ in range(AT_ONCE)
    ]
    await asyncio.sleep(0.3)

    refused = await ask(limited, "RETURN 1 AS one", timeout=5)
    token = await asyncio.wait_for(limited.store.token(), 2)

    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    assert (refused.answer.status_code, refused.answer.json()["code"]) == (503, "store-busy")
    assert "Retry-After" in refused.answer.headers
    assert token
    assert (await ask(limited, "RETURN 1 AS one", timeout=5)).answer.status_code == 200
    await until_nothing_runs(limited.store)


async def test_a_loop_that_never_looks_is_answered_in_time(limited: Api) -> None:
    outcomes = []
    for statement in greedy.NEVER_LOOKING:
        outcomes.append(await ask(limited, statement))
        assert await back(limited) < BUSY * BACK_WITHIN
        if limited.store.dialect.name != "neo4j":
            await until_nothing_runs(limited.store, within=BUSY * BACK_WITHIN)

    assert not wrong(outcomes)
