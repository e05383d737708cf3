"""Measures of graphs whose answers are known, and what a question about them says besides its values."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from graph.errors import InvalidQuestion, QuestionTimeout, UnknownActor
from graph.filters import Filter
from graph.questions.measurement import LIMITS, Measure
from graph.questions.measures import MeasuresQuestion, measures
from graphs import snapshot_of
from measuring import EVERY_MEASURE, ask, clique, meet, values
from oracle import Stated


def test_two_cliques_with_one_tie_between_them_are_two_communities() -> None:
    answer = ask([*clique("abcd"), *clique("wxyz"), *meet("dw")], "communities")

    assert {actor.id: actor.community for actor in answer.actors} == {
        **dict.fromkeys("abcd", 1),
        **dict.fromkeys("wxyz", 2),
    }
    assert [[member.id for member in c.members] for c in answer.communities] == [list("dabc"), list("wxyz")]
    assert answer.modularity == pytest.approx(12 / 13 - 2 * (13 / 26) ** 2)


def test_the_larger_community_has_the_smaller_number() -> None:
    answer = ask([*clique("abc"), *clique("vwxyz")], "communities")

    assert [(c.number, c.actors, c.ties) for c in answer.communities] == [(1, 5, 10), (2, 3, 3)]


def test_the_karate_club_has_its_known_figures() -> None:
    club = nx.karate_club_graph()
    claims = [Stated(f"m{a:02}", "MEETS", f"m{b:02}", symmetric=True) for a, b in club.edges]
    core = {f"m{one:02}": number for one, number in nx.core_number(club).items()}

    assert values(ask(claims, "betweenness"))["m00"] == pytest.approx(0.43763528138528146, rel=1e-8)
    assert values(ask(claims, "core")) == core
    assert ask(claims, "communities").modularity == pytest.approx(0.4188, abs=0.005)


def test_who_stands_in_the_middle_of_a_star_lies_on_every_way() -> None:
    assert values(ask(meet("ma", "mb", "mc", "xy"), "betweenness")) == pytest.approx(
        {"m": 3 / 10, "a": 0, "b": 0, "c": 0, "x": 0, "y": 0}
    )


def test_betweenness_of_a_long_chain_is_exact() -> None:
    names = [f"c{number:03}" for number in range(300)]
    claims = [Stated(one, "HELPS", other) for one, other in pairwise(names)]
    expected = {name: 2 * at * (299 - at) / (299 * 298) for at, name in enumerate(names)}

    assert values(ask(claims, "betweenness")) == pytest.approx(expected, rel=1e-8)


def test_pagerank_goes_from_subject_to_object() -> None:
    claims = [Stated("a", "HELPS", "z"), Stated("b", "HELPS", "z"), Stated("c", "HELPS", "z")]

    assert ask(claims, "pagerank").actors[0].id == "z"
    inward = values(ask(claims, "pagerank", filter_=Filter(direction="in")))
    assert inward["z"] == min(inward.values())


def test_direction_changes_no_other_measure() -> None:
    claims = [Stated("a", "HELPS", "b"), Stated("b", "HELPS", "c"), *meet("cd")]
    for measure in ("degree", "betweenness", "core", "communities"):
        answers = [
            ask(claims, measure, ["a"], depth=3, filter_=Filter(direction=way))
            for way in ("any", "out", "in")
        ]
        assert values(answers[0]) == values(answers[1]) == values(answers[2])
        assert len(answers[0].actors) == 4


def test_a_denial_is_no_tie_and_several_claims_are_one() -> None:
    claims = [*meet("ab", "ab"), Stated("b", "HELPS", "a"), Stated("a", "NOT_MEETS", "c", symmetric=True)]
    answer = ask(claims, "degree")

    assert values(answer) == {"a": 1, "b": 1}
    assert (answer.selection.actors, answer.selection.ties) == (2, 1)


def test_an_actor_that_is_named_is_measured_without_a_tie_too() -> None:
    for measure in EVERY_MEASURE:
        answer = ask(meet("ab"), measure, ["lonely"])
        assert [actor.id for actor in answer.actors] == ["lonely"]
        assert (answer.selection.actors, answer.selection.ties) == (1, 0)


def test_a_graph_without_ties_has_nothing_to_measure() -> None:
    for measure in EVERY_MEASURE:
        answer = ask([Stated("a", "NOT_MEETS", "b")], measure)
        assert (answer.actors, answer.communities, answer.modularity) == ((), (), None)


def test_who_has_too_many_neighbours_is_not_walked_on() -> None:
    claims = meet("ah", "hb", "hc", "hd", "ax", "xy")
    answer = ask(claims, "degree", ["a"], depth=3, filter_=Filter(max_degree=3))

    assert values(answer) == {"a": 2, "h": 1, "x": 2, "y": 1}
    assert [(one.id, one.degree) for one in answer.meta.skipped] == [("h", 4)]
    assert answer.meta.skipped_actors == 1


def test_a_limit_on_neighbours_without_an_actor_says_that_it_does_nothing() -> None:
    answer = ask(meet("ah", "hb", "hc"), "degree", filter_=Filter(max_degree=1))

    assert len(answer.actors) == 4
    assert [one.code for one in answer.meta.notes] == ["max_degree_unused"]


def test_an_avoided_actor_is_out_of_the_selection() -> None:
    claims = meet("ab", "bc", "bd")

    assert values(ask(claims, "degree", filter_=Filter(avoid=("b",)))) == {}
    around = ask(claims, "degree", ["a"], depth=3, filter_=Filter(avoid=("b",)))
    assert values(around) == {"a": 0}


def test_claims_without_a_date_that_a_filter_leaves_out_are_counted() -> None:
    claims = [Stated("a", "MEETS", "b", date="2024"), *meet("bc", "yz")]
    dated = Filter(since="2024")

    assert ask(claims, "degree", filter_=dated).meta.undated == 2
    assert ask(claims, "degree", ["a"], filter_=dated).meta.undated == 0
    assert ask(claims, "degree", ["a"], depth=2, filter_=dated).meta.undated == 1


def test_an_unknown_actor_is_refused() -> None:
    with pytest.raises(UnknownActor):
        measures(snapshot_of(meet("ab")), MeasuresQuestion("degree", ("nobody",)))


def test_a_selection_beyond_the_limit_is_refused_with_both_sizes() -> None:
    most = LIMITS["betweenness"]
    star = [Stated("hub", "HELPS", f"a{number}") for number in range(most.actors)]

    with pytest.raises(
        InvalidQuestion, match=r"up to 8,000 actors .* has 8,001 actors and 8,000 ties"
    ) as said:
        ask(star, "betweenness")
    assert said.value.problems[0].parameter == "measure"
    assert "actor and depth" in said.value.problems[0].message
    assert ask(star, "communities", limit=1).selection.actors == most.actors + 1


def test_the_product_of_actors_and_ties_has_a_limit_too() -> None:
    rng = np.random.default_rng(1)
    pairs = {(int(a), int(b)) for a, b in rng.integers(0, 7_000, (70_000, 2)) if a < b}
    while len(pairs) < 60_000:
        a, b = sorted(rng.integers(0, 7_000, 2).tolist())
        pairs |= {(a, b)} if a < b else set()
    claims = [Stated(f"{a:04}", "HELPS", f"{b:04}") for a, b in sorted(pairs)]

    with pytest.raises(InvalidQuestion, match="400,000,000"):
        ask(claims, "betweenness")


@pytest.mark.parametrize("measure", EVERY_MEASURE[1:])
def test_a_measure_ends_when_its_time_is_over(measure: Measure) -> None:
    with pytest.raises(QuestionTimeout, match="narrow the selection"):
        measures(snapshot_of(clique("abcd")), MeasuresQuestion(measure), deadline=0.0)
