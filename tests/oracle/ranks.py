"""What makes one path better than another: the formulas of docs/api.md, "Ranks", on the raw claims."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from oracle.claims import FOREVER, Graph, Stated, relation_key
from oracle.days import written
from oracle.walks import Actors, Step, Walks

UNDATED_DAY = 4_000_000 - 2**23
"""The day that an undated hop counts with: before the first day of year -9999."""


@dataclass(frozen=True)
class Hop:
    """The claims that allow one step."""

    graph: Graph
    claims: Sequence[Stated]

    @cached_property
    def sources(self) -> int:
        return len({claim.document for claim in self.claims})

    @cached_property
    def last_day(self) -> int | None:
        return max((claim.latest for claim in self.claims if claim.latest is not None), default=None)

    @property
    def day(self) -> int:
        return UNDATED_DAY if self.last_day is None else self.last_day

    @cached_property
    def evidence(self) -> int:
        """In quarters: every source counts with its heaviest claim; in a graph of one source every voice, and
        every claim besides."""
        weights = [(claim, self.weight(claim)) for claim in self.claims]
        if not self.graph.single_source:
            return heaviest((claim.document, weight) for claim, weight in weights)
        voices = heaviest((claim.attributed_to, weight) for claim, weight in weights)
        return voices + sum(weight for _, weight in weights)

    def weight(self, claim: Stated) -> int:
        weight = 4 if claim.status == "asserted" else 2
        return weight // 2 if relation_key(claim) in self.graph.contested else weight

    @property
    def cost(self) -> int:
        return 4_000_000 // self.evidence


def heaviest(weights: Any) -> int:
    best: dict[object, int] = {}
    for group, weight in weights:
        best[group] = max(weight, best.get(group, 0))
    return sum(best.values())


def rarity(neighbours: int) -> int:
    return round(1000 * math.log2(1 + neighbours))


@dataclass(frozen=True)
class Ranking:
    """The order and the scores of the paths of a question."""

    walks: Walks

    @cached_property
    def _known(self) -> dict[Step, Hop]:
        return {}

    def hops(self, path: Actors) -> list[Hop]:
        for step in pairwise(path):
            if step not in self._known:
                self._known[step] = Hop(self.walks.graph, self.walks.under.steps[step])
        return [self._known[step] for step in pairwise(path)]

    def passed(self, path: Actors) -> list[int]:
        """Neighbours of the actors passed."""
        return [self.walks.under.degree(actor) for actor in path[1:-1]]

    def cost(self, path: Actors) -> int:
        """What the rank puts before T; the smaller comes first."""
        costs: Mapping[str, Callable[[], int]] = {
            "shortest": lambda: 0,
            "chronological": lambda: 0,
            "strongest": lambda: sum(hop.cost for hop in self.hops(path)),
            "specific": lambda: sum(map(rarity, self.passed(path))),
            "recent": lambda: -min(hop.day for hop in self.hops(path)),
        }
        return costs[self.walks.question.rank]()

    def key(self, path: Actors) -> tuple[Any, ...]:
        """The cost of the rank, then T."""
        hops = self.hops(path)
        sources, days = sum(hop.sources for hop in hops), sum(hop.day for hop in hops)
        return self.cost(path), len(hops), sum(self.passed(path)), -sources, -days, path

    def best(self) -> list[Actors]:
        """All paths, the best first."""
        return sorted(self.walks.simple(), key=self.key)

    def score(self, path: Actors) -> dict[str, Any]:
        """What an answer shows of a path, as a whole and hop by hop."""
        hops, passed, rank = self.hops(path), self.passed(path), self.walks.question.rank
        told: list[dict[str, Any]] = [
            {"claims": len(hop.claims), "sources": hop.sources, "last_day": day_text(hop.last_day)}
            for hop in hops
        ]
        score: dict[str, Any] = {
            "rank": rank,
            "neighbours": sum(passed),
            "claims": sum(len(hop.claims) for hop in hops),
            "hops": told,
        }
        if rank == "strongest":
            for one, hop in zip(told, hops, strict=True):
                one["cost"] = hop.cost
        elif rank == "specific":
            between = zip(path[1:-1], passed, strict=True)
            score["passed"] = [{"actor": a, "neighbours": n, "cost": rarity(n)} for a, n in between]
        elif rank == "recent":
            days = [hop.last_day for hop in hops if hop.last_day is not None]
            score["oldest"] = day_text(min(days)) if len(days) == len(hops) else None
        elif rank == "chronological":
            for one, days_of in zip(told, self.walks.days(path), strict=True):
                one["day"] = day_text(min(days_of))
            score["existed_from"] = day_text(min(self.walks.days(path)[-1]))
        if rank in ("strongest", "specific"):
            score["cost"] = self.cost(path)
        return score


def day_text(day: int | None) -> str | None:
    """A day as an answer shows it; what nothing bounds has none."""
    return None if day is None or abs(day) == FOREVER else written(day)
