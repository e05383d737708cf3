"""The tie of a crowded map with most room around it: what a test can point at without meeting another one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Place = tuple[float, float]
DISC = 40.0


def loneliest(
    ties: Sequence[tuple[str, str]], places: Mapping[str, Place], wanted: Iterable[int]
) -> tuple[str, str, Place]:
    """Of some ties, given by number, the one whose middle is farthest from all other ties and actors: its
    ends and its middle."""
    ends = np.array([(places[one], places[other]) for one, other in ties])
    discs = np.array(list(places.values()))
    _, best = max((_room(number, ends, discs), number) for number in wanted)
    x, y = ends[best].mean(axis=0)
    return *ties[best], (float(x), float(y))


def _room(number: int, ends: Floats, discs: Floats) -> float:
    middle = ends[number].mean(axis=0)
    others = np.delete(ends, number, axis=0)
    # The two discs at the ends are none in its way.
    apart = np.sort(np.hypot(*(discs - middle).T))[2] - DISC
    return min(float(apart), float(_far(middle, others).min()))


def _far(point: Floats, lines: Floats) -> Floats:
    """Distance of a point to each line."""
    begin, way = lines[:, 0], lines[:, 1] - lines[:, 0]
    length = np.maximum((way**2).sum(axis=1), 1e-9)
    share = np.clip(((point - begin) * way).sum(axis=1) / length, 0, 1)
    distances: Floats = np.hypot(*(begin + share[:, None] * way - point).T)
    return distances
