"""The two engines the contract tests run on: our embedded one, and a real Neo4j from Maven's jars started by
our launcher.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import secrets
import shutil
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from graph.store.address import StoreAddress
from graph.store.bolt import Store
from graph.store.enginerun import EngineRuns

READY_LIMIT = 60.0
"""Seconds a Neo4j may take to start; four to seven on a quiet machine."""
QUICK_START = (
    "-Xmx512m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",  # for a minute of tests the better compiler costs more than it gives
)
OPENED = ("java.nio", "java.io", "sun.nio.ch")
"""What Neo4j reaches into and Java 17 keeps closed."""


@dataclass(frozen=True, slots=True)
class RunningEngine:
    """A running engine: the address that may write, and the one for people's reading statements.

    `runs`: those of an engine that is started again.
    """

    name: str
    writer: StoreAddress
    reader: StoreAddress
    runs: EngineRuns | None = None


def _fetching() -> ModuleType:
    """The script that fetches Neo4j: a program for the Makefile, and the one place that knows the folders."""
    spec = importlib.util.spec_from_file_location("fetch_neo4j", Path(__file__).parent / "neo4j" / "fetch.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def neo4j_problem() -> str | None:
    """Why there can be no Neo4j here, or None when everything is in place."""
    fetching = _fetching()
    if shutil.which("java") is None:
        return "no Neo4j: java is not installed"
    if not fetching.is_ready(fetching.jar_folder()):
        return "no Neo4j: run python tests/neo4j/fetch.py"
    return None


@contextlib.asynccontextmanager
async def running_neo4j(home: Path, options: Sequence[str] = QUICK_START) -> AsyncIterator[RunningEngine]:
    """A Neo4j Community of our own in `home`; it ends with the block, or with this process.

    `options` are Java's.
    """
    jars = _fetching().jar_folder()
    password = secrets.token_urlsafe(12)
    process = await asyncio.create_subprocess_exec(
        "java",
        *options,
        *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in OPENED),
        "-cp",
        f"{jars / 'launcher'}:{jars}/*",
        "Neo4jForTests",
        str(home),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        address = StoreAddress(await _ready(process, password), "neo4j", password, "neo4j")
        yield RunningEngine("neo4j", address, address)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


async def _ready(process: asyncio.subprocess.Process, password: str) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(password.encode() + b"\n")
    async with asyncio.timeout(READY_LIMIT):
        async for line in process.stdout:
            word, _, uri = line.decode().strip().partition(" ")
            if word == "READY":
                return uri
    sys.exit("Neo4j ended before it was ready")


async def wipe(store: Store) -> None:
    """Take out all data; constraints stay, because making them anew for each test takes seconds on Neo4j."""
    await store.define("MATCH (x) DETACH DELETE x")


async def strip(store: Store) -> None:
    """Make the store as good as new: no data, no constraints."""
    await wipe(store)
    for row in await store.read("SHOW CONSTRAINTS YIELD name RETURN name"):
        await store.define(f"DROP CONSTRAINT `{row['name']}` IF EXISTS")
