"""On a telephone everything that is pressed is as large as a finger, on every screen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from targets import small
from windows import Window

WIDTH = 360


def as_it_opens(page: Page) -> None:
    """The screen as it opens."""


def legend(page: Page) -> None:
    page.get_by_text("Legend and filter").tap()
    page.locator(".timeline > summary").tap()
    page.get_by_text("compare").tap()
    expect(page.get_by_role("slider", name="From")).to_be_visible()
    page.locator(".sources > summary").tap()
    expect(page.get_by_role("button", name=re.compile("^Leave out")).first).to_be_visible()
    page.locator(".types > summary").first.tap()


def claims(page: Page) -> None:
    page.locator("#table-open").tap()
    page.locator("#table .head").get_by_role("button", name="Claims").tap()
    expect(page.locator("#table tbody tr").first).to_be_visible()


def search(page: Page) -> None:
    page.locator("#search-input").fill("a")
    expect(page.get_by_role("option").first).to_be_visible()


def conditions(page: Page) -> None:
    page.locator("#connect summary").tap()
    expect(page.locator("#connect-type option").nth(5)).to_be_attached()


def cypher(page: Page) -> None:
    page.locator("#cypher-open").tap()
    expect(page.locator(".queries .name").first).to_be_visible()


def share(page: Page) -> None:
    page.locator("#export-open").tap()
    expect(page.locator("#share")).to_be_visible()


def help_(page: Page) -> None:
    page.locator("#help-open").tap()
    expect(page.locator("#help")).to_be_visible()


def story(page: Page) -> None:
    page.keyboard.press("v")
    page.get_by_label("Begin a story called").fill("Talks")
    page.keyboard.press("Enter")
    page.get_by_role("region", name="Talks").get_by_role("button", name="Add this view").tap()
    assert small(page) == []
    page.get_by_role("button", name="Play", exact=True).last.tap()
    expect(page.locator("#story .caption")).to_be_visible()


SCREENS: tuple[tuple[str, str, Callable[[Page], None]], ...] = (
    ("start", "/", as_it_opens),
    ("actor", "/#actor=minister", as_it_opens),
    ("tie", "/#actor=minister&type=LEADS", as_it_opens),
    ("group", "/#actor=minister&select=minister&select=envoy&select=pupil", as_it_opens),
    ("legend", "/#actor=minister&select=nobody", legend),
    ("claims", "/#actor=minister", claims),
    ("search", "/", search),
    ("paths", "/#from=walid-jumblatt&to=iran", as_it_opens),
    ("conditions", "/#from=walid-jumblatt&to=iran&via=hezbollah", conditions),
    ("cypher", "/", cypher),
    ("share", "/#actor=minister", share),
    ("help", "/", help_),
    ("story", "/#actor=minister", story),
    ("overview", "/#overview", as_it_opens),
    ("embedded", "/view/map#actor=minister&select=minister", as_it_opens),
)


@pytest.mark.parametrize(
    ("path", "act"), [(path, act) for _, path, act in SCREENS], ids=[name for name, _, _ in SCREENS]
)
def test_what_is_pressed_is_as_large_as_a_finger(
    phone: Window, path: str, act: Callable[[Page], None]
) -> None:
    phone.page.goto(phone.address + path)
    phone.page.wait_for_load_state("networkidle")
    act(phone.page)

    assert small(phone.page) == []
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= WIDTH
