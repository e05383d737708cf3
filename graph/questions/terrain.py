"""Where paths may go and what each step costs: what a search for paths knows of a graph and a question."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.errors import QuestionTimeout
from graph.projection.index import Bools, Longs
from graph.projection.ties import Walk
from graph.questions.chronology import Chronology

FAR = np.iinfo(np.int64).max // 4
"""Cost of what cannot be reached."""
HOP = 1 << 30
"""What a hop adds to a primary cost: more than the neighbours of all actors of a path together."""
RANK = HOP << 4
"""What a unit of the rank's cost is worth in a primary cost: more than all hops of a path together."""
MOST_VIA = 5
"""Most actors a path can be told to pass: the search keeps bounds for every set of those still to come."""


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """What steps and passing actors cost; all whole numbers, so equal is equal.

    `pass_primary` is per actor, `step_primary`, `step_secondary` and `step_worst` per slot. Primary and
    secondary costs are summed along a path; of `step_worst` the highest counts and decides first (None: the
    rank has no such cost).
    """

    pass_primary: Longs
    step_primary: Longs
    step_secondary: Longs
    step_worst: Longs | None = None


@dataclass(frozen=True, eq=False)
class Terrain:
    """Where paths may go: steps, what each costs, the ends, and the actors to pass.

    `costs` and `order` (the times of the steps, where they must not go back) are made when a search gets that
    far: most questions without an answer never do. `slot_back` gives the slot the other way, `need` is told
    the actors whose steps have to be complete, `deadline` is a time of `time.monotonic()`.
    """

    walk: Walk
    slot_back: Longs
    starts: Longs
    ends: Longs
    via: tuple[int, ...]
    make_costs: Callable[[], Costs]
    make_order: Callable[[], Chronology] | None
    need: Callable[[NDArray[np.integer]], None]
    deadline: float | None

    @cached_property
    def costs(self) -> Costs:
        """What steps and passing actors cost."""
        return self.make_costs()

    @cached_property
    def order(self) -> Chronology | None:
        """The times of the steps; None where time plays no part."""
        return self.make_order() if self.make_order is not None else None

    @property
    def size(self) -> int:
        """Number of actors."""
        return len(self.walk.out.start) - 1

    def is_end(self) -> Bools:
        """Which actors a path may not have between its ends."""
        mask = np.zeros(self.size, bool)
        mask[self.starts] = True
        mask[self.ends] = True
        return mask

    def check_time(self) -> None:
        """Raises: QuestionTimeout when the deadline has passed."""
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise QuestionTimeout(
                "the search for paths took longer than it may; ask for fewer hops or filter more"
            )


@dataclass(frozen=True, slots=True)
class FoundPath:
    """Numbers of the actors along a path; `existed_from` is the first day by which the whole chain existed
    (None: nothing bounds it)."""

    actors: tuple[int, ...]
    existed_from: int | None = None
