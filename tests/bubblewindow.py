"""The bubbles of an overview in a browser window, and opening one, for its tests."""

from __future__ import annotations

from typing import Any

from windows import Window


def bubbles(window: Window) -> dict[str, dict[str, Any]]:
    """The closed bubbles, as the library holds them."""
    found = window.page.evaluate(
        "drawn.body.data.nodes.get().filter(one => one.bubble && one.shape === 'dot')"
    )
    return {one["id"]: one for one in found}


def largest(window: Window) -> str:
    return max(bubbles(window).items(), key=lambda item: item[1]["size"])[0]


def open_largest(window: Window) -> str:
    """Click the largest bubble and wait for what it holds."""
    id_ = largest(window)
    before = len(window.places())
    window.page.mouse.click(*window.point(id_))
    window.page.wait_for_function("count => drawn.body.nodeIndices.length > count", arg=before)
    window.settle()
    return id_
