"""Is a server of this store running already, and where: what the run file says, and whether it is true."""

from __future__ import annotations

import asyncio
import http.client
from urllib.parse import urlsplit

from api.settings import Settings
from graph.store.runfile import RunFile, read_run

ANSWERS_WITHIN_S = 1.0


async def running_server(settings: Settings) -> str | None:
    """The address of a server that answers for the store of these settings."""
    run = read_run(settings.home)
    if run is None or run.http is None or not _same_store(settings, run):
        return None
    return run.http if await asyncio.to_thread(_lives, run.http) else None


async def run_file_is_free(settings: Settings) -> bool:
    """Whether no living server of another store has written the run file."""
    run = read_run(settings.home)
    if run is None or run.http is None:
        return run is None or run.password is None
    return not await asyncio.to_thread(_lives, run.http)


def _same_store(settings: Settings, run: RunFile) -> bool:
    """The embedded store's run file holds a password, that of a Neo4j server none."""
    if settings.neo4j_uri is None:
        return run.password is not None
    return run.bolt == settings.neo4j_uri and run.database == settings.neo4j_database


def _lives(address: str) -> bool:
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=ANSWERS_WITHIN_S)
    try:
        connection.request("GET", "/livez")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
