"""The menu of an actor, a tie, several actors and the map: by right click, long press and keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from windows import Window

MINISTER = "actor=rival&type=ACCUSES"


def open_menu(window: Window, actor: str) -> None:
    window.page.mouse.click(*window.point(actor), button="right")
    expect(window.page.get_by_role("menu")).to_be_visible()
    window.page.wait_for_load_state("networkidle")


def test_the_menu_counts_and_expands_by_type(window: Window) -> None:
    window.open(MINISTER)
    before = window.places()
    open_menu(window, "minister")
    menu = window.page.get_by_role("menu")
    expect(menu.get_by_role("menuitem", name="Expand all (+3)")).to_be_visible()
    leads = menu.get_by_role("menuitem", name=re.compile("^leads →"))
    expect(leads).to_contain_text("+1")

    leads.click()
    window.settle()

    after = window.places()
    assert after.keys() - before.keys() == {"pupil"}
    assert {name: after[name] for name in before} == before
    expect(menu).to_be_hidden()
    assert window.problems() == []


def test_a_path_is_asked_from_here_and_to_here(window: Window) -> None:
    window.open("actor=minister")
    open_menu(window, "pupil")
    window.page.get_by_role("menuitem", name="Path from here").click()
    expect(window.page.locator("#connect-from")).to_have_value("Pupil")
    window.page.locator("#map").focus()
    open_menu(window, "rival")

    window.page.get_by_role("menuitem", name="Path to here").click()

    expect(window.paths().first).to_contain_text("Minister")
    assert "from=pupil&to=rival" in window.page.url


def test_the_menu_is_used_by_keyboard_alone_and_gives_it_back(window: Window) -> None:
    window.open("actor=minister&select=pupil")
    window.page.locator("#map").focus()
    window.page.keyboard.press("Shift+F10")
    menu = window.page.get_by_role("menu")
    expect(menu).to_have_accessible_name("Menu of Pupil")
    window.page.wait_for_load_state("networkidle")
    expect(menu.get_by_role("menuitem").first).to_be_focused()
    window.page.keyboard.press("End")
    expect(menu.get_by_role("menuitem").last).to_be_focused()
    window.page.keyboard.press("ArrowDown")
    expect(menu.get_by_role("menuitem").first).to_be_focused()
    window.page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(window.page.locator("#map")).to_be_focused()
    expect(window.page.locator("#inspector h2")).to_have_text("Pupil")
    window.page.keyboard.press("m")
    while window.page.evaluate("document.activeElement.innerText").split("\n")[0] != "Hide":
        window.page.keyboard.press("ArrowDown")

    window.page.keyboard.press("Enter")

    assert "pupil" not in window.places()


@pytest.mark.parametrize(
    ("item", "copied"),
    [
        ("Copy name", "Pupil"),
        ("Copy id", "pupil"),
        ("Copy Cypher", "MATCH (a:Actor {id: 'pupil'})-[r]-(b:Actor)\nRETURN a, r, b LIMIT 25"),
    ],
)
def test_name_id_and_cypher_are_copied(
    window: Window, context: BrowserContext, item: str, copied: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.open("actor=minister")
    open_menu(window, "pupil")

    window.page.get_by_role("menuitem", name=item).click()

    expect(window.page.locator("#live")).to_contain_text("copied")
    assert window.page.evaluate("navigator.clipboard.readText()") == copied


def test_the_cypher_of_a_menu_has_an_answer(window: Window) -> None:
    window.open("actor=minister")
    open_menu(window, "pupil")

    window.page.get_by_role("menuitem", name="Show in Cypher").click()
    window.page.get_by_role("button", name="Run", exact=True).click()

    expect(window.page.locator("#cypher tbody tr")).to_have_count(1)
    assert "cypher=MATCH" in window.page.url


def test_a_tie_has_a_menu_of_its_own(window: Window) -> None:
    window.open("actor=minister")
    (x1, y1), (x2, y2) = window.point("minister"), window.point("pupil")
    window.page.mouse.click((x1 + x2) / 2, (y1 + y2) / 2, button="right")
    menu = window.page.get_by_role("menu")
    expect(menu).to_contain_text("Minister leads Pupil")

    menu.get_by_role("menuitem", name="Hide every “leads”").click()

    assert "LEADS" in window.page.url
    assert len(window.lines()) == 10
    window.page.mouse.click(300, 700, button="right")
    window.page.get_by_role("menuitem", name="Undo").click()
    assert len(window.lines()) == 11


def test_a_click_elsewhere_closes_the_menu_and_a_menu_stays_in_the_window(window: Window) -> None:
    window.open("actor=ahmed-al-sharaa")
    for actor in ("hezbollah", "new-syrian-security-forces"):
        open_menu(window, actor)
        box = window.page.get_by_role("menu").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= 1280
        assert box["y"] + box["height"] <= 800
    window.page.mouse.click(640, 20)
    expect(window.page.get_by_role("menu")).to_be_hidden()


def test_a_long_press_opens_the_menu_on_a_telephone(browser: Browser, server: str) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    window = Window(context.new_page(), server)
    window.open("actor=minister")
    x, y = window.point("minister")
    devtools = context.new_cdp_session(window.page)
    devtools.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    window.page.wait_for_timeout(900)
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    menu = window.page.get_by_role("menu")
    expect(menu).to_have_accessible_name("Menu of Minister")
    box = menu.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    menu.get_by_role("menuitem", name="Path from here").tap()
    expect(window.page.locator("#connect-from")).to_have_value("Minister")
    assert window.problems() == []
    context.close()
