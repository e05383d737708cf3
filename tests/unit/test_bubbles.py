"""The picture of an overview: no bubble on another, an opened one within its own, the same each time."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import numpy as np
import pytest

from graph.filters import Filter
from graph.projection.snapshot import Snapshot
from graph.questions.overview import OverviewAnswer, OverviewQuestion, overview
from graph.rendering.bubbles import bubbles, inside_bubble, radius_of
from graphs import snapshot_of
from measuring import clique, meet
from oracle import Stated


def crowd(sizes: tuple[int, ...]) -> Snapshot:
    """Communities of these sizes, wheels each, the larger ones in a row."""
    claims: list[Stated] = []
    for group, size in enumerate(sizes):
        names = [f"g{group:03}-{one:03}" for one in range(size)]
        claims += [Stated(names[0], "MEETS", other, symmetric=True) for other in names[1:]]
        claims += [Stated(a, "HELPS", b, category="AID") for a, b in pairwise(names)]
        if 0 < group < 6:
            claims.append(Stated(f"g{group - 1:03}-001", "FIGHTS", names[-1], category="ASSAULT"))
    return snapshot_of(claims)


CROWD = crowd((120, 60, 60, 30, 12, 8, *[5] * 40))


@pytest.fixture(scope="module")
def answer() -> OverviewAnswer:
    return overview(CROWD, OverviewQuestion())


def test_no_bubble_lies_on_another_and_all_are_drawn(answer: OverviewAnswer) -> None:
    view = bubbles(answer)
    circles = {one["id"]: (one["x"], one["y"], one["size"]) for one in view.nodes}

    assert circles.keys() == {community.id for community in answer.communities}
    assert len(circles) > 40
    for one, other in combinations(circles.values(), 2):
        assert math.dist(one[:2], other[:2]) >= one[2] + other[2]


def test_as_many_bubbles_as_there_may_be_have_room() -> None:
    pairs = [Stated(f"p{n:03}", "MEETS", f"q{n:03}", symmetric=True) for n in range(999)]
    star = [Stated("hub", "MEETS", f"z{n:03}", symmetric=True) for n in range(300)]
    drawn = bubbles(overview(snapshot_of([*pairs, *star]), OverviewQuestion(limit=1000))).nodes
    places = np.array([(one["x"], one["y"]) for one in drawn])
    sizes = np.array([one["size"] for one in drawn])

    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)) - sizes[:, None] - sizes[None]
    np.fill_diagonal(apart, 0)
    assert len(drawn) == 1000
    assert apart.min() >= 0


def test_a_bubble_grows_with_its_actors_and_says_who_and_how_many(answer: OverviewAnswer) -> None:
    drawn = {one["id"]: one for one in bubbles(answer).nodes}

    sizes = [(community.actors, drawn[community.id]["size"]) for community in answer.communities]
    assert sizes == sorted(sizes, reverse=True)
    for community in answer.communities:
        lines = drawn[community.id]["label"].split("\n")
        assert lines[0] == community.members[0].name[:18]
        assert lines[-1] == f"{community.actors} actors"


def test_a_bond_is_as_wide_as_it_is_heavy() -> None:
    claims = [*clique("abcdef"), *clique("lmnop"), *clique("wxyz"), *meet("al", "bm", "aw")]
    lines = bubbles(overview(snapshot_of(claims), OverviewQuestion())).edges

    widths = {(line["from"], line["to"]): line["width"] for line in lines}
    assert widths["k_a", "k_l"] > widths["k_a", "k_w"] > 0
    assert {line["caption"] for line in lines} == {"2 ties", "1 tie"}


def test_the_same_overview_always_gets_the_same_places(answer: OverviewAnswer) -> None:
    again = overview(crowd((120, 60, 60, 30, 12, 8, *[5] * 40)), OverviewQuestion())

    assert bubbles(answer) == bubbles(again)


@pytest.mark.parametrize("limit", [5, 40, 1000])
def test_an_opened_bubble_keeps_its_actors_within_its_circle(answer: OverviewAnswer, limit: int) -> None:
    for community in answer.communities:
        opened = overview(CROWD, OverviewQuestion(community.id, limit))
        assert opened.graph is not None
        drawn = inside_bubble(opened.graph, community.actors).nodes
        assert {one["id"] for one in drawn} == {actor.id for actor in opened.graph.actors}
        assert all(math.hypot(one["x"], one["y"]) <= radius_of(community.actors) for one in drawn)


def test_nothing_makes_an_empty_picture() -> None:
    nothing = overview(snapshot_of(clique("abc")), OverviewQuestion(filter=Filter(type=("HELPS",))))

    assert (nothing.communities, nothing.modularity, nothing.untied) == ((), None, 3)
    assert bubbles(nothing).nodes == ()


def test_a_name_of_any_length_and_kind_fits_into_its_bubble() -> None:
    names = ("x" * 4_000, "line\nbreak\u2028 and\ttab", "<img src=x onerror=hit()>")
    claims = [Stated(a, "MEETS", b, symmetric=True) for a, b in combinations(names, 2)]
    (bubble,) = bubbles(overview(snapshot_of(claims), OverviewQuestion())).nodes

    assert all(len(line) <= 18 for line in bubble["label"].split("\n"))
    assert len(bubble["label"].split("\n")) == 4
