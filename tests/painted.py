"""What a page paints and where: words on the map's canvas, boxes of what lies over it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator

from windows import Window

WRITTEN = """
window.written = [];
const kept = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function(text, x, y, ...more) {
  const {a, b} = this.getTransform();
  const place = this.getTransform().transformPoint({x, y});
  const zoom = Math.hypot(a, b) / devicePixelRatio;
  const size = parseFloat(/[\\d.]+px/.exec(this.font)[0]) * zoom;
  const [left, top] = [place.x / devicePixelRatio, place.y / devicePixelRatio];
  window.written.push({text, size, width: this.measureText(text).width * zoom, x: left, y: top});
  return kept.call(this, text, x, y, ...more);
};
"""
"""Notes what is written on the canvas: in which size and where, in pixels of the window."""
REPAINT = """() => {
  window.written.length = 0;
  drawn.redraw();
  return window.written;
}"""


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
