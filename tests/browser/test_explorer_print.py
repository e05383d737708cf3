"""On paper: what the map shows, what it means and who says so, black on white, nothing to press."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from windows import Window

GROUND = """() => [...document.querySelectorAll('html, body, main, .panel, .printout, .view-head')]
  .filter(one => one.offsetParent !== null || one === document.body)
  .map(one => getComputedStyle(one).backgroundColor)
  .filter(colour => !['rgba(0, 0, 0, 0)', 'rgb(255, 255, 255)'].includes(colour))"""
INK = "() => getComputedStyle(document.body).color"
SEEN_BUTTONS = """() => [...document.querySelectorAll('button, input, select, textarea')]
  .filter(one => one.getClientRects().length && !one.matches('.name, .bring, .chain, .others button'))
  .map(one => one.outerHTML.slice(0, 80))"""
CUT = """() => [...document.querySelectorAll('html, body, main, .stage, .panel, .printout')]
  .filter(one => getComputedStyle(one).overflow !== 'visible' || one.scrollWidth > one.clientWidth + 1)
  .map(one => one.outerHTML.slice(0, 80))"""
SIZES = ("A4", "Letter")


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def on_paper(page: Page) -> None:
    page.emulate_media(media="print")


def test_the_map_is_printed_with_its_legend_and_the_table(window: Window) -> None:
    window.open("actor=ahmed-al-sharaa&type=MEETS")
    window.page.keyboard.press("Escape")
    expect(window.page.locator("#inspector")).to_be_hidden()
    shown = window.page.locator("#summary").inner_text()
    on_paper(window.page)

    sheet = window.page.locator(".printout").first
    expect(sheet.locator("h1")).to_have_text("Ahmed al-Sharaa and who is around")
    expect(sheet.locator(".facts")).to_contain_text(shown)
    assert sheet.locator(".printed-map image").count() == len(window.places())
    expect(sheet.locator(".printed-legend")).to_contain_text("talks and support")
    rows = window.page.locator(".printout tbody tr")
    assert rows.count() == window.page.evaluate("drawn.body.data.edges.length")
    expect(rows.first).to_contain_text("meet")
    expect(window.page.locator(".printed-from")).to_contain_text("#actor=ahmed-al-sharaa")
    for gone in ("header.bar", "#map", "#legend", ".zoom", ".status"):
        expect(window.page.locator(gone)).to_be_hidden()
    assert window.page.evaluate(SEEN_BUTTONS) == []

    window.page.emulate_media(media="screen")
    expect(window.page.locator(".printout")).to_have_count(0)
    expect(window.page.locator("#map")).to_be_visible()
    window.unharmed()


def test_open_details_are_printed_instead_of_the_table(window: Window) -> None:
    window.open("actor=ahmed-al-sharaa&type=MEETS")
    window.page.locator("#inspector .who .name").first.click()
    claim = window.page.locator("#inspector .claim").first
    expect(claim).to_be_visible()
    said = claim.locator(".statement").inner_text()
    on_paper(window.page)

    expect(window.page.locator("#inspector")).to_be_visible()
    expect(window.page.locator("#inspector .statement").first).to_have_text(said)
    expect(window.page.locator("#inspector dl").first).to_contain_text("Said by")
    expect(window.page.locator(".printout table")).to_have_count(0)
    assert window.page.evaluate(SEEN_BUTTONS) == []
    window.unharmed()


def test_the_table_that_is_open_is_printed_whole(window: Window) -> None:
    window.open("actor=ahmed-al-sharaa&mode=table")
    window.page.locator("#table [data-key='view actors']").click()
    on_paper(window.page)

    expect(window.page.locator(".printout h2")).to_have_text("Actors")
    assert window.page.locator(".printout tbody tr").count() == len(window.places())
    window.unharmed()


def test_rows_that_were_looked_for_are_printed_as_such(window: Window) -> None:
    window.open("actor=minister&mode=table")
    window.page.get_by_label("Filter rows").fill("supports")
    expect(window.page.locator("#table tbody tr")).to_have_count(2)
    on_paper(window.page)

    expect(window.page.locator(".printout tbody tr")).to_have_count(2)
    expect(window.page.locator(".printout").last).to_contain_text("Only rows that hold “supports”.")
    window.unharmed()


def test_paths_are_printed_as_sentences(window: Window) -> None:
    window.open("from=ahmed-al-sharaa&to=iran")
    found = window.paths().count()
    on_paper(window.page)

    expect(window.page.locator(".printout h1")).to_have_text("Paths from Ahmed al-Sharaa to Iran")
    expect(window.page.locator(".connect .sentences").first).to_be_visible()
    assert window.paths().count() == found
    assert window.page.evaluate(SEEN_BUTTONS) == []
    window.unharmed()


def test_the_overview_is_printed_with_its_communities(window: Window) -> None:
    window.open("overview")
    bubbles = len(window.places())
    on_paper(window.page)

    expect(window.page.locator(".printout h1")).to_have_text("Overview of everything")
    expect(window.page.locator(".printout h2")).to_have_text("Communities")
    assert window.page.locator(".printout tbody tr").count() == bubbles
    window.unharmed()


def framed(page: Page) -> None:
    """What the page of a frame has on paper: all of it, and nothing to press."""
    expect(page.locator(".printout h1")).to_have_text("Ahmed al-Sharaa and who is around")
    expect(page.locator(".printout .facts")).to_have_text("10 actors · 9 relations · type meets")
    assert page.locator(".printed-map image").count() == 10
    expect(page.locator(".printed-legend")).to_contain_text("talks and support")
    expect(page.locator(".printed-from")).to_contain_text("/#actor=ahmed-al-sharaa&type=MEETS")
    expect(page.locator("#inspector")).to_be_visible()
    for gone in ("#map", "#legend", ".zoom", ".status", ".embedded-foot"):
        expect(page.locator(gone)).to_be_hidden()
    assert page.evaluate(SEEN_BUTTONS) == []
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize(
    "address",
    [
        "/#actor=ahmed-al-sharaa", "/", "/view/neighbourhood/ahmed-al-sharaa", "/docs",
        "/view/map#actor=ahmed-al-sharaa&type=MEETS",
    ],
)  # fmt: skip
def test_nothing_is_dark_on_paper(browser: Browser, server: str, address: str) -> None:
    context = browser.new_context(color_scheme="dark", reduced_motion="reduce")
    try:
        page = context.new_page()
        page.goto(server + address)
        page.wait_for_load_state("networkidle")
        before = page.evaluate(INK)
        on_paper(page)

        assert page.evaluate(GROUND) == []
        assert page.evaluate(INK) == "rgb(0, 0, 0)" != before
        if "ahmed" in address:
            words = page.locator(".printed-map g:has(image) text").first
            assert words.get_attribute("fill") == "#1d2128"
        if "view/map" in address:
            framed(page)
        for size in SIZES:
            assert pages_of(page.pdf(format=size)) >= 1
        page.emulate_media(media="screen")
        assert page.evaluate(INK) == before
    finally:
        context.close()


def test_a_single_page_is_printed_with_its_picture_and_open_legend(window: Window) -> None:
    window.page.set_viewport_size({"width": 500, "height": 800})
    window.page.goto(f"{window.address}/view/neighbourhood/ahmed-al-sharaa")
    window.page.wait_for_load_state("networkidle")
    assert not window.page.evaluate("document.getElementById('legend').open")
    on_paper(window.page)

    expect(window.page.locator(".printed-map svg")).to_be_visible()
    expect(window.page.locator("#legend li").first).to_be_visible()
    expect(window.page.locator("table tbody tr").last).to_be_visible()
    expect(window.page.locator("#map")).to_be_hidden()
    expect(window.page.locator(".view-links")).to_be_hidden()
    window.page.emulate_media(media="screen")
    expect(window.page.locator(".printed-map")).to_have_count(0)
    assert not window.page.evaluate("document.getElementById('legend').open")
    window.unharmed()
