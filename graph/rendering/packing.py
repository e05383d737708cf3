"""Room on the plane: groups packed beside each other, boxes pushed apart, free slots for newcomers.

All functions are deterministic and work on arrays: positions `(n, 2)` and box sizes `(n, 2)` in pixels at
zoom 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ASPECT = 1.35
"""Pictures are this much wider than high, like the screens they are seen on."""

SPACING = (128.0, 92.0)
"""Usual distance between neighbouring actors, across and down, in pixels at zoom 1."""

_STEP = 26.0
_MOST_CANDIDATES = 6000
_RINGS = 1_200
_REFRESH = 8
_TOUCH = 0.5


def pack(radii: Floats, bonds: Floats, start: float) -> Floats:
    """Centres of circles around the origin, without overlap and near those they are bound to.

    `radii` (k,), `bonds` (k, k) symmetric weights, `start` radius kept free in the middle. Circles are
    placed in the order given: each on the free candidate point with the least distance to the middle and to
    its bound circles.
    """
    count = len(radii)
    centres = np.zeros((count, 2))
    reach = math.sqrt(float(np.sum((1.35 * radii) ** 2)) + start**2) + 2.2 * float(radii.max(initial=1.0))
    points = _candidates(reach)
    out = np.hypot(points[:, 0] / ASPECT, points[:, 1])
    room = np.hypot(points[:, 0], points[:, 1]) - start
    for k in range(count):
        bound = np.flatnonzero(bonds[k, :k])
        cost = out.copy()
        if len(bound):
            weights = bonds[k, bound] / bonds[k, bound].sum()
            middle = weights @ centres[bound]
            cost += 0.8 * np.hypot(points[:, 0] - middle[0], points[:, 1] - middle[1])
        cost[room < radii[k]] = np.inf
        best = int(np.argmin(cost))
        centres[k] = points[best]
        room = np.minimum(room, np.hypot(*(points - points[best]).T) - radii[k])
    return centres


def reach_of(shape: Floats) -> float:
    """Radius of the circle that a group needs whose actors are at these places round its origin, labels
    included."""
    return float(np.hypot(shape[:, 0] / ASPECT, shape[:, 1]).max()) + SPACING[1] * 0.52


def _candidates(reach: float) -> Floats:
    """A spiral of evenly spread points out to `reach`, wider than high; the first is the origin."""
    count = min(_MOST_CANDIDATES, int(math.pi * ASPECT * (reach / _STEP) ** 2) + 100)
    index = np.arange(count)
    radius = reach * np.sqrt(index / count)
    angle = index * (math.pi * (3 - math.sqrt(5)))
    return np.column_stack([radius * np.cos(angle) * ASPECT, radius * np.sin(angle)])


def push_apart(places: Floats, boxes: Floats, held: Sequence[int], rounds: int) -> Floats:
    """Box centres after at most `rounds` steps of pushing overlapping boxes apart along the shorter way.

    Rows in `held` do not move.
    """
    moved = places.copy()
    firm = np.ones(len(places))
    firm[list(held)] = 0.0
    pairs, half = _near(moved, boxes), boxes / 2
    for turn in range(rounds):
        if turn and turn % _REFRESH == 0:
            pairs = _near(moved, boxes)
        between = moved[pairs[:, 0]] - moved[pairs[:, 1]]
        depth = half[pairs[:, 0]] + half[pairs[:, 1]] - np.abs(between)
        hit = np.flatnonzero((depth[:, 0] > _TOUCH) & (depth[:, 1] > _TOUCH))
        if not len(hit):
            break
        one, two = pairs[hit, 0], pairs[hit, 1]
        step = _shortest_way(between[hit], depth[hit])
        share = firm[one] + firm[two]
        share[share == 0] = np.inf
        np.add.at(moved, one, step * (firm[one] / share)[:, None])
        np.subtract.at(moved, two, step * (firm[two] / share)[:, None])
    return moved


def _near(places: Floats, boxes: Floats) -> NDArray[np.int64]:
    """Pairs of rows (m, 2) whose boxes overlap or could after a few steps."""
    margin = 70.0
    order = np.argsort(places[:, 0], kind="stable")
    widest = float(boxes[:, 0].max(initial=0.0)) + margin
    across = places[order, 0]
    ends = np.searchsorted(across, across + widest)
    counts = ends - np.arange(len(order)) - 1
    first = np.repeat(np.arange(len(order)), counts)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
    pairs = np.sort(np.column_stack([order[first], order[second]]), axis=1)
    down = np.abs(places[pairs[:, 0], 1] - places[pairs[:, 1], 1])
    near = down < (boxes[pairs[:, 0], 1] + boxes[pairs[:, 1], 1]) / 2 + margin
    kept: NDArray[np.int64] = pairs[near]
    in_order: NDArray[np.int64] = kept[np.lexsort((kept[:, 1], kept[:, 0]))]
    return in_order


def _shortest_way(between: Floats, depth: Floats) -> Floats:
    """The step that takes each overlapping pair apart: along x or y, whichever is less."""
    sign = np.where(between < 0, -1.0, 1.0)
    step = sign * depth
    sideways = depth[:, 0] <= depth[:, 1]
    step[sideways, 1] = 0.0
    step[~sideways, 0] = 0.0
    return step


def free_slots(taken: Floats, parent: Floats, count: int, spacing: tuple[float, float]) -> Floats:
    """`count` free places on rings round `parent` (2,), none nearer to `taken` (n, 2) or each other than
    `spacing`.

    Rings are searched from the inside out, each beginning on the side that looks away from what is there.
    """
    found: list[Floats] = []
    around = taken
    away = parent - taken.mean(axis=0) if len(taken) else np.array([1.0, 0.0])
    first = math.atan2(away[1], away[0]) if np.hypot(*away) > 1 else 0.0
    for ring in range(1, _RINGS):
        for place in _ring(parent, ring, first, spacing):
            if len(found) == count:
                return np.array(found).reshape(-1, 2)
            gap = np.abs(around - place)
            if not len(around) or not ((gap[:, 0] < spacing[0]) & (gap[:, 1] < spacing[1])).any():
                found.append(place)
                around = np.vstack([around, place])
    return np.array(found).reshape(-1, 2)


def _ring(parent: Floats, ring: int, first: float, spacing: tuple[float, float]) -> Floats:
    """Points of one ring, those nearest to the direction `first` (radians) at the front."""
    count = 8 * ring
    turns = np.arange(count)
    angles = first + np.where(turns % 2, 1, -1) * ((turns + 1) // 2) * (2 * math.pi / count)
    reach = 0.6 + 0.7 * ring
    across, down = np.cos(angles) * reach * spacing[0], np.sin(angles) * reach * spacing[1] * 1.25
    ring_places: Floats = parent + np.column_stack([across, down])
    return ring_places
