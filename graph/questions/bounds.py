"""Lower bounds for a search: the cheapest walk of exactly r steps to a goal, for every actor, by dynamic
programming backwards from the goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.projection.index import Bools, Longs, distinct_below, mask_of
from graph.questions.chronology import ALWAYS
from graph.questions.reach import Reach
from graph.questions.terrain import FAR, Terrain


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """Costs of the cheapest walk with a number of steps to a goal, for the `actors` that have one, in order
    of number.

    Secondary costs are those of the walks with the least primary cost; `worst`, where the rank has it, is the
    least possible by itself.
    """

    actors: Longs
    primary: Longs
    secondary: Longs
    worst: Longs | None = None

    def find(self, actors: NDArray[np.integer]) -> tuple[Longs, Bools]:
        """Where each of some actors stands here, and which of them do."""
        if not len(self.actors):
            return np.zeros(len(actors), np.int64), np.zeros(len(actors), bool)
        places = np.minimum(np.searchsorted(self.actors, actors), len(self.actors) - 1)
        return places, self.actors[places] == actors

    def taking(self, places: NDArray[np.int64] | Bools) -> Bound:
        """The bounds of some of the actors."""
        worst = None if self.worst is None else self.worst[places]
        return Bound(self.actors[places], self.primary[places], self.secondary[places], worst)

    def joined(self, other: Bound) -> Bound:
        """The bounds of both; no actor is in both."""
        actors = np.concatenate([self.actors, other.actors])
        worst = None
        if self.worst is not None and other.worst is not None:
            worst = np.concatenate([self.worst, other.worst])
        primary = np.concatenate([self.primary, other.primary])
        both = Bound(actors, primary, np.concatenate([self.secondary, other.secondary]), worst)
        return both.taking(np.argsort(actors))


NOWHERE = Bound(*(np.zeros(0, np.int64) for _ in range(4)))
"""No way from anywhere."""


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """Bounds for a number of steps to go and the `tracked` actors that are left (a bit each).

    The first of the tracked actors, those of the mask `required`, have to be passed; all of them are passed
    at most once. `ways[r][s]` bounds walks of r steps with the actors of the set `s` left; `leave_by[r]` is
    the latest day to be at an actor with r steps to go (None: time plays no part).
    """

    tracked: tuple[int, ...]
    required: int
    ways: Sequence[Sequence[Bound]]
    leave_by: Sequence[Longs] | None

    @property
    def everything(self) -> int:
        """The set of all tracked actors."""
        return (1 << len(self.tracked)) - 1


@dataclass(frozen=True, slots=True)
class Scope:
    """Which bounds are wanted: for up to `most` steps, for paths of the `lengths`, with the actors `once`
    kept track of besides those that have to be passed; `checked` says that every step of the search is
    checked for a way to the goal."""

    most: int
    lengths: tuple[int, ...]
    once: tuple[int, ...] = ()
    checked: bool = False


def bounds_of(terrain: Terrain, reach: Reach, scope: Scope) -> Bounds:
    """Bounds for 0 to `most` steps to go, of actors that a path of one of the lengths can pass.

    Raises: QuestionTimeout when the terrain's deadline passes.
    """
    inside, is_start = ~terrain.is_end(), mask_of(terrain.size, terrain.starts)
    tracked, required = (*terrain.via, *scope.once), (1 << len(terrain.via)) - 1
    ways = [[NOWHERE if left & required else _goal(terrain) for left in range(1 << len(tracked))]]
    leave_by = [np.where(mask_of(terrain.size, terrain.ends), ALWAYS, -ALWAYS - 1)]
    for steps in range(1, scope.most + 1):
        allowed = reach.near_start(scope.most - steps) & inside
        allowed = allowed | is_start if steps in scope.lengths else allowed
        row = []
        for left in range(1 << len(tracked)):
            terrain.check_time()
            if (left & required).bit_count() >= steps:
                row.append(NOWHERE)
                continue
            ahead = _merged(tracked, ways[-1], left)
            ahead = ahead.taking(~is_start[ahead.actors])
            terrain.need(ahead.actors)
            row.append(_backwards(terrain, ahead, allowed))
        ways.append(row)
        if terrain.order is not None:
            back, until = terrain.walk.back, leave_by[-1]
            layer = np.flatnonzero((until >= -ALWAYS) & ~is_start)
            leave_by.append(terrain.order.leave_by(back, terrain.slot_back, layer, until, allowed))
    return Bounds(tracked, required, ways, leave_by if terrain.order is not None else None)


def goes_on(terrain: Terrain, bounds: Bounds, path: Sequence[int], steps: int, left: int) -> Bools:
    """Actors with a walk of `steps` steps to a goal past the actors of `path`, over those of the tracked
    actors `left` that have to be passed."""
    wanted, rest = left & bounds.required, left & ~bounds.required
    masks = [mask_of(terrain.size, terrain.ends), *[np.zeros(terrain.size, bool)] * wanted]
    free = np.ones(terrain.size, bool)
    free[list(path)] = False
    free[terrain.starts] = False
    for step in range(1, steps + 1):
        following = []
        for missing in range(wanted + 1):
            terrain.check_time()
            if missing & ~wanted:
                following.append(np.zeros(terrain.size, bool))
                continue
            ahead = _passing(terrain.via, masks, missing)
            origin = terrain.walk.back.next_to(np.flatnonzero(ahead))
            origin = origin[free[origin]]
            following.append(mask_of(terrain.size, origin[bounds.ways[step][missing | rest].find(origin)[1]]))
        masks = following
    return masks[wanted]


def _goal(terrain: Terrain) -> Bound:
    """No steps to go: nothing to pay at an end."""
    nothing = np.zeros(len(terrain.ends), np.int64)
    return Bound(terrain.ends, nothing, nothing, nothing)


def _passing(via: Sequence[int], masks: Sequence[Bools], left: int) -> Bools:
    """Actors to step on to with the via actors `left` still to come: on one of them it is done with."""
    ahead = masks[left].copy()
    for number, actor in enumerate(via):
        bit = 1 << number
        ahead[actor] = bool(left & bit) and masks[left ^ bit][actor]
    return ahead


def _merged(tracked: Sequence[int], row: Sequence[Bound], left: int) -> Bound:
    """Bounds of the actors to step on to with the tracked actors `left`: one of these is done with then."""
    if not tracked:
        return row[0]
    merged = row[left].taking(~np.isin(row[left].actors, tracked))
    for number, actor in enumerate(tracked):
        bit = 1 << number
        if left & bit:
            done = row[left ^ bit]
            merged = merged.joined(done.taking(done.actors == actor))
    return merged


def _backwards(terrain: Terrain, ahead: Bound, allowed: Bools) -> Bound:
    """One step away from the goal: the best bound of every allowed actor over its steps to the actors
    `ahead`."""
    back = terrain.walk.back.steps(ahead.actors)
    keep = allowed[back.to]
    origin, target = back.to[keep], back.of[keep]
    if not len(origin):
        return NOWHERE
    step = terrain.costs.stepping(terrain.slot_back[back.slot[keep]])
    onward = ahead.primary + terrain.costs.passing(ahead.actors)
    primary = _least(terrain.size, origin, onward[target] + step.primary)
    best = np.flatnonzero(onward[target] + step.primary == primary[origin])
    secondary = _least(terrain.size, origin[best], ahead.secondary[target[best]] + step.secondary[best])
    actors = distinct_below(terrain.size, origin)
    worst = None
    if step.worst is not None and ahead.worst is not None:
        worst = _least(terrain.size, origin, np.maximum(ahead.worst[target], step.worst))[actors]
    return Bound(actors, primary[actors], secondary[actors], worst)


def _least(size: int, actors: NDArray[np.integer], costs: Longs) -> Longs:
    """The least cost of each actor."""
    least = np.full(size, FAR)
    np.minimum.at(least, actors, costs)
    return least
