"""Paths on random graphs against the oracle, which walks them all: every rank, every parameter, every
sentence mapped back to its claims."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparing import asking, compare_paths
from exactness import exact
from graph.questions import search
from graph.questions.ranks import RANKS
from graphs import snapshot_of_graph
from oracle import Graph, PathsAsked
from randomgraphs import Pick, drawn, one, random_graph, random_paths


def asked_paths(rank: str) -> st.SearchStrategy[tuple[Graph, PathsAsked, int]]:
    """A graph, a question about it, and how long the search puts up with loose bounds."""

    def make(pick: Pick) -> tuple[Graph, PathsAsked, int]:
        graph = random_graph(pick)
        return graph, random_paths(pick, graph, rank), one(pick, (search.PATIENCE, search.PATIENCE, 0, 3))

    return drawn(make)


@exact
@pytest.mark.parametrize("rank", RANKS)
@given(data=st.data())
def test_paths_and_why_there_are_none_are_what_the_oracle_finds(rank: str, data: st.DataObject) -> None:
    graph, asked, patience = data.draw(asked_paths(rank))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "PATIENCE", patience)
        compare_paths(asking(snapshot_of_graph(graph)), graph, asked)
