"""Every path between named actors, by walking them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice, pairwise

from oracle.claims import FOREVER, Graph
from oracle.filtered import Asked, Under

Actors = tuple[str, ...]
Step = tuple[str, str]


@dataclass(frozen=True)
class PathsAsked:
    """A question for paths, as plain values."""

    starts: Actors
    ends: Actors
    k: int = 5
    max_hops: int = 6
    asked: Asked = field(default_factory=Asked)
    rank: str = "shortest"
    via: Actors = ()


@dataclass(frozen=True)
class Walks:
    """A graph as a question for paths sees it."""

    graph: Graph
    question: PathsAsked

    @cached_property
    def under(self) -> Under:
        """The claims that may be walked; how many neighbours an actor has does not decide about claims."""
        ordered = self.question.rank == "chronological"
        return Under(self.graph, replace(self.question.asked, max_degree=None, ordered=ordered))

    @property
    def ends(self) -> set[str]:
        """Whom a path does not have between its ends."""
        return {*self.question.starts, *self.question.ends}

    def heavy(self, actor: str) -> bool:
        """Whether the actor has too many neighbours to be passed."""
        most = self.question.asked.max_degree
        named = actor in self.ends or actor in self.question.via
        return most is not None and not named and self.under.degree(actor) > most

    def passable(self, actor: str) -> bool:
        return (actor in self.under.open or actor in self.question.via) and not self.heavy(actor)

    def simple(self) -> Iterator[Actors]:
        """Every path that the question allows, in no particular order."""
        onward, question = self.under.onward, self.question
        passable = {actor for actor in self.graph.kinds if self.passable(actor)}

        def walk(path: Actors) -> Iterator[Actors]:
            for actor in onward.get(path[-1], ()):
                longer = (*path, actor)
                if actor in question.ends:
                    if set(question.via) <= set(path) and self.in_order(longer):
                        yield longer
                elif (
                    len(path) < question.max_hops
                    and actor in passable
                    and actor not in path
                    and actor not in question.starts
                ):
                    yield from walk(longer)

        for start in question.starts:
            yield from walk((start,))

    def count(self, most: int) -> int:
        """How many paths there are, counted no further than `most`."""
        return sum(1 for _ in islice(self.simple(), most))

    def in_order(self, path: Actors) -> bool:
        return self.question.rank != "chronological" or bool(self.days(path)[-1])

    def days(self, path: Actors) -> list[set[int]]:
        """For every hop the days on which it can have come about at the earliest, one for each choice of
        claims up to there whose days never go back."""
        reached, found = {-FOREVER}, []
        for step in pairwise(path):
            spans = [claim.span for claim in self.under.steps[step]]
            reached = {
                max(first, day) for day in reached for first, last in spans if first <= last and last >= day
            }
            found.append(reached)
        return found

    def distances(self, begin: Actors, *, back: bool = False) -> dict[str, int]:
        """Hops from `begin` to whoever is met on walks over passable actors that are no ends; `back`: along
        the steps that lead to `begin`."""
        pairs = [(b, a) for a, b in self.under.steps] if back else list(self.under.steps)
        known = self.under.open | set(self.question.via) | self.ends
        distance, front = dict.fromkeys(begin, 0), set(begin)
        for hops in range(1, len(self.graph.kinds)):
            met = {b for a, b in pairs if a in front and b in known and b not in distance}
            distance |= dict.fromkeys(met, hops)
            front = {actor for actor in met - self.ends if self.passable(actor)}
        return distance

    def skipped(self) -> list[tuple[str, int]]:
        """Actors over `max_degree` on a walk that is short enough and passes nobody else over it, with their
        neighbours; the busiest first."""
        there, back = self.distances(self.question.starts), self.distances(self.question.ends, back=True)
        met = [
            actor
            for actor in there.keys() & back.keys()
            if self.heavy(actor) and there[actor] + back[actor] <= self.question.max_hops
        ]
        return sorted(((a, self.under.degree(a)) for a in met), key=lambda one: (-one[1], one[0]))
