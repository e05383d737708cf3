"""A view and a story as one file that opens from a disk: map, inspector, evidence and story, no network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Page, expect

from datafolders import HOSTILE_NAMES, SCRIPT
from standalone import disk_page, page_of_story, page_of_view
from windows import Window

CONTESTED = "actor=minister&select=minister"
STORY = (
    ("Whom the minister knows", "actor=minister"),
    (
        "Without the pupil, since 2022",
        "actor=minister&hide=pupil&view.since=2022&select=envoy&at=envoy~900~40",
    ),
    ("How the banker reaches the envoy", "from=banker&to=envoy&path=2"),
)


def told(window: Window, views: tuple[tuple[str, str], ...] = STORY, name: str = "Dealings") -> None:
    """Open the window of views with a story in it."""
    window.open()
    window.page.keyboard.press("v")
    content = {
        "form": "actorgraph views",
        "lists": [{"name": name, "views": [{"caption": c, "view": v} for c, v in views]}],
    }
    file = FilePayload(name="s.json", mimeType="application/json", buffer=json.dumps(content).encode())
    window.page.get_by_label("Take views from a file").set_input_files(file)
    expect(window.page.locator("#views .told")).to_contain_text("Taken from")


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """What axe-core calls serious or critical: rule and the first places."""
    return [
        (one["id"], [part["html"][:200] for part in one["nodes"]][:3])
        for one in Axe().run(page).response["violations"]
        if one["impact"] in ("serious", "critical")
    ]


def test_a_view_opens_from_a_disk_with_the_same_map_and_every_claim(
    window: Window, browser: Browser, tmp_path: Path
) -> None:
    window.open(CONTESTED)
    places = window.places()
    drawn = {line["id"]: (line["from"], line["to"], line["dashes"]) for line in window.lines()}
    file = page_of_view(window, tmp_path)
    size = window.page.locator("#share .told").inner_text()
    assert size.startswith("Saved as actorgraph.html, ")
    assert size.endswith(("kB.", "MB."))

    with disk_page(browser) as taken:
        taken.open(file)
        assert taken.places() == places
        assert {line["id"]: (line["from"], line["to"], line["dashes"]) for line in taken.lines()} == drawn
        assert taken.heading() == "Minister"
        panel = taken.page.locator("#inspector")
        expect(panel.locator(".claim")).to_have_count(10)
        taken.click("envoy")
        expect(panel.locator("h2")).to_have_text("Envoy")
        panel.locator(".who button", has_text="Minister").first.click()
        expect(panel.locator(".statement").first).to_be_visible()
        taken.page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        taken.unharmed()


def test_a_contested_relation_has_both_sides_with_source_and_date(
    window: Window, browser: Browser, tmp_path: Path
) -> None:
    window.open("actor=minister")
    file = page_of_view(window, tmp_path)

    with disk_page(browser) as taken:
        taken.open(file)
        entry = taken.page.locator(".file-relation", has_text="visits").first
        entry.get_by_role("button", name="on the map").click()
        sides = taken.page.locator("#inspector .sides-of > section")
        expect(sides).to_have_count(2)
        expect(sides.nth(0)).to_contain_text("For")
        expect(sides.nth(0)).to_contain_text("The minister visits the envoy.")
        expect(sides.nth(1)).to_contain_text("Against")
        expect(sides.nth(1)).to_contain_text("Paper 1")
        expect(sides.nth(1)).to_contain_text("2023-05")
        boxes = [sides.nth(n).bounding_box() for n in (0, 1)]
        assert boxes[0] is not None
        assert boxes[1] is not None
        assert boxes[0]["y"] == boxes[1]["y"], "side by side"
        taken.unharmed()


def test_what_is_hidden_or_filtered_is_not_in_the_file(window: Window, tmp_path: Path) -> None:
    window.open("actor=minister&hide=pupil&view.since=2023")
    text = page_of_view(window, tmp_path).read_text("utf-8")

    assert "pupil" not in text.lower()
    assert "2021-02" not in text
    assert "The minister visits the envoy." in text


def test_a_story_is_played_by_keyboard_as_the_explorer_shows_it(
    window: Window, browser: Browser, tmp_path: Path
) -> None:
    seen: list[tuple[Any, ...]] = []
    for _, fragment in STORY:
        window.open(fragment)
        seen.append((window.places(), window.page.locator("#summary").inner_text(), bright(window)))
    told(window)
    file = page_of_story(window, "Dealings", tmp_path)
    expect(window.page.locator("#views .told")).to_contain_text("Saved as actorgraph-story.html, ")

    with disk_page(browser) as taken:
        taken.open(file)
        press = taken.page.keyboard.press
        caption = taken.page.locator("#story .caption")
        for n, (words, _) in enumerate(STORY):
            expect(caption).to_have_text(words)
            expect(taken.page.locator("#story")).to_contain_text(f"{n + 1} of 3")
            assert taken.places() == seen[n][0]
            assert taken.page.locator("#summary").inner_text().startswith(seen[n][1])
            assert bright(taken) == seen[n][2]
            press("ArrowRight")
        expect(caption).to_have_text(STORY[2][0])
        press("ArrowLeft")
        expect(caption).to_have_text(STORY[1][0])
        assert taken.places() == seen[1][0], "places are stable"
        assert taken.heading() == "Envoy"
        expect(taken.page.locator("#summary")).to_contain_text("since 2022")
        press("Escape")
        press("Escape")
        expect(taken.page.locator("#story")).to_be_hidden()
        taken.page.get_by_role("button", name="Play the story").click()
        expect(caption).to_have_text(STORY[0][0])
        taken.page.get_by_role("button", name="Next").click()
        expect(caption).to_have_text(STORY[1][0])
        taken.unharmed()


def bright(page: Any) -> set[str]:
    """Ids of the lines that are not faint."""
    return {line["id"] for line in page.lines() if line["color"]["opacity"] == 1}


def test_arrows_walk_along_ties_and_enter_leads_to_the_claims(
    window: Window, browser: Browser, tmp_path: Path
) -> None:
    window.open(CONTESTED)
    file = page_of_view(window, tmp_path)

    with disk_page(browser) as taken:
        taken.open(file)
        taken.page.locator("#map").focus()
        walked = set()
        for key in ("ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowDown"):
            taken.page.keyboard.press(key)
            walked.add(taken.heading())
        assert len(walked) > 1
        taken.page.keyboard.press("Enter")
        assert taken.page.evaluate("document.activeElement.id") == "inspector"
        taken.page.keyboard.press("Escape")
        assert taken.page.evaluate("document.activeElement.id") == "map"


def test_without_scripts_the_pictures_and_the_claims_are_there(
    window: Window, browser: Browser, tmp_path: Path
) -> None:
    told(window)
    file = page_of_story(window, "Dealings", tmp_path)

    with disk_page(browser, java_script_enabled=False) as taken:
        page = taken.page
        page.goto(file.as_uri())
        expect(page.locator("#pictures figure svg")).to_have_count(3)
        expect(page.locator("#pictures figcaption .caption")).to_have_text([words for words, _ in STORY])
        expect(page.locator(".file-relation .claim .statement").first).to_be_visible()
        assert page.locator(".file-relation .claim").count() == 12
        href = page.locator("#pictures svg a[href^='#r']").first.get_attribute("href")
        page.goto(f"{file.as_uri()}{href}")
        expect(page.locator(".file-relation:target .statement").first).to_be_in_viewport()
        expect(page.get_by_role("button")).to_have_count(0)
        assert [url for url in taken.asked if not url.startswith(("file:", "data:"))] == []


@pytest.mark.parametrize("number", range(len(HOSTILE_NAMES)))
def test_hostile_text_is_text_in_a_file(
    window: Window, browser: Browser, tmp_path: Path, number: int
) -> None:
    name = HOSTILE_NAMES[number][:150].strip()
    told(window, tuple((text, f"actor=evil-{number}") for text in HOSTILE_NAMES), name)
    file = page_of_story(window, name, tmp_path)

    with disk_page(browser) as taken:
        taken.open(file)
        for text in HOSTILE_NAMES:
            expect(taken.page.locator("#story .caption")).to_have_text(" ".join(text.split()))
            taken.page.keyboard.press("ArrowRight")
        shown = " ".join(taken.heading().split())
        assert shown == " ".join(HOSTILE_NAMES[number].split())
        for actor in taken.places():
            taken.page.mouse.move(*taken.point(actor))
            taken.page.wait_for_timeout(300)
        taken.page.locator("#inspector .who button").first.click()
        expect(taken.page.locator("#inspector .claim .statement").first).to_contain_text(SCRIPT)
        expect(taken.page.locator(".file-relation .claim .statement").first).to_contain_text(SCRIPT)
        taken.unharmed()

    with disk_page(browser, java_script_enabled=False) as plain:
        plain.page.goto(file.as_uri())
        expect(plain.page.locator(".file-relation .claim .statement").first).to_contain_text(SCRIPT)
        assert [url for url in plain.asked if not url.startswith(("file:", "data:"))] == []


def test_the_policy_of_a_file_lets_no_other_script_run_and_nothing_be_fetched(
    window: Window, browser: Browser, tmp_path: Path
) -> None:
    window.open("actor=minister")
    file = page_of_view(window, tmp_path)
    text = file.read_text("utf-8")
    more = '<script>window.hit=1</script><img src="x" onerror="window.hit=1">'
    more += '<link rel="stylesheet" href="y.css">'
    file.write_text(text.replace("</main>", f"</main>{more}"), encoding="utf-8")

    with disk_page(browser) as taken:
        taken.page.goto(file.as_uri())
        expect(taken.page.locator("#summary")).not_to_be_empty()
        taken.page.evaluate("fetch('http://127.0.0.1:1/').catch(() => null)")
        assert taken.page.evaluate("window.hit ?? 0") == 0
        refused = " ".join(taken.page.evaluate("window.refused"))
        for directive in ("script-src-elem", "script-src-attr", "style-src-elem", "img-src", "connect-src"):
            assert directive in refused


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_a_file_has_no_serious_barrier_and_fits(
    window: Window, browser: Browser, tmp_path: Path, scheme: str, width: int
) -> None:
    told(window)
    file = page_of_story(window, "Dealings", tmp_path)
    screen = {"viewport": {"width": width, "height": 740}, "color_scheme": scheme, "bypass_csp": True}

    with disk_page(browser, **screen) as taken:
        taken.open(file)
        assert taken.page.evaluate("document.documentElement.dataset.theme") == scheme
        assert taken.page.evaluate("document.documentElement.scrollWidth") <= width
        assert barriers(taken.page) == []
        taken.page.keyboard.press("ArrowRight")
        expect(taken.page.locator("#inspector h2")).to_have_text("Envoy")
        assert barriers(taken.page) == []
        taken.page.get_by_role("button", name="Light or dark").click()
        assert taken.page.evaluate("document.documentElement.dataset.theme") != scheme


def test_an_overview_is_taken_along_with_its_bubbles(
    window: Window, browser: Browser, tmp_path: Path
) -> None:
    window.open("overview")
    places = window.places()
    file = page_of_view(window, tmp_path)

    with disk_page(browser) as taken:
        taken.open(file)
        assert taken.places() == places
        community = next(iter(places))
        taken.click(community)
        expect(taken.page.locator("#inspector")).to_contain_text("Community")
        expect(taken.page.locator("#inspector").get_by_role("button", name="Show only this")).to_have_count(0)
        taken.unharmed()


def test_a_view_that_cannot_be_shown_is_named(window: Window) -> None:
    told(window, (("a", "actor=minister"), ("b", "actor=nobody-of-this-name")))
    section = window.page.locator("#views").get_by_role("region", name="Dealings", exact=True)
    section.get_by_role("button", name="Save as a web page").click()

    expect(window.page.locator("#views .told")).to_contain_text("Not saved: View 2 cannot be shown: ")
