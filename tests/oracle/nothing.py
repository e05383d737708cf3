"""Why there is no path: every condition lifted by itself and in sets, and what else can be said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from math import comb
from typing import Any

from oracle.claims import Graph
from oracle.filtered import Under
from oracle.walks import PathsAsked, Walks

Condition = tuple[str, str]
"""A parameter and the value that is lifted."""

TRIES = 64
"""Sets of conditions within which a smallest one has to be found."""

LISTS = {
    "type": "types", "category": "categories", "family": "families", "status": "statuses",
    "source": "sources", "without_source": "without_sources",
    "attributed_to": "attributed_to", "dataset": "datasets", "kind": "kinds",
}  # fmt: skip


@dataclass(frozen=True)
class Nothing:
    """A question without an answer."""

    graph: Graph
    question: PathsAsked

    @cached_property
    def conditions(self) -> dict[Condition, Mapping[str, Any]]:
        """Everything that restricts the question, in the order of the parameters, and what lifts it."""
        asked, rank = self.question.asked, self.question.rank
        found: dict[Condition, Mapping[str, Any]] = {}
        for name, field in LISTS.items():
            if values := getattr(asked, field):
                found[name, ", ".join(values)] = {field: ()}
        for name in ("since", "until", "as_of"):
            if value := getattr(asked, name):
                found[name, value] = {name: None}
        dated = asked.dated or rank == "chronological"
        if asked.undated == "exclude" or (dated and asked.undated is None):
            found["undated", "exclude"] = {"undated": "include"}
        for name, free in (("min_sources", 1), ("min_claims", 1), ("direction", "any"), ("max_degree", None)):
            if (value := getattr(asked, name)) != free:
                found[name, str(value)] = {name: free}
        if asked.structural == "exclude":
            found["structural", "exclude"] = {"structural": "include"}
        if rank == "chronological":
            found["rank", rank] = {"rank": "shortest"}
        found |= {("avoid", actor): {"avoid": actor} for actor in asked.avoid}
        found |= {("via", actor): {"via": actor} for actor in self.question.via}
        return found

    def lifted(self, conditions: Iterable[Condition]) -> Walks:
        """The question without some of its conditions."""
        question = self.question
        for condition in conditions:
            for name, value in self.conditions[condition].items():
                if name == "rank":
                    question = replace(question, rank=value)
                elif name == "via":
                    question = replace(question, via=tuple(a for a in question.via if a != value))
                else:
                    if name == "avoid":
                        value = tuple(a for a in question.asked.avoid if a != value)
                    question = replace(question, asked=replace(question.asked, **{name: value}))
        return Walks(self.graph, question)

    def paths_without(self, conditions: Iterable[Condition], most: int | None = None) -> int:
        return self.lifted(conditions).count(most or self.question.k)

    def singles(self) -> dict[Condition, int]:
        """The conditions that stand in the way alone, with the paths there are without them."""
        counted = {one: self.paths_without([one]) for one in self.conditions}
        return {one: count for one, count in counted.items() if count}

    def fault_of_set(self, chosen: Sequence[Condition]) -> str | None:
        """What is wrong with a set that is said to be the smallest one to open a way; None: nothing."""
        if not self.paths_without(chosen, 1):
            return "opens no way"
        if any(self.paths_without([o for o in chosen if o != one], 1) for one in chosen):
            return "has a needless member"
        sizes = range(2, len(chosen))
        if sum(comb(len(self.conditions), size) for size in (*sizes, len(chosen))) <= TRIES:
            smaller = (few for size in sizes for few in combinations(self.conditions, size))
            if any(self.paths_without(few, 1) for few in smaller):
                return "is not the smallest"
        return None

    def shortest(self) -> int | None:
        """Hops of the shortest connection whatever its length, with rank, via and max_degree out of the
        question."""
        free = replace(
            self.question, rank="shortest", via=(), asked=replace(self.question.asked, max_degree=None)
        )
        distance = Walks(self.graph, free).distances(free.starts)
        return min((distance[end] for end in free.ends if end in distance), default=None)

    def only_denied(self) -> bool:
        """Whether a denial that fits the rest of the filter joins a start and an end."""
        denials = Under(self.graph, replace(self.question.asked, polarity="negative"))
        pairs = {frozenset((a, b)) for a in self.question.starts for b in self.question.ends}
        return any(
            claim.denied and frozenset((claim.subject, claim.object)) in pairs for claim in denials.claims
        )

    def notes(self) -> set[str]:
        shortest, codes = self.shortest(), set()
        if self.only_denied():
            codes.add("only_denial")
        if shortest is None:
            codes.add("no_connection")
        elif shortest > self.question.max_hops:
            codes.add("beyond_max_hops")
        return codes
