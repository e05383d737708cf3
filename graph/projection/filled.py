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
        self._columns = [np.zeros(size, np.int32) for _ in range(width)]

    @property
    def nbytes(self) -> int:
        """Bytes it holds at most."""
        return self._known.nbytes + sum(column.nbytes for column in self._columns)

    def at(self, places: Longs) -> tuple[Longs, ...]:
        """The numbers of some places, column by column."""
        known = self._known[places]
        if not known.all():
            unknown = distinct(places[~known])
            for column, found in zip(self._columns, self._find(unknown), strict=True):
                column[unknown] = found
            self._known[unknown] = True  # last: who sees it sees the numbers
        return tuple(column[places].astype(np.int64) for column in self._columns)
