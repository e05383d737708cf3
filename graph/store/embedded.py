"""The embedded store of a home folder: who runs its engine, how others attach to it, what happens when it
dies.

One process holds the home's lock and runs the engine as a child. Every other process of the same home
attaches over Bolt, and takes the engine over (same port, same credentials) when the first one ends before it
does.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from graph.errors import StoreLocked, StoreUnavailable
from graph.store.bolt import Store, StoreAddress
from graph.store.engine import DATABASE, VIEWER, WRITER, BoltPortTaken, Engine, EngineOrders
from graph.store.enginerun import EngineRuns
from graph.store.homelock import HomeLock
from graph.store.runfile import (
    OwnerFile,
    RunFile,
    make_private_folder,
    new_owner,
    read_owner,
    read_run,
    remove_run,
    write_owner,
    write_run,
)

DEFAULT_BOLT_PORT = 7687
PORTS_TRIED = 100
PATIENCE = 3.5
"""Seconds to wait for another process that starts or leaves the same store before saying that it is locked.
"""
MEMORY_EVERY, OWNER_EVERY = 0.1, 0.5
"""Seconds between two looks at the engine's memory, which a statement may fill by a gigabyte a second, and at
the process that owns it.
"""
LONGEST_PAUSE = 5.0
"""Seconds between two attempts to start an engine that does not start."""

log = logging.getLogger("actorgraph.store")


@dataclass(frozen=True, slots=True)
class EmbeddedConfig:
    """Where the store lives and what its engine may use.

    `bolt_port` that is taken moves to the next free one unless `bolt_port_fixed`; 0 means any free one.
    `memory_limit` in bytes: an engine over it is ended and started again.
    """

    home: Path
    bolt_port: int = DEFAULT_BOLT_PORT
    bolt_port_fixed: bool = False
    memory_limit: int = 2 << 30


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An embedded store that answers.

    `runs`: those of its engine. `owned`: this process runs it. `created`: the store is new and empty.
    `moved_from`: the wanted Bolt port when it was taken and another one is used.
    """

    writer: StoreAddress
    reader: StoreAddress
    runs: EngineRuns
    owned: bool
    created: bool
    moved_from: int | None = None


@contextlib.asynccontextmanager
async def open_embedded(config: EmbeddedConfig) -> AsyncIterator[Endpoint]:
    """Attach to the engine of this home, or start it and keep it running until the block ends.

    Raises: StoreLocked when something else holds the store, StoreUnreachable when a fixed port is taken,
    StoreUnavailable when the engine cannot start here.
    """
    keeper = _Keeper(config)
    endpoint = await keeper.open()
    try:
        yield endpoint
    finally:
        await keeper.close()


