"""What single questions answer, on graphs small enough to work out by hand."""

from __future__ import annotations

from graph.filters import Filter
from graph.questions.neighbourhood import NeighbourhoodQuestion, neighbourhood
from graph.questions.paths import PathQuestion, paths
from graphs import snapshot_of
from oracle import Asked, Stated, best_paths


def two_ways(*changed: Stated) -> list[Stated]:
    """Two paths a – m1 – z and a – m2 – z that differ only in what a test changes; the ids favour m1."""
    plain = [
        Stated("a", "MEETS", "m1", date="2024-06-15"),
        Stated("m1", "MEETS", "z", date="2024-06-15"),
        Stated("a", "MEETS", "m2", date="2024-06-15"),
        Stated("m2", "MEETS", "z", date="2024-06-15"),
    ]
    return [*plain, *changed]


def order_of(claims: list[Stated]) -> list[str]:
    answer = paths(snapshot_of(claims), PathQuestion(("a",), ("z",), 5, 2, Filter()))
    assert [p.actors for p in answer.paths] == best_paths(claims, Asked(), ("a", "z"), 5, 2)
    return [p.actors[1] for p in answer.paths]


def test_equal_paths_come_in_order_of_ids() -> None:
    assert order_of(two_ways()) == ["m1", "m2"]


def test_the_path_through_the_actor_with_fewer_neighbours_comes_first() -> None:
    assert order_of(two_ways(Stated("m1", "HELPS", "elsewhere"))) == ["m2", "m1"]


def test_among_equally_specific_paths_the_one_with_more_sources_comes_first() -> None:
    assert order_of(two_ways(Stated("a", "MEETS", "m2", source="s2", date="2020"))) == ["m2", "m1"]


def test_more_claims_of_the_same_source_do_not_lift_a_path() -> None:
    assert order_of(two_ways(Stated("a", "MEETS", "m2", date="2020"))) == ["m1", "m2"]


def test_among_equally_supported_paths_the_later_one_comes_first() -> None:
    assert order_of(two_ways(Stated("m2", "MEETS", "z", date="2024-07"))) == ["m2", "m1"]


def test_an_undated_step_is_older_than_every_dated_one() -> None:
    claims = [
        Stated("a", "MEETS", "m1"),
        Stated("m1", "MEETS", "z", date="2024"),
        Stated("a", "MEETS", "m2", date="0100"),
        Stated("m2", "MEETS", "z", date="0100"),
    ]
    assert order_of(claims) == ["m2", "m1"]


def test_a_denied_tie_is_not_a_path() -> None:
    claims = [Stated("a", "NOT_MEETS", "z", category="CONSULT", symmetric=True)]
    answer = paths(snapshot_of(claims), PathQuestion(("a",), ("z",), 5, 6, Filter()))
    assert answer.paths == ()


def test_a_denied_tie_shows_in_the_neighbourhood_but_is_not_counted_or_walked_on() -> None:
    claims = [
        Stated("a", "NOT_MEETS", "b", symmetric=True),
        Stated("b", "HELPS", "c", category="AID"),
    ]
    answer = neighbourhood(snapshot_of(claims), NeighbourhoodQuestion("a", depth=2, filter=Filter()))
    assert {actor.id for actor in answer.actors} == {"a", "b"}
    assert [(r.type, r.polarity) for r in answer.relations] == [("NOT_MEETS", "negative")]
    assert {actor.id: actor.degree for actor in answer.actors} == {"a": 0, "b": 1}
