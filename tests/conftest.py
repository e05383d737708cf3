"""Fixture policy: real engines, one of each per run, wiped before every test; nothing is mocked.

`engine`, `store` and `bare_store` run a test on both engines; `embedded_engine` and `neo4j_engine` are for
what only one of them does. A test that needs a store of its own starts one in `tmp_path`.

Comparisons with the oracle (marker `exactness`) run 1,000 random examples each, or as many as TEST_EXAMPLES
says.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

from engines import RunningEngine, neo4j_problem, running_neo4j, strip, wipe
from graph.store.bolt import Store
from graph.store.embedded import EmbeddedConfig, open_embedded

# How long an example takes says how busy the machine is.
settings.register_profile("suite", parent=settings(), deadline=None)
settings.load_profile("suite")
settings.register_profile(
    "exactness",
    max_examples=int(os.environ.get("TEST_EXAMPLES", "1000")),
    deadline=None,
    # Whole graphs are large examples, and a busy machine is no fault of theirs.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def embedded_engine(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningEngine]:
    """The embedded engine of this run, in a home of its own."""
    async with open_embedded(EmbeddedConfig(tmp_path_factory.mktemp("home"), bolt_port=0)) as endpoint:
        yield RunningEngine("embedded", endpoint.writer, endpoint.reader, endpoint.runs)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def neo4j_engine(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningEngine]:
    """The real Neo4j of this run."""
    problem = neo4j_problem()
    if problem is not None:
        pytest.skip(problem)
    async with running_neo4j(tmp_path_factory.mktemp("neo4j")) as engine:
        yield engine


@pytest.fixture(scope="session", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def engine(request: pytest.FixtureRequest) -> RunningEngine:
    """Each engine in turn."""
    running = request.getfixturevalue(f"{request.param}_engine")
    assert isinstance(running, RunningEngine)
    return running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def connected_store(engine: RunningEngine) -> AsyncIterator[Store]:
    """One connection for all tests of an engine: checking a password anew takes it a tenth of a second."""
    async with await Store.connect(engine.writer, reader=engine.reader, runs=engine.runs) as connected:
        yield connected


@pytest_asyncio.fixture(loop_scope="session")
async def store(connected_store: Store) -> Store:
    """A store of the engine without data, connected; constraints of earlier tests may be there."""
    await wipe(connected_store)
    return connected_store


@pytest_asyncio.fixture(loop_scope="session")
async def bare_store(store: Store) -> Store:
    """A store as a newcomer has it: no data and no constraints."""
    await strip(store)
    return store
