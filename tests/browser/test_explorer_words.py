"""Words over and under the map: large enough to read, and nothing of it covers what is beside it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import expect

from painted import WRITTEN, apart, box, written
from windows import Window

SIGNS = {"not", "alleged", "promised", "threatened"}
LEAST = 9.9
"""Pixels of the letters of a word that can be read."""


def names_on(window: Window) -> list[str]:
    """The lines of the names of all actors, as the library was given them."""
    labels: list[str] = window.page.evaluate("drawn.body.data.nodes.get().map(one => one.label)")
    return [line for label in labels for line in label.split("\n")]


def covers(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two level lines of words lie over each other."""
    across: float = abs(one["x"] - other["x"]) - (one["width"] + other["width"]) / 2
    down: float = abs(one["y"] - other["y"]) - 0.8 * (one["size"] + other["size"]) / 2
    return max(across, down) < 0


@pytest.mark.parametrize("panel", [False, True], ids=["alone", "beside a panel"])
def test_names_and_words_can_be_read_on_a_laptop_or_are_not_written(window: Window, panel: bool) -> None:
    window.page.add_init_script(WRITTEN)
    window.open("actor=ahmed-al-sharaa")
    if not panel:
        window.page.keyboard.press("Escape")
    assert window.page.evaluate("drawn.getScale()") < 0.9, "the library alone would write them too small"

    texts = written(window)
    lines = names_on(window)
    names = [one for one in texts if one["text"] in lines]
    words = [one for one in texts if one["text"] in SIGNS]

    assert len(words) >= 6
    assert min(one["size"] for one in words) >= LEAST
    assert max(one["size"] for one in words) < 12
    assert Counter(one["text"] for one in names) <= Counter(lines), "nobody is named twice"
    assert len(names) >= (0.9 if panel else 1) * len(lines), "who has no room beside a panel waits for it"
    assert sum(one["size"] >= LEAST for one in names) >= 0.9 * len(names)
    for n, name in enumerate(names):
        assert not [other for other in names[n + 1 :] if covers(name, other)], name
        for word in words:
            inside = abs(word["x"] - name["x"]) < name["width"] / 2 and abs(word["y"] - name["y"]) < 5
            assert not inside, (word, name)
    for n, word in enumerate(words):
        for other in words[n + 1 :]:
            assert abs(word["x"] - other["x"]) + abs(word["y"] - other["y"]) > LEAST


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


def test_nothing_is_written_twice_and_close_by_everything_once(window: Window) -> None:
    window.page.add_init_script(WRITTEN)
    window.open("actor=ahmed-al-sharaa")
    window.page.keyboard.press("Escape")
    lines = sum(bool((line["label"] or "").strip()) for line in window.lines())
    captions = {(line["label"] or "").strip() for line in window.lines()} - {""}
    for zoom in (0.5, 0.7, 1.0, 1.6):
        window.page.evaluate("zoom => drawn.moveTo({scale: zoom})", zoom)
        words = [one for one in written(window) if one["text"] in captions]
        assert len(words) == lines if zoom >= 1 else 0 < len(words) <= lines
        assert min(one["size"] for one in words) >= LEAST


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


def test_no_line_of_the_start_page_has_a_single_word(window: Window) -> None:
    for width in (1280, 1680):
        window.page.set_viewport_size({"width": width, "height": 800})
        window.open()
        last = window.page.evaluate(
            """() => [...document.querySelectorAll('#start h1, #start .lead')].map(part => {
              const words = document.createRange();
              words.selectNodeContents(part);
              const widths = [...words.getClientRects()].map(({width}) => width);
              return widths.at(-1) / Math.max(...widths);
            })"""
        )
        assert min(last) > 0.6, (width, last)


def test_on_a_telephone_nothing_that_is_drawn_lies_under_a_bar(phone: Window) -> None:
    phone.open("actor=minister")
    phone.page.keyboard.press("Escape")
    expect(phone.page.locator("#inspector")).to_be_hidden()
    phone.page.locator("#zoom-fit").click()
    phone.page.wait_for_timeout(400)
    bars = {name: box(phone.page.locator(name)) for name in ("#legend", ".zoom", "#summary")}

    assert apart(bars["#legend"], bars[".zoom"])
    for actor in phone.places():
        x, y = phone.point(actor)
        disc = (x - 8, y - 8, x + 8, y + 8)
        assert not [name for name, bar in bars.items() if not apart(bar, disc)], actor

    phone.page.locator("#legend summary").first.click()
    sheet = box(phone.page.locator("#legend"))
    assert sheet[3] - sheet[1] < 0.46 * 740
    assert (sheet[0], sheet[2], sheet[3]) == (0, 360, 740)
    phone.page.locator("#legend .clear").wait_for(state="hidden")
    phone.page.locator("#legend").get_by_role("checkbox").nth(3).click()
    phone.page.locator("#legend summary").first.click()
    assert apart(box(phone.page.locator("#legend")), box(phone.page.locator(".zoom")))
