"""One run of the embedded engine's process as its parent sees it: start, watch, stop. Ownership is
`embedded.py`'s business.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import json
import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

import graph
from graph.errors import StoreLocked, StoreUnavailable, StoreUnreachable

DATABASE = "graph"
WRITER = "root"
VIEWER = "viewer"

READY_LIMIT = 30.0
"""Seconds a start may take; an existing store needs about half a second, one that recovers from a crash
more.
"""
STOP_GRACE = 6.0
"""Seconds between asking the process to stop and killing it."""
HEAP_SHARE = 0.7
"""Share of the memory limit that the engine's heap may fill; the rest is for pages, stacks and code."""
MACHINE = "-XX:+ExitOnOutOfMemoryError -Darcadedb.queryMaxConcurrent=0"
"""How the engine's machine behaves: after running out of memory other statements fail in odd ways, so it
ends; it keeps no queue, because our own short reads would wait in it behind people's long statements.
"""
SECRET = re.compile("KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL")
"""Variables that the engine's process does not inherit: it needs none, and people's statements run in it."""


@dataclass(frozen=True, slots=True)
class EngineOrders:
    """What the engine's process needs to know: where its files are, its secrets, its Bolt port, its memory
    (bytes).
    """

    root: Path
    bolt_port: int
    password: str = field(repr=False)
    viewer_password: str = field(repr=False)
    memory_limit: int = 2 << 30


class BoltPortTaken(StoreUnreachable):
    """Another program listens on the Bolt port."""


class Engine:
    """A running engine process; made by `start`."""

    def __init__(self, process: asyncio.subprocess.Process, created: bool) -> None:
        self._process = process
        self._watched = psutil.Process(process.pid)
        self.created = created

    @property
    def pid(self) -> int:
        return self._process.pid

    @classmethod
    async def start(cls, orders: EngineOrders) -> Engine:
        """Start the process and wait until Bolt answers.

        Raises: StoreLocked when another process holds the files, BoltPortTaken, StoreUnavailable for all
        else.
        """
        if importlib.util.find_spec("arcadedb") is None:
            raise StoreUnavailable(
                "no embedded engine exists for this platform: set NEO4J_URI to the address of a Neo4j server"
            )
        for _ in range(3):  # the engine's HTTP port is picked at random and may be taken in between
            process = await _spawn(orders)
            answer = await _first_answer(process, orders)
            if answer.get("state") == "ready":
                return cls(process, bool(answer["created"]))
            await _end(process)
            if answer.get("reason") != "http-port":
                break
        raise _not_started(answer, orders)

    async def ended(self) -> int:
        """Wait until the process is gone; returns its exit code."""
        return await self._process.wait()

    def memory(self) -> int:
        """Resident bytes of the process; 0 when it is gone."""
        try:
            return int(self._watched.memory_info().rss)
        except psutil.Error:
            return 0

    def kill(self) -> None:
        """End the process at once; what was acknowledged is on disk."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def stop(self) -> None:
        """Ask the process to close its files and end; kill it when it does not."""
        await _end(self._process)


async def _spawn(orders: EngineOrders) -> asyncio.subprocess.Process:
    code = str(Path(graph.__file__).resolve().parents[1])
    log = orders.root / "log"
    heap = int(orders.memory_limit * HEAP_SHARE) >> 20
    environment = {
        **{name: value for name, value in os.environ.items() if not SECRET.search(name)},
        "PYTHONPATH": os.pathsep.join(filter(None, [code, os.environ.get("PYTHONPATH")])),
        "ARCADEDB_LOG_CONSOLE": "0",
        "ARCADEDB_LOG_DIR": str(log),
        "ARCADEDB_NATIVE_ISOLATE_ARGS": f"-Xmx{heap}m {MACHINE}",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "graph.store.engine_process",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=environment,
        start_new_session=True,  # Ctrl-C in the terminal must reach us first
    )
    message = {
        "parent": os.getpid(),
        "root": str(orders.root),
        "database": DATABASE,
        "bolt_port": orders.bolt_port,
        "password": orders.password,
        "viewer": VIEWER,
        "viewer_password": orders.viewer_password,
    }
    assert process.stdin is not None
    with contextlib.suppress(ConnectionError):
        process.stdin.write(json.dumps(message).encode() + b"\n")
        await process.stdin.drain()
    return process


async def _first_answer(process: asyncio.subprocess.Process, orders: EngineOrders) -> dict[str, Any]:
    assert process.stdout is not None
    try:
        async with asyncio.timeout(READY_LIMIT):
            line = await process.stdout.readline()
    except TimeoutError:
        return {"state": "failed", "message": f"no answer within {READY_LIMIT:.0f} s"}
    except asyncio.CancelledError:
        await _end(process)
        raise
    if not line:
        return {"state": "failed", "message": f"it ended while starting; see {orders.root / 'log'}"}
    answer = json.loads(line)
    assert isinstance(answer, dict)
    return answer


def _not_started(answer: dict[str, Any], orders: EngineOrders) -> StoreUnavailable:
    reason = answer.get("reason")
    if reason == "locked":
        return StoreLocked(
            f"the store in {orders.root} is in use by another process: "
            "end it, or set ACTORGRAPH_HOME to another folder"
        )
    if reason == "bolt-port":
        return BoltPortTaken(
            f"port {orders.bolt_port} is in use by another program: set ACTORGRAPH_BOLT_PORT to a free one"
        )
    if reason == "missing":
        return StoreUnavailable(
            f"the embedded engine cannot be loaded here ({answer.get('message')}): "
            "set NEO4J_URI to the address of a Neo4j server"
        )
    return StoreUnavailable(f"the embedded engine did not start: {answer.get('message')}")


async def _end(process: asyncio.subprocess.Process) -> None:
    assert process.stdin is not None
    process.stdin.close()
    try:
        async with asyncio.timeout(STOP_GRACE):
            await process.wait()
    except TimeoutError:
        await _kill(process)
    except asyncio.CancelledError:
        await _kill(process)
        raise


async def _kill(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()
