"""What people come for: find an actor, see whom he met, read who says so, find how two are connected."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from windows import Window

MEETINGS = "actor=ahmed-al-sharaa&type=MEETS"


def test_the_start_page_says_what_the_graph_holds_and_asks_the_first_questions(window: Window) -> None:
    window.open()

    expect(window.page.locator("#start h1")).to_have_text("Who is connected to whom, and who says so?")
    expect(window.page.locator(".figures")).to_contain_text("claims")
    window.page.get_by_role("link", name="How is Walid Jumblatt connected with Iran?").click()
    expect(window.page.locator("#start")).to_be_hidden()
    expect(window.page.locator(".paths li").first).to_be_visible()
    assert window.problems() == []


def test_every_example_question_draws_an_answer(window: Window) -> None:
    window.open()
    questions = window.page.locator('section:has(h2:has-text("Syria")) .questions a')
    expect(questions.first).to_be_visible()
    links = [link.get_attribute("href") or "" for link in questions.all()]

    assert len(links) >= 8
    for link in links:
        window.open(link.removeprefix("#"))
        assert len(window.places()) >= 2, link
        assert window.lines(), link
    assert window.problems() == []


def test_a_part_of_a_name_and_enter_draw_the_actor(window: Window) -> None:
    window.open()

    window.page.locator("#search-input").fill("sharaa")
    window.page.keyboard.press("Enter")

    expect(window.page.locator("#inspector h2")).to_have_text("Ahmed al-Sharaa")
    assert len(window.places()) > 20
    assert "actor=ahmed-al-sharaa" in window.page.url


def test_the_list_shows_the_kind_and_the_alias_that_matched(window: Window) -> None:
    window.open()

    window.page.keyboard.press("/")
    window.page.keyboard.type("hizbollah")

    option = window.page.get_by_role("option").first
    expect(option).to_contain_text("Hezbollah")
    expect(option).to_contain_text("matched as Hizbollah")
    expect(option).to_contain_text("armed group")


def test_whom_he_met_is_a_list_and_each_tie_opens_to_its_claim(window: Window) -> None:
    window.open("actor=ahmed-al-sharaa")
    meetings = window.page.locator("#inspector .ties > li").filter(has_text=re.compile(r"^meets"))
    expect(meetings.locator(".who")).to_contain_text("Joseph Aoun")

    meetings.get_by_role("button", name="Walid Jumblatt").click()

    claim = window.page.locator(".claim").first
    expect(claim.locator(".statement")).to_contain_text("Jumblatt")
    for term in ("Said by", "Status", "When", "Source", "Passage"):
        expect(claim.locator("dt", has_text=term)).to_be_visible()
    expect(claim).to_contain_text("PISJournal")
    expect(claim).to_contain_text(re.compile(r"characters \d+ to \d+"))
    expect(claim.locator("a")).to_have_attribute("href", re.compile(r"^https?://"))


def test_a_tie_on_the_map_opens_by_a_click_in_its_middle(window: Window) -> None:
    window.open(MEETINGS)
    (x1, y1), (x2, y2) = window.point("ahmed-al-sharaa"), window.point("walid-jumblatt")

    window.page.mouse.click((x1 + x2) / 2, (y1 + y2) / 2)

    expect(window.page.locator("#inspector .about.tie")).to_contain_text("Walid Jumblatt")
    chosen = [line for line in window.lines() if "walid-jumblatt" in (line["from"], line["to"])]
    faint = [line for line in window.lines() if line not in chosen]
    assert chosen[0]["color"]["opacity"] == 1
    assert faint
    assert all(line["color"]["opacity"] < 0.5 for line in faint)


def test_a_contested_tie_shows_both_sides(window: Window) -> None:
    window.open("actor=hezbollah")
    contested = next(line for line in window.lines() if line["contested"] and line["polarity"] == "positive")

    window.open(f"actor=hezbollah&select={contested['id']}")

    panel = window.page.locator("#inspector")
    expect(panel.locator(".contested")).to_be_visible()
    expect(panel.locator("h3").nth(0)).to_have_text(re.compile("for", re.IGNORECASE))
    expect(panel.locator("h3").nth(1)).to_have_text(re.compile("against", re.IGNORECASE))
    assert contested["arrows"]["middle"]["type"] == "bar"


def test_a_denial_is_barred_and_says_not(window: Window) -> None:
    window.open("actor=ahmed-al-sharaa")

    denials = [line for line in window.lines() if line["polarity"] == "negative"]

    assert denials
    assert all(line["arrows"]["middle"]["type"] == "bar" and line["dashes"] for line in denials)
    assert all("not" in line["mark"] for line in denials)


def test_an_unknown_actor_in_an_address_names_the_nearest(window: Window) -> None:
    window.page.goto(f"{window.address}/#actor=walid-jumblat")

    expect(window.page.locator("#banner")).to_contain_text("No such actor")
    expect(window.page.locator("#start h1")).to_be_visible()
    expect(window.page.locator(".figures")).to_be_visible()
    window.page.locator("#banner").get_by_role("link", name="Walid Jumblatt").click()
    expect(window.page.locator("#inspector h2")).to_have_text("Walid Jumblatt")
    expect(window.page.locator("#banner")).to_be_hidden()


def test_the_table_is_the_twin_of_the_map(window: Window) -> None:
    window.open(MEETINGS)
    window.page.keyboard.press("t")
    rows = window.page.locator("#table tbody tr")

    assert rows.count() == len(window.lines())
    window.page.get_by_label("Filter rows").fill("jumblatt")
    expect(rows).to_have_count(1)
    rows.locator("button.name").click()
    expect(window.page.locator("#inspector .claim").first).to_be_visible()
    expect(rows.first).to_have_attribute("aria-selected", "true")
    window.page.get_by_label("Filter rows").fill("")
    window.page.get_by_role("button", name=re.compile(r"^Actors")).click()
    window.page.get_by_role("columnheader", name="Name").get_by_role("button").click()
    names = window.page.locator("#table tbody tr td:first-child").all_inner_texts()
    assert names == sorted(names, key=str.casefold)
