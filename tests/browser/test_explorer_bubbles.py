"""What else is done with bubbles: claims and filter of what is opened, menu, taking back, pictures."""

from __future__ import annotations

import math
import re

import pytest
from playwright.sync_api import expect

from bubblewindow import bubbles, largest, open_largest
from figures import SVG, Figure
from painted import WRITTEN, box, written
from windows import Window

WORDS = """id => [drawn.body.data.nodes.get(id), ...drawn.body.data.edges.get()]
  .map(one => `${one.label} ${one.title}`)"""
"""What is written on a bubble and on all lines, and told of them."""


@pytest.fixture
def syria(window: Window) -> Window:
    """A window with the overview of the bundled data set."""
    window.open("overview&dataset=syria-2025")
    return window


def test_the_claims_of_what_is_opened_are_listed_and_filtered(syria: Window) -> None:
    open_largest(syria)
    before = len(syria.lines())
    syria.page.keyboard.press("t")
    syria.page.get_by_role("button", name=re.compile(r"^Claims \d")).click()
    expect(syria.page.locator("#table tbody tr").first).to_be_visible()
    bonds = {line["id"] for line in syria.lines() if "bond:" in line["id"]}

    syria.page.locator("#legend").get_by_role("checkbox", name="alleged").click()
    syria.settle()

    assert len(syria.lines()) < before
    assert {line["id"] for line in syria.lines() if "bond:" in line["id"]} == bonds
    expect(syria.page.locator("#summary")).to_contain_text("the filter is not applied to bonds")
    assert syria.problems() == []


def test_the_menu_of_a_bubble_opens_and_closes_it(syria: Window) -> None:
    before = syria.places()
    id_ = largest(syria)
    syria.page.mouse.click(*syria.point(id_), button="right")
    syria.page.get_by_role("menuitem", name="Open").click()
    syria.page.wait_for_function("count => drawn.body.nodeIndices.length > count", arg=len(before))
    syria.settle()

    syria.page.locator("#map").focus()
    syria.page.mouse.click(*syria.point("ahmed-al-sharaa"), button="right")
    expect(syria.page.get_by_role("menu")).to_have_accessible_name("Menu of Ahmed al-Sharaa")
    syria.page.keyboard.press("Escape")
    syria.page.keyboard.press("0")
    syria.page.mouse.click(*syria.point(id_), button="right")
    syria.page.get_by_role("menuitem", name="Close").click()
    assert syria.places() == before
    assert syria.problems() == []


def test_what_a_bubble_holds_stays_when_an_expansion_is_taken_back(syria: Window) -> None:
    open_largest(syria)
    name = syria.page.locator("#inspector .ties").first.locator("button").first
    name.click()
    expect(syria.page.locator("#inspector h3", has_text="Ties")).to_be_visible()
    before = syria.places().keys()
    syria.page.locator("#inspector").get_by_role("button", name=re.compile("^Expand")).click()
    syria.page.wait_for_function("count => drawn.body.nodeIndices.length > count", arg=len(before))
    syria.settle()

    syria.page.locator("#map").focus()
    syria.page.keyboard.press("Enter")
    syria.page.wait_for_function("() => location.hash.includes('collapse=')")
    assert before <= syria.places().keys()
    assert syria.problems() == []


def test_a_picture_holds_bubbles_as_circles_and_what_is_opened_in_its_ring(syria: Window) -> None:
    opened = open_largest(syria)
    closed = len(bubbles(syria))
    syria.page.keyboard.press("e")
    with syria.page.expect_download() as download:
        syria.page.get_by_role("region", name="What is shown").get_by_role("button", name="SVG").click()
    picture = Figure.of(download.value.path()).map

    actors = [id_ for id_ in syria.places() if not id_.startswith(("k_", "["))]
    assert opened not in bubbles(syria)
    assert len(picture.findall(f".//{SVG}circle")) == closed + 1
    assert len(picture.findall(f".//{SVG}image")) == len(actors)


def test_the_plate_of_an_opened_bubble_can_be_read_at_every_zoom(syria: Window) -> None:
    syria.page.add_init_script(WRITTEN)
    syria.open("overview&dataset=syria-2025")
    opened = open_largest(syria)
    lines = syria.page.evaluate("id => drawn.body.data.nodes.get(id).label.split('\\n')", opened)
    left, top, right, _ = box(syria.page.locator("#map"))

    for fitted in (False, True):
        if fitted:
            syria.page.keyboard.press("0")
        said = [one for one in written(syria) if one["text"] in lines]
        (count,) = [one for one in said if one["text"] == lines[-1]]
        # The actor who gives the name is written too, where it stands.
        plate = [one for one in said if abs(one["x"] - count["x"]) < 1]
        assert [one["text"] for one in plate] == lines
        assert min(one["size"] for one in plate) >= 11
        for one in plate:
            assert one["y"] > one["size"], "within the map"
            assert left < left + one["x"] - one["width"] / 2 < left + one["x"] + one["width"] / 2 < right
    x, y = plate[0]["x"] + left, plate[0]["y"] + top
    syria.page.mouse.click(x, y, button="right")
    expect(syria.page.get_by_role("menuitem", name="Close")).to_be_visible()


