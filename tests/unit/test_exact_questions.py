"""Every question but paths on random graphs against the oracle, and every question on graphs whose rows come
in another order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given

from comparing import (
    asking,
    compare_catalogue,
    compare_claims,
    compare_evidence,
    compare_neighbourhood,
    compare_profile,
    compare_subgraph,
    path_question,
)
from exactness import exact
from graph.projection.snapshot import Snapshot
from graph.questions.actors import profile
from graph.questions.catalogue import schema, stats
from graph.questions.claims import ClaimQuestion, select_claims
from graph.questions.neighbourhood import NeighbourhoodQuestion, neighbourhood
from graph.questions.paths import paths
from graph.questions.ranks import RANKS
from graph.questions.relations import relation
from graph.questions.subgraph import SubgraphQuestion, subgraph
from graphs import filter_of, snapshot_of_graph
from oracle import Asked, Graph, PathsAsked
from oracle.around import AroundAsked
from oracle.summaries import ClaimsAsked
from randomgraphs import (
    Pick,
    drawn,
    one,
    random_around,
    random_claims,
    random_filter,
    random_graph,
    random_names,
    random_paths,
    shuffled,
)


def around(pick: Pick) -> tuple[Graph, AroundAsked, int, Asked, Sequence[str], bool]:
    graph = random_graph(pick)
    limit = one(pick, (1000, 1, 2, 5))
    names = random_names(pick, graph)
    return graph, random_around(pick, graph), limit, random_filter(pick, graph), names, pick(5) < 4


@exact
@given(drawn(around))
def test_what_is_around_and_among_actors_is_what_the_oracle_finds(
    given_: tuple[Graph, AroundAsked, int, Asked, Sequence[str], bool],
) -> None:
    graph, asked, limit, filter_, names, between = given_
    ask = asking(snapshot_of_graph(graph))
    compare_neighbourhood(ask, graph, asked, limit)
    compare_profile(ask, graph, asked.centre, asked.asked)
    compare_subgraph(ask, graph, names, filter_, between=between)


def data(pick: Pick) -> tuple[Graph, ClaimsAsked, int, Asked]:
    graph = random_graph(pick)
    return graph, random_claims(pick, graph), one(pick, (1000, 1, 2, 7)), random_filter(pick, graph)


@exact
@given(drawn(data))
def test_claims_relations_and_sizes_are_what_the_oracle_counts(
    given_: tuple[Graph, ClaimsAsked, int, Asked],
) -> None:
    graph, asked, limit, filter_ = given_
    ask = asking(snapshot_of_graph(graph))
    compare_claims(ask, graph, asked, limit)
    compare_evidence(ask, graph, filter_)
    compare_catalogue(ask, graph, filter_)


def two_orders(pick: Pick) -> tuple[Graph, Graph, PathsAsked, AroundAsked, Sequence[str]]:
    graph = random_graph(pick)
    asked = random_paths(pick, graph, one(pick, RANKS))
    return graph, shuffled(pick, graph), asked, random_around(pick, graph), random_names(pick, graph)


@exact
@given(drawn(two_orders))
def test_no_answer_depends_on_the_order_of_the_rows(
    given_: tuple[Graph, Graph, PathsAsked, AroundAsked, Sequence[str]],
) -> None:
    """Nor on the numbers of types, sources, data sets and speakers, which come with the rows."""
    graph, other, asked, near, names = given_
    before = answers(snapshot_of_graph(graph), asked, near, names)
    for one_answer, another in zip(
        before, answers(snapshot_of_graph(other), asked, near, names), strict=True
    ):
        assert one_answer == another


def answers(snapshot: Snapshot, asked: PathsAsked, near: AroundAsked, names: Sequence[str]) -> list[Any]:
    """An answer to each question."""
    filter_ = filter_of(near.asked)
    around = NeighbourhoodQuestion(near.centre, near.depth, 5, None, near.between, filter_)
    among = subgraph(snapshot, SubgraphQuestion(tuple(names)))
    return [
        paths(snapshot, path_question(asked)),
        neighbourhood(snapshot, around),
        profile(snapshot, near.centre, filter_),
        among,
        [relation(snapshot, found.id) for found in among.relations[:5]],
        select_claims(snapshot, ClaimQuestion(filter=filter_)),
        schema(snapshot, filter_),
        stats(snapshot, filter_),
    ]
