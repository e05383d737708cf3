"""The explorer on a server with a key: it is given in a form, and the view is the same before and after."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, expect

from program import Program
from windows import Window

KEY = "a key for the explorer, 鍵"
VIEW = "actor=ahmed-al-sharaa&type=MEETS"


@pytest.fixture(scope="module")
def locked_server(chromium: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with a key, on the bundled data set."""
    # Nobody reads the log of this server while it runs: a line for each file would fill the pipe.
    settings = {"ACTORGRAPH_PORT": "0", "ACTORGRAPH_API_KEY": KEY, "ACTORGRAPH_LOG_LEVEL": "error"}
    program = Program(tmp_path_factory.mktemp("locked") / "home", settings)
    with program.answering() as address:
        yield address


@pytest.fixture
def locked(context: BrowserContext, locked_server: str) -> Window:
    """An empty window before a server with a key."""
    return Window(context.new_page(), locked_server)


def give_key(window: Window, key: str = KEY) -> None:
    window.page.get_by_label("Key").fill(key)
    window.page.get_by_role("button", name="Sign in").click()


def refused(window: Window) -> list[str]:
    """What went wrong beside the answers that asked for the key."""
    return [error for error in window.problems() if "401" not in error]


def test_the_key_is_asked_for_and_the_view_comes_back(locked: Window) -> None:
    locked.page.goto(f"{locked.address}/#{VIEW}")
    expect(locked.page.get_by_role("heading", name="Sign in")).to_be_visible()
    give_key(locked, "a key that is not the one")
    expect(locked.page.get_by_role("alert")).to_contain_text("not the key")
    give_key(locked)

    expect(locked.page.locator("#summary")).not_to_be_empty()
    assert locked.page.url.startswith(f"{locked.address}/#{VIEW}")
    assert locked.heading() == "Ahmed al-Sharaa"
    assert refused(locked) == []


def test_a_session_that_ends_is_said_and_the_way_back_leads_to_the_same_view(locked: Window) -> None:
    locked.page.goto(f"{locked.address}/login")
    give_key(locked)
    locked.open(VIEW)
    locked.page.context.clear_cookies()
    locked.page.locator("#inspector .bring:enabled").first.click()

    banner = locked.page.locator("#banner")
    expect(banner).to_contain_text("A key is needed")
    banner.get_by_role("button", name="Sign in").click()
    give_key(locked)
    expect(locked.page.locator("#summary")).not_to_be_empty()
    assert locked.page.url.startswith(f"{locked.address}/#{VIEW}")


def test_a_page_of_one_question_asks_for_the_key_and_comes_back(locked: Window) -> None:
    page = f"{locked.address}/view/paths?from=walid-jumblatt&to=iran&k=2"
    locked.page.goto(page)
    give_key(locked)

    expect(locked.page).to_have_url(page)
    expect(locked.page.locator(".view-text ol li")).to_have_count(2)


def test_no_script_can_read_the_session_and_signing_out_ends_it(locked: Window) -> None:
    locked.page.goto(f"{locked.address}/login")
    give_key(locked)
    expect(locked.page.locator("#start")).to_contain_text("Syria")
    assert locked.page.evaluate("document.cookie") == ""
    locked.page.goto(f"{locked.address}/login")
    locked.page.get_by_role("button", name="Sign out").click()

    expect(locked.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert locked.page.request.get(f"{locked.address}/api/v1/stats").status == 401
    assert refused(locked) == []


def test_the_form_works_without_script(locked_server: str, context: BrowserContext) -> None:
    browser = context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{locked_server}/view/neighbourhood/iran")
    page.get_by_label("Key").fill(KEY)
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{locked_server}/view/neighbourhood/iran")
    plain.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_form_can_be_used_by_everybody(
    locked_server: str, browser: Browser, theme: Literal["light", "dark"]
) -> None:
    axe_may_run = browser.new_context(
        color_scheme=theme, bypass_csp=True, viewport={"width": 360, "height": 640}
    )
    window = Window(axe_may_run.new_page(), locked_server)
    window.page.goto(f"{locked_server}/login?next=/docs")
    give_key(window, "wrong")
    expect(window.page.get_by_role("alert")).to_be_visible()

    assert Axe().run(window.page).response["violations"] == []
    assert window.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe_may_run.close()
