"""Fixture policy of the API's tests: the real application over HTTP in this loop, on a real engine that holds
the tiny world; nothing of ours is replaced."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from api.app import create_app
from api.service import Service
from api.settings import read_settings
from apiclient import Api, client_of, service_on
from described import Schemas
from engines import RunningEngine
from graph.store.embedded import EmbeddedConfig, open_embedded
from world import load_world


@pytest.fixture(scope="session")
def app() -> FastAPI:
    """One application for all tests that need no settings of their own; each gives it its service."""
    return create_app(read_settings())


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def world_service(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    """A service on an engine of its own with the tiny world, for tests that only read."""
    config = EmbeddedConfig(tmp_path_factory.mktemp("world"), bolt_port=0)
    async with open_embedded(config) as end, service_on(end) as service:
        await load_world(service.store)
        yield service


@pytest_asyncio.fixture(loop_scope="session")
async def world(world_service: Service, app: FastAPI) -> AsyncIterator[Api]:
    """The API on the tiny world, for tests that only read."""
    async with client_of(app, world_service) as client:
        yield Api(client, world_service, world_service.store)


@pytest_asyncio.fixture(loop_scope="session")
async def worlds(engine: RunningEngine, app: FastAPI) -> AsyncIterator[Api]:
    """The API on each engine in turn with the tiny world, which the test may change."""
    async with service_on(engine) as service, client_of(app, service) as client:
        await load_world(service.store)
        yield Api(client, service, service.store)


@pytest_asyncio.fixture(loop_scope="session")
async def nothing(embedded_engine: RunningEngine, app: FastAPI) -> AsyncIterator[Api]:
    """The API on a store without any data."""
    async with service_on(embedded_engine) as service, client_of(app, service) as client:
        yield Api(client, service, service.store)


@pytest.fixture(scope="session")
def description(app: FastAPI) -> Mapping[str, Any]:
    """The API's own description."""
    return app.openapi()


@pytest.fixture(scope="session")
def conforms(description: Mapping[str, Any]) -> Callable[[httpx.Response, str, str], None]:
    """A check that an answer to `method path` is exactly what the description says for its status."""
    schemas = Schemas(description)

    def check(answer: httpx.Response, method: str, path: str) -> None:
        responses = description["paths"][path][method.lower()]["responses"]
        assert str(answer.status_code) in responses, f"{answer.status_code} is not described: {answer.text}"
        content = responses[str(answer.status_code)]["content"]
        kind = answer.headers["content-type"].split(";")[0]
        assert kind in content, f"{kind} is not described"
        schemas.check(answer.json() if "json" in kind else answer.text, content[kind]["schema"])

    return check


@pytest.fixture(scope="session")
def schemas(description: Mapping[str, Any]) -> Schemas:
    """The schemas of the description."""
    return Schemas(description)
