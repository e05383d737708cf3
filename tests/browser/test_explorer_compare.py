"""Two dates compared: what is new, ended, now contested or unchanged, marked where it stands."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from accessible import faults
from windows import Window

MINISTER = "actor=minister"
COUNCIL = "actor=council"
HANDOVER = "compare=2020-12%7E2022"


def compare(page: Page, since: str, until: str) -> None:
    """Tick the box and write two days."""
    page.get_by_role("checkbox", name="compare").check()
    for label, day in (("Compare from the day", since), ("Compare to the day", until)):
        page.get_by_label(label).fill(day)
    page.get_by_label("Compare to the day").press("Enter")


def labels(window: Window) -> list[str]:
    return sorted((line["label"] or "").strip() for line in window.lines())


def names(window: Window) -> dict[str, str]:
    return {one["id"]: one["label"] for one in window.page.evaluate("drawn.body.data.nodes.get()")}


def test_what_began_what_ended_and_what_stayed_between_two_days(window: Window) -> None:
    window.open(COUNCIL)
    window.page.keyboard.press("Escape")
    places = window.places()

    compare(window.page, "2020-12", "2022")

    words = "Between 2020-12 and 2022: 1 relation new, 1 ended, 2 unchanged; 1 claim without a date left out"
    expect(window.page.locator("#summary")).to_contain_text(f"4 of 6 relations · {words}")
    expect(window.page.locator("#live")).to_contain_text(words)
    expect(window.page.locator(".when-note")).to_contain_text(
        "On the map: + 1 new, − 1 ended, 2 unchanged and fainter; 1 claim without a date is left out"
    )
    assert labels(window) == ["", "", "+ new: leads", "− ended: leads"]
    opacity = {line["label"]: line["color"]["opacity"] for line in window.lines()}
    assert opacity["+ new: leads"] == 1
    assert max(value for label, value in opacity.items() if "leads" not in (label or "")) < 0.3
    assert names(window)["deputy"] == "+ Deputy"
    assert names(window)["chair"] == "Chair"
    assert window.places() == places, "0 pixels of drift"
    assert HANDOVER in window.page.url
    assert window.problems() == []


def test_the_handles_say_which_days_by_keyboard(window: Window) -> None:
    window.open(MINISTER)
    page = window.page
    page.get_by_role("checkbox", name="compare").check()
    expect(page.locator("#summary")).to_contain_text("Between 2021-02 and 2023-11: ")
    expect(page.get_by_role("button", name="Play")).to_be_hidden()

    page.get_by_role("slider", name="From").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#summary")).to_contain_text("Between 2021-06 and 2023-11: ")
    page.get_by_role("slider", name="Until").focus()
    for _ in range(6):
        page.keyboard.press("ArrowLeft")

    expect(page.locator("#summary")).to_contain_text(
        "Between 2021-06 and 2023-05: 7 relations new, 0 ended, 2 now contested, 2 unchanged"
    )
    assert "compare=2021-06%7E2023-05" in page.url
    assert page.get_by_role("slider", name="Until").get_attribute("aria-valuetext") == "2023-05"
    expect(page.locator(".when-words")).to_have_text("what changed after 2021-06 and by 2023-05")
    assert "+≠: visits (contested)" in labels(window)


def test_it_is_undone_done_again_and_comes_back_with_its_address(window: Window) -> None:
    page = window.page
    window.open(COUNCIL)
    bare = labels(window)
    page.get_by_role("checkbox", name="compare").check()
    expect(page.locator("#summary")).to_contain_text("Between 2020-05 and 2024-01: 2 relations new, 1 ended")
    marked = labels(window)
    fragment = page.url.split("#")[1]

    page.locator("#undo").click()
    assert labels(window) == bare
    expect(page.locator("#undo")).to_be_disabled()
    expect(page.get_by_role("checkbox", name="compare")).not_to_be_checked()
    page.locator("#redo").click()
    assert labels(window) == marked
    page.go_back()
    expect(page.locator("#summary")).not_to_contain_text("Between")
    page.go_forward()
    expect(page.locator("#summary")).to_contain_text("1 ended")
    window.open(fragment)
    assert labels(window) == marked
    expect(page.get_by_label("Compare from the day")).to_have_value("2020-05")
    page.get_by_role("button", name="Clear").click()
    assert labels(window) == bare


def test_a_period_a_day_and_a_comparison_give_way_to_each_other(window: Window) -> None:
    page = window.page
    window.open(f"{MINISTER}&view.since=2021-06&view.until=2023-05")
    page.get_by_role("checkbox", name="compare").check()
    expect(page.locator("#summary")).to_contain_text("Between 2021-06 and 2023-05: ")
    assert "view.since" not in page.url

    page.get_by_role("checkbox", name="as of").check()
    expect(page.get_by_role("checkbox", name="compare")).not_to_be_checked()
    expect(page.locator("#summary")).not_to_contain_text("Between")
    assert "view.as_of=2023-05" in page.url
    assert "compare" not in page.url
    page.get_by_role("checkbox", name="compare").check()
    expect(page.locator("#summary")).to_contain_text("and 2023-05: ")
    page.get_by_role("checkbox", name="compare").uncheck()
    expect(page.locator("#summary")).to_contain_text("11 relations")
    assert "compare" not in page.url


def test_the_table_and_the_panel_of_a_tie_say_it(window: Window) -> None:
    page = window.page
    window.open(f"{COUNCIL}&{HANDOVER}&mode=table")
    rows = page.locator("#table tbody tr")
    expect(rows).to_have_count(4)
    assert sorted(row.locator("td").nth(7).inner_text() for row in rows.all()) == [
        "ended",
        "new",
        "unchanged",
        "unchanged",
    ]
    page.locator("#table .head").get_by_role("button", name=re.compile("^Actors")).click()
    expect(rows.filter(has_text="Deputy")).to_contain_text("new")
    page.locator("#table .head").get_by_role("button", name=re.compile("^Relations")).click()
    page.get_by_label("Filter rows").fill("ended")
    expect(rows).to_have_count(1)

    rows.locator("button.name").click()

    expect(page.locator("#inspector .remarks")).to_have_text("− Between 2020-12 and 2022: ended.")
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.locator("#inspector .remarks")).to_be_empty()


def test_it_means_what_the_service_says(window: Window) -> None:
    """The marks on the map of the bundled data set are the relations that /changes lists as new."""
    window.open("actor=ahmed-al-sharaa")
    compare(window.page, "2025-02", "2025-03")
    expect(window.page.locator("#summary")).to_contain_text("Between 2025-02 and 2025-03")
    told = window.page.request.get(
        f"{window.address}/api/v1/changes?since=2025-02&until=2025-03&limit=1000&dataset=syria-2025"
    ).json()

    drawn = {id_ for line in window.lines() for id_ in line.get("relations") or [line["id"]]}
    assert drawn
    assert drawn <= set(told["relations"]["ids"])
    new = int(re.findall(r"(\d+) relations new", window.page.locator("#summary").inner_text())[0])
    assert new == len(drawn)
    assert window.problems() == []


def test_it_stays_when_the_map_grows_and_goes_with_sources_left_out(window: Window) -> None:
    window.open(f"actor=deputy&{HANDOVER}")
    window.page.mouse.dblclick(*window.point("council"))
    window.settle()

    expect(window.page.locator("#summary")).to_contain_text("1 relation new, 1 ended")
    window.open(f"{MINISTER}&compare=2021-06%7E2023-05&without=ministry%2Fpaper-0")
    expect(window.page.locator("#summary")).to_contain_text(
        "Leaving out Paper 0: 3 of 9 relations fall, 1 more loses a source, 1 is then only denied"
        " · Between 2021-06 and 2023-05: 7 relations new"
    )
    assert "✕+≠: visits (contested)" in labels(window)


def test_days_in_the_wrong_order_are_told_and_nonsense_is_not_asked(window: Window) -> None:
    page = window.page
    window.open(COUNCIL)
    compare(page, "2022", "2020-12")
    expect(page.locator("#banner")).to_contain_text("the end of 2022 is after the end of until=2020-12")

    page.get_by_label("Compare to the day").fill("soon")
    page.get_by_label("Compare to the day").press("Enter")
    expect(page.get_by_label("Compare to the day")).to_have_attribute("aria-invalid", "true")


def test_every_screen_is_accessible(screen: Window) -> None:
    screen.open(f"{COUNCIL}&{HANDOVER}&mode=table")
    if screen.page.locator(".whole[open]").count() == 0:
        screen.page.get_by_text("Legend and filter").click()
    assert faults(screen.page) == []
    assert screen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert screen.problems() == []
