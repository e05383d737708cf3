"""What is on the map grows by expanding; nothing moves by itself; every change can be undone and linked."""

from __future__ import annotations

import math
import re

from playwright.sync_api import BrowserContext, Route, expect

from accessible import faults
from datafolders import CROWD_HUB
from windows import Window

MEETINGS = "actor=ahmed-al-sharaa&type=MEETS"


def expand(window: Window, label: str) -> None:
    """Bring the ties of one type."""
    window.page.locator("#inspector .bring").filter(has_text=re.compile(rf"^{label}[→←↔]\d")).click()
    window.settle()


def test_one_type_of_tie_is_expanded_and_nothing_moves(window: Window) -> None:
    window.open(MEETINGS)
    before = window.places()
    row = window.page.locator("#inspector .ties > li").filter(has_text=re.compile(r"^fights"))
    expect(row.locator(".plus")).to_be_visible()

    expand(window, "fights")

    after = window.places()
    new = after.keys() - before.keys()
    assert {name: after[name] for name in before} == before, "0 pixels of drift"
    assert len(new) >= 4
    assert all(math.dist(after[a], after[b]) > 60 for a in new for b in after if a != b)
    expect(row.locator(".plus")).to_have_count(0)
    expect(row.locator(".who")).to_contain_text("Hezbollah")
    assert "expand=" in window.page.url


def test_undo_and_redo_bring_back_exactly_what_was_there(window: Window) -> None:
    window.open(MEETINGS)
    start = window.places()
    expand(window, "fights")
    grown = window.places()
    window.page.locator("#inspector").get_by_role("button", name="Hide").click()
    assert "ahmed-al-sharaa" not in window.places()

    window.page.keyboard.press("Control+z")
    assert window.places() == grown
    window.page.locator("#undo").click()
    assert window.places() == start
    expect(window.page.locator("#undo")).to_be_disabled()
    window.page.keyboard.press("Control+Shift+z")
    assert window.places() == grown
    window.page.keyboard.press("Meta+Shift+z")
    assert "ahmed-al-sharaa" not in window.places()
    expect(window.page.locator("#redo")).to_be_disabled()


def test_back_and_forward_go_through_the_views(window: Window) -> None:
    window.open(MEETINGS)
    start = window.places()
    expand(window, "fights")
    grown = window.places()
    asked = len(window.asked)

    window.page.go_back()
    expect(window.page.locator("#summary")).to_contain_text(f"{len(start)} actors")
    assert window.places() == start
    window.page.go_forward()
    expect(window.page.locator("#summary")).to_contain_text(f"{len(grown)} actors")
    assert window.places() == grown
    assert not [path for path in window.asked[asked:] if "neighbourhood" in path], "kept, not asked again"


def test_the_address_brings_the_whole_view_to_somebody_else(window: Window) -> None:
    window.open(MEETINGS)
    expand(window, "fights")
    window.page.mouse.move(*window.point("iran"))
    window.page.mouse.down()
    x, y = window.point("iran")
    window.page.mouse.move(x + 60, y + 45, steps=6)
    window.page.mouse.up()
    window.page.mouse.click(*window.point("hezbollah"))
    window.settle()
    window.page.keyboard.press("Delete")
    moved = window.places()
    fragment = window.page.url.split("#")[1]

    window.open(fragment)

    again = window.places()
    assert again.keys() == moved.keys()
    assert "hezbollah" not in again
    assert max(math.dist(again[name], moved[name]) for name in again) <= 1.0, (
        "places are written in whole pixels"
    )
    assert len(fragment) < 400


def test_a_view_that_is_too_large_for_a_link_is_kept_and_saved_as_a_file(
    window: Window, context: BrowserContext
) -> None:
    off = "".join(f"&off=NO_TYPE_{n:04d}" for n in range(1000))
    window.open(f"actor=minister{off}")
    page, press = window.page, window.page.keyboard.press
    button = page.get_by_role("button", name="Too large for a link")
    expect(button).to_be_visible()
    page.mouse.click(*window.point("rival"))
    window.settle()
    press("Delete")
    without = window.places()
    assert "rival" not in without
    assert len(page.url) < 200
    page.reload()
    expect(page.locator("#summary")).to_contain_text("1 hidden")
    assert window.places() == without
    page.go_back()
    expect(page.locator("#summary")).not_to_contain_text("hidden")
    page.go_forward()
    expect(page.locator("#summary")).to_contain_text("1 hidden")
    window.settle()

    button.click()
    share = page.locator("#share")
    expect(share).to_contain_text("too large for a link, which would have 17,")
    expect(share.get_by_label("Link")).to_have_count(0)
    expect(share.get_by_label("Embed")).to_have_count(0)
    assert faults(page) == []
    with page.expect_download() as download:
        share.get_by_role("button", name="Save this view as a file").click()

    other = Window(context.new_page(), window.address)
    other.page.goto(page.url)
    expect(other.page.locator("#banner")).to_contain_text("This view is not here. It is too large for a link")
    expect(other.page.locator("#start h1")).to_be_visible()
    other.page.keyboard.press("v")
    other.page.get_by_label("Take views from a file").set_input_files(download.value.path())
    other.page.get_by_role("link", name="Open view 1").click()
    expect(other.page.locator("#summary")).to_contain_text("1 hidden")
    assert other.places() == without
    assert len(other.page.url) < 200
    assert window.problems() + other.problems() == []


