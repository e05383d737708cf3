"""Sources as a lens: what falls if one is left out, marked and counted before anything is taken away."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from accessible import faults
from mapink import ink
from windows import Window

MINISTER = "actor=minister"
ZERO, ONE = "without=ministry%2Fpaper-0", "without=ministry%2Fpaper-1"
COUNTED = "4 of 11 relations fall, 1 actor loses its last tie, 1 more loses a source, 1 is then only denied"
DEFAULT_OPACITY = 1


def sources(page: Page) -> Locator:
    return page.locator(".sources")


def leave_out(page: Page, *titles: str) -> None:
    if sources(page).get_attribute("open") is None:
        sources(page).locator("summary").click()
    for title in titles:
        button = sources(page).get_by_role("button", name=f"Leave out {title}")
        button.focus()
        button.press("Enter")
        expect(button).to_have_attribute("aria-pressed", "true")


def labels(window: Window) -> dict[str, str]:
    """What is written on each line, by what it says without marks."""
    return {line["caption"]: (line["label"] or "").strip() for line in window.lines()}


def faint(window: Window) -> set[str]:
    """The captions of the lines that are drawn fainter."""
    return {line["caption"] for line in window.lines() if line["color"]["opacity"] < DEFAULT_OPACITY}


def names(window: Window) -> dict[str, str]:
    """The labels of actors."""
    return {one["id"]: one["label"] for one in window.page.evaluate("drawn.body.data.nodes.get()")}


def test_what_rests_on_one_source_is_marked_and_counted_and_nothing_moves(window: Window) -> None:
    window.open(MINISTER)
    window.page.keyboard.press("Escape")
    places = window.places()

    leave_out(window.page, "Paper 0")

    expect(window.page.locator("#summary")).to_contain_text(f"Leaving out Paper 0: {COUNTED}")
    expect(sources(window.page)).to_contain_text(
        f"Leaving out Paper 0: {COUNTED}. ✕ marks it. Nothing is taken away yet."
    )
    expect(window.page.locator("#live")).to_contain_text(COUNTED)
    written = labels(window)
    assert written["leads"] == "✕ falls: leads"
    assert written["visits (contested)"] == "✕ falls: visits (contested)"
    assert written["alleged: meets"] == "✕ falls: alleged: meets"
    assert written["accuses"] == "accuses"
    assert faint(window) == {"leads", "visits (contested)", "alleged: meets", "meets"}
    assert names(window)["pupil"] == "✕ Pupil"
    assert names(window)["banker"] == "Banker"
    assert window.places() == places
    assert ZERO in window.page.url
    assert window.problems() == []


def test_it_is_undone_done_again_and_comes_back_with_its_address(window: Window) -> None:
    window.open(MINISTER)
    bare = labels(window)
    leave_out(window.page, "Paper 0")
    marked = labels(window)
    fragment = window.page.url.split("#")[1]

    window.page.locator("#undo").click()
    assert labels(window) == bare
    expect(window.page.locator("#undo")).to_be_disabled()
    window.page.locator("#redo").click()
    assert labels(window) == marked
    window.page.go_back()
    expect(window.page.locator("#summary")).not_to_contain_text("Leaving out")
    window.page.go_forward()
    expect(window.page.locator("#summary")).to_contain_text(COUNTED)
    window.open(fragment)
    assert labels(window) == marked
    expect(sources(window.page)).to_contain_text(COUNTED)


def test_one_click_leaves_it_out_and_another_takes_it_in_again(window: Window) -> None:
    page = window.page
    window.open(f"{MINISTER}&{ZERO}")

    page.get_by_role("button", name="Leave out", exact=True).click()
    window.settle()

    assert "view.without_source=ministry%2Fpaper-0" in page.url
    assert f"&{ZERO}" not in page.url
    assert len(window.lines()) == 7
    expect(page.locator("#summary")).to_contain_text("7 of 11 relations")
    expect(sources(page)).to_contain_text("Left out: what Paper 0 says.")
    page.get_by_role("button", name="Show what falls").click()
    expect(page.locator("#summary")).to_contain_text(COUNTED)
    assert len(window.lines()) == 11
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator("#summary")).not_to_contain_text("Leaving out")
    assert "without" not in page.url
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(sources(page)).to_contain_text("Left out: what Paper 0 says.")
    page.get_by_role("button", name="Take in").click()
    expect(page.locator("#summary")).to_contain_text("11 relations")
    assert "without" not in page.url


def test_several_sources_fall_together(window: Window) -> None:
    window.open(MINISTER)

    leave_out(window.page, "Paper 0", "Paper 1")

    expect(sources(window.page)).to_contain_text("Leaving out Paper 0 and Paper 1: 8 of 11 relations fall")
    assert ZERO in window.page.url
    assert ONE in window.page.url
    window.page.get_by_role("button", name="Leave out Paper 0").click()
    expect(window.page.locator("#summary")).to_contain_text(
        "Leaving out Paper 1: 3 of 11 relations fall, 1 more loses a source, 1 is then no longer denied"
    )


@pytest.mark.parametrize(
    ("filter_", "counted"),
    [
        ("view.min_sources=2", "1 of 1 relation falls, 2 actors lose their last tie"),
        ("view.status=alleged", "1 of 1 relation falls, 2 actors lose their last tie"),
        ("view.since=2023", "3 of 5 relations fall, 3 actors lose their last tie, 1 is then only denied"),
        ("off=structural", "3 of 10 relations fall, 1 more loses a source, 1 is then only denied"),
        ("only=positive", "4 of 10 relations fall, 1 actor loses its last tie, 1 more loses a source, 1 is"),
    ],
)
def test_it_counts_under_every_other_filter(window: Window, filter_: str, counted: str) -> None:
    window.open(f"{MINISTER}&{filter_}&{ZERO}")

    expect(window.page.locator("#summary")).to_contain_text(f"Leaving out Paper 0: {counted}")


def test_the_table_says_it_of_relations_actors_and_claims(window: Window) -> None:
    page = window.page
    window.open(f"{MINISTER}&{ZERO}&mode=table")
    rows = page.locator("#table tbody tr")
    expect(page.get_by_role("columnheader", name="If left out")).to_be_visible()
    page.get_by_label("Filter rows").fill("falls")
    expect(rows).to_have_count(4)
    expect(rows.filter(has_text="visits")).to_contain_text("falls, then only denied")
    page.get_by_label("Filter rows").fill("loses 1 source")
    expect(rows).to_have_count(1)

    page.locator("#table .head").get_by_role("button", name=re.compile("^Actors")).click()
    page.get_by_label("Filter rows").fill("last tie")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Pupil")
    page.locator("#table .head").get_by_role("button", name=re.compile("^Claims")).click()
    page.get_by_label("Filter rows").fill("left out")
    expect(rows).to_have_count(5)

    page.get_by_role("columnheader", name="Left out").get_by_role("button").click()
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_role("columnheader", name="Left out")).to_have_count(0)
    assert window.problems() == []


def test_the_panel_of_a_tie_says_what_becomes_of_it(window: Window) -> None:
    page = window.page
    window.open(f"{MINISTER}&{ZERO}&mode=table")
    page.get_by_role("row", name=re.compile("leads")).locator("button.name").click()
    remarks = page.locator("#inspector .remarks")
    expect(remarks).to_have_text("✕ Without Paper 0: falls.")

    page.get_by_role("button", name="Keep", exact=True).click()
    expect(remarks).to_be_empty()
    page.keyboard.press("Control+z")
    expect(remarks).to_have_text("✕ Without Paper 0: falls.")


def test_the_one_source_of_the_bundled_data_set_carries_everything(window: Window) -> None:
    window.open("actor=hezbollah")
    page = window.page
    sources(page).locator("summary").click()
    title = str(sources(page).locator("bdi").first.inner_text())
    count = len(window.places())

    leave_out(page, title)

    summary = page.locator("#summary")
    expect(summary).to_contain_text(f"{count} actors lose their last tie")
    fallen, everything = re.findall(r"(\d+) of (\d+) relations fall", summary.inner_text())[0]
    assert fallen == everything
    assert faint(window) == set(labels(window))


def test_a_source_that_is_gone_is_told(window: Window) -> None:
    window.page.goto(f"{window.address}/#{MINISTER}&without=ministry%2Fpaper-9")

    expect(window.page.locator("#banner")).to_contain_text("no source 'ministry/paper-9'")


def ink_of_all(window: Window) -> float:
    """How much is drawn on where nobody is selected, whose ties would be bright."""
    window.page.locator("#map").focus()
    window.page.keyboard.press("Escape")
    expect(window.page.locator("#inspector")).to_be_hidden()
    window.page.keyboard.press("0")
    window.page.wait_for_timeout(300)
    return ink(window)


def test_of_more_than_a_thousand_actors_it_is_counted_and_their_mere_ties_are_fainter(
    context: BrowserContext, thousands: str
) -> None:
    window = Window(context.new_page(), thousands)
    asked = "without=thousands%2Fthousands"
    many = "actor=hub&expand=hub%7E%7E%7E1100"
    summary = window.page.locator("#summary")

    window.open(many)
    usual = ink_of_all(window)
    window.open(f"{many}&{asked}")

    expect(summary).to_contain_text("1,141 actors lose their last tie")
    fallen, everything = re.findall(r"([\d,]+) of ([\d,]+) relations fall", summary.inner_text())[0]
    assert fallen == everything > "2,"
    assert ink_of_all(window) < 0.8 * usual
    window.open(f"{many}&{asked}&compare=2020%7E2021")
    expect(summary).to_contain_text("Between 2020 and 2021: 0 relations new, 0 ended, 0 unchanged")
    asked = f"{asked}&compare=2020%7E2021"
    window.open(f"actor=hub&{asked}")
    expect(summary).to_contain_text("Leaving out Thousands: no relation on the map to fall")
    window.open("actor=hub&without=thousands%2Fthousands")
    expect(summary).to_contain_text("Leaving out Thousands: 122 of 122 relations fall, 41 actors lose")
    assert window.problems() == []


def test_every_screen_is_accessible(screen: Window) -> None:
    screen.open(f"{MINISTER}&{ZERO}&mode=table")
    if screen.page.locator(".whole[open]").count() == 0:
        screen.page.get_by_text("Legend and filter").click()
    assert faults(screen.page) == []
    screen.page.get_by_role("button", name="Leave out", exact=True).click()
    screen.settle()
    assert faults(screen.page) == []
    assert screen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert screen.problems() == []
