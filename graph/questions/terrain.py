"""Where paths may go and what each step costs: what a search for paths knows of a graph and a question."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.errors import QuestionTimeout
from graph.projection.index import Bools, Longs, mask_of
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
class StepCosts:
    """What some steps cost; whole numbers, so equal is equal.

    Primary and secondary costs are summed along a path; of `worst` the highest counts and decides first
    (None: the rank has no such cost).
    """

    primary: Longs
    secondary: Longs
    worst: Longs | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """What passing some actors costs, added to the primary cost, and what the steps over some slots do;
    worked out for those that a search gets to."""

    passing: Callable[[Longs], Longs]
    stepping: Callable[[Longs], StepCosts]

    @classmethod
    def none(cls) -> Costs:
        """Every path is as good as every other."""
        return cls(np.zeros_like, lambda slots: StepCosts(np.zeros_like(slots), np.zeros_like(slots)))


@dataclass(frozen=True, slots=True, eq=False)
class Terrain:
    """Where paths may go among `size` actors: steps, what each costs, the ends, and the actors to pass.

    `order` holds the times of the steps, where they must not go back. `slot_back` gives the slot the other
    way, `need` is told the actors whose steps have to be complete, `deadline` is a time of
    `time.monotonic()`.
    """

    walk: Walk
    slot_back: Longs
    starts: Longs
    ends: Longs
    via: tuple[int, ...]
    size: int
    costs: Costs
    order: Chronology | None
    need: Callable[[NDArray[np.integer]], None]
    deadline: float | None

    def is_end(self) -> Bools:
        """Which actors a path may not have between its ends."""
        return mask_of(self.size, np.concatenate([self.starts, self.ends]))

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
