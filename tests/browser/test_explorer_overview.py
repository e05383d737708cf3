"""Everything at a glance: communities as bubbles that open in place, by pointer, keyboard and address."""

from __future__ import annotations

import math
import re

import pytest
from playwright.sync_api import expect

from accessible import faults
from bubblewindow import bubbles, largest, open_largest
from windows import Window

CROWD = "overview&dataset=crowd"
SYRIA = "overview&dataset=syria-2025"
THINGS = 300
SCRIPT_S = 0.5
"""Seconds of script that so many things may take to be drawn."""
DARKEST = """look => {
  drawn.moveTo(look);
  drawn.redraw();
  const canvas = document.querySelector('#map canvas');
  const [width, height] = [canvas.width / 10, canvas.height / 10];
  const {data} = canvas.getContext('2d').getImageData(4.5 * width, 4.5 * height, width, height);
  let darkest = 255;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3]) darkest = Math.min(darkest, Math.max(data[at], data[at + 1], data[at + 2]));
  }
  return darkest;
}"""
"""Brings a place into the middle; the brightest colour of the darkest pixel round it, 0 to 255."""
DARK = 90
LINES = """() => {
  const middles = [...document.querySelectorAll('.brand, .actions > *')].map(one => {
    const {top, bottom} = one.getBoundingClientRect();
    return (top + bottom) / 2;
  }).sort((one, other) => one - other);
  return middles.filter((middle, n) => n === 0 || middle - middles[n - 1] > 2).length;
}"""
"""In how many lines the name of the page and the buttons of the bar stand."""


@pytest.fixture
def syria(window: Window) -> Window:
    """A window with the overview of the bundled data set."""
    window.open(SYRIA)
    return window


def test_the_start_page_and_the_bar_lead_to_the_overview(window: Window) -> None:
    for link in ("#start >> text=Overview of everything", "#overview-open"):
        window.open()
        window.page.locator(link).click()
        expect(window.page.locator("#summary")).to_contain_text("communities of")
        window.settle()
        assert window.page.url.endswith("#overview")
        assert len(bubbles(window)) > 5
    window.page.go_back()
    expect(window.page.locator("#start")).to_be_visible()
    assert window.problems() == []


def test_bubbles_are_as_large_as_their_actors_are_many_and_never_overlap(syria: Window) -> None:
    drawn = [*bubbles(syria).values()]
    counts = [int(re.findall(r"([\d,]+) actors?$", one["label"])[0].replace(",", "")) for one in drawn]

    by_size = [count for _, count in sorted(zip((one["size"] for one in drawn), counts, strict=True))]
    assert by_size == sorted(by_size)
    for at, one in enumerate(drawn):
        for other in drawn[:at]:
            apart = math.dist((one["x"], one["y"]), (other["x"], other["y"]))
            assert apart >= one["size"] + other["size"]
    assert (
        syria.page.locator("#summary").inner_text().startswith(f"{len(drawn)} communities of {sum(counts)} ")
    )


def test_the_words_of_a_bubble_are_ink_at_every_size(syria: Window) -> None:
    bubble = bubbles(syria)[largest(syria)]
    for letters in (8, 9.9, 10.1, 10.5, 11, 14):
        look = {
            "position": {"x": bubble["x"], "y": bubble["y"]},
            "scale": letters / bubble["font"]["size"],
            "animation": False,
        }
        assert syria.page.evaluate(DARKEST, look) < DARK, letters


def test_what_is_not_shown_is_said(syria: Window) -> None:
    expect(syria.page.locator("#summary")).to_contain_text(re.compile(r"\d+ actors without a tie"))


def test_a_click_opens_a_bubble_and_no_other_moves(syria: Window) -> None:
    before = syria.places()
    opened = open_largest(syria)
    after = syria.places()

    assert f"open={opened}" in syria.page.url
    others = before.keys() - {opened}
    assert {id_: after[id_] for id_ in others} == {id_: before[id_] for id_ in others}
    expect(syria.page.locator("#inspector h3", has_text="Best connected")).to_be_visible()
    members = syria.page.locator("#inspector .ties").first.locator("li")
    assert members.count() == 5
    assert syria.problems() == []


def test_the_actors_of_an_opened_bubble_stay_in_its_circle(syria: Window) -> None:
    closed = bubbles(syria)
    before = syria.places().keys()
    opened = open_largest(syria)
    bubble = closed[opened]

    brought = {id_: place for id_, place in syria.places().items() if id_ not in before and "[" not in id_}
    assert f"{len(brought)} actors" in bubble["label"]
    for place in brought.values():
        assert math.dist(place, (bubble["x"], bubble["y"])) <= bubble["size"]


def test_an_actor_inside_opens_as_everywhere(syria: Window) -> None:
    open_largest(syria)
    name = syria.page.locator("#inspector .ties").first.locator("button").first
    wanted = name.inner_text()

    name.click()
    expect(syria.page.locator("#inspector h2")).to_have_text(wanted)
    expect(syria.page.locator("#inspector h3", has_text="Ties")).to_be_visible()
    assert syria.problems() == []


def test_who_is_searched_for_is_found_in_the_bubble(syria: Window) -> None:
    before = syria.places()
    syria.page.keyboard.press("/")
    syria.page.keyboard.type("jumblatt")
    expect(syria.page.get_by_role("option").first).to_contain_text("Walid Jumblatt")
    syria.page.keyboard.press("Enter")

    expect(syria.page.locator("#inspector h2")).to_have_text("Walid Jumblatt")
    syria.settle()
    after = syria.places()
    assert "open=k_" in syria.page.url
    assert "expand=" not in syria.page.url
    assert [id_ for id_ in before if after[id_] != before[id_]] == re.findall(
        r"open=(k_[\w-]+)", syria.page.url
    )
    assert syria.problems() == []