def test_a_bubble_that_was_dragged_opens_where_it_stands(syria: Window) -> None:
    id_ = largest(syria)
    before = syria.places()
    x, y = syria.point(id_)
    syria.page.mouse.move(x, y)
    syria.page.mouse.down()
    syria.page.mouse.move(x + 60, y + 90, steps=4)
    syria.page.mouse.up()
    expect(syria.page.locator("#undo")).to_be_enabled()
    put = bubbles(syria)[id_]
    assert math.dist((put["x"], put["y"]), before[id_]) > 10

    syria.page.mouse.click(*syria.point(id_))
    syria.page.wait_for_function("count => drawn.body.nodeIndices.length > count", arg=len(before))
    syria.settle()
    opened = syria.places()
    brought = [place for one, place in opened.items() if one not in before and "[" not in one]
    assert brought
    assert all(math.dist(place, (put["x"], put["y"])) <= put["size"] for place in brought)
    address = syria.page.url.split("#")[1]
    assert "at=" in address

    syria.page.get_by_role("button", name="Close", exact=True).click()
    syria.page.wait_for_function("() => !location.hash.includes('open=')")
    assert syria.places()[id_] == (put["x"], put["y"])
    syria.open(address)
    assert {one: (round(x), round(y)) for one, (x, y) in syria.places().items()} == {
        one: (round(x), round(y)) for one, (x, y) in opened.items()
    }
    assert syria.problems() == []


def test_the_label_of_an_opened_bubble_stays_on_its_circle(syria: Window) -> None:
    id_ = open_largest(syria)
    before = syria.places()[id_]
    syria.page.keyboard.press("0")
    x, y = syria.point(id_)
    syria.page.mouse.move(x, y)
    syria.page.mouse.down()
    syria.page.mouse.move(x + 80, y + 40, steps=4)
    syria.page.mouse.up()

    assert syria.places()[id_] == before
    assert syria.problems() == []


def test_nobody_who_is_hidden_is_named_by_a_community(syria: Window) -> None:
    page, name = syria.page, "Ahmed al-Sharaa"
    id_ = open_largest(syria)
    heading = page.locator("#inspector h2")
    expect(heading).to_contain_text(name)
    others = heading.inner_text().replace(f"{name}, ", "")
    page.evaluate("id => drawn.focus(id, {scale: 1})", "ahmed-al-sharaa")
    page.mouse.click(*syria.point("ahmed-al-sharaa"))
    page.locator("#inspector").get_by_role("button", name="Hide", exact=True).click()
    page.keyboard.press("0")
    page.keyboard.press("t")
    page.get_by_role("button", name=re.compile(r"^Communities")).click()
    page.locator("#table tbody .name").first.click()

    def unnamed() -> None:
        expect(heading).to_contain_text(others)
        assert name not in page.locator("body").inner_text()
        assert not [words for words in page.evaluate(WORDS, id_) if "Ahmed" in words]

    unnamed()
    page.locator("#inspector").get_by_role("button", name="Close", exact=True).click()
    unnamed()
    syria.open(page.url.split("#")[1])
    unnamed()
    page.keyboard.press("m")
    page.keyboard.press("Escape")
    page.mouse.click(640, 120, button="right")
    page.get_by_role("menuitem", name="Show what was hidden").click()
    expect(heading).to_contain_text(name)
    assert "Ahmed" in " ".join(page.evaluate(WORDS, id_))
    assert syria.problems() == []


def test_an_expansion_inside_a_bubble_goes_with_it(syria: Window) -> None:
    closed = syria.places()
    id_ = open_largest(syria)
    syria.page.locator("#inspector .ties").first.locator("button").first.click()
    expect(syria.page.locator("#inspector h3", has_text="Ties")).to_be_visible()
    inside = len(syria.places())
    syria.page.locator("#inspector").get_by_role("button", name=re.compile("^Expand")).click()
    syria.page.wait_for_function("count => drawn.body.nodeIndices.length > count", arg=inside)
    syria.settle()
    assert "expand=" in syria.page.url

    syria.page.keyboard.press("0")
    syria.page.mouse.click(*syria.point(id_), button="right")
    syria.page.get_by_role("menuitem", name="Close").click()
    syria.page.wait_for_function("() => !location.hash.includes('open=')")
    assert syria.places() == closed
    assert "expand=" not in syria.page.url
    assert syria.problems() == []


def test_what_another_open_bubble_holds_stays(syria: Window) -> None:
    first = open_largest(syria)
    held = {one for one in syria.places() if not one.startswith(("k_", "["))}
    syria.page.keyboard.press("0")
    others = {id_: one for id_, one in bubbles(syria).items() if id_ != first}
    second = max(others, key=lambda id_: others[id_]["size"])
    syria.page.mouse.click(*syria.point(second))
    syria.page.wait_for_function("id => location.hash.includes(`open=${id}`)", arg=second)
    syria.settle()

    syria.page.get_by_role("button", name="Close", exact=True).click()
    syria.page.wait_for_function("id => !location.hash.includes(`open=${id}`)", arg=second)
    assert {one for one in syria.places() if not one.startswith(("k_", "["))} == held
    assert syria.problems() == []
