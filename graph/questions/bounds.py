"""Lower bounds for a search: the cheapest walk of exactly r steps to a goal, for every actor, by dynamic
programming backwards from the goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.projection.index import Bools, Longs, distinct
from graph.questions.chronology import ALWAYS
from graph.questions.reach import Reach
from graph.questions.terrain import FAR, Terrain


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """Costs of the cheapest walk with a number of steps to a goal, for every actor (`FAR`: there is none).

    Secondary costs are those of the walks with the least primary cost; `worst`, where the rank has it, is the
    least possible by itself.
    """

    primary: Longs
    secondary: Longs
    worst: Longs | None

    @classmethod
    def nowhere(cls, size: int, *, worst: bool) -> Bound:
        """No way from anywhere."""
        return cls(np.full(size, FAR), np.full(size, FAR), np.full(size, FAR) if worst else None)

    @property
    def open(self) -> Bools:
        """Actors from which there is a way."""
        return self.primary < FAR

    def closed_but(self, actors: Bools) -> Bound:
        """The same bounds for some actors, no way from all others."""
        return Bound(np.where(actors, self.primary, FAR), self.secondary, self.worst)


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
    inside, is_start = ~terrain.is_end(), _only(terrain.size, terrain.starts)
    tracked, required = (*terrain.via, *scope.once), (1 << len(terrain.via)) - 1
    ways = [[_goal(terrain, left & required == 0) for left in range(1 << len(tracked))]]
    leave_by = [np.where(_only(terrain.size, terrain.ends), ALWAYS, -ALWAYS - 1)]
    for steps in range(1, scope.most + 1):
        terrain.check_time()
        allowed = reach.near_start(scope.most - steps) & inside
        allowed = allowed | is_start if steps in scope.lengths else allowed
        row = []
        for left in range(1 << len(tracked)):
            if (left & required).bit_count() >= steps:
                row.append(_nowhere(terrain))
                continue
            ahead = _merged(tracked, ways[-1], left)
            layer = np.flatnonzero(ahead.open & ~is_start)
            terrain.need(layer)
            row.append(_backwards(terrain, ahead, layer, allowed))
        ways.append(row)
        if terrain.order is not None:
            back, until = terrain.walk.back, leave_by[-1]
            layer = np.flatnonzero((until >= -ALWAYS) & ~is_start)
            leave_by.append(terrain.order.leave_by(back, terrain.slot_back, layer, until, allowed))
    return Bounds(tracked, required, ways, leave_by if terrain.order is not None else None)


def goes_on(terrain: Terrain, bounds: Bounds, path: Sequence[int], steps: int, left: int) -> Bools:
    """Actors with a walk of `steps` steps to a goal past the actors of `path`, over those of the tracked
    actors `left` that have to be passed."""
    terrain.check_time()
    wanted, rest = left & bounds.required, left & ~bounds.required
    masks = [_only(terrain.size, terrain.ends), *[np.zeros(terrain.size, bool)] * wanted]
    free = np.ones(terrain.size, bool)
    free[list(path)] = False
    free[terrain.starts] = False
    for step in range(1, steps + 1):
        following = []
        for missing in range(wanted + 1):
            if missing & ~wanted:
                following.append(np.zeros(terrain.size, bool))
                continue
            ahead = _passing(terrain.via, masks, missing)
            origin = terrain.walk.back.next_to(np.flatnonzero(ahead))
            allowed = free & bounds.ways[step][missing | rest].open
            following.append(_only(terrain.size, distinct(origin[allowed[origin]].astype(np.int64))))
        masks = following
    return masks[wanted]


def _goal(terrain: Terrain, reached: bool) -> Bound:
    """No steps to go: nothing to pay at an end, unless something is left that has to be passed."""
    there = _nowhere(terrain)
    for costs in (there.primary, there.secondary, there.worst):
        if costs is not None and reached:
            costs[terrain.ends] = 0
    return there


def _nowhere(terrain: Terrain) -> Bound:
    return Bound.nowhere(terrain.size, worst=terrain.costs.step_worst is not None)


def _only(size: int, actors: Longs) -> Bools:
    mask = np.zeros(size, bool)
    mask[actors] = True
    return mask


def _passing(via: Sequence[int], masks: Sequence[Bools], left: int) -> Bools:
    """Actors to step on to with the via actors `left` still to come: on one of them it is done with."""
    ahead = masks[left].copy()
    for number, actor in enumerate(via):
        bit = 1 << number
        ahead[actor] = bool(left & bit) and masks[left ^ bit][actor]
    return ahead


def _merged(tracked: Sequence[int], row: Sequence[Bound], left: int) -> Bound:
    """Bounds of the actors to step on to with the tracked actors `left`."""
    if not tracked:
        return row[0]
    plain = row[left]
    primary, secondary = plain.primary.copy(), plain.secondary.copy()
    worst = None if plain.worst is None else plain.worst.copy()
    for number, actor in enumerate(tracked):
        bit = 1 << number
        if not left & bit:
            primary[actor] = FAR
            continue
        done = row[left ^ bit]
        primary[actor], secondary[actor] = done.primary[actor], done.secondary[actor]
        if worst is not None and done.worst is not None:
            worst[actor] = done.worst[actor]
    return Bound(primary, secondary, worst)


def _backwards(terrain: Terrain, ahead: Bound, layer: Longs, allowed: Bools) -> Bound:
    """One step away from the goal: the best bound of every allowed actor over its steps into `layer`."""
    costs, result = terrain.costs, _nowhere(terrain)
    positions, counts = terrain.walk.back.steps(layer)
    origin = terrain.walk.back.to[positions]
    keep = allowed[origin]
    positions, origin = positions[keep], origin[keep]
    target = np.repeat(layer, counts)[keep]
    slots = terrain.slot_back[terrain.walk.back.slot[positions]]
    primary = ahead.primary[target] + costs.pass_primary[target] + costs.step_primary[slots]
    np.minimum.at(result.primary, origin, primary)
    best = primary == result.primary[origin]
    secondary = ahead.secondary[target[best]] + costs.step_secondary[slots[best]]
    np.minimum.at(result.secondary, origin[best], secondary)
    if costs.step_worst is not None and ahead.worst is not None and result.worst is not None:
        np.minimum.at(result.worst, origin, np.maximum(ahead.worst[target], costs.step_worst[slots]))
    return result
