"""Maps of 300, 1,000 and 5,000 actors: what is drawn of each, what is refused, what goes on working."""

from __future__ import annotations

import re
import time
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from playwright.sync_api import BrowserContext, expect

from datafolders import THOUSANDS, TOWN, member
from figures import SVG, Figure
from loneliness import loneliest
from mapink import ink
from windows import Window

IN_WINDOW = """([x, y]) => {
  const place = drawn.canvasToDOM({x, y});
  const box = document.getElementById('map').getBoundingClientRect();
  return [place.x + box.x, place.y + box.y];
}"""
SETTLED_MS = 600
"""Longer than the page waits before it draws in full what is seen close by."""


@pytest.fixture
def large(context: BrowserContext, thousands: str) -> Window:
    """An empty window on the server with thousands of actors."""
    context.set_default_timeout(30_000)
    return Window(context.new_page(), thousands)


def around(window: Window, actors: int) -> None:
    """Open the hub with so many actors, itself among them."""
    window.open(f"actor=hub&limit={actors - 1}")
    expect(window.page.locator("#summary")).to_contain_text(f"{actors:,} actors", timeout=30_000)
    window.page.locator("#map").focus()
    window.page.keyboard.press("Escape")
    window.page.wait_for_timeout(SETTLED_MS)


def actors(window: Window) -> list[dict[str, Any]]:
    """The actors drawn, as the library holds them."""
    found: list[dict[str, Any]] = window.page.evaluate("drawn.body.data.nodes.get()")
    return found


def pairs(window: Window) -> Counter[tuple[str, ...]]:
    """How many lines the library draws between each two actors."""
    return Counter(tuple(sorted((line["from"], line["to"]))) for line in window.lines())


def summary(window: Window) -> str:
    return window.page.locator("#summary").inner_text()


def look_at(window: Window, place: tuple[float, float], scale: float) -> None:
    window.page.evaluate(
        "([x, y, scale]) => drawn.moveTo({position: {x, y}, scale, animation: false})", [*place, scale]
    )
    window.page.wait_for_timeout(SETTLED_MS)


def test_two_hundred_actors_have_their_names_and_their_relations_lie_side_by_side(large: Window) -> None:
    around(large, 200)

    assert all(one["shape"] == "circularImage" and one["label"].strip() for one in actors(large))
    assert max(pairs(large).values()) == 3
    assert {line["smooth"]["enabled"] for line in large.lines() if line["smooth"]} == {True}
    assert large.problems() == []


def test_three_hundred_actors_have_all_that_though_the_page_paints_it(large: Window) -> None:
    around(large, 300)

    assert all(one["shape"] == "circularImage" and one["label"].strip() for one in actors(large))
    assert large.lines() == []
    drawn = exported(large)
    bowed = [path for path in drawn.iter(f"{SVG}path") if " Q" in path.attrib["d"]]
    # Of two or three lines side by side two are bowed.
    places = large.places()
    several = [n for n in range(THOUSANDS) if member(n) in places and (n < 60 or n % 10 == 0)]
    assert len(bowed) == 2 * len(several) > 100
    assert large.problems() == []


def test_a_thousand_actors_have_one_straight_tie_a_pair(large: Window) -> None:
    around(large, 1000)

    assert {one["shape"] for one in actors(large)} == {"circularImage"}
    assert large.lines() == []
    ways = Counter(
        path.attrib["d"] for path in exported(large).iter(f"{SVG}path") if path.get("stroke-width")
    )
    places = large.places()
    shown = [n for n in range(THOUSANDS) if member(n) in places]
    met = [n for n in shown if (n + 1) % TOWN and member(n + 1) in places]
    assert set(ways.values()) == {1}
    assert not any(" Q" in way for way in ways)
    assert len(ways) == len(shown) + len(met)
    assert large.problems() == []


def exported(window: Window) -> Element:
    """The picture as it is exported."""
    window.page.keyboard.press("e")
    with window.page.expect_download() as download:
        window.page.get_by_role("region", name="What is shown").get_by_role("button", name="SVG").click()
    return Figure.of(download.value.path()).map


