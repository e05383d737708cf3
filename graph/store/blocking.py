"""The store read from a thread: the driver's blocking form, for readings that would starve an event loop.

Decoding half a million records takes seconds of the processor; a thread of its own leaves the loop free.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

import neo4j
from neo4j import ManagedTransaction, unit_of_work

from graph.errors import StoreUnavailable
from graph.store.bolt import ACQUIRE_LIMIT, CONNECT_LIMIT, FIRST_RETRY, READ_RETRIES, Store
from graph.store.failures import store_errors

__all__ = ["BlockingReader", "ManagedTransaction"]

T = TypeVar("T")


class BlockingReader:
    """Reads a store under its own connections, which are opened when first used; safe between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._driver: neo4j.Driver | None = None
        self._lock = threading.Lock()
        self._readings = 0
        self._closed = False

    def read(self, work: Callable[[ManagedTransaction], T], *, token: str, timeout: float | None = None) -> T:
        """What `work` returns in one reading transaction, of a state at least as new as `token`.

        `timeout`: seconds after which an engine that keeps time limits ends a statement.

        Raises: StoreUnavailable and its kinds, also once closed; QuestionTimeout.
        """
        store = self._store
        with (
            store_errors(store.address),
            self._reading() as driver,
            driver.session(
                database=store.address.database or store.dialect.database,
                default_access_mode=neo4j.READ_ACCESS,
                # A member of a cluster that lags behind must not answer for a state before the token.
                bookmarks=neo4j.Bookmarks.from_raw_values(token.split())
                if store.dialect.changes_show_in_bookmarks
                else None,
            ) as session,
        ):
            return session.execute_read(unit_of_work(timeout=timeout)(work))

    def close(self) -> None:
        """Begin no more readings, and close the connections, at once or after the last reading under way."""
        with self._lock:
            self._closed = True
        self._close_when_idle()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[neo4j.Driver]:
        driver = self._opened()
        try:
            yield driver
        finally:
            with self._lock:
                self._readings -= 1
            self._close_when_idle()

    def _opened(self) -> neo4j.Driver:
        address = self._store.address
        with self._lock:
            # A question whose caller left may still be under way when the service ends.
            if self._closed:
                raise StoreUnavailable(f"the store at {address.uri} is no longer read: the service ends")
            if self._driver is None:
                self._driver = neo4j.GraphDatabase.driver(
                    address.uri,
                    auth=(address.username, address.password or "") if address.username else None,
                    connection_timeout=CONNECT_LIMIT,
                    connection_acquisition_timeout=ACQUIRE_LIMIT,
                    max_transaction_retry_time=READ_RETRIES,
                    initial_retry_delay=FIRST_RETRY,
                    notifications_min_severity="OFF",
                )
            self._readings += 1
            return self._driver

    def _close_when_idle(self) -> None:
        with self._lock:
            if not self._closed or self._readings:
                return
            driver, self._driver = self._driver, None
        if driver is not None:
            driver.close()
