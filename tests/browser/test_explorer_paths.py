"""How are they connected: paths as sentences with their evidence, or why there are none, and the text."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from windows import Window

JUMBLATT_IRAN = "from=walid-jumblatt&to=iran"


def test_the_path_between_two_actors_is_sentences_and_a_picture(window: Window) -> None:
    window.open()
    window.page.locator("#connect-open").click()
    window.choose("connect-from", "jumblatt")
    window.choose("connect-to", "iran")

    first = window.paths().first
    expect(first.locator(".chain")).to_have_text("Walid Jumblatt – Ahmed al-Sharaa – Iran")
    expect(first.locator(".chain")).to_have_attribute("aria-pressed", "true")
    expect(first.locator(".sentences li").nth(0)).to_contain_text("Walid Jumblatt met Ahmed al-Sharaa.1")
    expect(first.locator(".sentences li").nth(1)).to_contain_text(
        "accused Iran (2025-03; 4 further claims).2"
    )
    window.settle()
    places = window.places()
    assert places["walid-jumblatt"][0] < places["ahmed-al-sharaa"][0] < places["iran"][0]
    assert set(JUMBLATT_IRAN.split("&")) <= set(window.page.url.split("#")[1].split("&"))


def test_each_path_lights_up_on_the_map(window: Window) -> None:
    window.open(JUMBLATT_IRAN)
    lit = {line["id"] for line in window.lines() if line["color"]["opacity"] == 1}

    window.paths().nth(1).locator(".chain").click()

    second = {line["id"] for line in window.lines() if line["color"]["opacity"] == 1}
    assert lit
    assert second
    assert lit != second
    assert "path=2" in window.page.url
    expect(window.paths().nth(1).locator(".chain")).to_be_focused()
    window.paths().nth(2).locator(".score").click()
    assert "path=3" in window.page.url, "anywhere on a path chooses it"


def test_a_footnote_opens_the_claims_behind_its_sentence_and_one_comes_back_to_it(window: Window) -> None:
    window.open(JUMBLATT_IRAN)
    footnote = window.paths().nth(2).get_by_role("button", name="Footnote 6: who says so")
    sentence = window.paths().nth(2).locator(".sentences li").nth(2)
    expect(sentence).to_contain_text("according to Ahmed al-Sharaa")

    footnote.click()

    expect(window.page.locator("#inspector .about.tie")).to_contain_text("Iranian militias in Syria")
    expect(window.page.locator("#inspector .claim dd").first).to_contain_text("Ahmed al-Sharaa")
    window.page.get_by_role("button", name="← Paths").click()
    expect(footnote).to_be_focused()
    footnote.press("Enter")
    expect(window.page.locator("#inspector .claim").first).to_be_visible()
    window.page.keyboard.press("Escape")
    expect(footnote).to_be_focused()


def test_the_weakest_link_is_marked_where_there_is_one(window: Window) -> None:
    window.open(JUMBLATT_IRAN)

    weak = window.paths().nth(3).locator(".sentences .weak")
    expect(weak).to_have_count(1)
    expect(weak).to_contain_text("Iran shipped arms through Iraq")
    expect(weak.locator(".reasons")).to_have_text("Weakest link: alleged, single source, undated")
    expect(window.paths().nth(1).locator(".weak")).to_have_count(0)
    expect(window.paths().nth(1).locator(".score")).to_contain_text("Every link: single source, undated")


RANKS = (
    ("shortest", "shortest first", r"2 hops · 6 claims · the one between has \d+ neighbours"),
    ("strongest", "best supported first", r"support of its links 1, [\d.]+ \(more is firmer\)"),
    ("specific", "rare go-betweens first", r"by way of .+ \(\d+ neighbours?\)"),
    ("recent", "most recent first", r"a link without a date"),
    ("chronological", "in the order of time", r"complete (since \d{4}-\d\d-\d\d|at any time)"),
)


@pytest.mark.parametrize(("rank", "order", "score"), RANKS, ids=[rank[0] for rank in RANKS])
def test_the_score_of_a_rank_is_said_in_words(window: Window, rank: str, order: str, score: str) -> None:
    ends = "from=ahmed-al-sharaa&to=iran" if rank == "chronological" else JUMBLATT_IRAN
    window.open(f"{ends}&rank={rank}")

    expect(window.page.locator(".result-head")).to_contain_text(order)
    expect(window.paths().first.locator(".score")).to_have_text(re.compile(score))


def test_swapping_asks_the_other_way_round(window: Window) -> None:
    window.open(JUMBLATT_IRAN)

    window.page.get_by_role("button", name="Swap start and end").click()

    expect(window.paths().first).to_contain_text("Iran – Ahmed al-Sharaa – Walid Jumblatt")


def test_swapping_keeps_what_was_only_typed(window: Window) -> None:
    window.open()
    window.page.keyboard.press("p")
    window.page.locator("#connect-from").fill("Nobody yet")

    window.page.get_by_role("button", name="Swap start and end").click()

    expect(window.page.locator("#connect-to")).to_have_value("Nobody yet")
    expect(window.page.locator("#connect-from")).to_have_value("")


def test_an_older_answer_does_not_replace_a_newer_one(window: Window) -> None:
    page = window.page
    window.open()
    page.locator("#connect-open").click()
    window.choose("connect-from", "jumblatt")
    held: list[Route] = []
    page.route("**/paths?*", lambda route: held.append(route), times=1)
    with page.expect_request("**/paths?*"):
        window.choose("connect-to", "iran")
    window.choose("connect-to", "netanyahu")
    expect(window.paths().first.locator(".chain")).to_contain_text("Netanyahu")

    with page.expect_response("**/paths?*"):
        held[0].continue_()
    window.settle()

    assert "to=benjamin-netanyahu" in page.url
    expect(window.paths().first.locator(".chain")).to_contain_text("Netanyahu")
    assert window.problems() == []


def test_several_starts_are_chips_and_in_the_address(window: Window) -> None:
    window.open(JUMBLATT_IRAN)
    window.page.get_by_role("button", name="From another actor as well").click()
    expect(window.page.locator("#connect-from")).to_be_focused()

    window.choose("connect-from", "netanyahu")

    expect(window.paths().first).to_be_visible()
    expect(window.page).to_have_url(re.compile("from=benjamin-netanyahu&from=walid-jumblatt&to=iran"))
    starts = {line.split(" – ")[0] for line in window.page.locator(".paths .chain").all_inner_texts()}
    assert starts == {"Walid Jumblatt", "Benjamin Netanyahu"}
    window.page.reload()
    chip = window.page.locator(".end .chip")
    expect(chip).to_have_text("Walid Jumblatt×")
    expect(window.page.locator("#connect-from")).to_have_value("Benjamin Netanyahu")
    chip.get_by_role("button", name="Without Walid Jumblatt").press("Enter")
    expect(window.page.locator("#connect-from")).to_be_focused()
    window.page.get_by_role("button", name="Find paths").click()
    expect(window.page).not_to_have_url(re.compile("walid-jumblatt"))
    assert window.problems() == []


def test_no_path_is_said_in_words_and_more_hops_are_one_click_away(window: Window) -> None:
    window.open()
    window.page.goto(f"{window.address}/#from=walid-jumblatt&to=mount-hermon&max_hops=1")

    expect(window.page.locator("#connect .empty")).to_contain_text("No path of at most 1 hop under these")
    expect(window.page.locator("#connect .result")).to_contain_text(
        "None within 1 hop; the shortest path has 3."
    )
    expect(window.page.locator("#blank")).to_be_visible()
    window.page.get_by_role("button", name="at most 1 hop allow 3").click()
    expect(window.paths().first).to_be_visible()
    assert "max_hops=3" in window.page.url


def test_a_condition_in_the_way_is_lifted_by_one_click_and_put_back_by_undo(window: Window) -> None:
    window.open()
    window.page.goto(f"{window.address}/#{JUMBLATT_IRAN}&avoid=ahmed-al-sharaa&avoid=syria&max_hops=2")
    expect(window.page.locator("#connect summary")).to_have_text(
        "Conditionsnot by way of Ahmed al-Sharaa; not by way of Syria"
    )

    window.page.get_by_role("button", name="not by way of Ahmed al-Sharaa 1 path").click()

    expect(window.paths()).to_have_count(1)
    assert "avoid=syria" in window.page.url
    assert "avoid=ahmed-al-sharaa" not in window.page.url
    window.page.locator("#undo").click()
    expect(window.page.locator("#connect .ways")).to_be_visible()
    window.page.go_back()
    expect(window.paths()).to_have_count(1)


def test_conditions_that_only_together_stand_in_the_way_are_lifted_together(window: Window) -> None:
    window.open()
    window.page.goto(f"{window.address}/#{JUMBLATT_IRAN}&since=2026&min_sources=2")
    way = window.page.locator(".ways button")

    expect(window.page.locator("#connect h3")).to_have_text(re.compile("lift these together", re.IGNORECASE))
    expect(way.locator(".lifted span")).to_have_text(["since 2026", "at least 2 sources"])
    way.click()
    expect(window.paths()).to_have_count(5)
    assert "2026" not in window.page.url


def test_a_name_that_nobody_has_is_said_in_the_panel(window: Window) -> None:
    window.open(JUMBLATT_IRAN)
    window.page.locator("#connect-to").fill("Walid Jumblat")
    window.page.get_by_role("button", name="Find paths").click()

    expect(window.page.locator("#connect .result")).to_contain_text(re.compile("Jumblat"))
    assert [error for error in window.problems() if "status of 4" not in error] == []


def test_names_in_an_address_become_ids_without_a_step_of_their_own(window: Window) -> None:
    window.open()
    window.page.goto(f"{window.address}/#from=Walid+Jumblatt&to=Iran&avoid=Hezbollah")
    expect(window.paths().first).to_be_visible()
    expect(window.page).to_have_url(re.compile(f"#{JUMBLATT_IRAN}&avoid=hezbollah&path=1$"))

    window.page.go_back()

    expect(window.page.locator("#start h1")).to_be_visible()


def copied_text(window: Window, context: BrowserContext) -> str:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.page.get_by_role("button", name="Copy with footnotes").click()
    expect(window.page.get_by_role("button", name="Copied")).to_be_visible()
    expect(window.page.locator("#live")).to_contain_text("copied")
    return str(window.page.evaluate("navigator.clipboard.readText()"))


def test_the_paths_are_copied_as_text_with_footnotes(window: Window, context: BrowserContext) -> None:
    asked = {"from": "walid-jumblatt", "to": "iran", "avoid": "hezbollah", "k": "3"}
    window.open(urlencode(asked))

    text = copied_text(window, context)

    called = f"{window.address}/api/v1/paths?{urlencode({**asked, 'format': 'markdown'})}"
    assert text == window.page.request.get(called).text()
    assert "not by way of Hezbollah" in text
    shown = [
        re.sub(r"\s+", " ", line)
        for line in window.page.locator(".sentences li > span:first-child").all_inner_texts()
    ]
    for line in shown:
        assert re.sub(r"(\d+)$", r"[^\1]", line) in text
    expect(window.page.get_by_role("button", name="Copy with footnotes")).to_be_visible()
    assert window.problems() == []


def test_without_a_clipboard_the_text_is_shown_to_copy_from(window: Window) -> None:
    window.open(JUMBLATT_IRAN)
    window.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")

    window.page.get_by_role("button", name="Copy with footnotes").click()

    area = window.page.get_by_label("Text with footnotes", exact=True).locator("textarea")
    expect(area).to_have_value(re.compile(r"^# From Walid Jumblatt to Iran\n"))
    expect(area).to_be_focused()
    window.page.keyboard.press("Escape")
    expect(area).to_have_count(0)
    expect(window.page.locator("#connect")).to_be_visible()