def test_five_thousand_actors_are_dots_and_their_ties_are_painted(large: Window) -> None:
    around(large, 5000)

    assert {one["shape"] for one in actors(large)} == {"dot"}
    assert large.lines() == []
    expect(large.page.locator("#legend")).to_contain_text("5,000")
    assert "201 more around Hub left out" in summary(large)
    assert ink(large) > 0.05
    assert large.problems() == []


def test_a_painted_tie_is_pointed_at_and_opened_by_a_click(large: Window) -> None:
    around(large, 5000)
    one, other, place = lonely_tie(large)
    look_at(large, place, 0.15)
    assert large.lines() == []
    x, y = large.page.evaluate(IN_WINDOW, list(place))

    large.page.mouse.move(x, y)
    expect(large.page.locator("#map.pointing")).to_be_attached()
    (line,) = large.lines()
    assert sorted((line["from"], line["to"])) == sorted((one, other))
    # The page writes what the service leaves out of pictures of thousands, in the same words.
    body = {"actors": [one, other]}
    told = large.page.request.post(f"{large.address}/api/v1/subgraph?view=true", data=body).json()
    assert sorted(line["title"].split("\n")) == sorted(edge["title"] for edge in told["view"]["edges"])
    large.page.mouse.click(x, y)

    expect(large.page.locator("#inspector")).to_contain_text(one.replace("-", " ").title())
    expect(large.page.locator("#inspector")).to_contain_text(other.replace("-", " ").title())
    assert large.page.evaluate("drawn.getSelectedEdges().length") == 1
    assert large.problems() == []


def lonely_tie(window: Window) -> tuple[str, str, tuple[float, float]]:
    """Two neighbours of a town and the middle of their tie, the one with most room around it."""
    places = window.places()
    inside = [n for n in range(THOUSANDS) if member(n) in places]
    ties = [("hub", member(n)) for n in inside]
    ties += [(member(n), member(n + 1)) for n in inside if (n + 1) % TOWN and member(n + 1) in places]
    # Those with the hub are many, and all lie close to each other.
    return loneliest(ties, places, range(len(inside), len(ties), 5))


def test_nothing_moves_when_more_comes_and_a_full_map_refuses_more(large: Window) -> None:
    around(large, 4900)
    before = large.places()

    large.page.locator("#more").click()
    expect(large.page.locator("#summary")).to_contain_text("4,925 actors")
    large.page.get_by_role("button", name="Show 75 more").click()
    expect(large.page.locator("#summary")).to_contain_text("5,000 actors")

    after = large.places()
    assert {id_: after[id_] for id_ in before} == before
    assert len(set(after.values())) == 5000
    assert "201 more around Hub left out" in summary(large)
    assert "a map shows at most 5,000 actors" in summary(large)
    expect(large.page.locator("#more")).to_be_hidden()
    expect(large.page.locator("#many")).to_be_hidden()
    expect(large.page.locator("#instead")).to_be_visible()
    assert len(large.page.evaluate("location.href")) < 200

    absent = next(member(n) for n in range(5199, 0, -1) if member(n) not in after)
    large.page.locator("#search-input").fill(absent.replace("-", " "))
    expect(large.page.locator("#search-list [role=option]").first).to_contain_text(absent[-4:])
    large.page.locator("#search-input").press("Enter")
    expect(large.page.locator("#banner")).to_contain_text("The map is full.")
    assert len(large.places()) == 5000
    large.page.locator("#banner").get_by_role("link", name="Overview of everything").click()
    expect(large.page.locator("#summary")).to_contain_text("communit")
    assert large.problems() == []


