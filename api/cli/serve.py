"""`actorgraph serve`: explorer and API in the foreground, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
import sys
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Annotated

import structlog
import typer
import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.cli.beside import run_file_is_free, running_server
from api.cli.connection import Connection
from api.cli.options import settings_of
from api.cli.ports import address_of, listen, port_of
from api.cli.stopping import Stopping
from api.cli.terminal import note, say
from api.firstload import BUNDLED, fill, is_untouched, keep_empty
from api.logs import configure
from api.security import LONGEST_ADDRESS
from api.service import Service, open_service
from api.settings import Settings
from graph.errors import ActorgraphError
from graph.store.runfile import RunFile, announce_http, remove_run, write_run

app = typer.Typer()
log = structlog.stdlib.get_logger("actorgraph.serve")

COLLECT_AFTER = (20_000, 50, 50)
"""Objects made and kept after which the youngest are looked through for cycles, and how often that is done
before older ones are, as `gc.set_threshold` takes them."""
SWITCH_AFTER = 0.001
"""Seconds that a thread may keep others waiting, a fifth of what Python gives it: a short question would
wait several turns beside one that writes a large answer."""


@app.command("serve")
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; default 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(help="HTTP port; default 8000 or the next free one.")] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the explorer in the browser.")] = False,
    empty: Annotated[bool, typer.Option("--empty", help=f"Do not load {BUNDLED} into a new store.")] = False,
) -> None:
    """Explorer and API in the foreground; Ctrl-C stops them.

    Beside a running server of the same store it only says where that one is.
    """
    settings = settings_of(host=host, port=port)
    configure(settings)
    collect_seldom()
    sys.setswitchinterval(SWITCH_AFTER)
    stopping = Stopping(settings.home)
    with stopping.listening():
        asyncio.run(stopping.whole(_serve(settings, stopping, show=show, empty=empty)))


def collect_seldom() -> None:
    """Let the collector of reference cycles look only through what came after the start, and seldom.

    A large answer is made of thousands of objects without cycles. With the usual thresholds one answer in a
    few had all objects of the process looked through on its account: 60 to 90 ms with 90,000 claims.
    """
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


async def _serve(settings: Settings, stopping: Stopping, *, show: bool, empty: bool) -> None:
    running = await running_server(settings)
    if running is not None:
        say(f"actorgraph runs already at {running}")
        _open(running, show)
        return
    with contextlib.closing(listen(settings)) as listener:
        if port_of(listener) != settings.port and settings.port:
            note(f"port {settings.port} is taken, using {port_of(listener)}")
        async with open_service(settings) as service:
            await _prepare(settings, service, empty=empty)
            application = create_app(settings, service)
            address = address_of(listener, settings.host)
            async with _warming(service):
                # Before anybody is told where we are: whoever calls finds a server that answers.
                await asyncio.to_thread(_put_together, application)
                async with _announced(settings, service, address):
                    _tell(service, address)
                    _open(address, show)
                    await _listen(settings, application, listener, stopping)


async def _prepare(settings: Settings, service: Service, *, empty: bool) -> None:
    place = service.place
    if place.moved_from is not None:
        note(f"port {place.moved_from} is taken, Bolt uses {place.address.uri.rsplit(':', 1)[-1]}")
    if not place.embedded or not await is_untouched(service.store):
        return
    if empty:
        await keep_empty(service.store)
    else:
        note(f"the store in {settings.home} is new: loading {BUNDLED}")
        report = await fill(service.store)
        note(f"{report.new} claims loaded")


def _tell(service: Service, address: str) -> None:
    """Say where everything is, so that each value can be copied."""
    say(f"actorgraph is at {address}  (Ctrl-C stops it)")
    reader = service.place.reader
    if reader is not None:
        say(
            f"Bolt, read-only: {reader.uri}  user {reader.username}  password {reader.password}  "
            f"database {reader.database}"
        )
    else:
        store = service.place.address
        say(f"Neo4j: {store.uri}  database {store.database or 'default'}")


def _open(address: str, wanted: bool) -> None:
    if wanted and not webbrowser.open(address):
        note(f"no browser could be opened; go to {address}")


@contextlib.asynccontextmanager
async def _announced(settings: Settings, service: Service, address: str) -> AsyncIterator[None]:
    """Keep the run file: where the server is, and how to read the graph."""
    if service.place.embedded:
        announce_http(settings.home, address)
        try:
            yield
        finally:
            announce_http(settings.home, None)
        return
    free = await run_file_is_free(settings)
    if free:
        store = service.place.address
        write_run(settings.home, RunFile(address, store.uri, store.database, store.username, None))
    else:
        note(f"the run file in {settings.home} belongs to another running server and stays as it is")
    try:
        yield
    finally:
        if free:
            remove_run(settings.home)


async def _listen(
    settings: Settings, application: FastAPI, listener: socket.socket, stopping: Stopping
) -> None:
    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        http=Connection,
        h11_max_incomplete_event_size=4 * LONGEST_ADDRESS,
        timeout_graceful_shutdown=round(settings.stop_timeout),
    )
    server = _Server(config, lambda: setattr(application.state, "stopping", True))
    with stopping.by(server):
        await server.serve([listener])


def _put_together(application: FastAPI) -> None:
    """Have the routes built now: FastAPI does it when they are first looked through, which would hold up the
    first caller, and everybody after him, for most of a second."""
    nowhere = {"type": "http", "method": "GET", "path": "/", "root_path": "", "headers": []}
    for route in application.routes:
        route.matches(nowhere)


@contextlib.asynccontextmanager
async def _warming(service: Service) -> AsyncIterator[None]:
    """Read the graph beside the block; however that ends, the reading ends before the store is closed."""
    warming = asyncio.create_task(_warm(service))
    try:
        yield
    finally:
        warming.cancel()
        await asyncio.gather(warming, return_exceptions=True)


async def _warm(service: Service) -> None:
    """Read the graph before the first question, without holding up the start."""
    try:
        await service.keeper.current()
    except ActorgraphError as error:
        log.warning("the graph could not be read yet", reason=str(error))


class _Server(uvicorn.Server):
    """uvicorn without its own signal handling, which would end the process before the engine is stopped."""

    def __init__(self, config: uvicorn.Config, on_stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_stop = on_stop

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._on_stop()
        await super().shutdown(sockets)
