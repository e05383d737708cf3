"""Store: the one door to the graph's data, over the official async driver, the same for every engine behind
it.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

from neo4j import (
    READ_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    AsyncSession,
    Bookmarks,
    Record,
    unit_of_work,
)
from neo4j.exceptions import (
    AuthError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.errors import StoreUnreachable
from graph.store.address import StoreAddress
from graph.store.dialect import Dialect, dialect_of
from graph.store.door import CypherAnswer, Limits, ReadDoor
from graph.store.enginerun import EngineRuns
from graph.store.failures import of_store, store_errors
from graph.store.statements import READ_REVISION, SET_REVISION
from graph.store.stopping import Tags, stop, tagged

__all__ = ["CypherAnswer", "Store", "StoreAddress"]

T = TypeVar("T")

BOLT_ADDRESS = re.compile(r"(?:bolt|neo4j)(?:\+s|\+ssc)?://[^/?#\s]")
EMPTY = "empty"
"""The token of a store that nobody wrote to."""
CONNECT_LIMIT = 2.0
ACQUIRE_LIMIT = 3.0
READ_RETRIES = 2.0
WRITE_RETRIES = 30.0
"""Seconds: for a connection, for a free one of the pool, for repeating a read and a write that failed for a
moment.
"""
BACK_WITHIN, FIRST_RETRY = 5.0, 0.1
"""Seconds in which an engine that was ended is back, and until we try for the first time whether it is."""
BROKEN = (ServiceUnavailable, SessionExpired)
"""What the driver raises when the engine at the other end is gone."""


class Store:
    """A connected store; made by `connect`, and an async context manager that closes it."""

    def __init__(
        self, address: StoreAddress, driver: AsyncDriver, dialect: Dialect, reader: ReadDoor
    ) -> None:
        self.address = address
        self.dialect = dialect
        self._driver = driver
        self._reader = reader
        self._tags = Tags()
        self._bookmarks = AsyncGraphDatabase.bookmark_manager() if dialect.changes_show_in_bookmarks else None

    @classmethod
    async def connect(
        cls,
        address: StoreAddress,
        *,
        reader: StoreAddress | None = None,
        runs: EngineRuns | None = None,
        wait: float = 3.0,
    ) -> Store:
        """Connect and make sure that the store answers within `wait` seconds.

        `reader` names the read-only user under whom `cypher` runs; without it that is the user of `address`.
        `runs` are those of an engine that is ended when a statement cannot be stopped in another way.

        Raises: StoreUnreachable, StoreCredentials, StoreUnavailable.
        """
        driver = _driver(address)
        reading = driver if reader is None else _driver(reader)
        try:
            async with asyncio.timeout(wait):
                await driver.verify_connectivity()
                answer = await driver.execute_query("RETURN 1", database_=address.database)
                dialect = dialect_of(answer.summary.server.agent)
        except (DriverError, Neo4jError, TimeoutError, OSError, ValueError) as problem:
            await _close(driver, reading)
            if isinstance(problem, ValueError):
                raise StoreUnreachable(f"{address.uri} is not an address of a store") from None
            raise of_store(problem, address) from None
        except BaseException:
            await _close(driver, reading)
            raise
        return cls(address, driver, dialect, ReadDoor(reader or address, reading, dialect, runs))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        await _close(self._driver, self._reader.driver)

    def twin(self) -> Store:
        """The same store for loading in another event loop, under connections of its own and without a
        reading user for people's Cypher; it is not asked anything yet.
        """
        driver = _driver(self.address)
        return Store(self.address, driver, self.dialect, ReadDoor(self.address, driver, self.dialect))

    async def seen(self) -> frozenset[str]:
        """Marks of the states that this store has written or read."""
        return frozenset(await self._bookmarks.get_bookmarks()) if self._bookmarks else frozenset()

    async def follow(self, seen: frozenset[str]) -> None:
        """Answer from now on for no state before those that another store has `seen`: a member of a cluster
        may lag behind.
        """
        if self._bookmarks:
            await self._bookmarks.update_bookmarks((), seen)

    async def token(self) -> str:
        """The freshness token: equal tokens mean that nothing was written in between; never compared
        otherwise.
        """
        begun = time.monotonic()
        with store_errors(self.address):
            try:
                return await self._token_at_once()
            except (DriverError, Neo4jError, OSError):
                if time.monotonic() - begun > READ_RETRIES:
                    raise
        return await self._token_patiently()

    async def _token_at_once(self) -> str:
        """The token by one exchange with the engine; a managed transaction would take three for each
        question."""
        statement = "RETURN 1" if self.dialect.changes_show_in_bookmarks else READ_REVISION
        async with self._session(READ_RETRIES, default_access_mode=READ_ACCESS) as session:
            rows = [record async for record in await session.run(statement)]
            if not self.dialect.changes_show_in_bookmarks:
                return str(rows[0]["revision"]) if rows else EMPTY
            return _token_in(await session.last_bookmarks())

    async def _token_patiently(self) -> str:
        if not self.dialect.changes_show_in_bookmarks:
            rows = await self.read(READ_REVISION)
            return str(rows[0]["revision"]) if rows else EMPTY

        async def ask(transaction: AsyncManagedTransaction) -> None:
            await (await transaction.run("RETURN 1")).consume()

        with store_errors(self.address):
            async with self._session(READ_RETRIES, default_access_mode=READ_ACCESS) as session:
                await session.execute_read(ask)
                return _token_in(await session.last_bookmarks())

    async def read(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None
    ) -> list[dict[str, Any]]:
        """The rows of a reading statement of ours, by name; repeated for a moment when the connection breaks.

        `timeout` in seconds is this side's patience. When whoever waits is cancelled the statement ends on
        the engine too.

        Raises: StoreUnavailable and its kinds, QuestionTimeout.
        """
        if self.dialect.stops_at_timeout:
            return await self._read(statement, parameters, timeout)
        with self._tags.one() as tag:
            try:
                return await self._read(tagged(statement, tag), parameters, timeout)
            except asyncio.CancelledError:
                # Whether or not that works, who cancelled has to see that we stop.
                with contextlib.suppress(DriverError, Neo4jError, OSError, TimeoutError):
                    async with self._session(READ_RETRIES) as session:
                        await stop(session, tag)
                raise

    async def _read(
        self, statement: str, parameters: Mapping[str, Any] | None, timeout: float | None
    ) -> list[dict[str, Any]]:
        @unit_of_work(timeout=timeout)
        async def fetch(transaction: AsyncManagedTransaction) -> list[dict[str, Any]]:
            result = await transaction.run(statement, dict(parameters or {}))
            return [_by_name(record) async for record in result]

        return await self._reading(fetch)

    async def _reading(self, fetch: Callable[[AsyncManagedTransaction], Awaitable[T]]) -> T:
        """What a managed reading transaction gives; it waits a while for an engine that is away."""

        async def read() -> T:
            async with self._session(READ_RETRIES, default_access_mode=READ_ACCESS) as session:
                return await session.execute_read(fetch)

        with store_errors(self.address):
            return await self._let_in(read, READ_RETRIES)

    async def fold(
        self,
        statement: str,
        into: Callable[[], T],
        take: Callable[[T, dict[str, Any]], None],
    ) -> T:
        """What `into` makes when it has taken the rows of a reading statement of ours, one by one as they
        come, for tables too large for a list; begun anew, with another one, when the connection breaks.

        Raises: StoreUnavailable and its kinds.
        """

        async def fetch(transaction: AsyncManagedTransaction) -> T:
            gathered = into()
            async for record in await transaction.run(statement):
                take(gathered, _by_name(record))
            return gathered

        return await self._reading(fetch)

    async def write(
        self,
        work: Callable[[AsyncManagedTransaction], Awaitable[T]],
        *,
        changed: Callable[[T], bool] = lambda answer: True,
    ) -> T:
        """Run `work` in one managed write transaction: all of it or nothing.

        `work` has to be idempotent: it runs again after a passing failure, and when a connection breaks in a
        commit, so that nobody knows whether it was done.
        `changed` tells from the answer of `work` whether it wrote anything: if not, the token stays.

        Raises: StoreConflict when a constraint refuses it, StoreUnavailable and its kinds.
        """

        async def marked(transaction: AsyncManagedTransaction) -> T:
            answer = await work(transaction)
            if not self.dialect.changes_show_in_bookmarks and changed(answer):
                await (await transaction.run(SET_REVISION, revision=uuid.uuid4().hex)).consume()
            return answer

        async def write() -> T:
            async with self._session(WRITE_RETRIES) as session:
                return await session.execute_write(marked)

        with store_errors(self.address):
            return await self._let_in(write, WRITE_RETRIES)

    async def define(self, statement: str) -> None:
        """Run one statement that changes the schema and may be run again; never for reading.

        Raises: StoreConflict when the data violates it, StoreUnavailable and its kinds.
        """

        async def define() -> None:
            async with self._session(WRITE_RETRIES) as session:
                await (await session.run(statement)).consume()

        with store_errors(self.address):
            await self._let_in(define, BACK_WITHIN, broken=BROKEN)

    async def cypher(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, limit: int, timeout: float
    ) -> CypherAnswer:
        """Run somebody's reading statement, at most `limit` rows and `timeout` seconds.

        Raises: CypherRefused for anything that is not reading, CypherMemory, CypherError, QuestionTimeout,
        StoreBusy, StoreUnavailable.
        """
        return await self._reader.ask(statement, parameters or {}, Limits(rows=limit, seconds=timeout))

    async def _let_in(
        self, work: Callable[[], Awaitable[T]], patience: float, *, broken: tuple[type[Exception], ...] = ()
    ) -> T:
        """Do the work; an engine that refuses us while it is being replaced is asked again for a while.

        `broken`: what else says that it is being replaced, for work that the driver does not repeat.
        """
        again: tuple[type[Exception], ...] = (IncompleteCommit,)
        if self.dialect.forgets_users_when_ending:
            again = (IncompleteCommit, AuthError, *broken)
        deadline = None
        while True:
            try:
                return await work()
            except again:  # done or not, to do it again is right
                # counted from the first failure: work that has taken long by then is repeated as well
                deadline = deadline or time.monotonic() + patience
                if time.monotonic() > deadline:
                    raise
            await asyncio.sleep(0.1)

    def _session(self, retries: float, **settings: Any) -> AsyncSession:
        return self._driver.session(
            database=self.address.database or self.dialect.database,
            bookmark_manager=self._bookmarks,
            max_transaction_retry_time=retries,
            **settings,
        )


def _token_in(bookmarks: Bookmarks) -> str:
    return " ".join(sorted(bookmarks.raw_values))


def _by_name(record: Record) -> dict[str, Any]:
    return dict(zip(record.keys(), record.values(), strict=True))


def _driver(address: StoreAddress) -> AsyncDriver:
    if not BOLT_ADDRESS.match(address.uri):
        raise StoreUnreachable(
            f"{address.uri!r} is not an address of a store: it looks like bolt://host:7687 or neo4j://host:7687"
        )
    auth = None if address.username is None else (address.username, address.password or "")
    try:
        return AsyncGraphDatabase.driver(
            address.uri,
            auth=auth,
            user_agent="actorgraph",
            connection_timeout=CONNECT_LIMIT,
            connection_acquisition_timeout=ACQUIRE_LIMIT,
            initial_retry_delay=FIRST_RETRY,
            notifications_min_severity="OFF",
        )
    except (DriverError, ValueError) as problem:
        raise StoreUnreachable(f"{address.uri!r} is not an address of a store: {problem}") from None


async def _close(*drivers: AsyncDriver) -> None:
    for driver in dict.fromkeys(drivers):
        await driver.close()
