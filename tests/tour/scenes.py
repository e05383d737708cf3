"""What each picture of the documents shows, and how one gets there with the page alone."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import expect

from bubblewindow import open_largest
from panels import rows, statement
from windows import Window

HARBOUR = Path(__file__).with_name("harbour")
"""The made-up data set of the pictures that need several sources and years."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: its file's name without `.png`, the way to it in an empty window, its size in pixels, and
    whether it is of the made-up data set."""

    name: str
    act: Callable[[Window], None]
    width: int = 1120
    height: int = 620
    made_up: bool = False


def _fold(window: Window) -> None:
    """Close the legend where it is not what the picture is about."""
    window.page.get_by_text("Legend and filter").click()


def _explorer(window: Window) -> None:
    window.open("actor=ahmed-al-sharaa")


def _search(window: Window) -> None:
    window.open()
    window.page.keyboard.press("/")
    window.page.keyboard.type("Hizbolah")
    expect(window.page.locator("#search-list [role=option]").first).to_be_visible()


def _evidence(window: Window) -> None:
    window.open("actor=new-syrian-security-forces")
    window.page.locator("#inspector .ties button.name", has_text="Hezbollah").first.click()
    expect(window.page.locator("#inspector .claim").first).to_be_visible()
    _fold(window)


def _paths(window: Window) -> None:
    window.open()
    window.page.keyboard.press("p")
    window.choose("connect-from", "jumblatt")
    window.choose("connect-to", "iran")
    expect(window.paths().first).to_be_visible()
    _fold(window)


def _overview(window: Window) -> None:
    window.open("overview&dataset=syria-2025")
    open_largest(window)
    _fold(window)
    window.page.keyboard.press("Escape")
    window.page.keyboard.press("0")


def _table(window: Window) -> None:
    window.open("actor=hezbollah")
    window.page.keyboard.press("t")
    window.page.get_by_role("columnheader", name="From").get_by_role("button").click()
    _fold(window)


def _cypher(window: Window) -> None:
    window.open()
    window.page.keyboard.press("c")
    window.page.get_by_role("button", name="Where does Israel advance?").click()
    statement(window).press("Control+Enter")
    expect(rows(window).first).to_be_visible()
    window.page.get_by_role("button", name="Show on map").click()
    _fold(window)


def _compare(window: Window) -> None:
    window.open("actor=ada-brandt&depth=2&compare=2022-05%7E2023-12")
    window.page.keyboard.press("Escape")


def _sources(window: Window) -> None:
    window.open("actor=ada-brandt&depth=2&without=harbour%2Fevening")
    window.page.keyboard.press("Escape")
    window.page.locator(".sources .aside").scroll_into_view_if_needed()


def _taken(window: Window) -> None:
    """The stand-alone page of a view, opened from a disk."""
    window.open("actor=hezbollah&family=material_conflict")
    window.page.keyboard.press("e")
    with window.page.expect_download() as download:
        window.page.get_by_role("button", name="Web page").click()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "actorgraph.html"
        download.value.save_as(file)
        window.page.goto(file.as_uri())
        expect(window.page.locator("#summary")).not_to_be_empty()
        window.page.mouse.click(*window.point("hezbollah"))
        expect(window.page.locator("#inspector h2").first).to_be_visible()
        # Off the actor, so that its words go.
        window.page.mouse.move(300, 520)


SCENES = (
    Scene("explorer", _explorer, 1280, 800),
    Scene("search", _search, height=420),
    Scene("evidence", _evidence, height=580),
    Scene("paths", _paths),
    Scene("overview", _overview),
    Scene("table", _table),
    Scene("cypher", _cypher, height=580),
    Scene("compare", _compare, height=590, made_up=True),
    Scene("sources", _sources, height=590, made_up=True),
    Scene("taken", _taken),
)
