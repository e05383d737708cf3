"""The legend is the filter: each switch leaves out just what it says, and is in the address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from windows import Window

MINISTER = "actor=minister"


def captions(window: Window) -> list[str]:
    return sorted(line["caption"] for line in window.lines())


def off(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("checkbox", name=name).uncheck()


def on(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("checkbox", name=name).check()


def only(name: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        button = page.get_by_role("button", name=f"Only {name}", exact=True)
        button.focus()
        button.press("Enter")

    return act


def a_type(page: Page) -> None:
    page.get_by_label("Types of verbal cooperation").click()
    page.get_by_role("checkbox", name="meets", exact=True).uncheck()


def one_type(page: Page) -> None:
    page.get_by_label("Types of verbal cooperation").click()
    only("supports")(page)


def two_sources(page: Page) -> None:
    page.get_by_label("At least so many sources").select_option("2")


def one_paper(page: Page) -> None:
    page.get_by_text("Sources", exact=True).click()
    page.get_by_role("checkbox", name="Paper 2").check()


ALL = [
    "accuses", "alleged: meets", "did not visit (contested)", "leads", "meets", "meets", "meets", "opposes",
    "supports", "supports", "visits (contested)",
]  # fmt: skip


def without(*names: str) -> list[str]:
    return [caption for caption in ALL if caption not in names]


SWITCHES: tuple[tuple[str, Callable[[Page], None], list[str], str], ...] = (
    ("a family", off("verbal conflict"), without("accuses", "opposes"), "off=verbal_conflict"),
    ("one family", only("roles and places"), ["leads"], "off=verbal_cooperation"),
    ("a type", a_type, without("meets", "alleged: meets"), "off=MEETS"),
    ("one type", one_type, ["supports", "supports"], "off=VISITS"),
    ("a status", off("alleged"), without("alleged: meets"), "view.status=asserted"),
    ("one status", only("alleged"), ["alleged: meets"], "view.status=alleged"),
    ("denials", off("denied"), without("did not visit (contested)"), "only=positive"),
    ("only denials", only("denied"), ["did not visit (contested)"], "only=negative"),
    (
        "contested",
        on("contested only"),
        ["did not visit (contested)", "visits (contested)"],
        "only=contested",
    ),
    ("sources", two_sources, ["meets"], "view.min_sources=2"),
    ("a source", one_paper, ["accuses", "meets", "opposes"], "view.source=ministry%2Fpaper-2"),
)


@pytest.mark.parametrize(
    ("act", "left", "written"), [row[1:] for row in SWITCHES], ids=[row[0] for row in SWITCHES]
)
def test_a_switch_leaves_what_it_says(
    window: Window, act: Callable[[Page], None], left: list[str], written: str
) -> None:
    window.open(MINISTER)
    places = window.places()
    assert captions(window) == ALL

    act(window.page)
    window.settle()

    assert captions(window) == left
    assert window.places() == places
    assert written in window.page.url
    expect(window.page.locator("#summary")).to_contain_text(f"{len(left)} of 11 relations")
    fragment = window.page.url.split("#")[1]
    window.open(fragment)
    assert captions(window) == left, "the address brings it back"
    window.page.get_by_role("button", name="Clear").click()
    assert captions(window) == ALL
    assert window.problems() == []


def test_a_kind_that_is_switched_off_leaves_with_its_ties_and_comes_back_when_asked_for(
    window: Window,
) -> None:
    window.open("actor=hezbollah")
    before = window.places()
    window.page.get_by_role("checkbox", name="person").uncheck()
    without_people = window.places()
    assert before.keys() - without_people.keys() == {"ahmed-al-sharaa", "benjamin-netanyahu"}
    assert "off-kind=person" in window.page.url

    window.page.locator("#search-input").fill("netanyahu")
    window.page.keyboard.press("Enter")
    expect(window.page.locator("#inspector h2")).to_have_text("Benjamin Netanyahu")

    assert window.places() == before


def test_the_last_status_stays_on(window: Window) -> None:
    window.open(f"{MINISTER}&view.status=alleged")

    window.page.get_by_role("checkbox", name="alleged").click()
    window.settle()

    assert captions(window) == ["alleged: meets"]
    expect(window.page.get_by_role("checkbox", name="alleged")).to_be_checked()


def test_a_switch_keeps_the_keyboard(window: Window) -> None:
    window.open(MINISTER)
    box = window.page.get_by_role("checkbox", name="verbal conflict")
    box.focus()

    window.page.keyboard.press("Space")

    expect(box).not_to_be_checked()
    expect(box).to_be_focused()
    window.page.keyboard.press("Space")
    assert captions(window) == ALL
