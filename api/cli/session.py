"""A command's time with the store: open it, fill it if it is new, do the work, close it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

import typer

from api.cli.terminal import note
from api.firstload import BUNDLED, fill, is_untouched
from api.logs import configure
from api.service import Service, open_service
from api.settings import Settings

Result = TypeVar("Result")
EXIT_INTERRUPTED = 130


@contextlib.asynccontextmanager
async def filled_service(settings: Settings) -> AsyncIterator[Service]:
    """The service; an embedded store nobody wrote to gets the bundled data first.

    Raises: StoreUnavailable and its kinds.
    """
    async with open_service(settings) as service:
        if service.place.embedded and await is_untouched(service.store):
            note(f"the store in {settings.home} is new: loading {BUNDLED}")
            await fill(service.store)
        yield service


def with_service(settings: Settings, work: Callable[[Service], Awaitable[Result]]) -> Result:
    """The result of some work with the service; an embedded store nobody wrote to gets the bundled data.

    Raises: whatever the work raises; typer.Exit when the user interrupts it.
    """

    async def session() -> Result:
        async with filled_service(settings) as service:
            return await work(service)

    return run(settings, session)


def run(settings: Settings, session: Callable[[], Awaitable[Result]]) -> Result:
    """Run a command's work on an event loop of its own.

    Raises: whatever the work raises; typer.Exit when the user interrupts it.
    """
    configure(settings, least=None if settings.log_level == "debug" else "warning")

    async def whole() -> Result:
        return await session()

    try:
        return asyncio.run(whole())
    except KeyboardInterrupt:
        note("interrupted")
        raise typer.Exit(EXIT_INTERRUPTED) from None
