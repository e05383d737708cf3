"""What other people wrote is text only; nothing comes from elsewhere; a service that is away is said."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from datafolders import HOSTILE_NAMES, SCRIPT
from windows import Window


def hover_everything(window: Window) -> None:
    """Bring up the pointer's text of every actor and of some lines."""
    for name in window.places():
        window.page.mouse.move(*window.point(name))
        window.page.wait_for_timeout(350)


@pytest.mark.parametrize("number", range(len(HOSTILE_NAMES)))
def test_hostile_names_are_text_in_the_explorer(window: Window, number: int) -> None:
    window.open(f"actor=evil-{number}")

    shown = " ".join(window.heading().split())
    assert shown == " ".join(HOSTILE_NAMES[number].split())
    hover_everything(window)
    window.page.locator("#inspector .who button").first.click()
    window.settle()
    expect(window.page.locator(".claim .statement").first).to_contain_text(SCRIPT)
    window.page.keyboard.press("t")
    tabs = window.page.locator("#table .head")
    tabs.get_by_role("button", name="Actors").click()
    tabs.get_by_role("button", name="Claims").click()
    expect(window.page.locator("#table tbody")).to_contain_text(SCRIPT)
    window.page.locator("#table .more-deeds").first.click()
    expect(window.page.get_by_role("menu")).to_contain_text("Hide both actors")
    window.unharmed()


def test_hostile_names_are_text_in_legend_group_and_menu(window: Window) -> None:
    window.open("actor=evil-0&select=evil-0&select=evil-1&view.status=asserted")
    expect(window.page.get_by_role("region", name="Between them")).to_contain_text(SCRIPT)
    window.page.locator(".types > summary").first.click()
    window.page.locator(".sources > summary").click()
    expect(window.page.locator(".sources")).to_contain_text(SCRIPT)
    window.page.get_by_label("Measure").select_option("degree")
    expect(window.page.locator(".ranking li").first).to_be_visible()
    window.page.mouse.click(*window.point("evil-4"), button="right")
    expect(window.page.get_by_role("menuitem", name="Copy name")).to_be_visible()
    window.page.wait_for_load_state("networkidle")

    window.unharmed()


def test_hostile_names_are_text_in_search_paths_and_on_the_start_page(window: Window) -> None:
    window.open()
    expect(window.page.locator("#start")).to_contain_text(SCRIPT)
    window.page.locator("#search-input").fill("evil")
    expect(window.page.get_by_role("option").first).to_be_visible()
    window.open("from=evil-0&to=evil-2")
    expect(window.page.locator(".paths li").first).to_contain_text(SCRIPT)

    window.unharmed()


@pytest.mark.parametrize("page", ["neighbourhood/evil-0?between=true", "paths?from=evil-1&to=evil-3"])
def test_hostile_names_are_text_on_a_single_page(window: Window, page: str) -> None:
    window.page.goto(f"{window.address}/view/{page}")
    window.settle()

    hover_everything(window)

    assert SCRIPT in window.page.locator("table").inner_text()
    window.unharmed()


def test_hostile_addresses_are_answered_with_words(window: Window) -> None:
    for fragment in (
        "actor=%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E",
        "actor=ahmed-al-sharaa&select=r_nonsense",
        "actor=ahmed-al-sharaa&at=x~1~2&hide=nobody&off=nothing&expand=iran~~~x",
        "from=iran&to=iran",
        "%E0%A4%A",
    ):
        window.page.goto("about:blank")
        window.page.goto(f"{window.address}/#{fragment}")
        window.settle()
        assert window.page.evaluate("window.hit ?? 0") == 0
        shown = window.page.locator("#map:visible, #start:visible, #blank:visible, #banner:visible")
        expect(shown.first).to_be_visible()
    refused_by_the_service = [error for error in window.problems() if "status of 4" not in error]
    assert refused_by_the_service == []


def test_a_service_that_is_away_is_said_and_asked_again(window: Window, context: BrowserContext) -> None:
    window.open("actor=ahmed-al-sharaa&type=MEETS")
    before = window.places()
    context.set_offline(True)
    window.page.locator("#inspector .bring:enabled").first.click()

    expect(window.page.locator("#banner")).to_contain_text("The service does not answer")
    assert window.places() == before
    context.set_offline(False)
    window.page.locator("#banner").get_by_role("button", name="Try again").click()
    window.settle()

    expect(window.page.locator("#banner")).to_be_hidden()
    assert len(window.places()) > len(before)
