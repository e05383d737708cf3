"""The store read from a thread: the driver's blocking form, for readings that would starve an event loop.

Decoding half a million records takes seconds of the processor; a thread of its own leaves the loop free.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

import neo4j
from neo4j import ManagedTransaction, unit_of_work

from graph.store.bolt import ACQUIRE_LIMIT, CONNECT_LIMIT, READ_RETRIES, Store
from graph.store.failures import store_errors

__all__ = ["BlockingReader", "ManagedTransaction"]

T = TypeVar("T")


class BlockingReader:
    """Reads a store under its own connections, which are opened when first used; safe between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._driver: neo4j.Driver | None = None
        self._lock = threading.Lock()

    def read(self, work: Callable[[ManagedTransaction], T], *, token: str, timeout: float | None = None) -> T:
        """What `work` returns in one reading transaction, of a state at least as new as `token`.

        `timeout`: seconds after which an engine that keeps time limits ends a statement.

        Raises: StoreUnavailable and its kinds, QuestionTimeout.
        """
        store = self._store
        with (
            store_errors(store.address),
            self._opened().session(
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
        """Close the connections."""
        with self._lock:
            driver, self._driver = self._driver, None
        if driver is not None:
            driver.close()

    def _opened(self) -> neo4j.Driver:
        address = self._store.address
        with self._lock:
            if self._driver is None:
                self._driver = neo4j.GraphDatabase.driver(
                    address.uri,
                    auth=(address.username, address.password or "") if address.username else None,
                    connection_timeout=CONNECT_LIMIT,
                    connection_acquisition_timeout=ACQUIRE_LIMIT,
                    max_transaction_retry_time=READ_RETRIES,
                    notifications_min_severity="OFF",
                )
            return self._driver
