"""Who leaves before the answer ends the statement, on both engines and over a real connection."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import time
from collections.abc import AsyncIterator

import pytest
import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.settings import read_settings
from apiclient import service_on
from endless import ENDLESS, until_idle
from engines import RunningEngine
from graph.store.bolt import Store

pytestmark = pytest.mark.timed

ENDED_WITHIN = 3.0
"""Seconds from the moment the connection breaks."""


@contextlib.asynccontextmanager
async def listening(app: FastAPI) -> AsyncIterator[int]:
    """The application on a port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", http="h11", ws="none"))
        serving = asyncio.create_task(server._serve([listener]))
        try:
            yield int(listener.getsockname()[1])
        finally:
            server.should_exit = True
            await serving


async def running(store: Store) -> bool:
    rows = await store.read("SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery")
    return any("UNWIND range" in row["currentQuery"] for row in rows)


async def test_a_statement_ends_when_its_caller_leaves(engine: RunningEngine) -> None:
    body = json.dumps({"statement": ENDLESS, "timeout": 30}).encode()
    head = f"POST /api/v1/cypher HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
    async with service_on(engine) as service, listening(create_app(read_settings(), service)) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"{head}Content-Type: application/json\r\n\r\n".encode() + body)
        await writer.drain()
        async with asyncio.timeout(10):
            while not await running(service.store):
                await asyncio.sleep(0.05)

        writer.close()
        left = time.monotonic()
        await until_idle(service.store)
        assert time.monotonic() - left < ENDED_WITHIN
