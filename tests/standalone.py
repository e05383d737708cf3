"""Web pages that are taken along, opened from a disk: what they ask for, what they draw, what they say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect

from windows import WATCH, WHERE, Window


@dataclass
class TakenPage:
    """A file in a browser without a network; it collects what it asked for and what went wrong."""

    page: Page
    asked: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(WATCH)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda line: self.errors.append(line.text) if line.type == "error" else None)

    def open(self, file: Path) -> None:
        self.page.goto(file.as_uri())
        expect(self.page.locator("#summary")).to_be_attached()

    def places(self) -> dict[str, tuple[float, float]]:
        """Where each drawn actor is, in the map's own units."""
        found: dict[str, dict[str, float]] = self.page.evaluate("drawn.getPositions()")
        return {id_: (place["x"], place["y"]) for id_, place in found.items()}

    def lines(self) -> list[dict[str, Any]]:
        """The lines drawn, as the library holds them."""
        found: list[dict[str, Any]] = self.page.evaluate("drawn.body.data.edges.get()")
        return found

    def point(self, actor: str) -> tuple[float, float]:
        """Where an actor is in the window, in pixels."""
        x, y = self.page.evaluate(WHERE, actor)
        return float(x), float(y)

    def click(self, actor: str) -> None:
        """Click an actor on the map."""
        self.page.mouse.click(*self.point(actor))

    def heading(self) -> str:
        """What the panel is about."""
        return self.page.locator("#inspector h2").first.inner_text()

    def unharmed(self) -> None:
        """Nothing but the file was asked for, no script of the data ran, nothing was refused."""
        assert [url for url in self.asked if urlsplit(url).scheme not in ("file", "data")] == []
        assert self.page.evaluate("window.hit ?? 0") == 0
        assert [*self.errors, *self.page.evaluate("window.refused")] == []
        assert self.page.locator("a[href^='javascript'], img[src=x], [onerror], [onmouseover]").count() == 0


@contextmanager
def disk_page(browser: Browser, **more: Any) -> Iterator[TakenPage]:
    """A page of a browser that has no network."""
    screen = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"}
    context = browser.new_context(offline=True, reduced_motion="reduce", **(screen | more))
    context.set_default_timeout(10_000)
    yield TakenPage(context.new_page())
    context.close()


def page_of_view(window: Window, folder: Path) -> Path:
    """The file of the view that is open, as its button gives it."""
    window.page.keyboard.press("e")
    button = window.page.get_by_role("region", name="What is shown").get_by_role("button", name="Web page")
    with window.page.expect_download() as download:
        button.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def page_of_story(window: Window, story: str, folder: Path) -> Path:
    """The file of a story that the browser keeps, as its button in the window of views gives it."""
    section = window.page.locator("#views").get_by_role("region", name=story, exact=True)
    with window.page.expect_download() as download:
        section.get_by_role("button", name="Save as a web page").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path
