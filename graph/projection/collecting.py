"""Leaving the collector of reference cycles off while somebody reads the graph.

Rows have no cycles, and looking through hundreds of thousands of them again and again would stop every thread
for a third of a second each time. The process has one collector, so it has one count of readers.
"""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Iterator


class _Readers:
    """How many read at the moment; the first one switches the collector off, the last one on again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reading = 0
        self._collects = True

    def begin(self) -> None:
        with self._lock:
            if not self._reading:
                self._collects = gc.isenabled()
                gc.disable()
            self._reading += 1

    def end(self) -> None:
        with self._lock:
            self._reading -= 1
            if not self._reading and self._collects:
                gc.enable()


_READERS = _Readers()


@contextlib.contextmanager
def not_collecting() -> Iterator[None]:
    """Leave the collector off until the block ends, and everybody else's block with it."""
    _READERS.begin()
    try:
        yield
    finally:
        _READERS.end()
