"""Takes the pictures: a browser that looks the same every time, a store with what the scenes need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Route

from served import served
from tour.scenes import HARBOUR, Scene
from windows import QUIET_BROWSER, Window

STEADY_BROWSER = (*QUIET_BROWSER, "--num-raster-threads=1", "--disable-lcd-text")
"""Options of a browser that draws the same to the pixel each time: parts drawn side by side may differ at
their seams."""

SETTLED_MS = 700
"""Longer than the page waits before it draws in full what is seen close by."""
STATEMENT_MS = 4


def pictures(
    browser: Browser, home: Path, scenes: Sequence[Scene], *, port: int = 0
) -> Iterator[tuple[Scene, bytes]]:
    """Each scene with its picture (PNG), from a server of the bundled data set in `home`."""
    with served(home, port=port) as address:
        for scene in scenes:
            if not scene.made_up:
                yield scene, picture(browser, address, scene)
    if any(scene.made_up for scene in scenes):
        other = home / "made-up"
        other.mkdir()
        with served(other, [HARBOUR], "--empty", port=port) as address:
            for scene in scenes:
                if scene.made_up:
                    yield scene, picture(browser, address, scene)


def picture(browser: Browser, address: str, scene: Scene) -> bytes:
    """The picture of a scene.

    Raises: AssertionError when something went wrong on the page.
    """
    context = browser.new_context(
        viewport={"width": scene.width, "height": scene.height},
        device_scale_factor=1,
        color_scheme="light",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )
    context.set_default_timeout(20_000)
    context.route("**/api/v1/cypher*", _in_equal_time)
    try:
        window = Window(context.new_page(), address)
        scene.act(window)
        window.settle()
        window.page.evaluate("document.fonts.ready")
        window.page.mouse.move(0, 0)
        window.page.wait_for_timeout(SETTLED_MS)
        assert window.problems() == [], f"{scene.name}: {window.problems()}"
        return window.page.screenshot(animations="disabled", caret="hide", scale="css")
    finally:
        context.close()


def _in_equal_time(route: Route) -> None:
    """How long the service took is another number each time."""
    answer = route.fetch()
    route.fulfill(response=answer, json={**answer.json(), "elapsed_ms": STATEMENT_MS})


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG, as its header says."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n"), "no PNG"
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
