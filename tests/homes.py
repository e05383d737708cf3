"""Homes of embedded stores for tests that start, share, kill and count engines of their own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from neo4j import AsyncManagedTransaction

from graph.store.bolt import Store, StoreAddress
from graph.store.runfile import OwnerFile, read_owner

ROOT = Path(__file__).resolve().parents[1]

OWNER_PROGRAM = """
import asyncio, pathlib, signal, sys
from graph.store.embedded import EmbeddedConfig, open_embedded

async def main():
    async with open_embedded(EmbeddedConfig(pathlib.Path(sys.argv[1]), bolt_port=0)) as endpoint:
        print("up", endpoint.owned, flush=True)
        await asyncio.sleep(60)

# What a script starts in the background ignores Ctrl-C, and so would this.
signal.signal(signal.SIGINT, signal.default_int_handler)
asyncio.run(main())
"""
"""A program that runs the engine of the home it is given, as `serve` does."""


@contextlib.contextmanager
def program(text: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A Python program of its own in a session of its own, once it says that it is up."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "ARCADEDB_LOG_CONSOLE": "0",
        "ARCADEDB_LOG_DIR": str(Path(arguments[0]).parent / "log"),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", text, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    with process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("up")
            yield process
        finally:
            process.kill()


def owner_of(home: Path) -> OwnerFile:
    """The owner file of a home that has one."""
    owner = read_owner(home)
    assert owner is not None
    return owner


def engine_pid(home: Path) -> int:
    """The process of the engine that runs in a home."""
    pid = owner_of(home).engine_pid
    assert pid is not None
    return pid


async def gone(pid: int, within: float = 8.0) -> bool:
    """Whether a process ends in time; one that only waits for its parent's notice counts as ended."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        await asyncio.sleep(0.05)
    return False


async def create(store: Store, number: int) -> None:
    """Write one actor whose id is the number."""

    async def work(transaction: AsyncManagedTransaction) -> None:
        await (await transaction.run("MERGE (:Actor {id: $id})", id=str(number))).consume()

    await store.write(work)


async def count(address: StoreAddress) -> int:
    """How many actors there are, over a connection of its own."""
    async with await Store.connect(address) as store:
        return int((await store.read("MATCH (a:Actor) RETURN count(a) AS times"))[0]["times"])
