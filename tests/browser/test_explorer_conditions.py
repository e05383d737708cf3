"""The conditions of a question for paths: each has a control, and the address holds and restores them all."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from playwright.sync_api import Browser, Page, expect

from datafolders import HOSTILE_NAMES, SCRIPT
from windows import Window

JUMBLATT_IRAN = "from=walid-jumblatt&to=iran"
EVERYTHING = {
    "from": ["walid-jumblatt"], "to": ["iran"], "rank": ["recent"], "via": ["ahmed-al-sharaa"],
    "avoid": ["hezbollah", "iraq"], "family": ["verbal_cooperation", "verbal_conflict"],
    "type": ["MEETS", "ACCUSES"], "since": ["2014"], "until": ["2025-12"], "max_degree": ["99"],
    "max_hops": ["4"], "k": ["3"], "status": ["asserted"], "structural": ["include"],
}  # fmt: skip


def conditions(window: Window) -> Page:
    """Open the conditions and wait for the relation types."""
    window.page.locator("#connect summary").click()
    expect(window.page.locator("#connect-type option").nth(5)).to_be_attached()
    return window.page


def asked(window: Window) -> dict[str, list[str]]:
    """What the address asks for."""
    found = parse_qs(window.page.url.split("#")[1])
    return {key: values for key, values in found.items() if key not in ("path", "select")}


def fill_everything(window: Window) -> None:
    page = window.page
    page.locator("#connect-rank").select_option("recent")
    window.choose("connect-via", "sharaa")
    window.choose("connect-avoid", "hezbollah")
    window.choose("connect-avoid", "iraq")
    page.get_by_role("checkbox", name="talks and support").and_(page.locator("#connect input")).check()
    page.get_by_role("checkbox", name="verbal conflict").and_(page.locator("#connect input")).check()
    page.locator("#connect-type").select_option("MEETS")
    page.locator("#connect-type").select_option("ACCUSES")
    for box, value in (("since", "2014"), ("until", "2025-12"), ("degree", "99"), ("hops", "4"), ("k", "3")):
        page.locator(f"#connect-{box}").fill(value)
    page.get_by_role("checkbox", name="Only what a source asserts").check()
    page.get_by_role("checkbox", name="Also over places, parts and identities").check()


def seen(page: Page) -> dict[str, object]:
    """What the controls show."""
    boxes = {name: page.locator(f"#connect-{name}").input_value() for name in (
        "from", "to", "rank", "since", "until", "sources", "degree", "hops", "k")}  # fmt: skip
    return {
        **boxes,
        "chips": page.locator("#connect .chip bdi").all_inner_texts(),
        "checked": page.locator("#connect .check:has(input:checked)").all_inner_texts(),
    }  # fmt: skip


def test_every_condition_goes_into_the_address_and_comes_back_from_it(window: Window) -> None:
    window.open(JUMBLATT_IRAN)
    page = conditions(window)
    fill_everything(window)

    page.get_by_role("button", name="Find paths").click()

    expect(page.locator("#connect details")).not_to_have_attribute("open", "")
    window.settle()
    assert asked(window) == EVERYTHING
    expect(page.locator("#connect summary")).to_contain_text("not by way of Hezbollah; not by way of Iraq")
    page.reload()
    window.settle()
    shown = seen(conditions(window))
    assert shown == {
        "from": "Walid Jumblatt", "to": "Iran", "rank": "recent", "since": "2014", "until": "2025-12",
        "sources": "1", "degree": "99", "hops": "4", "k": "3",
        "chips": ["Ahmed al-Sharaa", "Hezbollah", "Iraq", "meets", "accuses"],
        "checked": ["talks and support", "verbal conflict", "Only what a source asserts",
                    "Also over places, parts and identities"],
    }  # fmt: skip
    page.get_by_role("button", name="Find paths").click()
    window.settle()
    assert asked(window) == EVERYTHING, "asking again changes nothing"
    assert window.problems() == []


def test_back_and_forward_bring_the_controls_along(window: Window) -> None:
    window.open(JUMBLATT_IRAN)
    before = seen(window.page)
    page = conditions(window)
    page.locator("#connect-rank").select_option("specific")
    window.choose("connect-avoid", "hezbollah")
    page.get_by_role("button", name="Find paths").click()
    expect(page.locator(".result-head")).to_contain_text("rare go-betweens first")
    after = seen(page)

    page.go_back()
    expect(page.locator(".result-head")).to_contain_text("shortest first")
    assert seen(page) == before
    expect(page.locator("#connect .applied")).to_be_empty()
    page.go_forward()
    expect(page.locator(".result-head")).to_contain_text("rare go-betweens first")
    assert seen(page) == after


def test_what_has_no_control_stays_as_a_chip_until_it_is_taken_out(window: Window) -> None:
    window.open(f"{JUMBLATT_IRAN}&status=asserted&status=alleged&direction=any&undated=include&as_of=2025-12")
    page = conditions(window)
    chips = page.locator("[aria-label='Further conditions'] .chip")
    expect(chips).to_have_text(
        ["status: asserted, alleged×", "as of: 2025-12×", "undated: include×", "direction: any×"]
    )

    chips.get_by_role("button", name="Without as of: 2025-12").click()
    page.get_by_role("button", name="Find paths").click()
    window.settle()

    assert asked(window)["status"] == ["asserted", "alleged"]
    assert asked(window)["undated"] == ["include"]
    assert "as_of" not in asked(window)


def test_a_name_that_was_only_typed_counts_too(window: Window) -> None:
    window.open(JUMBLATT_IRAN)
    page = conditions(window)
    page.locator("#connect-avoid").fill("Hezbollah")

    page.get_by_role("button", name="Find paths").click()
    window.settle()

    assert asked(window)["avoid"] == ["hezbollah"]
    expect(page.locator("#connect-avoid")).to_have_value("")


def test_wrong_conditions_are_said_in_the_panel_and_kept_to_be_mended(window: Window) -> None:
    window.open(JUMBLATT_IRAN)
    page = conditions(window)
    page.locator("#connect-since").fill("yesterday")
    page.get_by_role("button", name="Find paths").click()

    expect(page.locator("#connect [role=alert]")).to_contain_text("since: ")
    expect(page.locator("#connect-since")).to_have_value("yesterday")
    expect(page.locator("#connect details")).to_have_attribute("open", "")
    page.locator("#connect-since").fill("")
    page.locator("#connect-since").press("Enter")
    expect(window.paths().first).to_be_visible()


def test_what_somebody_is_writing_stays_while_the_map_changes(window: Window) -> None:
    window.open(JUMBLATT_IRAN)
    page = conditions(window)
    page.locator("#connect-since").fill("2014")
    page.locator("#connect-since").blur()

    page.get_by_role("button", name="Footnote 1: who says so").first.click()
    expect(page.locator("#inspector .claim").first).to_be_visible()
    page.get_by_role("button", name="← Paths").click()
    page.get_by_role("checkbox", name="roles and places").and_(page.locator("#legend input")).uncheck()

    expect(page.locator("#connect-since")).to_have_value("2014")
    expect(page.locator("#connect details")).to_have_attribute("open", "")


def test_the_conditions_are_set_by_keyboard_alone(window: Window) -> None:
    window.open(JUMBLATT_IRAN)
    page, press, kind = window.page, window.page.keyboard.press, window.page.keyboard.type
    page.locator("#map").focus()
    press("p")
    expect(page.locator("#connect-to")).to_be_focused()
    page.locator("#connect summary").focus()
    press("Enter")
    press("Tab")
    expect(page.locator("#connect-rank")).to_be_focused()
    press("Tab")
    kind("sharaa")
    expect(page.locator("#connect-via-list [role=option]").first).to_be_visible()
    press("Enter")
    kind("hezbollah")
    expect(page.locator("#connect-via-list [role=option]").first).to_contain_text("Hezbollah")
    press("Enter")
    chips = page.locator("[aria-label='By way of'] .chip")
    expect(chips).to_have_text(["Ahmed al-Sharaa×", "Hezbollah×"])
    press("Backspace")
    expect(chips).to_have_text(["Ahmed al-Sharaa×"])
    press("Tab")
    press("Space")
    expect(chips).to_have_count(0)
    expect(page.locator("#connect-via")).to_be_focused()
    press("Escape")
    press("Escape")
    expect(page.locator("#connect")).to_be_hidden()


def test_hostile_names_are_text_in_every_part_of_the_panel(window: Window) -> None:
    names = [" ".join(name.split()) for name in HOSTILE_NAMES]
    window.open("from=evil-0&from=evil-1&to=evil-3&via=evil-2&rank=specific")
    page = window.page
    expect(window.paths().filter(has_text=SCRIPT).first).to_be_visible()
    expect(page.locator("#connect .applied")).to_contain_text("by way of ")
    conditions(window)
    shown = [" ".join(text.split()) for text in page.locator("#connect .chip bdi").all_inner_texts()]
    assert shown == [names[1], names[2]]
    page.get_by_role("button", name="Footnote 1: who says so").first.click()
    expect(page.locator("#inspector .claim").first).to_be_visible()
    page.get_by_role("button", name="← Paths").click()
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Copy with footnotes").click()
    expect(page.locator("dialog.copy textarea")).to_have_value(re.compile(r"\\<script\\>"))
    page.keyboard.press("Escape")
    window.unharmed()

    page.goto(f"{window.address}/#from=evil-0&to=evil-2&avoid=evil-1&max_hops=1")
    expect(page.locator("#connect .ways")).to_be_visible()
    window.unharmed()
    page.goto(f"{window.address}/#from=evil-0&to=evil-2&avoid=evil-1&avoid=evil-4&avoid=evil-3&type=HACKS")
    expect(page.locator("#connect .ways").get_by_role("button").first).to_contain_text("onmouseover")
    window.page.locator("#connect .ways button").first.click()
    expect(window.paths().first).to_be_visible()
    window.unharmed()


def test_on_a_telephone_an_answer_is_brought_into_sight_and_nothing_is_cut_off(
    browser: Browser, server: str
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, reduced_motion="reduce"
    )
    window = Window(context.new_page(), server)
    page = window.page
    window.open(JUMBLATT_IRAN)
    expect(window.paths().first.locator(".chain")).to_be_in_viewport()
    conditions(window)
    window.choose("connect-avoid", "hezbollah")
    page.get_by_role("button", name="Find paths").tap()
    expect(page.locator(".result-head")).to_be_in_viewport()
    window.open("from=evil-1&to=evil-3&via=evil-2&avoid=evil-4")
    conditions(window)

    for part in ("document.documentElement", "document.getElementById('connect')"):
        assert page.evaluate(f"{part}.scrollWidth - {part}.clientWidth") <= 0
    assert window.problems() == []
    context.close()
