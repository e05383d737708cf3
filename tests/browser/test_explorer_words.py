"""Words over and under the map: large enough to read, and nothing of it covers what is beside it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from windows import Window

WRITTEN = """
window.written = [];
const kept = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function(text, x, y, ...more) {
  const {a, b} = this.getTransform();
  const place = this.getTransform().transformPoint({x, y});
  const size = parseFloat(this.font) * Math.hypot(a, b) / devicePixelRatio;
  window.written.push({text, size, x: place.x / devicePixelRatio, y: place.y / devicePixelRatio});
  return kept.call(this, text, x, y, ...more);
};
"""
"""Notes what is written on the canvas: in which size and where, in pixels of the window."""
REPAINT = """() => {
  window.written.length = 0;
  drawn.redraw();
  return window.written;
}"""
SIGNS = {"not", "alleged", "promised", "threatened"}
LEAST = 9.9
"""Pixels of the letters of a word that can be read."""


def written(window: Window) -> list[dict[str, Any]]:
    """What one painting of the map writes."""
    found: list[dict[str, Any]] = window.page.evaluate(REPAINT)
    return found


def box(place: Locator) -> tuple[float, float, float, float]:
    found = place.bounding_box()
    assert found is not None
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


def apart(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_what_is_said_how_can_be_read_on_a_laptop(window: Window) -> None:
    window.page.add_init_script(WRITTEN)
    window.open("actor=ahmed-al-sharaa")
    window.page.keyboard.press("Escape")
    assert window.page.evaluate("drawn.getScale()") < 0.9, "the library alone would write them too small"

    words = [one for one in written(window) if one["text"] in SIGNS]

    assert len(words) > 12
    large = [one for one in words if one["size"] >= LEAST]
    assert len(large) >= 0.9 * len(words)
    assert max(one["size"] for one in words) < 12


def test_words_that_were_made_larger_cover_no_name_and_no_other_word(window: Window) -> None:
    window.page.add_init_script(WRITTEN)
    window.open("actor=ahmed-al-sharaa")
    window.page.keyboard.press("Escape")
    large = [one for one in written(window) if one["text"] in SIGNS and one["size"] >= LEAST]
    boxes = window.page.evaluate(
        """drawn.body.nodeIndices.map(id => {
          const {left, top, right, bottom} = drawn.getBoundingBox(id);
          const [from, to] = [drawn.canvasToDOM({x: left, y: top}), drawn.canvasToDOM({x: right, y: bottom})];
          return [from.x, from.y, to.x, to.y];
        })"""
    )

    for n, one in enumerate(large):
        assert not [b for b in boxes if b[0] < one["x"] < b[2] and b[1] < one["y"] < b[3]]
        for other in large[n + 1 :]:
            assert abs(one["x"] - other["x"]) + abs(one["y"] - other["y"]) > LEAST


def test_a_word_does_not_hide_the_bar_of_a_denial(window: Window) -> None:
    window.page.add_init_script(WRITTEN)
    window.open("actor=ahmed-al-sharaa")
    window.page.keyboard.press("Escape")
    words = [one for one in written(window) if one["text"] == "not" and one["size"] >= LEAST]
    assert words
    middles = window.page.evaluate(
        """drawn.body.edgeIndices.map(id => drawn.body.edges[id])
          .filter(one => one.options.arrows.middle.enabled)
          .map(({edgeType: type}) => drawn.canvasToDOM(type.getPoint(0.5, type.getViaNode())))"""
    )

    for word in words:
        assert all(abs(word["x"] - bar["x"]) + abs(word["y"] - bar["y"]) > 8 for bar in middles)


def test_close_by_the_library_writes_them_itself_and_nothing_is_written_twice(window: Window) -> None:
    window.page.add_init_script(WRITTEN)
    window.open("actor=ahmed-al-sharaa")
    window.page.keyboard.press("Escape")
    lines = sum(bool((line["label"] or "").strip()) for line in window.lines())
    captions = {(line["label"] or "").strip() for line in window.lines()} - {""}
    for zoom in (0.6, 1.0, 1.6):
        window.page.evaluate("zoom => drawn.moveTo({scale: zoom})", zoom)
        assert len([one for one in written(window) if one["text"] in captions]) == lines


@pytest.mark.parametrize("width", [1280, 1600])
def test_the_caption_of_a_story_does_not_cover_the_legend(window: Window, width: int) -> None:
    window.page.set_viewport_size({"width": width, "height": 800})
    window.open("actor=minister&without=ministry%2Fpaper-0&mode=story~1~Nothing")
    expect(window.page.locator("#story")).to_be_visible()
    expect(window.page.locator("#inspector")).to_be_visible()

    assert apart(box(window.page.locator("#story")), box(window.page.locator("#legend")))
    assert apart(box(window.page.locator("#story")), box(window.page.locator(".zoom")))


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
def test_no_actor_stands_under_the_words_under_the_map(window: Window, width: int, height: int) -> None:
    window.page.set_viewport_size({"width": width, "height": height})
    window.open("actor=minister&without=ministry%2Fpaper-0&compare=2021-06%7E2023")
    window.page.keyboard.press("Escape")
    expect(window.page.locator("#inspector")).to_be_hidden()
    window.page.keyboard.press("0")
    window.page.wait_for_timeout(500)

    left, top, right, bottom = box(window.page.locator("#summary"))
    for actor in window.places():
        x, y = window.point(actor)
        assert not (left < x < right and top < y < bottom), actor


def test_the_words_of_a_comparison_say_the_days_that_are_compared(window: Window) -> None:
    window.open("actor=minister&compare=2021-06~2023")

    expect(window.page.locator(".when-words")).to_have_text("what changed after 2021-06 and by 2023")
    handle = window.page.get_by_role("slider", name="Until")
    handle.focus()
    handle.press("ArrowLeft")
    expect(window.page.locator(".when-words")).to_have_text("what changed after 2021-06 and by 2023-10")


def test_what_leaving_out_would_do_is_brought_into_sight(window: Window) -> None:
    window.page.set_viewport_size({"width": 1280, "height": 640})
    window.open("actor=minister")
    sources = window.page.locator(".sources")
    sources.locator("summary").click()

    button = sources.get_by_role("button", name="Leave out Paper 0")
    button.focus()
    button.press("Enter")

    expect(sources.get_by_role("button", name="Leave out", exact=True)).to_be_in_viewport()
    expect(button).to_be_focused()
