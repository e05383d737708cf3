"""A window on a year of news: how its tests find somebody, and what its table says is on the map."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from windows import Window

WHO = "Raúl Castro"
"""Of middling degree: all neighbours are on the map at once."""
AT_ONCE = 25
"""So many one expansion brings."""
CELLS = """() => [...document.querySelectorAll('#table tbody tr')].map(row => [...row.cells].map(
  cell => cell.textContent.trim()))"""


def id_of(window: Window, name: str) -> str:
    answer = window.page.request.get(f"{window.address}/api/v1/search", params={"q": name, "limit": "5"})
    return str(next(one["id"] for one in answer.json()["actors"] if one["name"] == name))


def listed(window: Window, view: str) -> list[list[str]]:
    """All rows of a view of the table, as text."""
    page = window.page
    if page.locator("#table").is_hidden():
        page.locator("#table-open").click()
    page.locator("#table .head").get_by_role("button", name=re.compile(f"^{view}")).click()
    expect(page.locator("#table table")).to_be_visible()
    rest = page.locator("#table .rest")
    while rest.count():
        rest.click()
    found: list[list[str]] = page.evaluate(CELLS)
    return found


def names(window: Window) -> set[str]:
    """Who is on the map, as the table says."""
    return {row[0] for row in listed(window, "Actors")}


def triples(window: Window) -> dict[tuple[str, ...], int]:
    """The relations on the map with their claims, as the table says."""
    return {tuple(row[:3]): int(row[3]) for row in listed(window, "Relations")}


def summary(window: Window) -> str:
    return window.page.locator("#summary").inner_text()


def ties(window: Window) -> Locator:
    """The lines of the inspector: types of ties."""
    return window.page.locator("#inspector .ties .bring")


def find(window: Window, text: str) -> None:
    """Type into the search box and take the first."""
    window.page.locator("#search-input").fill(text)
    expect(window.page.locator("#search-list [role=option]").first).to_be_visible()
    window.page.locator("#search-input").press("Enter")
    window.settle()


def counted(others: set[str], on_map: set[str]) -> str:
    """How the inspector counts the actors of a type of ties, and how many are not on the map yet."""
    left = len(others - on_map)
    return (
        f"{len(others)}+{AT_ONCE} of {left:,}"
        if left > AT_ONCE
        else f"{len(others)}{f'+{left}' * (left > 0)}"
    )


def unfold(window: Window) -> None:
    """Open each family of the legend: its types are listed only then."""
    for family in window.page.locator(".types > summary").all():
        family.click()
    expect(window.page.locator(".types > ul:empty")).to_have_count(0)
