"""A question that takes long: it is said, it can be given up, and nothing is lost by that."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from windows import Window


def test_a_long_question_is_given_up_and_asked_again(window: Window) -> None:
    page = window.page
    window.open("actor=hezbollah")
    before = window.places()
    held: list[Route] = []
    page.route("**/neighbourhood?*", lambda route: held.append(route))
    cancel = page.get_by_role("button", name="Cancel", exact=True)
    page.evaluate("location.hash = 'actor=minister'")
    expect(cancel).to_be_visible()
    expect(page.locator("#progress")).to_be_visible()

    cancel.click()

    expect(page.locator("#banner")).to_contain_text("Cancelled. What is shown is as it was before.")
    expect(cancel).to_be_hidden()
    expect(page.locator("#map")).to_be_focused()
    assert len(held) == 1
    assert window.places() == before
    page.unroute("**/neighbourhood?*")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#inspector h2")).to_contain_text("Minister")
    expect(page.locator("#banner")).to_be_hidden()


def test_a_start_page_that_was_given_up_is_asked_for_again(window: Window) -> None:
    page = window.page
    held: list[Route] = []
    page.route("**/stats", lambda route: held.append(route), times=1)
    page.goto(window.address)
    expect(page.locator("#start")).to_have_text("Loading …")

    page.get_by_role("button", name="Cancel", exact=True).click()

    expect(page.locator("#banner")).to_contain_text("Cancelled.")
    expect(page.locator("#start")).to_be_empty()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#start h1")).to_be_visible()
