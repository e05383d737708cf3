"""For everybody: by keyboard alone, on a telephone, in the dark, and read aloud."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from windows import Window


def test_everything_can_be_done_by_keyboard(window: Window) -> None:
    window.open()
    press, kind = window.page.keyboard.press, window.page.keyboard.type
    press("/")
    kind("sharaa")
    expect(window.page.get_by_role("option").first).to_be_visible()
    press("ArrowDown")
    press("ArrowUp")
    press("Enter")
    expect(window.page.locator("#inspector h2")).to_have_text("Ahmed al-Sharaa")
    window.settle()
    expect(window.page.locator("#map")).to_be_focused()

    press("ArrowRight")
    window.settle()
    walked = window.heading()
    assert walked != "Ahmed al-Sharaa"
    before = len(window.places())
    press("Enter")
    window.settle()
    assert len(window.places()) >= before
    press("t")
    expect(window.page.get_by_label("Filter rows")).to_be_focused()
    press("Escape")
    expect(window.page.locator("#inspector")).to_be_hidden()
    press("Escape")
    expect(window.page.locator("#table")).to_be_hidden()
    window.page.locator("#map").focus()
    press("p")
    expect(window.page.locator("#connect-from")).to_be_focused()
    press("Escape")
    press("Escape")
    expect(window.page.locator("#connect")).to_be_hidden()
    press("?")
    expect(window.page.locator("#help")).to_be_visible()
    press("Escape")
    expect(window.page.locator("#help")).to_be_hidden()


def test_tab_reaches_every_part_and_none_is_nameless(window: Window) -> None:
    window.open("actor=ahmed-al-sharaa&type=MEETS")
    names = []
    for _ in range(60):
        window.page.keyboard.press("Tab")
        names.append(
            window.page.evaluate(
                "(e => e.getAttribute('aria-label') || e.labels?.[0]?.innerText || e.innerText || e.tagName)"
                "(document.activeElement)"
            )
        )

    wanted = (
        "Search for an actor",
        "Connect",
        "Table",
        "Map of actors and their relations",
        "Zoom in",
        "Hide",
    )
    assert [name for name in wanted if name not in names] == []
    assert "CANVAS" not in names
    assert "DIV" not in names


def test_changes_are_read_aloud(window: Window) -> None:
    window.open("actor=ahmed-al-sharaa&type=MEETS")
    live = window.page.locator("#live")

    window.page.locator("#inspector .bring:enabled").first.click()

    expect(live).to_contain_text(re.compile(r"\d+ actors? added"))
    window.page.keyboard.press("Control+z")
    expect(live).to_contain_text("undone")


def canvas_colour(page: Page) -> str:
    """Background behind the map."""
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_the_dark_theme_follows_the_system_and_the_button(browser: Browser, server: str) -> None:
    context = browser.new_context(color_scheme="dark")
    window = Window(context.new_page(), server)
    window.open("actor=ahmed-al-sharaa&type=MEETS")
    dark = canvas_colour(window.page)
    ink = {node["font"]["color"] for node in window.page.evaluate("drawn.body.data.nodes.get()")}

    window.page.locator("#theme").click()

    light = canvas_colour(window.page)
    assert (dark, light) == ("rgb(20, 23, 28)", "rgb(251, 251, 250)")
    now = {node["font"]["color"] for node in window.page.evaluate("drawn.body.data.nodes.get()")}
    assert ink.isdisjoint(now), "names on the canvas change with the page"
    window.open("actor=ahmed-al-sharaa&type=MEETS")
    assert canvas_colour(window.page) == light, "remembered"
    assert window.problems() == []
    context.close()


@pytest.fixture
def telephone(browser: Browser, server: str) -> Window:
    """A window as narrow as a telephone."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, reduced_motion="reduce"
    )
    return Window(context.new_page(), server)


def test_on_a_telephone_panels_are_sheets_and_nothing_is_cut_off(telephone: Window) -> None:
    page = telephone.page
    telephone.open()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("#search-input").tap()
    page.keyboard.type("jumblatt")
    page.get_by_role("option").first.tap()
    expect(page.locator("#inspector h2")).to_have_text("Walid Jumblatt")
    telephone.settle()

    sheet, picture = page.locator("#inspector").bounding_box(), page.locator("#map").bounding_box()
    assert sheet is not None
    assert picture is not None
    assert sheet["width"] == 360
    assert picture["height"] >= 200
    assert sheet["y"] >= picture["y"] + picture["height"] - 1, "the sheet lies under the map, not on it"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Path from here").tap()
    page.locator("#connect-to").fill("iran")
    expect(page.locator("#connect-to-list [role=option]").first).to_be_visible()
    page.locator("#connect-to-list [role=option]").first.tap()
    expect(page.locator(".paths li").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert telephone.problems() == []
    page.context.close()


def nothing(page: Page) -> None:
    """The screen as it opens."""


def table(page: Page) -> None:
    page.keyboard.press("t")


def search(page: Page) -> None:
    page.locator("#search-input").fill("a")
    expect(page.get_by_role("option").first).to_be_visible()


def help_(page: Page) -> None:
    page.keyboard.press("?")


def conditions(page: Page) -> None:
    page.locator("#connect summary").click()
    expect(page.locator("#connect-type option").nth(5)).to_be_attached()
    page.locator("#connect-via").fill("a")
    expect(page.locator("#connect-via-list [role=option]").first).to_be_visible()


def copy(page: Page) -> None:
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Copy with footnotes").click()
    expect(page.locator("dialog.copy")).to_be_visible()


def examples(page: Page) -> None:
    page.keyboard.press("c")
    expect(page.locator(".queries .name").first).to_be_visible()


def rows(page: Page) -> None:
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("#cypher tbody tr").first).to_be_visible()


