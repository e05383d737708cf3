"""The application on a real engine, asked through its own HTTP door without a socket."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
from fastapi import FastAPI

from api.service import Service, StorePlace
from engines import RunningEngine, wipe
from graph.projection.keeper import KeeperSettings, ProjectionKeeper
from graph.store.bolt import Store
from graph.store.embedded import Endpoint
from world import VOCABULARY

HERE = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class Api:
    """The application with what is behind it, so that a test can change the store under it."""

    client: httpx.AsyncClient
    service: Service
    store: Store

    async def get(self, path: str, **parameters: Any) -> httpx.Response:
        """GET below /api/v1; a trailing underscore frees Python's own words (`from_`)."""
        named = {name.rstrip("_"): value for name, value in parameters.items()}
        return await self.client.get(f"/api/v1{path}", params=named)


@contextlib.asynccontextmanager
async def client_of(
    app: FastAPI, service: Service, *, caller: str = "127.0.0.1", **options: Any
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application that answers from this service; `caller` is the address it comes from."""
    app.state.service = service
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False, client=(caller, 123))
    async with httpx.AsyncClient(transport=transport, base_url=HERE, **options) as client:
        yield client


@contextlib.asynccontextmanager
async def service_on(
    engine: RunningEngine | Endpoint,
    limit_s: float = 10.0,
    *,
    wiped: bool = True,
    projection: KeeperSettings | None = None,
) -> AsyncIterator[Service]:
    """A service on an engine, which is wiped before."""
    async with await Store.connect(engine.writer, reader=engine.reader, runs=engine.runs) as store:
        if wiped:
            await wipe(store)
        keeper = ProjectionKeeper(store, VOCABULARY, projection or KeeperSettings())
        service = Service(store, keeper, StorePlace(engine.writer, engine.reader), limit_s)
        try:
            yield service
        finally:
            await service.close()
