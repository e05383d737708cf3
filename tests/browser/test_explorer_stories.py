"""Saved views and stories: made and played by keyboard, taken from a file, harmless whatever they say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from datafolders import HOSTILE_NAMES
from windows import Window

ACTOR = "actor=ahmed-al-sharaa&type=MEETS"
OTHER = "actor=hezbollah"


def views(page: Page) -> Locator:
    return page.locator("#views")


def story_of(page: Page, name: str) -> Locator:
    return views(page).get_by_role("region", name=name, exact=True)


def take(page: Page, content: Any) -> None:
    """Give the open window a file."""
    text = content if isinstance(content, str) else json.dumps(content)
    file = FilePayload(name="mine.json", mimeType="application/json", buffer=text.encode())
    page.get_by_label("Take views from a file").set_input_files(file)


def lists(*views_: dict[str, str], name: str = "Talks") -> dict[str, Any]:
    return {"form": "actorgraph views", "lists": [{"name": name, "views": list(views_)}]}


TWO = lists({"caption": "First", "view": ACTOR}, {"caption": "Second", "view": OTHER})


def test_a_story_is_made_and_played_by_keyboard(window: Window) -> None:
    page = window.page
    press = page.keyboard.press
    window.open(ACTOR)
    press("v")
    page.get_by_label("Begin a story called").fill("Talks")
    press("Enter")
    story = story_of(page, "Talks")
    story.get_by_role("button", name="Add this view").focus()
    press("Enter")
    page.wait_for_timeout(50)
    press("Enter")
    expect(story.locator("li")).to_have_count(2)
    story.get_by_label("Caption of view 1").fill("First")
    story.get_by_label("Caption of view 2").fill("Second")
    story.get_by_role("button", name="Move view 2 up").press("Enter")
    expect(story.get_by_label("Caption of view 1")).to_have_value("Second")
    assert page.evaluate("document.activeElement.closest('#views') !== null"), "the keyboard stays here"
    story.get_by_role("button", name="Play").press("Enter")

    caption = page.locator("#story .caption")
    expect(caption).to_have_text("Second")
    expect(views(page)).to_be_hidden()
    press("ArrowRight")
    expect(caption).to_have_text("First")
    press("ArrowRight")
    expect(caption).to_have_text("First")
    press("ArrowLeft")
    expect(caption).to_have_text("Second")
    window.settle()
    assert "mode=story" in page.url
    press("Escape")
    press("Escape")
    expect(page.locator("#story")).to_be_hidden()
    assert "mode=story" not in page.url
    assert window.problems() == []


def test_a_story_stays_and_its_address_goes_on_where_it_was(window: Window) -> None:
    page = window.page
    window.open()
    page.keyboard.press("v")
    take(page, TWO)
    expect(views(page).locator(".told")).to_have_text("Taken from mine.json: Talks.")
    story_of(page, "Talks").get_by_role("button", name="Play").click()
    expect(page.locator("#story .caption")).to_have_text("First")
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#story .caption")).to_have_text("Second")
    window.settle()
    assert window.heading() == "Hezbollah"
    fragment = page.url.split("#")[1]
    page.go_back()
    expect(page.locator("#story .caption")).to_have_text("First")
    window.open(fragment)
    expect(page.locator("#story .caption")).to_have_text("Second")
    page.evaluate("localStorage.clear()")
    window.open(fragment)
    expect(page.locator("#story")).to_contain_text("does not have this view of the story “Talks”")
    assert window.problems() == []


def test_a_view_is_saved_opened_renamed_and_deleted(window: Window) -> None:
    page = window.page
    window.open(ACTOR)
    page.keyboard.press("v")
    page.get_by_label("Save this view as").fill("Whom he met")
    page.keyboard.press("Enter")
    window.open()
    page.keyboard.press("v")
    saved = story_of(page, "Saved views")
    expect(saved.get_by_label("Caption of view 1")).to_have_value("Whom he met")
    with page.expect_download() as download:
        saved.get_by_role("button", name="Save as a file").click()
    kept = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert [one["caption"] for one in kept["lists"][0]["views"]] == ["Whom he met"]
    # Left by a click on a button, the field is kept and the click is not lost.
    saved.get_by_label("Caption of view 1").fill("Meetings")
    saved.get_by_role("link", name="Open view 1").click()
    expect(page.locator("#inspector h2")).to_have_text("Ahmed al-Sharaa")
    window.settle()
    page.keyboard.press("v")
    expect(saved.get_by_label("Caption of view 1")).to_have_value("Meetings")
    saved.get_by_role("button", name="Delete view 1").click()
    expect(saved.locator("li")).to_have_count(0)
    take(page, TWO)
    story = story_of(page, "Talks")
    story.get_by_label("Name").fill("Saved views")
    story.get_by_role("button", name="Rename").click()
    expect(views(page).locator(".told")).to_have_text("There is a list called “Saved views” already.")
    story.get_by_label("Name").fill("Visits")
    story.get_by_role("button", name="Rename").click()
    story_of(page, "Visits").get_by_role("button", name="Delete the story").click()
    expect(views(page).locator("section")).to_have_count(1)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("{", "it is no JSON"),
        ([], "it holds no views of the explorer"),
        (lists(name=" "), "list 1 has no name"),
        (lists({"caption": "a", "view": ACTOR}, {"caption": "b"}), "view 2 of list 1 has no address"),
        (lists({"view": ACTOR}), "view 1 of list 1 has no caption"),
    ],
    ids=["no json", "another file", "nameless", "no address", "no caption"],
)
def test_a_faulty_file_is_told_and_nothing_of_it_taken(window: Window, content: Any, fault: str) -> None:
    window.open()
    window.page.keyboard.press("v")
    take(window.page, content)

    expect(views(window.page).locator(".told")).to_have_text(f"Nothing was taken from mine.json: {fault}.")
    expect(views(window.page).locator("section")).to_have_count(1)


def keep(window: Window, text: str) -> None:
    """Open the window of views where the browser has kept this text."""
    window.open()
    window.page.evaluate("text => localStorage.setItem('actorgraph-views', text)", text)
    window.open()
    window.page.keyboard.press("v")


def test_a_long_list_of_this_browser_is_read_and_takes_no_more_from_a_file(window: Window) -> None:
    many = [{"caption": "", "view": ACTOR}] * 501
    keep(window, json.dumps(lists(*many, name="Saved views")))
    saved = story_of(window.page, "Saved views")
    expect(saved.locator("li")).to_have_count(501)

    take(window.page, lists({"caption": "", "view": OTHER}, name="Saved views"))
    expect(views(window.page).locator(".told")).to_have_text(
        "Nothing was taken from mine.json: “Saved views” would have more than 500 views."
    )
    expect(saved.locator("li")).to_have_count(501)


def test_what_cannot_be_read_is_put_aside_before_anything_is_saved(window: Window) -> None:
    keep(window, "{half")
    window.page.get_by_label("Save this view as").fill("Whom he met")
    window.page.keyboard.press("Enter")
    expect(story_of(window.page, "Saved views").locator("li")).to_have_count(1)

    assert window.page.evaluate("localStorage.getItem('actorgraph-views-unread')") == "{half"


def test_hostile_captions_and_names_are_text(window: Window) -> None:
    page = window.page
    window.open()
    page.keyboard.press("v")
    take(page, lists(*({"caption": text, "view": ACTOR} for text in HOSTILE_NAMES), name=HOSTILE_NAMES[0]))
    page.get_by_role("button", name="Play").click()
    for text in HOSTILE_NAMES:
        expect(page.locator("#story .caption")).to_have_text(" ".join(text.split()))
        page.keyboard.press("ArrowRight")
    window.settle()
    window.unharmed()


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


def test_a_list_that_is_full_takes_no_more_views(window: Window) -> None:
    many = [{"caption": "", "view": ACTOR}] * 500
    keep(window, json.dumps(lists(*many)))
    story = story_of(window.page, "Talks")
    story.get_by_role("button", name="Add this view").click()

    expect(views(window.page).locator(".told")).to_contain_text("“Talks” has 500 views, the most that a")
    expect(story.locator("li")).to_have_count(500)