class _Keeper:
    """Keeps one home's engine reachable for this process, as its owner or attached to the owner's."""

    def __init__(self, config: EmbeddedConfig) -> None:
        self._config = config
        self._home = config.home
        self._lock = HomeLock(config.home)
        self._engine: Engine | None = None
        self._owner: OwnerFile | None = None
        self._port = 0
        self._http: str | None = None
        self._watch: asyncio.Task[None] | None = None

    async def open(self) -> Endpoint:
        try:
            make_private_folder(self._home)
            make_private_folder(self._home / "engine")
            endpoint = await self._own_or_attach()
        except OSError as problem:
            self._lock.release()
            raise StoreUnavailable(f"{self._home} cannot hold a store: {problem.strerror}") from problem
        self._watch = asyncio.create_task(self._keep(), name="actorgraph-engine-watch")
        return endpoint

    def present(self) -> int:
        """The engine's process, whoever runs it."""
        if self._engine is not None:
            return self._engine.pid
        owner = read_owner(self._home)
        return (owner.engine_pid if owner is not None else None) or 0

    def end(self, run: int) -> None:
        """Kill that process; whoever runs the engine starts it again."""
        if run and run == self.present():
            log.warning("the embedded engine is started again to end a statement that goes on")
            with contextlib.suppress(psutil.Error):
                psutil.Process(run).kill()

    async def close(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        if self._engine is not None:
            remove_run(self._home)
            await self._engine.stop()
            if self._owner is not None:
                write_owner(self._home, self._owner.stopped())
        self._lock.release()

    async def _own_or_attach(self) -> Endpoint:
        deadline = time.monotonic() + PATIENCE
        while True:
            if self._lock.acquire():
                try:
                    return await self._start_first()
                except StoreLocked:  # an engine whose parent just died may still be closing its files
                    self._lock.release()
                    if time.monotonic() > deadline:
                        raise
                except BaseException:
                    self._lock.release()
                    raise
            else:
                owner = read_owner(self._home)
                if owner is not None and owner.bolt_port:
                    endpoint = self._attach(owner)
                    if await _answers(endpoint.writer):
                        return endpoint
                if time.monotonic() > deadline:
                    raise StoreLocked(_held_by(self._home, owner))
            await asyncio.sleep(0.1)

    def _attach(self, owner: OwnerFile) -> Endpoint:
        assert owner.bolt_port is not None
        self._owner, self._port = owner, owner.bolt_port
        return self._endpoint(owned=False, created=False)

    async def _start_first(self) -> Endpoint:
        owner = read_owner(self._home)
        if owner is None:  # without our secrets the engine's users are of no use: it makes new ones
            owner = new_owner()
            (self._home / "engine" / "config" / "server-users.jsonl").unlink(missing_ok=True)
            write_owner(self._home, owner)
        wanted = self._config.bolt_port
        for port in _ports(wanted, self._config.bolt_port_fixed):
            try:
                created = await self._start(owner, port)
            except BoltPortTaken:
                if self._config.bolt_port_fixed:
                    raise
                continue
            moved = wanted if wanted and port != wanted else None
            return replace(self._endpoint(owned=True, created=created), moved_from=moved)
        raise BoltPortTaken(f"no port from {wanted} to {wanted + PORTS_TRIED - 1} is free for Bolt")

    async def _start(self, owner: OwnerFile, port: int) -> bool:
        """Start the engine, then say in both files who runs it; returns whether the store is new."""
        orders = EngineOrders(
            root=self._home / "engine",
            bolt_port=port,
            password=owner.password,
            viewer_password=owner.viewer_password,
            memory_limit=self._config.memory_limit,
        )
        engine = await Engine.start(orders)
        try:
            self._announce(owner, engine, port)
        except OSError:
            await engine.stop()
            raise
        self._engine = engine
        return engine.created

    def _announce(self, owner: OwnerFile, engine: Engine, port: int) -> None:
        self._port = port
        self._owner = replace(
            owner,
            pid=os.getpid(),
            started=psutil.Process().create_time(),
            engine_pid=engine.pid,
            bolt_port=port,
        )
        write_owner(self._home, self._owner)
        reader = self._endpoint(owned=True, created=False).reader
        write_run(self._home, RunFile(self._http, reader.uri, DATABASE, reader.username, reader.password))

    def _endpoint(self, *, owned: bool, created: bool) -> Endpoint:
        assert self._owner is not None
        uri = f"bolt://127.0.0.1:{self._port}"
        writer = StoreAddress(uri, WRITER, self._owner.password, DATABASE)
        reader = StoreAddress(uri, VIEWER, self._owner.viewer_password, DATABASE, read_only=True)
        return Endpoint(writer, reader, self, owned, created)

    async def _keep(self) -> None:
        while True:
            if self._engine is not None:
                await self._watch_engine(self._engine)
            else:
                await self._watch_owner()

    async def _watch_engine(self, engine: Engine) -> None:
        """Wait until the engine is gone, ending it when it takes too much memory; then start it again."""
        gone = asyncio.ensure_future(engine.ended())
        try:
            while not (await asyncio.wait({gone}, timeout=MEMORY_EVERY))[0]:
                used = engine.memory()
                if used > self._config.memory_limit:
                    log.warning("the embedded engine uses %d MB and is started again", used >> 20)
                    engine.kill()
        except asyncio.CancelledError:
            gone.cancel()
            raise
        log.warning("the embedded engine ended (exit code %s) and is started again", gone.result())
        run = read_run(self._home)
        self._http = run.http if run else self._http
        await self._start_again()

    async def _start_again(self) -> None:
        assert self._owner is not None
        pause = 0.1
        while True:
            try:
                await self._start(self._owner, self._port)
                return
            except (StoreUnavailable, OSError) as problem:
                log.warning("the embedded engine does not start: %s", problem)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _watch_owner(self) -> None:
        """While attached: when the owner ends, the first to take the lock runs the engine from then on."""
        await asyncio.sleep(OWNER_EVERY)
        run = read_run(self._home)
        if run is not None:
            self._http = run.http
        if self._lock.acquire():
            log.info("the process that ran the embedded engine ended: this one runs it now")
            await self._start_again()


def _ports(wanted: int, fixed: bool) -> list[int]:
    if wanted == 0:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return [int(probe.getsockname()[1])]
    if fixed:
        return [wanted]
    return [port for port in range(wanted, min(wanted + PORTS_TRIED, 65536)) if _is_free(port)]


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if sys.platform != "win32":  # there it would mean: take the port away from whoever listens
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


async def _answers(address: StoreAddress) -> bool:
    """Whether an engine answers there and knows our credentials."""
    try:
        async with await Store.connect(address, wait=1.0):
            return True
    except StoreUnavailable:
        return False


def _held_by(home: Path, owner: OwnerFile | None) -> str:
    who = f"process {owner.pid}" if owner is not None and owner.pid else "another process"
    return (
        f"{who} holds the store in {home} but its engine does not answer: "
        "end it, or set ACTORGRAPH_HOME to another folder"
    )
