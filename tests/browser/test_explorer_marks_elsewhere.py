"""What is left out in thought and what changed, wherever a view goes: a file, a frame, paper, a picture."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from accessible import faults
from figures import SVG, Figure
from standalone import disk_page, page_of_story, page_of_view
from storylists import lists, story_of, take
from windows import Window

MARKED = "actor=minister&without=ministry%2Fpaper-0&compare=2021-06%7E2023"
SIGNS = {"✕": ("falls without Paper 0", "4"), "+": ("new", "8"), "≠": ("now contested", "2")}
STORY = lists(
    {"caption": "Whom the minister knows", "view": "actor=minister"},
    {"caption": "What rests on one paper", "view": "actor=minister&without=ministry%2Fpaper-0"},
    {"caption": "What two years brought", "view": "actor=minister&compare=2021-06%7E2023"},
    {"caption": "Everything", "view": "overview"},
    name="Dealings",
)


def labels(page: Any) -> dict[str, str]:
    """What is written on each line, by its id."""
    return {line["id"]: (line["label"] or "").strip() for line in page.lines()}


def signs_in(rows: Locator) -> dict[str, tuple[str, str]]:
    """The signs of a legend with their words and counts."""
    return {
        row.locator("strong").inner_text(): (
            row.locator("span").first.inner_text(),
            row.locator(".count").inner_text(),
        )
        for row in rows.all()
    }


def opened(page: Page) -> None:
    """Open the legend where it is closed."""
    if page.locator("#legend .whole[open]").count() == 0:
        page.locator("#legend summary").first.click()


def test_a_file_says_what_its_signs_mean(window: Window, browser: Browser, tmp_path: Path) -> None:
    window.open(MARKED)
    window.page.keyboard.press("Escape")
    told, written = window.page.locator("#summary").inner_text(), labels(window)
    file = page_of_view(window, tmp_path)

    with disk_page(browser) as taken:
        taken.open(file)
        assert labels(taken) == written
        assert taken.page.locator("#summary").inner_text().startswith(told)
        assert signs_in(taken.page.locator("#legend li:has(.sign)")) == SIGNS
        taken.page.locator(".file-relation", has_text="leads").get_by_role("button").click()
        remarks = taken.page.locator("#inspector .remarks p")
        expect(remarks).to_have_text(["✕ Without Paper 0: falls.", "+ Between 2021-06 and 2023: new."])
        taken.unharmed()

    with disk_page(browser, java_script_enabled=False) as plain:
        plain.page.goto(file.as_uri())
        expect(plain.page.locator("#pictures figcaption")).to_contain_text(
            "On the lines: ✕ falls without Paper 0 · + new · ≠ now contested"
        )


def test_signs_come_and_go_with_the_views_of_a_story(
    window: Window, browser: Browser, tmp_path: Path
) -> None:
    window.open()
    window.page.keyboard.press("v")
    take(window.page, STORY)
    file = page_of_story(window, "Dealings", tmp_path)

    with disk_page(browser) as taken:
        taken.open(file)
        rows = taken.page.locator("#legend li:has(.sign)")
        expect(rows).to_have_count(0)
        taken.page.keyboard.press("ArrowRight")
        expect(rows).to_have_text(["✕falls without Paper 04"])
        taken.page.keyboard.press("ArrowRight")
        expect(rows).to_have_text(["+new8", "≠now contested2"])
        taken.page.keyboard.press("ArrowRight")
        expect(taken.page.locator("#summary")).to_contain_text("communities")
        expect(rows).to_have_count(0)
        expect(taken.page.locator("#head")).to_contain_text("communities · 5 actors · 11 relations")
        taken.unharmed()


def test_no_id_of_what_is_hidden_is_in_a_file(window: Window, tmp_path: Path) -> None:
    window.open(f"{MARKED}&hide=pupil")
    text = page_of_view(window, tmp_path).read_text("utf-8")

    ids = re.findall(r"\br_([A-Za-z0-9_-]{8,})", text)
    held = {base64.urlsafe_b64decode(f"{id_}==").decode() for id_ in ids}
    assert any("envoy" in one for one in held)
    assert not [one for one in held if "pupil" in one]
    assert "pupil" not in text.lower()


def test_who_is_hidden_does_not_name_a_file(window: Window, browser: Browser, tmp_path: Path) -> None:
    window.open("actor=pupil&expand=minister&hide=pupil")
    file = page_of_view(window, tmp_path)

    assert "pupil" not in file.read_text("utf-8").lower()
    with disk_page(browser) as taken:
        taken.open(file)
        expect(taken.page.locator("h1")).to_have_text("Minister, Rival and others")
        expect(taken.page.locator("#inspector")).to_be_hidden()
    window.page.goto(f"{window.address}/view/map#actor=pupil&expand=minister&hide=pupil")
    expect(window.page.locator("#summary")).to_contain_text("1 hidden")
    expect(window.page.locator("#inspector")).to_be_hidden()


def test_a_frame_says_what_its_signs_mean(window: Window) -> None:
    window.open(MARKED)
    told = window.page.locator("#summary").inner_text()

    window.page.goto(f"{window.address}/view/map#{MARKED}")

    expect(window.page.locator("#summary")).to_have_text(re.compile(f"^{re.escape(told)}"))
    assert signs_in(window.page.locator("#legend li:has(.sign)")) == SIGNS
    assert window.problems() == []


def test_what_really_is_left_out_is_called_by_its_title(window: Window) -> None:
    window.page.goto(f"{window.address}/view/map#actor=minister&view.without_source=ministry%2Fpaper-0")

    expect(window.page.locator("#summary")).to_contain_text("without source Paper 0")


def test_paper_says_what_signs_mean_and_lists_what_becomes_of_each_relation(window: Window) -> None:
    window.open(MARKED)
    window.page.keyboard.press("Escape")
    expect(window.page.locator("#inspector")).to_be_hidden()
    window.page.emulate_media(media="print")
    expect(window.page.locator(".printed-legend")).to_be_visible()

    assert signs_in(window.page.locator(".printed-legend li:has(strong)")) == SIGNS
    assert window.page.locator(".printout thead th").all_inner_texts()[-2:] == ["If left out", "Change"]
    row = window.page.locator(".printout tbody tr", has_text="leads")
    expect(row.locator("td").nth(-2)).to_have_text("falls")
    expect(row.locator("td").nth(-1)).to_have_text("new")
    window.unharmed()


def test_words_of_a_line_that_stands_back_are_as_dark_in_a_picture_as_others(window: Window) -> None:
    window.open(MARKED)
    window.page.keyboard.press("Escape")
    window.page.keyboard.press("e")
    with window.page.expect_download() as download:
        window.page.get_by_role("region", name="What is shown").get_by_role("button", name="SVG").click()
    picture = Figure.of(download.value.path()).map

    faint = [group for group in picture.iter(f"{SVG}g") if float(group.get("opacity", 1)) < 1]
    words = {"".join(text.itertext()) for group in faint for text in group.iter(f"{SVG}text")}
    assert words == {"✕+ Pupil"}, "only an actor's name stands back"
    assert "✕+: leads" in {"".join(text.itertext()) for text in picture.iter(f"{SVG}text")}


def test_a_file_is_printed_with_its_pictures_in_light(
    window: Window, browser: Browser, tmp_path: Path
) -> None:
    window.page.emulate_media(color_scheme="dark")
    window.open()
    window.page.keyboard.press("v")
    take(window.page, STORY)
    file = page_of_story(window, "Dealings", tmp_path)

    with disk_page(browser, color_scheme="dark") as taken:
        taken.open(file)
        expect(taken.page.locator("#pictures")).to_be_hidden()
        taken.page.emulate_media(media="print")
        expect(taken.page.locator("#pictures svg")).to_have_count(4)
        expect(taken.page.locator("#pictures svg").first).to_be_visible()
        expect(taken.page.locator("#pictures .caption").nth(1)).to_have_text("What rests on one paper")
        assert "talks and support" in (taken.page.locator("#pictures svg .key").first.text_content() or "")
        expect(taken.page.locator(".file-relation .statement").first).to_be_visible()
        for gone in ("#map", "#inspector", ".show-on-map", "#theme"):
            expect(taken.page.locator(gone).first).to_be_hidden()
        assert taken.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        assert taken.page.locator("#pictures svg g:has(image) text").first.get_attribute("fill") == "#1d2128"
        taken.unharmed()


def test_a_file_of_an_overview_counts_communities_and_has_no_empty_parts(
    window: Window, browser: Browser, tmp_path: Path
) -> None:
    window.open("overview")
    count = len(window.places())
    file = page_of_view(window, tmp_path)

    with disk_page(browser) as taken:
        taken.open(file)
        expect(taken.page.locator("h1")).to_have_text("Overview of everything")
        expect(taken.page.locator("#head p")).to_have_text(f"{count} communities")
        expect(taken.page.get_by_text("Who says so")).to_have_count(0)
        expect(taken.page.locator(".file-text")).to_have_count(0)


def test_names_of_bubbles_can_be_read_on_paper_and_none_covers_another(window: Window) -> None:
    window.open("overview")
    window.page.emulate_media(media="print")
    svg = window.page.locator(".printed-map svg")
    wide = max(float(svg.get_attribute(side) or 0) for side in ("width", "height"))

    words = svg.locator("text").all()
    sizes = [float(one.get_attribute("font-size") or 0) for one in words if one.text_content()]
    assert len(sizes) > 10
    assert min(sizes) >= wide / 91
    boxes = [box for box in (one.bounding_box() for one in words) if box and box["width"]]
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            apart = (
                one["x"] + one["width"] < other["x"] + 8
                or other["x"] + other["width"] < one["x"] + 8
                or one["y"] + one["height"] < other["y"] + 8
                or other["y"] + other["height"] < one["y"] + 8
            )
            assert apart, (one, other)


def test_frames_and_windows_are_accessible(screen: Window) -> None:
    page = screen.page
    page.goto(f"{screen.address}/view/map#{MARKED}")
    expect(page.locator("#inspector h2")).to_be_visible()
    opened(page)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto("about:blank")
    page.goto(f"{screen.address}/view/map#actor=nobody-of-this-name")
    expect(page.locator("#banner")).to_be_visible()
    assert faults(page) == []

    screen.open()
    page.keyboard.press("v")
    take(page, STORY)
    story = story_of(page, "Dealings")
    story.get_by_role("button", name="Link", exact=True).click()
    expect(story.get_by_label("Story", exact=True)).to_be_visible()
    assert faults(page) == []
    story.get_by_role("button", name="Play", exact=True).click()
    screen.settle()
    page.keyboard.press("ArrowRight")
    screen.settle()
    assert faults(page) == []
    page.keyboard.press("e")
    expect(page.locator("#share-story")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
