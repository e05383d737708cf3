"""How the page arrives: what its scripts import is fetched at once, each file one time."""

from __future__ import annotations

from collections import Counter

from playwright.sync_api import ConsoleMessage, Route, expect

from windows import Window

MAIN = "/static/js/main.js"


def modules(window: Window) -> Counter[str]:
    """How often each module was asked for."""
    return Counter(path for path in window.asked if path.startswith("/static/js/"))


def test_modules_are_asked_for_before_the_script_that_imports_them_is_there(window: Window) -> None:
    warned: list[str] = []
    held: list[Route] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "warning":
            warned.append(message.text)

    window.page.on("console", note)
    window.page.route(f"**{MAIN}", lambda route: held.append(route))
    window.page.goto(window.address, wait_until="commit")
    window.page.wait_for_timeout(1500)
    asked_meanwhile = modules(window)
    for route in held:
        route.continue_()
    expect(window.page.locator("#start h1")).to_be_visible()

    assert len(held) == 1
    assert len(asked_meanwhile) > 50
    assert modules(window) == asked_meanwhile
    assert set(asked_meanwhile.values()) == {1}
    # The browser says so when something was fetched in advance that nobody used.
    assert [text for text in warned if "preload" in text] == []
    assert window.problems() == []
