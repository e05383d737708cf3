"""Derived values that are kept for the next question, within a number of bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

Kept = TypeVar("Kept")

PLACE_BYTES = 1_000
"""What a value counts besides its own bytes: its key and its place."""


@dataclass(slots=True, eq=False)
class _Place:
    """Where one value of a memo stands once it is made."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    made: bool = False
    value: Any = None
    size: int = 0


class Memo:
    """Derived values by key, safe between threads: together at most `budget` bytes, least recently used out
    first.

    A value counts with its `nbytes`; one that is larger than the budget is kept alone.
    """

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._held = 0
        self._places: OrderedDict[object, _Place] = OrderedDict()
        self._lock = threading.Lock()
        self._closed = False

    def get(self, key: object, make: Callable[[], Kept]) -> Kept:
        """The value of `key`, made where it is not kept; who asks meanwhile waits for it.

        `make` may ask for other keys, never for its own.
        """
        with self._lock:
            place = _Place() if self._closed else self._places.setdefault(key, _Place())
            if not self._closed:
                self._places.move_to_end(key)
        with place.lock:
            if not place.made:
                place.value = make()
                place.made = True
                self._count(key, place)
            value: Kept = place.value
            return value

    def close(self) -> None:
        """Let go of everything and keep nothing more; who asks still gets an answer."""
        with self._lock:
            self._closed = True
            self._places.clear()
            self._held = 0

    def _count(self, key: object, place: _Place) -> None:
        """Take a new value into account and let others go for it."""
        with self._lock:
            if self._places.get(key) is not place:  # let go while it was made
                return
            place.size = int(getattr(place.value, "nbytes", 0)) + PLACE_BYTES
            self._held += place.size
            while self._held > self._budget and len(self._places) > 1:
                _, gone = self._places.popitem(last=False)
                self._held -= gone.size
