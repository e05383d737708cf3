"""The overview on random and known graphs: every number is that of plain counting over the raw claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given

from exactness import exact
from graph.errors import InvalidQuestion, NotFound, QuestionTimeout
from graph.filters import Filter
from graph.projection.snapshot import Snapshot
from graph.questions import grouping
from graph.questions.measurement import Most
from graph.questions.overview import (
    MOST_BONDS,
    OverviewAnswer,
    OverviewQuestion,
    overview,
)
from graphs import filter_of, snapshot_of, snapshot_of_graph
from measuring import clique, meet
from oracle import Asked, Graph, Stated, Under
from oracle.claims import FAMILY, relation_key
from randomgraphs import Pick, drawn, one, random_filter, random_graph, shuffled

Members = Mapping[str, frozenset[str]]
"""The ids of the actors of each community."""


def members_of(snapshot: Snapshot, answer: OverviewAnswer, filter_: Filter) -> Members:
    """Who is in each community: what opening it shows."""
    opened = {
        community.id: overview(snapshot, OverviewQuestion(community.id, 1000, filter_)).graph
        for community in answer.communities
    }
    return {id_: frozenset(actor.id for actor in graph.actors) for id_, graph in opened.items() if graph}


def tying(under: Under) -> list[Stated]:
    """The claims that are a tie, or part of one, between two actors that the filter lets through."""
    return [
        claim
        for claim in under.claims
        if not claim.denied and claim.subject != claim.object and {claim.subject, claim.object} <= under.open
    ]


def pairs_of(claims: Iterable[Stated]) -> set[frozenset[str]]:
    return {frozenset((claim.subject, claim.object)) for claim in claims}


def families_of(claims: Iterable[Stated]) -> dict[str, int]:
    return dict(Counter(FAMILY[claim.category] for claim in claims))


def whole(pick: Pick) -> tuple[Graph, Asked, int]:
    graph = random_graph(pick)
    return graph, random_filter(pick, graph), one(pick, (1000, 1, 2, 3))


@exact
@given(drawn(whole))
def test_every_number_is_that_of_plain_counting(given_: tuple[Graph, Asked, int]) -> None:
    graph, asked, limit = given_
    snapshot, under, filter_ = snapshot_of_graph(graph), Under(graph, asked), filter_of(asked)
    claims = tying(under)
    everything = overview(snapshot, OverviewQuestion(limit=1000, filter=filter_))
    answer = overview(snapshot, OverviewQuestion(limit=limit, filter=filter_))
    members = members_of(snapshot, everything, filter_)
    tied = {actor for claim in claims for actor in (claim.subject, claim.object)}

    assert Counter(actor for some in members.values() for actor in some) == Counter(tied)
    assert (answer.selection.actors, answer.selection.ties) == (len(tied), len(pairs_of(claims)))
    assert answer.untied == len(under.open - tied)
    assert answer.communities == everything.communities[:limit]
    assert everything.gathered.communities == 0
    check_inside(answer, members, claims, graph)
    check_between(answer, members, claims)


def check_inside(answer: OverviewAnswer, members: Members, claims: list[Stated], graph: Graph) -> None:
    """What is said of each community."""
    sizes = [community.actors for community in answer.communities]
    assert sizes == sorted(sizes, reverse=True)
    for community in answer.communities:
        inside = [c for c in claims if {c.subject, c.object} <= members[community.id]]
        assert community.actors == len(members[community.id])
        assert community.ties == len(pairs_of(inside))
        assert community.claims == len(inside)
        assert community.families == families_of(inside)
        assert community.kinds == Counter(graph.kinds[actor] for actor in members[community.id])
        assert community.kinds[community.kind] == max(community.kinds.values())
        degree = Counter(actor for pair in pairs_of(claims) for actor in pair)
        ranked = sorted(members[community.id], key=lambda actor: (-degree[actor], actor))
        assert [actor.id for actor in community.members] == ranked[:5]
        assert community.label == ", ".join(actor.upper() for actor in ranked[:3])
        assert community.id == f"k_{ranked[0]}"


def check_between(answer: OverviewAnswer, members: Members, claims: list[Stated]) -> None:
    """The bonds of the listed communities, and that every tie is counted somewhere."""
    listed = [community.id for community in answer.communities]
    home = {actor: id_ for id_, some in members.items() for actor in some}
    for bond in answer.bonds:
        between = [c for c in claims if {home[c.subject], home[c.object]} == {bond.from_, bond.to}]
        assert listed.index(bond.from_) < listed.index(bond.to)
        assert (bond.ties, bond.claims) == (len(pairs_of(between)), len(between))
        assert bond.families == families_of(between)
    inside = sum(community.ties for community in answer.communities)
    between_listed = sum(bond.ties for bond in answer.bonds) + answer.meta.omitted_ties
    assert inside + between_listed + answer.gathered.ties == answer.selection.ties
    assert answer.gathered.communities == len(members) - len(listed)
    assert answer.gathered.actors == sum(len(members[id_]) for id_ in members.keys() - {*listed})
    assert answer.meta.truncated == (answer.gathered.communities > 0)


@exact
@given(drawn(whole))
def test_an_opened_community_says_exactly_what_it_leaves_out(given_: tuple[Graph, Asked, int]) -> None:
    graph, asked, limit = given_
    snapshot, under, filter_ = snapshot_of_graph(graph), Under(graph, asked), filter_of(asked)
    everything = overview(snapshot, OverviewQuestion(limit=1000, filter=filter_))
    for id_, members in members_of(snapshot, everything, filter_).items():
        answer = overview(snapshot, OverviewQuestion(id_, limit, filter_))
        assert answer.graph is not None
        shown = {actor.id for actor in answer.graph.actors}
        inside = {relation_key(c) for c in under.claims if {c.subject, c.object} <= members}
        among = {relation_key(c) for c in under.claims if {c.subject, c.object} <= shown}
        assert {(r.subject, r.type, r.object) for r in answer.graph.relations} == among
        assert answer.graph.meta.omitted_actors == len(members) - len(shown)
        assert answer.graph.meta.omitted_relations == len(inside) - len(among)
        assert answer.graph.meta.truncated == answer.meta.truncated == (len(shown) < len(members))
        assert [community.id for community in answer.communities] == [id_]


def two_orders(pick: Pick) -> tuple[Graph, Graph, Asked]:
    graph = random_graph(pick)
    return graph, shuffled(pick, graph), random_filter(pick, graph)


@exact
@given(drawn(two_orders))
def test_no_answer_depends_on_the_order_of_the_claims(given_: tuple[Graph, Graph, Asked]) -> None:
    graph, other, asked = given_
    question = OverviewQuestion(filter=filter_of(asked))
    here, there = (overview(snapshot_of_graph(each), question) for each in (graph, other))

    assert here == there
    for community in here.communities:
        opened = replace(question, community=community.id, limit=3)
        assert overview(snapshot_of_graph(graph), opened) == overview(snapshot_of_graph(other), opened)


def test_two_cliques_are_two_bubbles_with_a_bond() -> None:
    claims = [*clique("abcde"), *clique("wxyz"), *meet("dw"), Stated("d", "HELPS", "w", category="AID")]
    answer = overview(snapshot_of(claims, extra_actors=("lone",)), OverviewQuestion())

    assert [(c.id, c.label, c.actors, c.ties) for c in answer.communities] == [
        ("k_d", "D, A, B", 5, 10),
        ("k_w", "W, X, Y", 4, 6),
    ]
    (bond,) = answer.bonds
    assert (bond.from_, bond.to, bond.ties, bond.claims) == ("k_d", "k_w", 1, 2)
    assert dict(bond.families) == {"verbal_cooperation": 1, "material_cooperation": 1}
    assert answer.untied == 1


def test_any_actor_of_a_community_names_it() -> None:
    snapshot = snapshot_of([*clique("abc"), *clique("wxyz")], extra_actors=("lone",))

    opened = overview(snapshot, OverviewQuestion("k_c"))
    assert [community.id for community in opened.communities] == ["k_a"]
    for wrong, said in (
        ("k_lone", "no tie"),
        ("k_nobody", "one of its actors"),
        ("abc", "one of its actors"),
    ):
        with pytest.raises(NotFound, match=said):
            overview(snapshot, OverviewQuestion(wrong))


def test_the_heaviest_bonds_are_listed_and_the_others_counted() -> None:
    """26 cliques, each tied to every other: more bonds than an answer has."""
    names = [[f"{chr(97 + group)}{one:02}" for one in range(30)] for group in range(26)]
    inside = [Stated(a, "MEETS", b, symmetric=True) for group in names for a in group for b in group if a < b]
    across = [
        Stated(names[a][b], "MEETS", names[b][a], symmetric=True) for a in range(26) for b in range(a + 1, 26)
    ]
    answer = overview(snapshot_of([*inside, *across]), OverviewQuestion())

    assert len(answer.communities) == 26
    assert len(answer.bonds) == MOST_BONDS
    assert (answer.meta.omitted_bonds, answer.meta.omitted_ties) == (25, 25)
    assert answer.meta.truncated


def test_a_graph_that_is_too_large_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "LIMITS", {"communities": Most(6, 100)})
    snapshot = snapshot_of([*clique("abc"), *clique("wxyz")])

    with pytest.raises(InvalidQuestion, match="up to 6 actors and 100 ties; here are 7 actors with 9 ties"):
        overview(snapshot, OverviewQuestion())
    assert overview(snapshot, OverviewQuestion(filter=Filter(avoid=("a",)))).selection.actors == 6


def test_a_deadline_that_has_passed_ends_the_question() -> None:
    snapshot = snapshot_of(clique("abcd"))

    with pytest.raises(QuestionTimeout):
        overview(snapshot, OverviewQuestion(), deadline=0.0)
    assert overview(snapshot, OverviewQuestion()).selection.actors == 4


def test_what_is_found_is_kept_for_the_next_question(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = snapshot_of(clique("abcd"))
    before = overview(snapshot, OverviewQuestion())
    monkeypatch.setattr(grouping, "communities", None)

    assert overview(snapshot, OverviewQuestion()) == before
    assert overview(snapshot, OverviewQuestion("k_a")).graph is not None


@pytest.mark.parametrize("seed", range(5))
def test_the_partition_is_as_good_as_that_of_networkx(seed: int) -> None:
    planted = nx.random_partition_graph([40, 60, 80, 20, 100], 0.25, 0.01, seed=seed)
    claims = [Stated(f"n{a:03}", "MEETS", f"n{b:03}", symmetric=True) for a, b in planted.edges]
    snapshot = snapshot_of(claims)
    answer = overview(snapshot, OverviewQuestion())
    graph = nx.Graph((claim.subject, claim.object) for claim in claims)
    theirs = nx.community.louvain_communities(graph, seed=seed)

    found = [set(some) for some in members_of(snapshot, answer, Filter()).values()]
    ours = nx.community.modularity(graph, found)
    assert answer.modularity == pytest.approx(ours)
    assert ours >= 0.95 * nx.community.modularity(graph, theirs)