def fault(page: Page) -> None:
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("#cypher-fault")).not_to_be_empty()


def completing(page: Page) -> None:
    page.locator("#cypher-statement").press("Control+Space")
    expect(page.locator("#cypher-words [role=option]").first).to_be_visible()


def saved(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_label("Save as").press("Enter")
    expect(page.locator(".queries .deeds")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()


def plan(page: Page) -> None:
    page.get_by_role("button", name="Explain").click()
    expect(page.locator(".plan")).to_be_visible()


def menu(page: Page) -> None:
    page.locator("#map").focus()
    page.keyboard.press("m")
    expect(page.get_by_role("menu")).to_be_visible()
    page.wait_for_load_state("networkidle")


def share(page: Page) -> None:
    page.keyboard.press("e")
    expect(page.locator("#share")).to_be_visible()


def claims(page: Page) -> None:
    page.keyboard.press("t")
    page.locator("#table .head").get_by_role("button", name="Claims").click()
    expect(page.locator("#table tbody tr").first).to_be_visible()


def sources(page: Page) -> None:
    page.get_by_text("Sources", exact=True).click()
    page.get_by_label("Types of verbal cooperation").click()
    expect(page.get_by_role("checkbox", name="Paper 1")).to_be_visible()


def measure(page: Page) -> None:
    page.get_by_label("Measure").select_option("degree")
    expect(page.locator(".ranking li").first).to_be_visible()


def views(page: Page) -> None:
    page.keyboard.press("v")
    page.get_by_label("Begin a story called").fill("Talks")
    page.keyboard.press("Enter")
    story = page.get_by_role("region", name="Talks")
    story.get_by_role("button", name="Add this view").click()
    expect(story.locator("li")).to_have_count(1)


def story(page: Page) -> None:
    views(page)
    page.get_by_role("button", name="Play", exact=True).last.click()
    expect(page.locator("#story .caption")).to_be_visible()


def story_link(page: Page) -> None:
    views(page)
    page.get_by_role("region", name="Talks").get_by_role("button", name="Link", exact=True).click()
    expect(page.locator(".story-link input")).to_be_visible()


def waiting(page: Page) -> None:
    page.keyboard.press("t")
    page.get_by_label("Filter rows").fill("nobody is called this")
    page.route("**/neighbourhood?*", lambda route: None)
    page.evaluate("location.hash = 'actor=hezbollah'")
    expect(page.locator("#cancel")).to_be_visible()


STRICT = "/#from=walid-jumblatt&to=iran&via=hezbollah&avoid=ahmed-al-sharaa&type=MEETS&as_of=2025-03"

ASKED = "/#cypher=MATCH+%28a%3AActor%29-%5Br%5D-%28b%29+RETURN+a%2C+r%2C+count%28*%29+AS+n+LIMIT+5"

SCREENS: tuple[tuple[str, str, Callable[[Page], None]], ...] = (
    ("start", "/", nothing),
    ("actor", "/#actor=ahmed-al-sharaa", nothing),
    ("table", "/#actor=hezbollah", table),
    ("paths", "/#from=walid-jumblatt&to=iran", nothing),
    ("several starts", "/#from=walid-jumblatt&from=israel&to=iran&rank=strongest&path=2", nothing),
    ("nothing found", STRICT, nothing),
    ("conditions", STRICT, conditions),
    ("copying", "/#from=walid-jumblatt&to=iran", copy),
    ("examples", "/", examples),
    ("rows", ASKED, rows),
    ("fault", "/#cypher=MATCH+%28a+RETURN+a", fault),
    ("completing", "/#cypher=MATCH+", completing),
    ("saved", ASKED, saved),
    ("plan", ASKED, plan),
    ("search", "/#actor=hezbollah", search),
    ("help", "/", help_),
    ("problem", "/#actor=walid-jumblat", nothing),
    ("menu", "/#actor=minister&select=minister", menu),
    ("share", "/#actor=minister", share),
    ("views", "/#actor=minister", views),
    ("story", "/#actor=minister", story),
    ("link of a story", "/#actor=minister", story_link),
    ("embedded", "/view/map#actor=minister&select=minister", nothing),
    ("waiting", "/#actor=minister", waiting),
    ("claims", "/#actor=minister", claims),
    ("filter", "/#actor=minister&view.since=2021-06&view.until=2022-12", sources),
    ("as of", "/#actor=minister&view.as_of=2022-03", nothing),
    ("group", "/#actor=minister&select=minister&select=envoy&select=pupil", measure),
    ("page", "/view/neighbourhood/hezbollah", nothing),
)


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """What axe-core calls serious or critical: rule and the first places."""
    return [
        (one["id"], [part["html"][:200] for part in one["nodes"]][:3])
        for one in Axe().run(page).response["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.fixture(params=["light", "dark"])
def open_page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page in each theme into which axe may put its script."""
    scheme = request.param
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("path", "act"), [(path, act) for _, path, act in SCREENS], ids=[name for name, _, _ in SCREENS]
)
def test_no_screen_has_a_serious_barrier(
    open_page: Page, server: str, path: str, act: Callable[[Page], None]
) -> None:
    open_page.goto(server + path)
    open_page.wait_for_load_state("networkidle")
    act(open_page)

    assert barriers(open_page) == []


def test_a_contested_tie_has_no_serious_barrier(open_page: Page, server: str) -> None:
    graph = open_page.request.get(f"{server}/api/v1/actors/hezbollah/neighbourhood").json()
    contested = next(relation["id"] for relation in graph["relations"] if relation["contested"])
    open_page.goto(f"{server}/#actor=hezbollah&select={contested}")
    expect(open_page.locator(".claim").nth(1)).to_be_visible()

    assert barriers(open_page) == []
