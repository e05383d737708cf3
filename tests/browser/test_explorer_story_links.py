"""A story in a link: played at once where it is opened, kept on demand, harmless whatever it holds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from datafolders import HOSTILE_NAMES
from storylists import ACTOR, TWO, lists, story_of, take
from windows import Window


def packed(page: Page, text: str) -> str:
    """A text as an address carries a story."""
    found: str = page.evaluate(
        """async text => {
          const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
          const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
          let letters = '';
          for (const byte of bytes) letters += String.fromCharCode(byte);
          return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
        }""",
        text,
    )
    return found


def story_link(window: Window, content: dict[str, Any]) -> str:
    """The link that the window of views gives for the story of a file."""
    window.open()
    window.page.keyboard.press("v")
    take(window.page, content)
    story = story_of(window.page, content["lists"][0]["name"])
    story.get_by_role("button", name="Link", exact=True).click()
    return story.get_by_label("Story", exact=True).input_value()


def test_a_link_carries_a_whole_story_and_a_browser_that_has_none_plays_and_keeps_it(window: Window) -> None:
    page = window.page
    link = story_link(window, TWO)
    told = story_of(page, "Talks").locator(".story-link [role=status]")
    expect(told).to_contain_text(f"The link has {len(link)} of at most 8,000 characters")
    page.evaluate("localStorage.clear()")

    page.goto("about:blank")
    page.goto(link)
    caption = page.locator("#story .caption")
    expect(caption).to_have_text("First")
    window.settle()
    assert window.heading() == "Ahmed al-Sharaa"
    page.keyboard.press("ArrowRight")
    expect(caption).to_have_text("Second")
    window.settle()
    assert window.heading() == "Hezbollah"
    page.go_back()
    expect(caption).to_have_text("First")
    page.go_forward()
    expect(caption).to_have_text("Second")
    page.reload()
    expect(caption).to_have_text("Second")
    assert page.evaluate("localStorage.getItem('actorgraph-views')") is None, "nothing is saved by itself"

    page.get_by_role("button", name="Keep this story").click()
    expect(page.get_by_role("button", name="Keep this story")).to_be_hidden()
    page.keyboard.press("v")
    expect(story_of(page, "Talks").locator("li")).to_have_count(2)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="End the story").click()
    assert "story=" not in page.url
    assert window.problems() == []


def test_a_story_that_is_played_is_shared_whole(window: Window) -> None:
    page = window.page
    link = story_link(window, TWO)
    story_of(page, "Talks").get_by_role("button", name="Play").click()
    expect(page.locator("#story .caption")).to_have_text("First")
    page.keyboard.press("e")

    expect(page.locator("#share-story")).to_have_value(link)


def test_a_story_that_is_too_long_for_a_link_is_told_so(window: Window) -> None:
    numbers = window.page.evaluate("Array.from({length: 9000}, () => Math.random().toString(36)[4]).join('')")
    window.open()
    window.page.keyboard.press("v")
    take(window.page, lists(*({"caption": numbers[n : n + 3000], "view": ACTOR} for n in (0, 3000, 6000))))
    story = story_of(window.page, "Talks")
    story.get_by_role("button", name="Link", exact=True).click()

    expect(story.locator(".story-link")).to_contain_text("Many programs cut links of more than 8,000")
    expect(story.locator(".story-link input")).to_have_count(0)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("%22%3Cscript%3E", "it was cut or changed on its way"),
        ("AAAA", "it was cut or changed on its way"),
        ("A" * 100_001, "it has more than 100,000 characters"),
    ],
    ids=["no letters of it", "not deflated", "too long"],
)
def test_a_damaged_link_is_told_and_the_explorer_is_there(window: Window, text: str, why: str) -> None:
    window.page.goto(f"{window.address}/#story={text}")

    expect(window.page.locator("#banner")).to_contain_text("This story cannot be played.")
    expect(window.page.locator("#banner")).to_contain_text(f"The link is of no use: {why}.")
    expect(window.page.locator("#start h1")).to_be_visible()
    assert window.problems() == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "it is no JSON"),
        (json.dumps(lists()), "it holds no story"),
        (json.dumps(lists({"caption": "a"})), "view 1 of list 1 has no address"),
        (" " * 1_100_000, "unpacked it has more than 1,000,000 characters"),
    ],
    ids=["no json", "no views", "no address", "a bomb"],
)
def test_what_a_link_holds_is_checked(window: Window, content: str, why: str) -> None:
    window.open()
    text = packed(window.page, content)
    assert len(text) < 2000
    window.page.goto("about:blank")
    window.page.goto(f"{window.address}/#{ACTOR}&mode=story~2&story={text}")

    expect(window.page.locator("#banner")).to_contain_text(why)
    expect(window.page.locator("#inspector h2")).to_have_text("Ahmed al-Sharaa")
    assert window.problems() == []


def test_a_story_of_a_link_runs_no_cypher_and_its_words_are_text(window: Window) -> None:
    page = window.page
    cypher = "cypher=MATCH+(n)+RETURN+n"
    views_ = [{"caption": text, "view": ACTOR} for text in HOSTILE_NAMES[:2]]
    views_.append({"caption": "", "view": f"{cypher}&mode=story~1&story=AAAA"})
    text = packed(_opened(window), json.dumps(lists(*views_, name=HOSTILE_NAMES[0])))
    page.goto("about:blank")
    page.goto(f"{window.address}/#story={text}")
    for shown in HOSTILE_NAMES[:2]:
        expect(page.locator("#story .caption")).to_have_text(" ".join(shown.split()))
        page.keyboard.press("ArrowRight")
    expect(page.locator("#story .caption")).to_have_text("No caption")
    expect(page.locator("#cypher")).to_be_visible()
    window.settle()

    assert not [path for path in window.asked if path.endswith("/cypher")]
    window.unharmed()


def _opened(window: Window) -> Page:
    window.open()
    return window.page
