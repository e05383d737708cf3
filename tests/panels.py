"""The Cypher panel in a window: its field, its rows and its sides, as tests reach them."""

from __future__ import annotations

from playwright.sync_api import Locator

from windows import Window


def statement(window: Window) -> Locator:
    return window.page.locator("#cypher-statement")


def rows(window: Window) -> Locator:
    return window.page.locator("#cypher tbody tr")


def run(window: Window, text: str, parameters: str = "") -> None:
    """Write a statement and run it with the keyboard."""
    if parameters:
        window.page.locator("#cypher summary").click()
        window.page.locator("#cypher-parameters").fill(parameters)
    statement(window).fill(text)
    statement(window).press("Control+Enter")


def side(window: Window, name: str) -> None:
    window.page.locator(".sides").get_by_role("button", name=name).click()
