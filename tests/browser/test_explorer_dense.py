"""Maps with more lines than the drawing library is given: the page paints them, and they look alike."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from datafolders import QUARRELLING, quarreller
from figures import SVG, Figure
from loneliness import loneliest
from windows import Window

SETTLED_MS = 600
ACROSS = """([one, other, share, aside]) => {
  const places = drawn.getPositions([one, other]);
  const [a, b] = [places[one], places[other]];
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const at = {x: a.x + share * (b.x - a.x) + aside * (a.y - b.y) / length,
    y: a.y + share * (b.y - a.y) + aside * (b.x - a.x) / length};
  const {x, y} = drawn.canvasToDOM(at);
  const context = document.querySelector('#map canvas').getContext('2d');
  return context.getImageData(Math.round(x), Math.round(y), 1, 1).data[3];
}"""
"""How opaque the map is at a share of the way between two actors, so far aside."""
INK = """() => {
  const canvas = document.querySelector('#map canvas');
  const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let inked = 0;
  for (let at = 3; at < data.length; at += 4) inked += data[at];
  return inked / (255 * data.length / 4);
}"""
WATCH_INK = f"""() => {{
  window.inks = [];
  drawn.on('afterDrawing', () => window.inks.push(({INK})()));
}}"""
IN_WINDOW = """([x, y]) => {
  const place = drawn.canvasToDOM({x, y});
  const box = document.getElementById('map').getBoundingClientRect();
  return [place.x + box.x, place.y + box.y];
}"""
LINES = 600
"""More are painted."""


@pytest.fixture
def quarrel(context: BrowserContext, thousands: str) -> Iterator[Window]:
    """All who quarrel, at zoom 1."""
    window = Window(context.new_page(), thousands)
    window.open(f"actor={quarreller(0)}&limit={QUARRELLING - 1}")
    yield window
    assert window.problems() == []


def among(window: Window, one: int, other: int) -> None:
    """Select two, so that only what is between them is bright, and see it from nearby."""
    page = window.page
    page.locator("#map").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("0")
    page.wait_for_timeout(SETTLED_MS)
    chosen = [quarreller(one), quarreller(other)]
    page.mouse.click(*window.point(chosen[0]))
    expect(page.locator("#inspector h2").first).to_have_text(f"Quarreller {one:02d}")
    page.wait_for_timeout(SETTLED_MS)
    page.keyboard.down("Control")
    page.mouse.click(*window.point(chosen[1]))
    page.keyboard.up("Control")
    expect(page.locator("#inspector h2").first).to_have_text("2 actors")
    page.mouse.move(5, 400)
    places = window.places()
    (x, y), (u, v) = places[chosen[0]], places[chosen[1]]
    page.evaluate(
        "([x, y]) => drawn.moveTo({position: {x, y}, scale: 1.1, animation: false})",
        [(x + u) / 2, (y + v) / 2],
    )
    page.wait_for_timeout(SETTLED_MS)
    assert not any({line["from"], line["to"]} == set(chosen) for line in window.lines())


def opaque(window: Window, one: int, other: int, share: float, aside: float = 0.0) -> bool:
    """Whether a line that is not dimmed lies there; several dimmed ones over each other do not count."""
    level: int = window.page.evaluate(ACROSS, [quarreller(one), quarreller(other), share, aside])
    return level > 160


def along(window: Window, one: int, other: int) -> float:
    """How much of the second quarter of the way is line."""
    steps = [0.27 + 0.0015 * n for n in range(100)]
    # The line is less than two pixels wide.
    hit = [any(opaque(window, one, other, share, aside) for aside in (-0.6, 0, 0.6)) for share in steps]
    return sum(hit) / len(hit)


def downwards(window: Window, total: int) -> tuple[int, int]:
    """Two whose numbers leave this rest by four, which says what is between them; the line comes to the
    second from above, where no name is, and neither is the first of all."""
    places = window.places()
    pairs = itertools.combinations(range(1, QUARRELLING - 2), 2)

    def falls(one: int, other: int) -> bool:
        (x, y), (u, v) = places[quarreller(one)], places[quarreller(other)]
        return 200 < v - y < 420 and abs(u - x) < 0.7 * (v - y)

    return next(pair for pair in pairs if sum(pair) % 4 == total and falls(*pair))


def test_painted_lines_show_status_denial_and_direction(quarrel: Window) -> None:
    page = quarrel.page
    assert quarrel.lines() == []
    meets, accuses, leads, denied = (downwards(quarrel, rest) for rest in range(4))

    among(quarrel, *meets)
    assert along(quarrel, *meets) > 0.97
    among(quarrel, *accuses)
    assert along(quarrel, *accuses) > 0.97
    among(quarrel, *leads)
    assert 0.5 < along(quarrel, *leads) < 0.9
    among(quarrel, *denied)
    assert 0.3 < along(quarrel, *denied) < 0.9
    assert page.evaluate("() => drawn.getScale()") == pytest.approx(1.1)


def widest(window: Window, one: int, other: int, share: float) -> int:
    """How many of nine places across the line are opaque."""
    return sum(opaque(window, one, other, share, aside) for aside in range(-4, 5))


def test_a_painted_line_has_a_head_where_it_leads_and_a_bar_where_it_is_denied(quarrel: Window) -> None:
    def way(one: int, other: int) -> float:
        places = quarrel.places()
        (x, y), (u, v) = places[quarreller(one)], places[quarreller(other)]
        return float(((u - x) ** 2 + (v - y) ** 2) ** 0.5)

    def at_end(one: int, other: int) -> int:
        """Just before the disc at the end."""
        size = quarrel.page.evaluate("id => drawn.body.data.nodes.get(id).size", quarreller(other))
        return widest(quarrel, one, other, 1 - (size + 9) / way(one, other))

    meets, accuses, denied = (downwards(quarrel, rest) for rest in (0, 1, 3))
    among(quarrel, *meets)
    assert at_end(*meets) <= 4
    among(quarrel, *accuses)
    assert at_end(*accuses) >= 5
    among(quarrel, *denied)
    # Its word is written over the middle; the bar reaches to both sides of it, a line does not.
    middle = 0.5 - 1.2 / way(*denied)
    assert opaque(quarrel, *denied, middle, -6)
    assert opaque(quarrel, *denied, middle, 6)
    assert not opaque(quarrel, *denied, 0.3, -6)
    assert not opaque(quarrel, *denied, 0.3, 6)


def test_the_picture_of_painted_lines_has_dashes_heads_bars_and_words(quarrel: Window) -> None:
    page = quarrel.page
    page.locator("#map").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    with page.expect_download() as download:
        page.get_by_role("region", name="What is shown").get_by_role("button", name="SVG").click()
    picture = Figure.of(download.value.path()).map
    strokes = [path for path in picture.iter(f"{SVG}path") if path.get("fill") == "none"]
    dashes = [path.get("stroke-dasharray") for path in strokes]
    words = {text for tspan in picture.iter(f"{SVG}tspan") if (text := tspan.text) and "uarrel" not in text}

    assert len(strokes) == QUARRELLING * (QUARRELLING - 1) // 2 + 1
    assert dashes.count(None) + dashes.count("9 6") + dashes.count("2 5") == len(strokes)
    assert min(dashes.count(None), dashes.count("9 6"), dashes.count("2 5")) > 150
    assert {"alleged", "not", "contested"} <= words | {part for text in words for part in text.split(", ")}


def drawn_by_library(window: Window) -> list[dict[str, Any]]:
    return window.lines()


def test_over_the_threshold_nothing_moves_and_no_frame_is_without_lines(
    context: BrowserContext, thousands: str
) -> None:
    window = Window(context.new_page(), thousands)
    window.open("actor=hub&limit=205")
    page = window.page
    page.wait_for_timeout(SETTLED_MS)
    few = len(drawn_by_library(window))
    assert 400 < few <= LINES
    before, ink = window.places(), page.evaluate(INK)
    page.evaluate(WATCH_INK)

    shown = len(before)
    while window.lines():
        page.locator("#more").click()
        shown += 25
        expect(page.locator("#summary")).to_contain_text(f"{shown} actors")
        window.settle()
        page.wait_for_timeout(300)
    after = window.places()
    assert {id_: after[id_] for id_ in before} == before
    inks = page.evaluate("window.inks")
    assert inks
    assert min(inks) > 0.97 * ink
    assert window.problems() == []

    # One less, and the library draws them: the same picture.
    painted = page.evaluate(INK)
    page.keyboard.press("Control+z")
    window.settle()
    page.wait_for_timeout(SETTLED_MS)
    assert window.lines()
    assert page.evaluate(INK) == pytest.approx(painted, rel=0.25)
    assert window.problems() == []


@pytest.fixture
def year(context: BrowserContext, icews14: str) -> Window:
    """950 actors of a year of news around China, 9,000 lines."""
    context.set_default_timeout(30_000)
    window = Window(context.new_page(), icews14)
    found = context.request.get(f"{icews14}/api/v1/search?q=China").json()["actors"]
    window.open(f"actor={found[0]['id']}&depth=2&limit=949")
    expect(window.page.locator("#summary")).to_contain_text("950 actors")
    window.page.locator("#map").focus()
    window.page.keyboard.press("Escape")
    window.page.wait_for_timeout(SETTLED_MS)
    return window


def faults(window: Window) -> list[str]:
    """What went wrong; that so many claims are too many for the timeline is told on the page (422)."""
    return [problem for problem in window.problems() if "422" not in problem]


def ties_of(window: Window) -> list[tuple[str, str]]:
    """Who is tied to whom on the map, by the service."""
    asked = {"actors": sorted(window.places()), "between": True}
    answer = window.page.context.request.post(f"{window.address}/api/v1/subgraph", data=asked)
    pairs = {
        tuple(sorted((one["subject"], one["object"])))
        for one in answer.json()["relations"]
        if one["subject"] != one["object"]
    }
    return [(one, other) for one, other in sorted(pairs)]


@pytest.mark.shared
@pytest.mark.timeout(900)  # a store of 90,730 claims is filled first
def test_a_painted_tie_of_a_real_graph_is_pointed_at_opened_and_left(year: Window) -> None:
    page = year.page
    ties = ties_of(year)
    assert len(ties) > 8_000
    assert year.lines() == []
    assert {node["shape"] for node in page.evaluate("drawn.body.data.nodes.get()")} == {"circularImage"}
    one, other, (x, y) = loneliest(ties, year.places(), range(0, len(ties), 25))
    page.evaluate("([x, y]) => drawn.moveTo({position: {x, y}, scale: 0.8, animation: false})", [x, y])
    page.wait_for_timeout(SETTLED_MS)

    page.mouse.move(*page.evaluate(IN_WINDOW, [x, y]))
    expect(page.locator("#map.pointing")).to_be_attached()
    assert [sorted((line["from"], line["to"])) for line in year.lines()] == [[one, other]]
    expect(page.locator(".vis-tooltip")).to_contain_text("claim")
    page.mouse.click(*page.evaluate(IN_WINDOW, [x, y]))
    expect(page.locator("#inspector .claims").first).to_be_visible()
    assert page.evaluate("drawn.getSelectedEdges().length") == 1
    faint = [node["id"] for node in page.evaluate("drawn.body.data.nodes.get()") if node["opacity"] < 1]
    assert len(faint) == 948
    assert not {one, other} & set(faint)
    page.locator("#map").focus()
    page.keyboard.press("Escape")
    page.mouse.move(5, 400)
    page.wait_for_timeout(SETTLED_MS)
    assert year.lines() == []
    assert all(node["opacity"] == 1 for node in page.evaluate("drawn.body.data.nodes.get()"))
    assert faults(year) == []


@pytest.mark.shared
@pytest.mark.timeout(900)
def test_a_real_graph_grows_without_a_move_and_dims_what_is_not_touched(year: Window) -> None:
    page = year.page
    before, ink = year.places(), page.evaluate(INK)

    page.locator("#more").click()
    expect(page.locator("#summary")).to_contain_text("975 actors")
    year.settle()
    after = year.places()
    assert {id_: after[id_] for id_ in before} == before
    assert year.lines() == []
    assert page.evaluate(INK) > 0.9 * ink

    page.keyboard.press("Control+z")
    expect(page.locator("#summary")).to_contain_text("950 actors")
    page.locator("#map").focus()
    page.keyboard.press("ArrowRight")
    year.settle()
    page.wait_for_timeout(SETTLED_MS)
    assert 0 < page.evaluate(INK) < 0.8 * ink
    assert faults(year) == []


@pytest.mark.shared
@pytest.mark.timeout(900)
def test_the_picture_of_a_real_graph_has_every_tie_once(year: Window) -> None:
    page = year.page
    page.keyboard.press("e")
    with page.expect_download() as download:
        page.get_by_role("region", name="What is shown").get_by_role("button", name="SVG").click()
    picture = Figure.of(download.value.path()).map
    ways = [path.get("d") for path in picture.iter(f"{SVG}path") if path.get("fill") == "none"]
    assert len(ways) == len(set(ways)) == len(ties_of(year))
    assert faults(year) == []