def test_a_double_click_brings_25_and_says_how_many_are_left(window: Window) -> None:
    window.open("actor=crowd-0001")
    before = window.places()

    window.page.mouse.dblclick(*window.point(CROWD_HUB))
    window.settle()

    after = window.places()
    assert len(after) == len(before) + 25
    assert {name: after[name] for name in before} == before
    expect(window.page.locator("#summary")).to_contain_text("more around Member 0 left out")
    window.page.get_by_role("button", name="Show 25 more").click()
    expect(window.page.locator("#summary")).to_contain_text(f"{len(before) + 50} actors")
    assert {name: window.places()[name] for name in after} == after


def test_the_first_view_is_cut_at_forty_neighbours_and_says_so(window: Window) -> None:
    window.open(f"actor={CROWD_HUB}")

    assert len(window.places()) == 41
    expect(window.page.locator("#summary")).to_contain_text("259 more around Member 0 left out")


def test_del_hides_what_is_selected_and_undo_shows_it_again(window: Window) -> None:
    window.open(MEETINGS)
    window.page.mouse.click(*window.point("walid-jumblatt"))
    window.settle()

    window.page.keyboard.press("Delete")

    assert "walid-jumblatt" not in window.places()
    expect(window.page.locator("#summary")).to_contain_text("1 hidden")
    assert "hide=walid-jumblatt" in window.page.url
    window.page.keyboard.press("Control+z")
    assert "walid-jumblatt" in window.places()


def test_a_family_of_relations_can_be_switched_off(window: Window) -> None:
    window.open("actor=ahmed-al-sharaa")
    all_lines = len(window.lines())

    window.page.get_by_role("checkbox", name=re.compile("material conflict")).uncheck()

    assert 0 < len(window.lines()) < all_lines
    assert "off=material_conflict" in window.page.url
    window.page.get_by_role("checkbox", name=re.compile("material conflict")).check()
    assert len(window.lines()) == all_lines


def test_a_filter_in_the_address_can_be_lifted(window: Window) -> None:
    window.open(MEETINGS)
    few = len(window.places())

    window.page.get_by_role("button", name="Only: meets").click()
    window.settle()

    assert len(window.places()) > few
    expect(window.page.locator("#only")).to_be_hidden()


def test_a_second_actor_from_the_search_joins_the_map(window: Window) -> None:
    window.open(MEETINGS)
    before = window.places()

    window.page.locator("#search-input").fill("netanyahu")
    window.page.keyboard.press("Enter")
    expect(window.page.locator("#inspector h2")).to_have_text("Benjamin Netanyahu")

    after = window.places()
    assert "benjamin-netanyahu" in after
    assert {name: after[name] for name in before} == before


def test_selecting_is_no_step_of_its_own(window: Window) -> None:
    window.open()
    window.page.goto(f"{window.address}/#{MEETINGS}")
    window.settle()
    for actor in ("walid-jumblatt", "turkey", "qatar"):
        window.page.mouse.click(*window.point(actor))
        window.settle()
    assert "select=qatar" in window.page.url

    window.page.go_back()

    expect(window.page.locator("#start h1")).to_be_visible()


def test_enter_takes_nobody_of_a_list_for_an_older_text(window: Window) -> None:
    page = window.page
    window.open()
    page.locator("#search-input").fill("jumblatt")
    expect(page.get_by_role("option").first).to_contain_text("Walid Jumblatt")
    held: list[Route] = []
    page.route("**/search?*", lambda route: held.append(route), times=1)
    with page.expect_request("**/search?*"):
        page.locator("#search-input").fill("hezbollah")
        page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    held[0].continue_()

    expect(page.locator("#inspector h2")).to_have_text("Hezbollah")


def test_an_address_selects_nobody_who_is_not_on_the_map(window: Window) -> None:
    window.open("actor=minister&select=qatar")
    assert "select=qatar" not in window.page.url

    window.page.locator("#map").focus()
    window.page.keyboard.press("m")
    window.page.keyboard.press("Delete")
    assert "qatar" not in window.page.url
    assert window.problems() == []


def test_the_keyboard_is_never_left_nowhere(window: Window) -> None:
    page = window.page
    window.open("actor=minister")
    page.locator("#inspector button").last.focus()
    page.keyboard.press("Escape")
    expect(page.locator("#inspector")).to_be_hidden()
    expect(page.locator("#map")).to_be_focused()
    page.locator("#table-open").click()
    expect(page.locator("#table")).to_be_visible()
    page.locator("#table button").last.focus()
    page.keyboard.press("t")
    expect(page.locator("#table")).to_be_hidden()
    expect(page.locator("#table-open")).to_be_focused()
