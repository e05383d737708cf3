"""Fixture policy: one real server with five data sets, one browser, a new window for each test; a
second server with thousands of actors for the tests that ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from datafolders import (
    council_folder,
    crowd_folder,
    hostile_folder,
    ministry_folder,
    quarrel_folder,
    thousands_folder,
)
from newsevents import NewsEvents
from newswindow import WHO, id_of
from served import await_reading, served
from windows import QUIET_BROWSER, Window

PATIENCE_MS = 15_000
"""For whatever a page does, with other tests beside it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(chromium: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with five data sets: the bundled one and four written for tests."""
    home = tmp_path_factory.mktemp("explorer")
    folders = [hostile_folder(home / "in" / "hostile"), crowd_folder(home / "in" / "crowd")]
    folders += [ministry_folder(home / "in" / "ministry"), council_folder(home / "in" / "council")]
    with served(home, folders) as address:
        yield address


@pytest.fixture(scope="session")
def thousands(chromium: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with more actors than a map holds, and with few who have hundreds of ties."""
    home = tmp_path_factory.mktemp("thousands")
    folders = [thousands_folder(home / "in" / "thousands"), quarrel_folder(home / "in" / "quarrel")]
    with served(home, folders, "--empty") as address:
        yield address


@pytest.fixture(scope="session")
def news(shared: Path) -> NewsEvents:
    """The file."""
    return NewsEvents.of(shared / "data")


@pytest.fixture(scope="session")
def icews14(chromium: Path, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with nothing else; it is filled once for all tests."""
    with served(
        tmp_path_factory.mktemp("icews14"), [shared / "data" / "icews14.tsv.gz"], "--empty"
    ) as address:
        await_reading(address)
        yield address


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """The one browser of the run. What is expected of a page gets as long as its clicks (`context`)."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(chromium), args=list(QUIET_BROWSER))
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A profile of its own: nothing remembered, a laptop's screen, light."""
    made = browser.new_context(
        viewport={"width": 1280, "height": 800}, color_scheme="light", reduced_motion="reduce"
    )
    made.set_default_timeout(PATIENCE_MS)
    yield made
    made.close()


@pytest.fixture
def window(context: BrowserContext, server: str) -> Window:
    """An empty window on the server."""
    return Window(context.new_page(), server)


@pytest.fixture
def phone(browser: Browser, server: str) -> Iterator[Window]:
    """A window on a telephone, which has fingers and no mouse."""
    made = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    made.set_default_timeout(PATIENCE_MS)
    yield Window(made.new_page(), server)
    made.close()


@pytest.fixture
def cypher(window: Window) -> Window:
    """A window with the panel open."""
    window.open()
    window.page.locator("#cypher-open").click()
    expect(window.page.locator(".queries .name").first).to_be_visible()
    return window


@pytest.fixture
def here(context: BrowserContext, icews14: str) -> Window:
    """An empty window on that server."""
    context.set_default_timeout(20_000)
    return Window(context.new_page(), icews14)


@pytest.fixture
def around(here: Window) -> Window:
    """The window with everybody around one of middling degree."""
    here.open(f"actor={id_of(here, WHO)}")
    return here


@pytest.fixture(params=[(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")], ids=str)
def screen(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Window]:
    """A window of a laptop and of a telephone, light and dark."""
    width, theme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 800 if width > 360 else 740},
        color_scheme=theme,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    yield Window(context.new_page(), server)
    context.close()
