"""Positions: always the same, nothing on top of anything, known actors stay, denials pull nothing."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Actor, Subgraph
from graph.rendering.labels import label_box, short_label
from graph.rendering.layout import positions
from pictures import communities, relation, star, subgraph

Places = Mapping[str, tuple[float, float]]


def distance(places: Places, one: str, two: str) -> float:
    return math.dist(places[one], places[two])


def overlaps(graph: Subgraph, places: Places) -> list[tuple[str, str]]:
    """Pairs whose discs (radius 14) or labels cover each other by more than 4 pixels both ways."""
    boxes = {}
    for actor in graph.actors:
        x, y = places[actor.id]
        width, height = label_box(short_label(actor.name))
        half = max(width / 2, 14)
        boxes[actor.id] = (x - half, y - 14, x + half, y + 14 + height)
    return [
        (a, b)
        for a in boxes
        for b in boxes
        if a < b
        and min(boxes[a][2], boxes[b][2]) - max(boxes[a][0], boxes[b][0]) > 4
        and min(boxes[a][3], boxes[b][3]) - max(boxes[a][1], boxes[b][1]) > 4
    ]


@pytest.mark.parametrize(
    ("graph", "centre"),
    [
        (star(1), ("hub",)),
        (star(12), ("hub",)),
        (star(40), ("hub",)),
        (star(150), ("hub",)),
        (communities(120), ()),
        (communities(280), ()),
    ],
    ids=["one leaf", "small star", "star", "large star", "communities", "many communities"],
)
def test_no_disc_or_label_lies_on_another(graph: Subgraph, centre: tuple[str, ...]) -> None:
    assert overlaps(graph, positions(graph, centre=centre)) == []


def test_the_same_subgraph_always_gets_the_same_positions() -> None:
    graph = communities(200)

    assert positions(graph) == positions(graph)


def test_every_actor_has_a_finite_place_and_the_centre_is_the_middle() -> None:
    graph = star(30)

    places = positions(graph, centre=("hub",))

    assert places.keys() == {actor.id for actor in graph.actors}
    assert places["hub"] == (0.0, 0.0)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places.values())


def test_tied_actors_are_nearer_than_others() -> None:
    graph = communities(150)
    places = positions(graph)
    tied = [distance(places, r.subject, r.object) for r in graph.relations]
    everyone = [distance(places, a, b) for a in list(places)[:40] for b in list(places)[-40:] if a != b]

    assert sum(tied) / len(tied) < 0.6 * sum(everyone) / len(everyone)


def test_a_denial_pulls_nothing_together() -> None:
    ties = [relation("a", "MEETS", "b"), relation("c", "MEETS", "d")]
    apart = positions(subgraph(ties))
    denied = positions(subgraph([*ties, relation("a", "NOT_MEETS", "c")]))

    assert denied == apart


def test_a_path_reads_from_left_to_right() -> None:
    graph = subgraph(
        [
            relation("a", "MEETS", "b"),
            relation("b", "MEETS", "z"),
            relation("a", "MEETS", "c"),
            relation("c", "MEETS", "d"),
            relation("d", "MEETS", "z"),
        ]
    )

    places = positions(graph, centre=("a", "z"))

    across = [places[name][0] for name in ("a", "c", "d", "z")]
    assert across == sorted(across)
    assert places["a"][0] < places["b"][0] < places["z"][0]


def test_two_ends_without_a_path_are_still_placed() -> None:
    graph = subgraph([relation("a", "NOT_MEETS", "z"), relation("z", "MEETS", "b")])

    assert len(set(positions(graph, centre=("a", "z")).values())) == 3


def test_known_actors_stay_and_new_ones_come_near_their_neighbour() -> None:
    old = star(20)
    known = positions(old, centre=("hub",))
    new = [relation("leaf-0003", "MEETS", f"new-{number}") for number in range(25)]
    graph = subgraph([*old.relations, *new])

    places = positions(graph, known=known)

    assert {name: places[name] for name in known} == known
    fresh = [f"new-{number}" for number in range(25)]
    nearest = min(distance(places, a, b) for a in fresh for b in places if a != b)
    assert nearest > 60
    assert max(distance(places, name, "leaf-0003") for name in fresh) < 900


def test_a_new_actor_that_hangs_on_a_new_one_is_placed_too() -> None:
    graph = subgraph([relation("a", "MEETS", "b"), relation("b", "MEETS", "c"), relation("x", "MEETS", "y")])

    places = positions(graph, known={"a": (5.0, 7.0)})

    assert places["a"] == (5.0, 7.0)
    assert len(set(places.values())) == 5


def test_an_empty_subgraph_has_no_places() -> None:
    assert positions(Subgraph()) == {}


def test_long_and_unbreakable_names_are_shortened() -> None:
    label = short_label("x" * 4000)

    assert len(label) < 80
    assert label.endswith("…")
    assert short_label("\u202e\x00 \n") == "…"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.sampled_from(["MEETS", "NOT_MEETS", "LEADS"]), st.integers(0, 12)),
        max_size=40,
    ),
    st.lists(st.integers(0, 12), max_size=2, unique=True),
)
def test_any_subgraph_gets_a_place_for_every_actor(rows: list[tuple[int, str, int]], ends: list[int]) -> None:
    found = {(a, t, b): relation(f"a{a}", t, f"a{b}") for a, t, b in rows}
    graph = subgraph(found.values(), *(Actor(f"a{end}", "End") for end in ends))

    places = positions(graph, centre=[f"a{end}" for end in ends])

    assert places.keys() == {actor.id for actor in graph.actors}
    assert len(set(places.values())) == len(places)


def test_three_hundred_actors_are_placed_in_time() -> None:
    graphs = [(communities(300), ()), (star(299), ("hub",))]
    for graph, centre in graphs:
        positions(graph, centre=centre)
        spent = []
        for _ in range(3):
            begun = time.process_time()
            positions(graph, centre=centre)
            spent.append(time.process_time() - begun)
        assert min(spent) <= 0.15


def test_thousands_have_places_of_their_own_near_whom_they_are_tied_to_and_at_once() -> None:
    for graph, centre in ((communities(2500), ()), (star(1999), ("hub",))):
        begun = time.process_time()
        places = positions(graph, centre=centre)
        spent = time.process_time() - begun
        tied = [distance(places, r.subject, r.object) for r in graph.relations if r.subject != "hub"]
        everyone = [distance(places, a, b) for a in list(places)[::50] for b in list(places)[25::50]]
        grid = Counter((x // 20, y // 20) for x, y in places.values())

        assert spent <= 0.6
        assert positions(graph, centre=centre) == places
        assert places.keys() == {actor.id for actor in graph.actors}
        assert not tied or sum(tied) / len(tied) < 0.3 * sum(everyone) / len(everyone)
        assert max(grid.values()) <= 2
        assert centre == () or places["hub"] == (0.0, 0.0)
