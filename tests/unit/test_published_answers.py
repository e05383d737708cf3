"""Well-known graphs come out as they were published; `tests/contract/test_load_real.py` loads icews14."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.filters import Filter
from graph.questions.catalogue import schema, stats
from graph.vocabulary import RelationType, Vocabulary
from graphs import snapshot_of_graph
from published import graph_of_triples, hops_from, les_miserables, nations, numbered

pytestmark = pytest.mark.shared

MUTUAL = Vocabulary([RelationType("KNOWS", symmetric=True), RelationType("APPEARS_WITH", symmetric=True)])


def test_facebook_combined_seen_from_its_busiest_actor(shared: Path) -> None:
    ties = numbered(shared / "data" / "snap_facebook_combined.txt.gz", "KNOWS")
    snapshot = snapshot_of_graph(graph_of_triples(ties, symmetric=True), words=MUTUAL)
    counted = stats(snapshot, Filter())
    assert (counted.actors, counted.relations) == (4_039, 88_234)
    assert hops_from(snapshot, "107") == [1_045, 1_641, 1_093, 117, 142]


def test_email_eu_core_and_its_largest_component(shared: Path) -> None:
    mails = numbered(shared / "data" / "snap_email-Eu-core.txt.gz", "WRITES_TO")
    snapshot = snapshot_of_graph(graph_of_triples(mails))
    counted = stats(snapshot, Filter())
    assert (counted.actors, counted.relations) == (1_005, 25_571)
    assert 1 + sum(hops_from(snapshot, "160")) == 986


def test_les_miserables(shared: Path) -> None:
    ties = graph_of_triples(les_miserables(shared / "data"), symmetric=True)
    counted = stats(snapshot_of_graph(ties, words=MUTUAL), Filter())
    assert (counted.actors, counted.relations) == (77, 254)


def test_nations(shared: Path) -> None:
    snapshot = snapshot_of_graph(graph_of_triples(nations(shared / "data")))
    counted = stats(snapshot, Filter())
    assert (counted.actors, counted.claims, counted.relations) == (14, 1_992, 1_992)
    assert len(schema(snapshot, Filter()).types) == 55
