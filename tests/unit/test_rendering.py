"""What a subgraph looks like: every relation drawn, nothing by colour alone, nothing a name can break."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import pytest

from graph.model import ACTOR_KINDS, FAMILIES, STATUSES, Actor, Meta, Relation, Subgraph
from graph.rendering.network import ActorNetwork, view_of
from graph.rendering.page import PageFrame, render_page, vendor_files
from graph.rendering.pictograms import PICTOGRAMS
from graph.rendering.style import FAMILY_COLOUR, KIND_PAINT, SURFACE, THEMES, legend, style_table
from pictures import communities, relation, star, subgraph

HOSTILE = '</script><img src=x onerror="window.hit=1"> href="javascript:alert(1)" & \' \u202e\u05d0\u2028'
FRAME = PageFrame("Title", "Lead", "/api/v1/paths?from=a&to=b", "/#from=a&to=b")


def drawn(*relations: Relation) -> list[Mapping[str, Any]]:
    return list(view_of(subgraph(relations)).edges)


def test_every_parallel_relation_is_drawn_on_its_own_line() -> None:
    types = ["MEETS", "SUPPORTS", "FIGHTS", "ACCUSES", "LEADS"]
    edges = drawn(*(relation("a", name, "b") for name in types))

    assert len({edge["id"] for edge in edges}) == 5
    assert len({json.dumps(edge["smooth"]) for edge in edges}) == 5


def test_lines_of_both_directions_bend_apart() -> None:
    there, back = drawn(relation("a", "LEADS", "b"), relation("b", "LEADS", "a"))

    assert there["smooth"]["type"] == back["smooth"]["type"], (
        "opposite directions, so the same turn parts them"
    )


def test_more_than_five_relations_become_one_tie_with_a_count_and_denials_stay_apart() -> None:
    ties = [relation("a", f"TYPE_{number}", "b") for number in range(7)]
    edges = drawn(*ties, relation("a", "NOT_MEETS", "b"))

    tie, denial = sorted(edges, key=lambda edge: edge["polarity"], reverse=True)
    assert len(edges) == 2
    assert tie["caption"] == "7 relations"
    assert set(tie["relations"]) == {one.id for one in ties}
    assert tie["width"] > 3
    assert denial["caption"] == "not meets" or denial["caption"].startswith("not")


@pytest.mark.parametrize(
    ("given", "mark", "dashed", "barred"),
    [
        (relation("a", "MEETS", "b"), "", False, False),
        (relation("a", "MEETS", "b", statuses={"alleged": 2}), "alleged", True, False),
        (relation("a", "MEETS", "b", statuses={"alleged": 2, "asserted": 1}), "", False, False),
        (relation("a", "MEETS", "b", statuses={"promised": 1}), "promised", True, False),
        (relation("a", "MEETS", "b", statuses={"threatened": 1}), "threatened", True, False),
        (relation("a", "NOT_MEETS", "b", label="did not meet"), "not", True, True),
        (relation("a", "MEETS", "b", contested=True), "contested", False, True),
    ],
    ids=["asserted", "alleged", "asserted too", "promised", "threatened", "denied", "contested"],
)
def test_a_line_says_how_firm_it_is_without_colour(
    given: Relation, mark: str, dashed: bool, barred: bool
) -> None:
    (edge,) = drawn(given)

    assert edge["mark"] == mark
    assert bool(edge["dashes"]) is dashed
    assert (edge["arrows"].get("middle", {}).get("type") == "bar") is barred
    assert mark == "" or mark in edge["caption"]


def test_a_direction_has_a_head_and_a_symmetric_relation_has_none() -> None:
    (directed,) = drawn(relation("a", "LEADS", "b"))
    (symmetric,) = drawn(relation("a", "MEETS", "b", symmetric=True))

    assert directed["arrows"]["to"]["enabled"] is True
    assert symmetric["arrows"]["to"]["enabled"] is False


def test_a_relation_with_itself_is_a_loop() -> None:
    (edge,) = drawn(relation("a", "CITES", "a"))

    assert edge["from"] == edge["to"] == "a"
    assert edge["selfReference"]["size"] > 0


def test_a_denial_says_not_once() -> None:
    (plain,) = drawn(relation("a", "NOT_MEETS", "b", label="meets"))
    (worded,) = drawn(relation("a", "NOT_MEETS", "b", label="did not meet"))

    assert (plain["caption"], worded["caption"]) == ("not meets", "did not meet")


def test_names_that_look_like_numbers_or_markup_stay_what_they_are() -> None:
    graph = subgraph([relation("007", "MEETS", "b")], Actor("007", HOSTILE, "person"))

    node = next(node for node in view_of(graph).nodes if node["id"] == "007")

    assert node["title"].startswith(HOSTILE[:40])
    assert node["kind"] == "person"


def test_up_to_three_hundred_actors_all_names_stand_above_that_those_of_the_best_connected() -> None:
    few, many = view_of(communities(300)), view_of(communities(400))

    assert all(node["label"].strip() for node in few.nodes)
    assert sum(bool(node["label"].strip()) for node in many.nodes) == 60
    assert not any(edge["smooth"] for edge in many.edges)


def test_above_a_thousand_actors_are_dots_and_never_more_than_five_thousand_are_drawn() -> None:
    ids = [f"a{number:05d}" for number in range(5400)]
    actors = tuple(Actor(name, name, "person", degree=number) for number, name in enumerate(ids))
    view = view_of(Subgraph(actors, (relation(ids[0], "MEETS", ids[1]), relation(ids[-1], "MEETS", ids[-2]))))

    assert len(view.nodes) == 5000
    assert {node["shape"] for node in view.nodes} == {"dot"}
    assert [edge["from"] for edge in view.edges] == [ids[-1]]


def test_known_places_do_not_change() -> None:
    graph = star(9)
    before = {node["id"]: (node["x"], node["y"]) for node in view_of(graph, centre=("hub",)).nodes}
    larger = subgraph([*graph.relations, relation("leaf-0001", "MEETS", "new")])

    after = {node["id"]: (node["x"], node["y"]) for node in view_of(larger, known=before).nodes}

    assert {name: after[name] for name in before} == before


def test_the_network_keeps_parallel_relations_and_does_not_move() -> None:
    network = ActorNetwork()

    assert network.directed is True
    assert network.options["physics"] == {"enabled": False}


def test_every_kind_family_and_status_has_a_look_of_its_own() -> None:
    table = style_table()

    assert set(PICTOGRAMS) == set(KIND_PAINT) == set(ACTOR_KINDS)
    assert len(set(PICTOGRAMS.values())) == len(ACTOR_KINDS)
    for theme in THEMES:
        assert set(table["themes"][theme]["families"]) == set(FAMILIES)
        assert len(set(table["themes"][theme]["families"].values())) == len(FAMILIES)
        assert set(table["themes"][theme]["options"]["groups"]) == set(ACTOR_KINDS)
    assert [entry["status"] for entry in table["statuses"]] == list(STATUSES)
    assert json.loads(json.dumps(table)) == table


def contrast(one: str, two: str) -> float:
    """WCAG 2 contrast of two `#rrggbb` colours."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(two)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_lines_and_words_stand_out_from_the_background(theme: str) -> None:
    surface = next(SURFACE[name] for name in THEMES if name == theme)
    colours = next(FAMILY_COLOUR[name] for name in THEMES if name == theme)

    assert min(contrast(colour, surface.background) for colour in colours.values()) >= 3
    assert contrast(surface.ink, surface.background) >= 7
    assert contrast(surface.muted, surface.background) >= 4.5


