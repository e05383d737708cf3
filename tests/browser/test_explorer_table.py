"""The table is the equal view: actors, relations, claims, and every deed of the map by keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from windows import Window

MINISTER = "actor=minister"


def rows(window: Window) -> Locator:
    """The rows of the table."""
    return window.page.locator("#table tbody tr")


def view(window: Window, name: str) -> None:
    window.page.locator("#table .head").get_by_role("button", name=name).click()


def test_claims_are_listed_with_who_says_them_and_open_their_tie(window: Window) -> None:
    window.open(MINISTER)
    window.page.keyboard.press("t")
    view(window, "Claims")
    expect(rows(window)).to_have_count(12)
    window.page.get_by_label("Filter rows").fill("paper 2")
    expect(rows(window)).to_have_count(3)

    rows(window).filter(has_text="accuses").locator("button.name").click()

    expect(window.page.locator("#inspector .verb")).to_have_text("accuses")
    expect(rows(window).filter(has_text="accuses")).to_have_attribute("aria-selected", "true")
    assert window.problems() == []


def test_the_table_follows_the_filter_of_the_map(window: Window) -> None:
    window.open(f"{MINISTER}&view.since=2023")
    window.page.keyboard.press("t")
    expect(rows(window)).to_have_count(5)
    view(window, "Claims")
    expect(rows(window)).to_have_count(5)

    window.page.get_by_role("button", name="Clear").click()

    expect(rows(window)).to_have_count(12)


def test_a_selection_on_the_map_is_marked_in_the_table(window: Window) -> None:
    window.open(MINISTER)
    window.page.keyboard.press("t")
    view(window, "Actors")
    window.page.mouse.click(*window.point("rival"))
    window.settle()

    marked = window.page.locator("#table tr[aria-selected=true]")
    expect(marked).to_have_count(1)
    expect(marked).to_contain_text("Rival")


def test_columns_sort_numbers_as_numbers_and_keep_the_keyboard(window: Window) -> None:
    window.open("actor=hezbollah")
    window.page.keyboard.press("t")
    view(window, "Actors")
    head = window.page.get_by_role("columnheader", name="Claims").get_by_role("button")
    head.focus()
    window.page.keyboard.press("Enter")
    window.page.keyboard.press("Enter")

    expect(window.page.get_by_role("columnheader", name="Claims")).to_have_attribute("aria-sort", "ascending")
    expect(head).to_be_focused()
    counts = [int(text) for text in window.page.locator("#table tbody td:nth-child(4)").all_inner_texts()]
    assert counts == sorted(counts)


def test_every_deed_of_the_map_is_done_from_the_table_by_keyboard(window: Window) -> None:
    window.open(MINISTER)
    press = window.page.keyboard.press
    press("t")
    view(window, "Actors")
    window.page.get_by_role("button", name="Menu of Pupil").focus()
    press("Enter")
    menu = window.page.get_by_role("menu")
    expect(menu).to_have_accessible_name("Menu of Pupil")
    window.page.wait_for_load_state("networkidle")
    hide = menu.get_by_role("menuitem", name="Hide Del")
    while not hide.evaluate("e => e === document.activeElement"):
        press("ArrowDown")
    press("Enter")
    expect(rows(window)).to_have_count(4)
    assert "pupil" not in window.places()

    rows(window).filter(has_text="Rival").locator("button.name").click()
    rows(window).filter(has_text="Envoy").locator("button.name").click(modifiers=["Control"])
    expect(window.page.locator("#table tr[aria-selected=true]")).to_have_count(2)
    expect(window.page.locator("#inspector h2")).to_have_text("2 actors")
    press("Escape")
    press("Escape")
    expect(window.page.locator("#table")).to_be_hidden()


def test_an_open_table_is_in_the_address_and_no_step_of_its_own(window: Window) -> None:
    window.open(MINISTER)
    window.page.keyboard.press("t")
    expect(window.page).to_have_url(re.compile("mode=table"))
    fragment = window.page.url.split("#")[1]
    window.open(fragment)
    expect(rows(window)).to_have_count(11)

    window.page.get_by_role("button", name="Close table").click()

    expect(window.page).not_to_have_url(re.compile("mode=table"))


def test_many_rows_come_in_parts(window: Window) -> None:
    window.open("actor=crowd-0000")
    for _ in range(4):
        window.page.get_by_role("button", name="Show 25 more").click()
        window.settle()
    window.page.keyboard.press("t")
    expect(rows(window)).to_have_count(300)

    window.page.locator("#table .rest").click()

    assert rows(window).count() > 300


def test_a_row_that_nobody_has_is_said(window: Window) -> None:
    window.open(MINISTER)
    window.page.keyboard.press("t")
    window.page.get_by_label("Filter rows").fill("nobody")

    expect(window.page.locator("#table")).to_contain_text("No row holds “nobody”.")

    window.page.keyboard.press("Home")
    window.page.keyboard.type("xy")
    expect(window.page.get_by_label("Filter rows")).to_have_value("xynobody")


def test_an_empty_table_says_why_and_clears_what_empties_it(window: Window) -> None:
    window.open(f"{MINISTER}&view.since=1900&view.until=1901")
    window.page.keyboard.press("t")
    table, clear = window.page.locator("#table"), window.page.get_by_role("button", name="Clear the filter")
    expect(table).to_contain_text("Nothing passes the filter of the legend.")
    clear.click()
    expect(rows(window).first).to_be_visible()
    assert "view." not in window.page.url

    field = window.page.get_by_label("Filter rows")
    field.fill("nobody is called this")
    expect(table).to_contain_text("No row holds “nobody is called this”.")
    clear.click()
    expect(rows(window).first).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    assert window.problems() == []
