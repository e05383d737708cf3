"""When: the histogram of what is on the map, its handles, the state as of a day, and play."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from windows import Window

MINISTER = "actor=minister"


def relations(window: Window) -> int:
    """How many relations are drawn."""
    return len(window.lines())


def test_the_histogram_counts_the_claims_on_the_map_by_month(window: Window) -> None:
    window.open(MINISTER)
    bars = window.page.locator(".histogram rect")
    expect(bars).to_have_count(34)

    heights = [float(str(bar.get_attribute("height"))) for bar in bars.all()]

    # February 2021 twice, each other month of a claim once; May 2023 a visit and its denial.
    assert [n for n, height in enumerate(heights) if height] == [0, 4, 11, 13, 19, 26, 27, 33]
    assert [n for n, height in enumerate(heights) if height == max(heights)] == [0, 27]
    expect(window.page.locator(".when-note")).to_have_text("1 without a date · 1 dated too roughly for a bar")


def test_a_handle_leaves_out_what_is_earlier_and_nothing_moves(window: Window) -> None:
    window.open(MINISTER)
    places, all_relations = window.places(), relations(window)
    handle = window.page.get_by_role("slider", name="From")
    top = handle.bounding_box()

    handle.focus()
    for _ in range(13):
        window.page.keyboard.press("ArrowRight")
    expect(window.page.locator("#summary")).to_contain_text("of 11 relations")

    assert "view.since=2022-03" in window.page.url
    assert handle.get_attribute("aria-valuetext") == "2022-03"
    assert window.places() == places
    assert handle.bounding_box() == top
    # The banker met the rival, the accusation, the envoy met the rival, the visit and its denial, who leads,
    # and what is only known to be of 2023.
    assert relations(window) == 7
    window.page.locator("#undo").click()
    assert relations(window) == all_relations
    expect(window.page.locator("#undo")).to_be_disabled()


def test_as_of_a_day_shows_what_had_begun_and_greys_who_has_no_tie(window: Window) -> None:
    window.open(MINISTER)
    window.page.get_by_role("checkbox", name="as of").check()
    day = window.page.get_by_label("As of the day")
    expect(day).to_have_value("2023-11")

    day.fill("2022-03-01")
    day.press("Enter")
    expect(window.page.locator("#summary")).to_contain_text("5 actors · 4 of 11 relations")

    assert "view.as_of=2022-03-01" in window.page.url
    window.page.keyboard.press("Escape")
    expect(window.page.locator("#inspector")).to_be_hidden()
    faint = {
        node["id"] for node in window.page.evaluate("drawn.body.data.nodes.get()") if node["opacity"] < 1
    }
    assert faint == {"pupil"}
    window.page.get_by_role("button", name="Hide 1 without a tie").click()
    assert "pupil" not in window.places()
    day.fill("yesterday")
    day.press("Enter")
    expect(day).to_have_attribute("aria-invalid", "true")
    assert "view.as_of=2022-03-01" in window.page.url


def test_what_has_no_date_can_be_kept(window: Window) -> None:
    window.open(f"{MINISTER}&view.since=2022")
    few = relations(window)
    expect(window.page.locator("#summary")).to_contain_text("1 claim without a date left out")

    window.page.get_by_role("checkbox", name="keep what has no date").check()
    expect(window.page.locator("#summary")).not_to_contain_text("without a date")

    assert relations(window) == few + 1
    assert "view.undated=include" in window.page.url


def test_play_walks_through_time_and_is_one_step_to_undo(window: Window) -> None:
    window.open(f"{MINISTER}&view.as_of=2023-08")
    before = relations(window)
    window.page.get_by_role("button", name="Play").click()
    expect(window.page.get_by_role("button", name="Stop")).to_be_visible()

    expect(window.page.get_by_label("As of the day")).to_have_value("2023-11", timeout=10_000)

    expect(window.page.get_by_role("button", name="Play")).to_be_visible()
    assert relations(window) == before + 1, "from November on there is a pupil"
    window.page.locator("#undo").click()
    assert "view.as_of=2023-08" in window.page.url
    expect(window.page.locator("#undo")).to_be_disabled()


def test_undo_halts_play_and_no_late_answer_overwrites_it(window: Window) -> None:
    page = window.page
    window.open(f"{MINISTER}&view.as_of=2021-06")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_label("As of the day")).to_have_value("2021-07")
    held: list[Route] = []
    with page.expect_request("**/subgraph"):
        page.route("**/subgraph", lambda route: held.append(route), times=1)

    page.locator("#undo").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    held[0].continue_()
    page.wait_for_timeout(1500)

    assert "view.as_of=2021-06" in page.url
    expect(page.get_by_label("As of the day")).to_have_value("2021-06")
    assert window.problems() == []


def test_as_of_without_any_date_asks_for_the_day(window: Window) -> None:
    window.open("overview&dataset=syria-2025")
    expect(window.page.locator(".when-note")).to_have_text("Open a bubble to see when")

    window.page.get_by_role("checkbox", name="as of").check()

    expect(window.page.get_by_label("As of the day")).to_be_focused()
    assert window.problems() == []


def test_dates_in_an_address_come_back_and_stay_when_the_map_grows(window: Window) -> None:
    window.open("actor=rival&view.until=2021-12")
    expect(window.page.locator(".when-words")).to_have_text("2021-02 to 2021-12")
    window.page.mouse.dblclick(*window.point("minister"))
    window.settle()

    assert "pupil" in window.places()
    assert {line["caption"] for line in window.lines()} == {"meets", "supports"}
    expect(window.page.locator("#summary")).to_contain_text(re.compile("2 of 11 relations"))


def test_one_month_needs_no_handles(window: Window) -> None:
    window.open("actor=ahmed-al-sharaa")

    expect(window.page.locator(".when-note")).to_contain_text("All dated claims are of 2025-03")
    expect(window.page.get_by_role("slider", name="From")).to_be_hidden()