def test_pictograms_stand_out_from_their_discs() -> None:
    assert min(contrast(paint.ink, paint.fill) for paint in KIND_PAINT.values()) >= 3


def test_the_legend_lists_what_is_there_and_nothing_else() -> None:
    graph = subgraph([relation("a", "MEETS", "b", category="CONSULT")], Actor("a", "A", "state"))

    assert [(entry.what, entry.key, entry.count) for entry in legend(graph)] == [
        ("kind", "person", 1),
        ("kind", "state", 1),
        ("family", "verbal_cooperation", 1),
    ]


class _Reader(HTMLParser):
    """What a browser would make of a page: tags, attributes, the text of each script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: dict[str, str] = {}
        self.text = ""
        self._script = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        self._script = (given.get("id") or "") if tag == "script" else ""

    def handle_data(self, data: str) -> None:
        if self._script:
            self.scripts[self._script] = self.scripts.get(self._script, "") + data
        else:
            self.text += data


def hostile_page() -> _Reader:
    one = relation("a", "MEETS", "b", label=HOSTILE)
    graph = subgraph([one], Actor("a", HOSTILE, "person", aliases=(HOSTILE,)))
    frame = PageFrame(HOSTILE, HOSTILE, "/api/v1/paths?from=a&to=b", "/#from=a", (), (HOSTILE,))
    return _Reader(render_page(graph, frame))


def test_hostile_names_are_text_on_the_page() -> None:
    page = hostile_page()

    assert [attrs for tag, attrs in page.tags if tag == "img"] == []
    assert page.text.count(HOSTILE) == 6, "title, heading, lead, sentence, two cells of the table"
    assert json.loads(page.scripts["picture"])["actors"][0]["name"] == HOSTILE


def test_the_page_has_nothing_inline_and_nothing_from_another_host() -> None:
    page = hostile_page()

    for tag, attrs in page.tags:
        assert not [name for name in attrs if name.startswith("on") or name == "style"]
        assert tag != "style"
        for name in ("src", "href"):
            assert (attrs.get(name) or "/").startswith("/")
            assert not (attrs.get(name) or "/").startswith("//")
        if tag == "script":
            assert attrs.get("type") == "application/json" or attrs.get("src")


def test_the_page_says_what_it_left_out() -> None:
    graph = subgraph([relation("a", "MEETS", "b")])
    meta = Meta(truncated=True, omitted_actors=12, omitted_relations=34, undated=5)

    page = _Reader(render_page(Subgraph(graph.actors, graph.relations, meta), FRAME))

    assert "12 actors and 34 relations" in page.text
    assert "5 claims without a date" in page.text


def test_the_page_of_nothing_says_so() -> None:
    assert "no relation fits" in _Reader(render_page(Subgraph(), FRAME)).text


def test_the_page_has_the_table_the_call_and_the_way_to_the_explorer() -> None:
    page = _Reader(render_page(subgraph([relation("a", "LEADS", "b")]), FRAME))
    links = [attrs.get("href") for tag, attrs in page.tags if tag == "a"]

    assert {FRAME.api_call, FRAME.explorer} <= set(links)
    assert "GET /api/v1/paths?from=a&to=b" in page.text
    assert [tag for tag, _ in page.tags].count("td") == 6


def test_the_drawing_library_comes_out_of_the_installed_package() -> None:
    found = vendor_files()

    assert b"vis.js" in found["vis-network.min.js"].read_bytes()[:2000]
    assert b".vis-network" in found["vis-network.css"].read_bytes()
