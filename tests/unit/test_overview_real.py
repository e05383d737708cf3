"""The overview of icews14: counted once more from the raw triples, and no worse than what networkx finds."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import networkx as nx
import pytest

from graph.projection.snapshot import Snapshot
from graph.questions.overview import OverviewAnswer, OverviewQuestion, overview
from graphs import snapshot_of
from oracle import Stated

pytestmark = pytest.mark.shared

Pair = frozenset[str]


@pytest.fixture(scope="module")
def triples(shared: Path) -> list[tuple[str, str]]:
    """Subject and object of each event of 2014."""
    with gzip.open(shared / "data" / "icews14.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines][1:]
    return [(" ".join(row[0].split()), " ".join(row[2].split())) for row in rows]


@pytest.fixture(scope="module")
def icews14(triples: list[tuple[str, str]]) -> Snapshot:
    return snapshot_of([Stated(subject, "HELPS", object_) for subject, object_ in triples])


@pytest.fixture(scope="module")
def answer(icews14: Snapshot) -> OverviewAnswer:
    return overview(icews14, OverviewQuestion(limit=1000))


@pytest.fixture(scope="module")
def home(icews14: Snapshot, answer: OverviewAnswer) -> dict[str, str]:
    """The community of each actor, as opening them shows."""
    found: dict[str, str] = {}
    for community in answer.communities:
        graph = overview(icews14, OverviewQuestion(community.id, 2_000)).graph
        assert graph is not None
        assert len(graph.actors) == community.actors
        found |= dict.fromkeys((actor.id for actor in graph.actors), community.id)
    return found


def test_what_lies_inside_and_between_is_counted_from_the_triples(
    triples: list[tuple[str, str]], answer: OverviewAnswer, home: dict[str, str]
) -> None:
    events = [(one, other) for one, other in triples if one != other]
    ties = {Pair(pair) for pair in events}
    claims = Counter(Pair((home[one], home[other])) for one, other in events)
    tied = Counter(Pair(home[actor] for actor in tie) for tie in ties)

    assert (answer.selection.actors, answer.selection.ties) == (len(home), len(ties))
    for community in answer.communities:
        inside = Pair((community.id,))
        assert (community.ties, community.claims) == (tied.pop(inside), claims.pop(inside))
    for bond in answer.bonds:
        between = Pair((bond.from_, bond.to))
        assert (bond.ties, bond.claims) == (tied.pop(between), claims.pop(between))
    assert (answer.meta.omitted_bonds, answer.meta.omitted_ties) == (len(tied), tied.total())


def test_the_partition_is_as_good_as_that_of_networkx(
    triples: list[tuple[str, str]], answer: OverviewAnswer, home: dict[str, str]
) -> None:
    graph = nx.Graph((one, other) for one, other in triples if one != other)
    ours: dict[str, set[str]] = {}
    for actor, community in home.items():
        ours.setdefault(community, set()).add(actor)
    theirs = nx.community.louvain_communities(graph, seed=1)

    assert answer.modularity == pytest.approx(nx.community.modularity(graph, ours.values()))
    assert answer.modularity is not None
    assert answer.modularity >= 0.95 * nx.community.modularity(graph, theirs)
