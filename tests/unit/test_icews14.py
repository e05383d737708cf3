"""Paths between 300 random pairs of icews14 under random filters, against sets of neighbours and networkx."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from random import Random

import networkx as nx
import pytest

from comparing import compare_path, path_question
from graph.projection.snapshot import Snapshot
from graph.questions.paths import paths
from graph.questions.ranks import RANKS
from graphs import snapshot_of_graph
from ingest.vocabulary import builtin
from oracle import Asked, Graph, PathsAsked, Under, Walks
from oracle.ranks import Ranking
from oracle.walks import Actors
from published import icews14

pytestmark = pytest.mark.shared

FILTERS, PAIRS_OF_EACH = 15, 20
MOST_PATHS = 2_000
"""Paths of three hops that are enumerated for one pair; where there are more, two hops have to do."""
FAR = 8


@dataclass(frozen=True)
class Ways:
    """All events under a filter, with the steps from and to each actor as sets."""

    under: Under

    @cached_property
    def out(self) -> dict[str, set[str]]:
        return {actor: set(others) for actor, others in self.under.onward.items()}

    @cached_property
    def into(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for one, other in self.under.steps:
            found.setdefault(other, set()).add(one)
        return found

    @cached_property
    def network(self) -> nx.DiGraph[str]:
        return nx.DiGraph(self.under.steps.keys())


@dataclass(frozen=True)
class Near(Walks):
    """Paths of at most three hops between two actors, by whom both have a step to."""

    ways: Ways

    @cached_property
    def under(self) -> Under:
        return self.ways.under

    def middles(self) -> Iterator[Actors]:
        """The actors between the ends of walks of at most three hops."""
        (start,), (end,) = self.question.starts, self.question.ends
        after = {actor for actor in self.ways.out.get(start, ()) if self.passable(actor)} - {end}
        before = {actor for actor in self.ways.into.get(end, ()) if self.passable(actor)} - {start}
        yield from [()] * (end in self.ways.out.get(start, ()))
        yield from ((actor,) for actor in after & before)
        for actor in after if self.question.max_hops > 2 else ():
            yield from ((actor, other) for other in self.ways.out.get(actor, set()) & before - {actor})

    def simple(self) -> Iterator[Actors]:
        (start,), (end,) = self.question.starts, self.question.ends
        whole = ((start, *middle, end) for middle in self.middles())
        return (path for path in whole if self.in_order(path))

    def distance(self) -> int | None:
        """Hops of the shortest path by networkx; None where there is none of at most `FAR`."""
        (start,), (end,) = self.question.starts, self.question.ends
        allowed = nx.subgraph_view(
            self.ways.network, filter_node=lambda actor: actor in (start, end) or self.passable(actor)
        )
        try:
            hops = len(nx.bidirectional_shortest_path(allowed, start, end)) - 1
        except (nx.NetworkXNoPath, nx.NodeNotFound):
            return None
        return hops if hops <= FAR else None


@pytest.fixture(scope="module")
def events(shared: Path) -> Graph:
    """All events of the year."""
    return icews14(shared / "data", builtin())


@pytest.fixture(scope="module")
def snapshot(events: Graph) -> Snapshot:
    """The same in memory."""
    return snapshot_of_graph(events, words=builtin())


def some_filter(random: Random, events: Graph) -> Asked:
    """Up to three parameters with values that leave much of the graph."""
    month = random.randrange(1, 12)
    choices = {
        "types": tuple({random.choice(events.claims).type for _ in range(12)}),
        "categories": tuple({random.choice(events.claims).category for _ in range(3)}),
        "families": ("verbal_cooperation", "material_conflict"),
        "since": f"2014-{month:02d}",
        "until": f"2014-{month + 1:02d}-15",
        "as_of": f"2014-{month:02d}-20",
        "min_claims": random.choice([2, 3]),
        "direction": random.choice(["out", "in"]),
        "avoid": ("China", "Barack Obama", "United States", "Iran"),
        "max_degree": random.choice([15, 40, 150]),
    }
    named = random.sample(sorted(choices), random.randrange(4))
    return Asked(**{name: choices[name] for name in named})  # type: ignore[arg-type]  # fields by name


def some_pair(random: Random, events: Graph, avoid: tuple[str, ...]) -> tuple[str, str]:
    """Two actors, half of the time busy ones."""
    among = events.actors
    if random.random() < 0.5:
        among = [claim.subject for claim in random.sample(events.claims, 9)]
    start, end = random.sample(sorted(set(among) - set(avoid)), 2)
    return start, end


@pytest.mark.parametrize("seed", range(FILTERS))
def test_random_pairs_of_icews14(events: Graph, snapshot: Snapshot, seed: int) -> None:
    random = Random(seed)
    asked = some_filter(random, events)
    # Every event has its day, so an order of time leaves none out.
    ways = Ways(Under(events, replace(asked, max_degree=None)))
    for number in range(PAIRS_OF_EACH):
        ends = some_pair(random, events, asked.avoid)
        rank, k = RANKS[number % len(RANKS)], random.choice([1, 5, 20])
        walks = Near(events, PathsAsked(ends[:1], ends[1:], k, 3, asked, rank), ways)
        if sum(1 for _ in walks.middles()) > MOST_PATHS:
            walks = replace(walks, question=replace(walks.question, max_hops=2))
        ranking = Ranking(walks)
        answer = paths(snapshot, path_question(walks.question))
        assert [path.actors for path in answer.paths] == ranking.best()[:k]
        for path in answer.paths:
            compare_path(path, ranking)
        far = replace(walks.question, k=1, max_hops=FAR, rank="shortest")
        lengths = [path.length for path in paths(snapshot, path_question(far)).paths]
        distance = Near(events, far, ways).distance()
        assert lengths == ([] if distance is None else [distance])
