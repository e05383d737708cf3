"""Several selected: by click and box, their ties as a matrix, whom they have in common, who matters there."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from windows import Window


def add(window: Window, *actors: str, key: str = "Control") -> None:
    """Click actors with a key that adds to the selection."""
    window.page.keyboard.down(key)
    for actor in actors:
        window.page.mouse.click(*window.point(actor))
    window.page.keyboard.up(key)
    window.settle()


def lit(window: Window) -> set[str]:
    """Actors that are not faint."""
    return {
        node["id"] for node in window.page.evaluate("drawn.body.data.nodes.get()") if node["opacity"] == 1
    }


def test_clicks_with_ctrl_or_shift_add_and_take_out(window: Window) -> None:
    window.open("actor=minister")
    window.page.mouse.click(*window.point("rival"))
    window.settle()
    add(window, "banker", "envoy")
    expect(window.page.locator("#inspector h2")).to_have_text("3 actors")
    assert lit(window) == {"rival", "banker", "envoy"}
    assert "select=rival&select=banker&select=envoy" in window.page.url
    fragment = window.page.url.split("#")[1]

    add(window, "rival", key="Shift")

    expect(window.page.locator("#inspector h2")).to_have_text("2 actors")
    window.open(fragment)
    expect(window.page.locator("#inspector h2")).to_have_text("3 actors")
    assert window.problems() == []


def test_a_box_selects_what_is_in_it_and_moves_nothing(window: Window) -> None:
    window.open("actor=minister&select=minister")
    window.page.keyboard.press("Escape")
    before = window.places()
    spots = [window.point(name) for name in ("minister", "pupil")]
    window.page.keyboard.down("Shift")
    window.page.mouse.move(min(x for x, _ in spots) - 45, min(y for _, y in spots) - 45)
    window.page.mouse.down()
    window.page.mouse.move(max(x for x, _ in spots) + 45, max(y for _, y in spots) + 45, steps=5)
    expect(window.page.locator(".box")).to_be_visible()
    window.page.mouse.up()
    window.page.keyboard.up("Shift")
    window.settle()

    expect(window.page.locator("#inspector h2")).to_have_text("2 actors")
    assert lit(window) == {"minister", "pupil"}
    assert window.places() == before
    expect(window.page.locator(".box")).to_be_hidden()


def test_the_matrix_says_what_is_between_each_two_and_opens_it(window: Window) -> None:
    window.open("actor=minister&select=minister&select=rival&select=pupil&select=envoy")
    matrix = window.page.get_by_role("region", name="Between them")
    first = matrix.locator("tbody tr").first.locator("td")
    # With the rival two meetings and an accusation; the envoy is also visited, and not.
    assert first.all_inner_texts() == ["", "3", "1", "3/1"]
    expect(matrix.get_by_role("button", name=re.compile("Minister and Envoy: contested"))).to_have_count(1)
    expect(matrix.locator("td[title='Rival and Pupil: only through others, best Minister']")).to_have_count(1)

    matrix.get_by_role("button", name=re.compile("^Minister and Pupil: 1 claim")).click()

    expect(window.page.locator("#inspector .verb")).to_have_text("leads")


def test_whom_they_have_in_common_is_brought_to_the_map(window: Window) -> None:
    window.open("actor=rival&type=ACCUSES&expand=minister~LEADS")
    before = window.places()
    assert before.keys() == {"rival", "minister", "pupil"}
    window.page.mouse.click(*window.point("rival"))
    window.settle()
    add(window, "minister")
    common = window.page.locator("#inspector .ranked").first
    expect(common).to_contain_text("Banker")
    expect(common).to_contain_text("Envoy")

    window.page.get_by_role("button", name="Bring them to the map (+2)").click()
    window.settle()

    after = window.places()
    assert after.keys() - before.keys() == {"banker", "envoy"}
    assert {name: after[name] for name in before} == before
    assert "common=rival%7Eminister" in window.page.url
    fragment = window.page.url.split("#")[1]
    window.open(fragment)
    assert window.places() == after


def test_who_matters_around_them_is_ranked_by_a_measure(window: Window) -> None:
    window.open("actor=minister&select=rival&select=banker")

    window.page.get_by_label("Measure").select_option("degree")

    ranked = window.page.locator(".ranking ol")
    expect(ranked.locator("li").first).to_contain_text("Minister")
    expect(window.page.locator(".ranking")).to_contain_text("Among 4 actors within one step of them")


def test_the_group_is_hidden_by_del_and_has_a_menu(window: Window) -> None:
    window.open("actor=minister&select=banker&select=envoy")
    window.page.mouse.click(*window.point("envoy"), button="right")
    menu = window.page.get_by_role("menu")
    expect(menu).to_contain_text("2 actors")
    expect(menu).to_contain_text("0 relations between them")
    menu.get_by_role("menuitem", name="Select their neighbours too").click()
    expect(window.page.locator("#inspector h2")).to_have_text("4 actors")

    window.page.keyboard.press("Delete")

    assert window.places().keys() == {"pupil"}
    window.page.keyboard.press("Control+z")
    assert len(window.places()) == 5


def test_two_lead_to_the_paths_between_them(window: Window) -> None:
    window.open("actor=minister&select=pupil&select=rival")

    window.page.get_by_role("button", name="Paths between them").click()

    expect(window.paths().first).to_contain_text("Minister")
    assert "from=pupil&to=rival" in window.page.url
