"""Changing the view without fear: expanding, collapsing, hiding, and taking every change back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from datafolders import CROWD_HUB
from windows import Window

MINISTER = "actor=minister"


def double_click(window: Window, actor: str) -> None:
    window.page.mouse.dblclick(*window.point(actor))
    window.settle()


def drag(window: Window, actor: str) -> None:
    x, y = window.point(actor)
    window.page.mouse.move(x, y)
    window.page.mouse.down()
    window.page.mouse.move(x + 70, y + 40, steps=6)
    window.page.mouse.up()


def test_a_second_double_click_takes_back_what_hangs_only_on_the_actor(window: Window) -> None:
    window.open("actor=walid-jumblatt")
    before = window.places()
    double_click(window, "ahmed-al-sharaa")
    grown = window.places()
    assert len(grown) == len(before) + 25

    double_click(window, "ahmed-al-sharaa")

    assert window.places() == before
    window.page.keyboard.press("Control+z")
    assert window.places() == grown


def test_a_collapse_is_in_the_address(window: Window) -> None:
    window.open("actor=rival")
    double_click(window, "minister")
    assert "pupil" in window.places()
    double_click(window, "minister")
    shown = window.places()
    assert "pupil" not in shown
    fragment = window.page.url.split("#")[1]
    assert "collapse=minister" in fragment

    window.open(fragment)

    assert window.places() == shown


def move(window: Window) -> None:
    drag(window, "pupil")


def hide(window: Window) -> None:
    window.page.mouse.click(*window.point("pupil"))
    window.settle()
    window.page.keyboard.press("Delete")


def collapse(window: Window) -> None:
    double_click(window, "minister")


def switch_off(window: Window) -> None:
    window.page.get_by_role("checkbox", name="roles and places").uncheck()


def only_contested(window: Window) -> None:
    window.page.get_by_role("checkbox", name="contested only").check()


def switch_a_kind_off(window: Window) -> None:
    window.page.get_by_role("checkbox", name="other", exact=True).uncheck()


def ask_for_two_sources(window: Window) -> None:
    window.page.get_by_label("At least so many sources").select_option("2")
    window.settle()


def find(window: Window) -> None:
    window.page.locator("#search-input").fill("walid jumblatt")
    window.page.keyboard.press("Enter")
    expect(window.page.locator("#inspector h2")).to_have_text("Walid Jumblatt")
    window.settle()


def empty(window: Window) -> None:
    window.page.locator("#home").click()


CHANGES: tuple[Callable[[Window], None], ...] = (
    move, hide, collapse, switch_off, only_contested, switch_a_kind_off, ask_for_two_sources, find, empty,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_change_is_undone_and_done_again(window: Window, change: Callable[[Window], None]) -> None:
    window.open(MINISTER)
    before = (window.places(), {line["id"] for line in window.lines()})

    change(window)

    after = (window.places(), {line["id"] for line in window.lines()})
    assert after != before
    window.page.locator("#undo").click()
    assert (window.places(), {line["id"] for line in window.lines()}) == before
    expect(window.page.locator("#undo")).to_be_disabled()
    window.page.locator("#redo").click()
    assert (window.places(), {line["id"] for line in window.lines()}) == after
    assert window.problems() == []


def test_a_place_given_by_hand_comes_before_what_is_expanded_around_it(window: Window) -> None:
    window.open("actor=crowd-0001")
    drag(window, CROWD_HUB)
    double_click(window, CROWD_HUB)
    shown = window.places()
    fragment = window.page.url.split("#")[1]

    window.open(fragment)

    again = window.places()
    assert again.keys() == shown.keys()
    assert all(abs(again[name][axis] - shown[name][axis]) <= 1.0 for name in shown for axis in (0, 1)), (
        "places are written in whole pixels"
    )


def test_hiding_others_leaves_an_actor_with_its_neighbours(window: Window) -> None:
    window.open(MINISTER)
    before = window.places()

    window.page.mouse.click(*window.point("pupil"), button="right")
    window.page.get_by_role("menuitem", name="Hide others").click()

    assert window.places() == {name: before[name] for name in ("minister", "pupil")}
    fragment = window.page.url.split("#")[1]
    assert "keep=minister&keep=pupil" in fragment, "the shorter list is written"
    window.open(fragment)
    assert window.places().keys() == {"minister", "pupil"}
    window.page.mouse.click(300, 700, button="right")
    window.page.get_by_role("menuitem", name="Show what was hidden").click()
    assert window.places().keys() == before.keys()


def test_the_counts_say_type_and_direction_before_anybody_expands(window: Window) -> None:
    window.open("actor=rival&type=ACCUSES")
    window.page.mouse.click(*window.point("minister"))
    window.settle()
    supports = window.page.locator("#inspector .bring").filter(has_text=re.compile(r"^supports→"))
    expect(supports).to_contain_text("2+2")
    expect(supports).to_have_attribute("title", "Show 2 more (supports, from here: 2 actors, 2 claims)")
    before = window.places()

    supports.click()
    window.settle()

    after = window.places()
    assert after.keys() - before.keys() == {"banker", "envoy"}
    assert {name: after[name] for name in before} == before
    expect(supports).to_be_disabled()
    tied = {frozenset((line["from"], line["to"])) for line in window.lines()}
    assert {frozenset(("banker", "rival")), frozenset(("envoy", "rival"))} < tied, "all that joins them"


def test_a_double_click_brings_what_the_menu_offers(window: Window) -> None:
    window.open("actor=rival&type=ACCUSES")
    window.page.mouse.dblclick(*window.point("minister"))
    window.settle()
    assert window.places().keys() == {"rival", "minister", "pupil", "banker", "envoy"}

    window.page.mouse.click(*window.point("pupil"))
    window.page.locator("#inspector").get_by_role("button", name="Hide", exact=True).click()
    window.page.mouse.click(*window.point("minister"), button="right")
    item = window.page.get_by_role("menuitem", name="All neighbours shown")
    expect(item).to_have_attribute("aria-disabled", "true")
    window.page.keyboard.press("Escape")
    window.page.mouse.click(*window.point("banker"))
    window.page.locator("#map").press("Enter")
    expect(window.page.locator("#live")).to_contain_text("nothing hangs only on it")
    assert window.problems() == []


def test_help_lists_the_keys_and_each_does_what_it_says(window: Window) -> None:
    window.open(MINISTER)
    press = window.page.keyboard.press
    press("?")
    listed = " ".join(window.page.locator("#help kbd").all_inner_texts())
    assert all(
        key in listed
        for key in ("/", "p", "t", "c", "e", "m", "Del", "Ctrl+Z", "Shift+Ctrl+Z", "+ − 0", "Esc")
    )
    press("Escape")
    window.page.locator("#map").focus()
    fitted = float(window.page.evaluate("drawn.getScale()"))
    press("+")
    assert float(window.page.evaluate("drawn.getScale()")) > fitted
    press("-")
    press("-")
    assert float(window.page.evaluate("drawn.getScale()")) < fitted
    press("0")
    assert float(window.page.evaluate("drawn.getScale()")) == pytest.approx(fitted)
    press("ArrowRight")
    expect(window.page.locator("#inspector h2")).to_have_text("Pupil")
    press("Escape")
    expect(window.page.locator("#inspector")).to_be_hidden()
    assert window.problems() == []
