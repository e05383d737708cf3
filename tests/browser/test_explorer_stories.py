"""Saved views and stories: made and played by keyboard, taken from a file, harmless whatever they say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from accessible import faults
from datafolders import HOSTILE_NAMES
from storylists import ACTOR, OTHER, TWO, lists, story_of, take, views
from windows import Window


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


def test_a_name_that_is_too_long_is_told_and_nothing_is_cut(window: Window) -> None:
    window.open(ACTOR)
    page = window.page
    page.keyboard.press("v")
    begin = page.get_by_label("Begin a story called")
    begin.fill("n" * 201)
    expect(views(page).locator(".length.over")).to_have_text("201 of at most 200 characters")
    begin.press("Enter")
    told = views(page).locator(".told")
    expect(told).to_have_text("A name has at most 200 characters, and this one 201: nothing was changed.")
    expect(begin).to_have_value("n" * 201)
    assert faults(page) == []
    begin.fill("n" * 200)
    begin.press("Enter")
    story = story_of(page, "n" * 200)
    expect(story).to_be_visible()
    expect(begin).to_have_value("")
    story.get_by_role("button", name="Add this view").click()
    caption = story.get_by_label("Caption of view 1")
    caption.fill("c" * 4001)
    caption.press("Tab")
    expect(told).to_contain_text("A caption has at most 4,000 characters, and this one 4,001")

    take(page, lists({"caption": "", "view": ACTOR}, name="n" * 200))
    expect(story_of(page, "n" * 196 + " (2)")).to_be_visible()
    take(page, lists(name="n" * 201))
    expect(told).to_contain_text("the name of list 1 is longer than 200 characters")
    assert page.evaluate("(box => box.scrollWidth <= box.clientWidth)(document.getElementById('views'))")


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


def test_a_list_that_is_full_takes_no_more_views(window: Window) -> None:
    many = [{"caption": "", "view": ACTOR}] * 500
    keep(window, json.dumps(lists(*many)))
    story = story_of(window.page, "Talks")
    story.get_by_role("button", name="Add this view").click()

    expect(views(window.page).locator(".told")).to_contain_text("“Talks” has 500 views, the most that a")
    expect(story.locator("li")).to_have_count(500)
