"""Numbers of actors or slots, worked out only for those that are asked for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from graph.projection.index import Longs, distinct


class Filled:
    """`width` whole numbers below 2^31 for each of `size` places; `find` works out the columns of new ones.

    Several threads may ask at once: what two of them work out is the same.
    """

    def __init__(self, size: int, find: Callable[[Longs], tuple[Longs, ...]], *, width: int = 1) -> None:
        self._find = find
        self._known = np.zeros(size, bool)
        self._values = np.zeros((width, size), np.int32)

    @property
    def nbytes(self) -> int:
        """Bytes it holds at most."""
        return self._known.nbytes + self._values.nbytes

    def at(self, places: Longs) -> tuple[Longs, ...]:
        """The numbers of some places, column by column."""
        unknown = places[~self._known[places]]
        if len(unknown):
            unknown = distinct(unknown)
            self._values[:, unknown] = self._find(unknown)
            self._known[unknown] = True  # last: who sees it sees the values
        return tuple(self._values[:, places].astype(np.int64))
