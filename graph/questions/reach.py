"""How far actors are from both ends of a question, found level by level on the cheaper side."""

from __future__ import annotations

import numpy as np

from graph.projection.index import Bools, Longs
from graph.questions.terrain import Terrain


class Reach:
    """Distances from both sides, grown a level at a time."""

    def __init__(self, terrain: Terrain) -> None:
        self.terrain = terrain
        self.distance = (np.full(terrain.size, -1, np.int32), np.full(terrain.size, -1, np.int32))
        self.front: list[Longs] = [terrain.starts, terrain.ends]
        self.depth = [0, 0]
        self.distance[0][terrain.starts] = 0
        self.distance[1][terrain.ends] = 0

    def shortest(self, most: int) -> int | None:
        """Length of the shortest way, None where none has at most `most` steps."""
        while sum(self.depth) < most:
            side = self.cheaper()
            fresh = self.grow(side)
            if not len(fresh):
                return None
            if (self.distance[1 - side][fresh] >= 0).any():
                return sum(self.depth)
        return None

    def grow(self, side: int) -> Longs:
        """Go one level further on a side; the new actors."""
        self.terrain.check_time()
        self.terrain.need(self.front[side])
        steps = self.terrain.walk.out if side == 0 else self.terrain.walk.back
        reached = steps.next_to(self.front[side])
        fresh = reached[self.distance[side][reached] < 0]
        self.depth[side] += 1
        self.distance[side][fresh] = self.depth[side]
        self.front[side] = fresh
        return fresh

    def cheaper(self) -> int:
        """The side whose next level costs less: 0 from the starts, 1 from the ends."""
        walk = self.terrain.walk
        return 0 if walk.out.breadth(self.front[0]) <= walk.back.breadth(self.front[1]) else 1

    def near_start(self, steps: int) -> Bools:
        """Actors that may be reached from a start in at most `steps` steps, as far as is known."""
        known = self.distance[0]
        if steps > self.depth[0] and len(self.front[0]):
            return np.ones(len(known), bool)
        return (known >= 0) & (known <= steps)
