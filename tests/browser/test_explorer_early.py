"""What somebody types and presses before the scripts are there: nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Route, expect

from windows import Window


def without_scripts(window: Window, fragment: str = "") -> Callable[[], None]:
    """Show the page while its modules are still on their way; the function lets them arrive."""
    page = window.page
    waiting: list[Route] = []
    page.route("**/static/js/main.js", lambda route: waiting.append(route))
    page.goto("about:blank")
    page.goto(f"{window.address}/{'#' + fragment if fragment else ''}", wait_until="commit")
    expect(page.locator("#search-input")).to_be_visible()

    def arrive() -> None:
        for _ in range(100):
            if waiting:
                break
            page.wait_for_timeout(50)
        for route in waiting:
            route.continue_()
        page.unroute("**/static/js/main.js")

    return arrive


def test_a_name_and_enter_before_the_scripts_show_the_actor(window: Window) -> None:
    arrive, page = without_scripts(window), window.page
    page.keyboard.press("/")
    expect(page.locator("#search-input")).to_be_focused()
    page.keyboard.type("sharaa")
    page.keyboard.press("Enter")
    expect(page.locator("#search-input")).to_have_value("sharaa")
    arrive()

    expect(page.locator("#inspector h2")).to_have_text("Ahmed al-Sharaa")
    expect(page.locator("#search-input")).to_have_value("")
    window.unharmed()


def test_a_name_before_the_scripts_brings_its_list(window: Window) -> None:
    arrive, page = without_scripts(window), window.page
    page.locator("#search-input").click()
    page.keyboard.type("jumblatt")
    arrive()

    expect(page.get_by_role("option").first).to_contain_text("Walid Jumblatt")
    expect(page.locator("#search-input")).to_have_value("jumblatt")
    window.unharmed()


def test_who_is_found_early_joins_what_the_address_shows(window: Window) -> None:
    arrive, page = without_scripts(window, "actor=ahmed-al-sharaa&type=MEETS"), window.page
    page.keyboard.press("/")
    page.keyboard.type("hezbollah")
    page.keyboard.press("Enter")
    arrive()

    expect(page.locator("#inspector h2")).to_have_text("Hezbollah")
    window.settle()
    assert {"ahmed-al-sharaa", "walid-jumblatt", "hezbollah"} <= window.places().keys()
    window.unharmed()


def test_keys_and_buttons_before_the_scripts_are_done_when_they_are_there(window: Window) -> None:
    arrive, page = without_scripts(window), window.page
    page.locator("#connect-open").click()
    expect(page.locator("#connect")).to_be_hidden()
    arrive()
    expect(page.locator("#connect")).to_be_visible()

    arrive = without_scripts(window, "actor=ahmed-al-sharaa")
    page.keyboard.press("t")
    expect(page.locator("#table")).to_be_hidden()
    arrive()

    expect(page.locator("#table")).to_be_visible()
    window.unharmed()
