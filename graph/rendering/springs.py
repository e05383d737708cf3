"""Where ties pull the actors of one community: exactly, by the library's rounds whose time grows with the
square of the actors, or roughly, where only directions and an order are kept.

Both after Fruchterman and Reingold, "Graph drawing by force-directed placement" (1991). Two changes make the
rough one linear: who is far away pushes as the crowd of a cell of a grid, and the start is no chance but two
directions along which tied actors differ least, found by taking the mean of neighbours again and again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from graph.rendering.packing import Floats

SEED = 20250307
_ROUNDS = 30
_MEANS = 15
_CELLS = 8
"""Cells of the grid across and down."""
_STEP = 0.1
"""The furthest that an actor moves in the first round, by the width of the whole."""
_SOFT = 0.3
"""Within this share of the usual distance a crowd pushes no harder."""


@dataclass(frozen=True, slots=True, eq=False)
class Pulls:
    """Pairs of tied actors, `one` below `other`, in ascending order, and how strongly each pulls."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    weight: Floats

    def among(self, chosen: NDArray[np.bool_]) -> Pulls:
        """Some of the pairs."""
        return Pulls(self.one[chosen], self.other[chosen], self.weight[chosen])

    def __iter__(self) -> Iterator[tuple[int, int, float]]:
        return zip(self.one.tolist(), self.other.tolist(), self.weight.tolist(), strict=True)

    def ties_of(self, actor: int) -> int:
        """How many others an actor is tied to."""
        return int(np.count_nonzero((self.one == actor) | (self.other == actor)))

    def sums(self, at_one: Floats, at_other: Floats, count: int) -> Floats:
        """What the pairs of each of `count` actors add up to, with a value for either end."""
        total = np.bincount(self.one, at_one, count) + np.bincount(self.other, at_other, count)
        return total.astype(np.float64)


def settled(pairs: Iterable[tuple[int, int, float]], count: int, rounds: int) -> Floats:
    """Places (count, 2) about the origin after so many rounds in which everybody pushes everybody."""
    network: rx.PyGraph[None, float] = rx.PyGraph()
    network.add_nodes_from([None] * count)
    network.add_edges_from(list(pairs))
    found = rx.spring_layout(network, seed=SEED, num_iter=rounds, weight_fn=float)
    places = np.array([found[row] for row in range(count)])
    middled: Floats = places - places.mean(axis=0)
    return middled


def sprung(pulls: Pulls, count: int) -> Floats:
    """Places (count, 2) about the origin where tied actors are near and all keep apart.

    The same pairs always give the same places.
    """
    across, down = _start(pulls, count)
    for turn in range(_ROUNDS):
        push_x, push_y = _pushes(across, down)
        pull_x, pull_y = _drawn(pulls, across, down)
        move_x, move_y = push_x + pull_x, push_y + pull_y
        length = np.sqrt(move_x * move_x + move_y * move_y) + 1e-12
        share = np.minimum(length, _STEP * (1 - turn / _ROUNDS)) / length
        across, down = across + move_x * share, down + move_y * share
    places = np.column_stack([across, down])
    middled: Floats = places - places.mean(axis=0)
    return middled


def _start(pulls: Pulls, count: int) -> tuple[Floats, Floats]:
    """Two directions along which tied actors differ little, and a little chance so that no two are equal."""
    chance = np.random.default_rng(SEED)
    strength = pulls.sums(pulls.weight, pulls.weight, count) + 1e-9
    found: list[Floats] = []
    for _ in range(2):
        value = chance.standard_normal(count)
        for _ in range(_MEANS):
            value = _apart_from(found, value - np.sum(strength * value) / np.sum(strength), strength)
            near = pulls.sums(pulls.weight * value[pulls.other], pulls.weight * value[pulls.one], count)
            value = (value + near / strength) / 2
            value = value / (np.abs(value).max() + 1e-12)
        found.append(value)
    jittered = np.array(found) + 0.05 * chance.standard_normal((2, count))
    span = max(float(np.ptp(jittered[0])), float(np.ptp(jittered[1])), 1e-9)
    return jittered[0] / span, jittered[1] / span


def _apart_from(others: list[Floats], value: Floats, strength: Floats) -> Floats:
    """What is left of a direction without its share of others."""
    for other in others:
        value = value - other * (np.sum(strength * other * value) / np.sum(strength * other * other))
    return value


def _pushes(across: Floats, down: Floats) -> tuple[Floats, Floats]:
    """How each actor is pushed by the crowds of all cells."""
    cell = _cell(across) * _CELLS + _cell(down)
    crowd = np.bincount(cell, minlength=_CELLS * _CELLS)
    used = np.flatnonzero(crowd)
    size = crowd[used].astype(np.float64)
    # Summed over the first axis, which adds row by row: the same on every machine.
    dx = across - (np.bincount(cell, across, len(crowd))[used] / size)[:, None]
    dy = down - (np.bincount(cell, down, len(crowd))[used] / size)[:, None]
    usual = 1 / len(across)
    force = (size * usual)[:, None] / (dx * dx + dy * dy + _SOFT * _SOFT * usual)
    return (force * dx).sum(axis=0), (force * dy).sum(axis=0)


def _cell(values: Floats) -> NDArray[np.int64]:
    least, span = float(values.min()), float(np.ptp(values)) + 1e-9
    return np.minimum((values - least) / span * _CELLS, _CELLS - 1).astype(np.int64)


def _drawn(pulls: Pulls, across: Floats, down: Floats) -> tuple[Floats, Floats]:
    """How each actor is drawn by those it is tied to."""
    dx, dy = across[pulls.other] - across[pulls.one], down[pulls.other] - down[pulls.one]
    force = np.sqrt(dx * dx + dy * dy) * pulls.weight * math.sqrt(len(across))
    return pulls.sums(dx * force, -dx * force, len(across)), pulls.sums(dy * force, -dy * force, len(across))