def test_filters_hiding_and_undo_work_at_five_thousand(large: Window) -> None:
    around(large, 5000)
    whole = ink(large)

    large.page.locator("#legend").get_by_role("checkbox", name="talks and support").click()
    expect(large.page.locator("#summary")).to_contain_text(" of ")
    assert ink(large) < whole
    large.page.keyboard.press("Control+z")
    expect(large.page.locator("#summary")).not_to_contain_text(" of ")
    large.page.locator("#legend").get_by_role("checkbox", name="alleged").click()
    expect(large.page.locator("#summary")).to_contain_text(" of ")
    places = large.places()
    shown = {n for n in range(THOUSANDS) if member(n) in places}
    met = sum(n + 1 in shown and (n + 1) % TOWN != 0 for n in shown)
    claims = len(shown) + sum((n < 60) + (n % 10 == 0) for n in shown) + met
    expect(large.page.locator(".when-note")).to_have_text(
        f"No claim on the map has a date · {claims:,} without a date"
    )
    large.page.locator(".sources summary").click()
    expect(large.page.locator(".sources .legend-row .count")).to_have_text(f"{claims:,}")

    large.page.locator("#map").focus()
    large.page.keyboard.press("ArrowRight")
    large.settle()
    large.page.keyboard.press("Delete")
    expect(large.page.locator("#summary")).to_contain_text("1 hidden")
    assert len(large.places()) == 4999
    large.page.keyboard.press("Control+z")
    expect(large.page.locator("#summary")).not_to_contain_text("hidden")
    assert len(large.places()) == 5000
    assert large.problems() == []


def test_what_is_seen_close_by_is_drawn_in_full(large: Window) -> None:
    around(large, 5000)
    one = member(777)
    look_at(large, large.places()[one], 1.0)

    drawn = {node["id"]: node["shape"] for node in actors(large)}
    assert drawn[one] == "circularImage"
    assert 0 < sum(shape == "circularImage" for shape in drawn.values()) <= 300
    assert 0 < len(large.lines()) <= 300
    large.page.keyboard.press("0")
    large.page.wait_for_timeout(SETTLED_MS)
    assert {node["shape"] for node in actors(large)} == {"dot"}
    assert large.problems() == []


def test_an_actor_with_few_ties_is_selected_with_them(large: Window) -> None:
    around(large, 5000)
    one = member(777)
    look_at(large, large.places()[one], 0.3)
    large.page.mouse.click(*large.point(one))
    expect(large.page.locator("#inspector h2").first).to_have_text("Member 0777")

    touching = {line["from"] for line in large.lines()} | {line["to"] for line in large.lines()}
    assert touching == {"hub", member(776), one, member(778)}
    dimmed = sum(node["opacity"] < 1 for node in actors(large))
    assert dimmed == 5000 - len(touching)
    assert large.problems() == []


def test_the_table_of_five_thousand_is_quick_and_the_picture_holds_all(large: Window) -> None:
    around(large, 5000)
    begun = time.monotonic()
    large.page.keyboard.press("t")
    expect(large.page.locator("#table tbody tr")).to_have_count(300)
    assert time.monotonic() - begun < 3
    large.page.get_by_role("button", name=re.compile("^Actors")).click()
    expect(large.page.get_by_role("button", name="Show 300 more of 4,700")).to_be_visible()

    large.page.locator("#map").focus()
    picture = exported(large)
    assert len(picture.findall(f".//{SVG}circle")) == 5000
    assert len(picture.findall(f".//{SVG}path")) > 9000
    # As much of each line is seen as on the map, where thousands of them are ink.
    assert {
        group.get("opacity") for group in picture.iter(f"{SVG}g") if group.find(f"{SVG}path") is not None
    } == {"0.1"}
    # To fill 9 million points takes a second, many times as long where the machine has other work.
    with large.page.expect_download(timeout=120_000) as download:
        shown = large.page.get_by_role("region", name="What is shown")
        shown.get_by_role("button", name="PNG").click(timeout=120_000)
    content = download.value.path().read_bytes()
    width, height = (int.from_bytes(content[at : at + 4]) for at in (16, 20))
    assert 8_900_000 < width * height <= 9_000_000
    assert 50_000 < len(content) < 15_000_000
    expect(large.page.locator("#share .told")).to_contain_text(f"{width:,} × {height:,} pixels")
    assert large.problems() == []