def test_closing_and_undo_bring_the_bubble_back(syria: Window) -> None:
    before = syria.places()
    open_largest(syria)

    syria.page.get_by_role("button", name="Close", exact=True).click()
    assert syria.places() == before
    syria.page.keyboard.press("Control+z")
    assert len(syria.places()) > len(before)
    syria.page.keyboard.press("Control+z")
    assert syria.places() == before
    assert "open=" not in syria.page.url


def test_undoing_the_overview_itself_drops_what_is_selected_in_it(window: Window) -> None:
    window.open()
    window.page.locator("#start >> text=Overview of everything").click()
    window.settle()
    open_largest(window)

    for _ in range(2):
        window.page.keyboard.press("Control+z")
    expect(window.page.locator("#start")).to_be_visible()
    expect(window.page.locator("#inspector")).to_be_hidden()
    assert window.problems() == []


def test_the_address_holds_the_overview_with_what_is_open(syria: Window) -> None:
    open_largest(syria)
    places, address = syria.places(), syria.page.url.split("#")[1]

    syria.open(address)
    assert syria.places() == places
    expect(syria.page.locator("#inspector p", has_text="Community")).to_be_visible()
    assert syria.page.url.split("#")[1] == address


def test_one_community_alone_is_an_ordinary_map(syria: Window) -> None:
    syria.page.mouse.click(*syria.point(largest(syria)))
    syria.page.get_by_role("button", name="Show only this").click()
    expect(syria.page.locator("#summary")).to_contain_text("relations")
    syria.settle()

    assert "community=k_" in syria.page.url
    assert bubbles(syria) == {}
    places = syria.places()
    syria.open(syria.page.url.split("#")[1])
    assert syria.places() == places
    assert syria.problems() == []


def test_a_bond_says_how_many_ties_it_is(syria: Window) -> None:
    bond = next(line for line in syria.lines() if "bond:" in line["id"])
    syria.page.keyboard.press("t")
    syria.page.get_by_role("button", name=re.compile(r"^Bonds")).click()
    syria.page.locator("#table tbody .name").first.click()

    panel = syria.page.locator("#inspector")
    expect(panel.locator(".facts")).to_contain_text(
        re.compile(r"\d+ ties? between their actors · \d+ claims?")
    )
    panel.locator("h2 button").first.click()
    expect(panel.get_by_role("button", name="Show only this")).to_be_visible()
    assert bond["width"] > 0
    assert syria.problems() == []


def test_the_keyboard_walks_along_bonds_and_opens(syria: Window) -> None:
    press = syria.page.keyboard.press
    syria.page.locator("#map").focus()
    press("ArrowRight")
    expect(syria.page.locator("#inspector p", has_text="Community")).to_be_visible()
    first = syria.heading()
    for arrow in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        press(arrow)
    assert syria.heading() != first or len(bubbles(syria)) == 1
    before = len(syria.places())
    press("Enter")
    syria.page.wait_for_function("count => drawn.body.nodeIndices.length > count", arg=before)
    assert "open=" in syria.page.url


def test_the_table_lists_communities_and_opens_them(syria: Window) -> None:
    syria.page.keyboard.press("t")
    rows = syria.page.locator("#table tbody tr")
    expect(rows).to_have_count(len(bubbles(syria)))
    assert "open=" not in syria.page.url

    rows.first.locator(".name").click()
    expect(rows.first).to_have_attribute("aria-selected", "true")
    syria.page.locator("#inspector").get_by_role("button", name="Open", exact=True).click()
    expect(rows.first).to_contain_text("opened")
    syria.page.get_by_role("button", name=re.compile(r"^Actors \d")).click()
    inside = syria.page.locator("#table tbody tr").count()
    assert f"{inside} actors" in syria.page.locator("#inspector .facts").inner_text()


def test_more_than_a_bubble_shows_is_counted(window: Window) -> None:
    window.open("overview&dataset=crowd&type=SUPPORTS")
    (hub,) = bubbles(window)
    open_largest(window)

    assert hub == "k_crowd-0000"
    expect(window.page.locator("#summary")).to_contain_text("240 actors and 240 relations of")


def test_texts_of_others_do_no_harm(window: Window) -> None:
    window.open("overview&dataset=hostile")
    open_largest(window)
    window.page.keyboard.press("t")
    window.page.get_by_role("button", name=re.compile(r"^Communities")).click()

    window.unharmed()


def test_a_community_that_is_gone_is_told(window: Window) -> None:
    window.page.goto(f"{window.address}/#overview&open=k_nobody")

    expect(window.page.locator("#banner")).to_contain_text("no community 'k_nobody'")


def test_every_screen_is_accessible(screen: Window) -> None:
    screen.open("overview")
    assert faults(screen.page) == []
    open_largest(screen)
    assert faults(screen.page) == []
    screen.page.keyboard.press("t")
    assert faults(screen.page) == []
    assert screen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert screen.page.evaluate(LINES) == (2 if screen.page.evaluate("innerWidth") <= 360 else 1)
    assert screen.problems() == []


def test_the_overview_and_an_opened_bubble_take_little_script_time(window: Window) -> None:
    session = window.page.context.new_cdp_session(window.page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    window.open("overview")
    open_largest(window)
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}

    assert 50 < len(window.places()) <= THINGS
    assert metrics["ScriptDuration"] <= SCRIPT_S
