"""A file of one's own, dropped or chosen: looked at, loaded, reported, and seen on the map."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from datafolders import SCRIPT
from dropping import dialog, drop, own_name, two_meetings
from windows import Window
from workbooks import HEADER, workbook

MIXED = """\
subject,relation,object,date,mood
{0} Ann,meets,{0} Ben,2025-03,good
{0} Ann,funds,{0} Carl,2025-02-30,good
{0} Ben,meets,,2025,bad
{0} Ben,sings to,{0} Carl,2024,fair
"""


def done(window: Window) -> None:
    """Close the report; what is on the page is asked for anew."""
    dialog(window).get_by_role("button", name="Done").click()
    expect(dialog(window)).to_be_hidden()
    expect(window.page.locator("#start .figures")).to_be_visible()
    window.settle()


def figures(window: Window) -> dict[str, int]:
    """The numbers of a report."""
    parts = dialog(window).locator(".figures div")
    expect(parts.first).to_be_visible()
    return {
        one.locator("dt").inner_text(): int(one.locator("dd").inner_text().replace(",", ""))
        for one in parts.all()
    }


def claims_on_start_page(window: Window) -> int:
    figure = window.page.locator("#start .figures div").filter(has_text="claims").locator("dd")
    return int(figure.inner_text().replace(",", ""))


def test_a_file_is_dropped_looked_at_loaded_and_seen(window: Window) -> None:
    window.open()
    before, name = claims_on_start_page(window), own_name()
    drop(window, f"{name}.csv", MIXED.format(name))

    box = dialog(window)
    expect(box.locator("h2")).to_have_text(f"{name}.csv")
    expect(box.locator(".lead")).to_have_text("CSV, 4 claims read: 2 new, 2 refused.")
    expect(box.locator(".columns li")).to_have_text(
        ["subject", "relation", "object", "date", "mood is not read"]
    )
    expect(box.get_by_role("region", name="First rows").locator("tbody tr")).to_have_count(4)
    refused = box.locator(".refused tbody tr")
    expect(refused).to_have_count(2)
    expect(refused.nth(0).locator("td")).to_have_text(["3", "date", re.compile("28 days"), "2025-02-30"])
    expect(refused.nth(1).locator("td")).to_have_text(["4", "object", "object is empty", ""])
    expect(box).to_contain_text("sings to (1)")
    expect(box.get_by_label("Data set")).to_have_value(name)

    box.get_by_role("button", name="Load 2 claims").click()
    expect(box.locator("h2")).to_have_text(f"{name}.csv is loaded")
    assert figures(window) == {"read": 4, "new": 2, "known": 0, "updated": 0, "refused": 2}
    done(window)
    expect(window.page.locator("#start .figures")).to_be_visible()
    assert claims_on_start_page(window) == before + 2
    assert window.problems() == []


def test_what_was_loaded_is_a_click_from_the_map(window: Window) -> None:
    window.open("actor=ahmed-al-sharaa&type=MEETS")
    two_meetings(window)
    assert len(window.places()) == 3
    assert window.problems() == []


def test_the_refused_rows_are_a_file_that_is_no_formula(window: Window) -> None:
    window.open()
    name = own_name()
    drop(window, f"{name}.csv", f'subject,relation,object,date\n{name},meets,B,\nA,meets,B,"=1+1, ""x"""\n')
    dialog(window).get_by_role("button", name="Load 1 claim").click()
    with window.page.expect_download() as found:
        dialog(window).get_by_role("button", name="Download refused rows as CSV").click()

    assert found.value.suggested_filename == f"refused rows of {name}.csv"
    text = Path(found.value.path()).read_text(encoding="utf-8-sig")
    head, row = csv.reader(io.StringIO(text))
    assert head == ["file", "line", "column", "reason", "value"]
    assert row[:3] == [f"{name}.csv", "3", "date"]
    assert row[4] == '\'=1+1, "x"'


def test_by_keyboard_an_excel_sheet_is_chosen_and_loaded(window: Window, tmp_path: Path) -> None:
    name = own_name()
    file = workbook(
        tmp_path / f"{name}.xlsx", HEADER, (f"{name} Ann", "meets", f"{name} Ben", "2025", "Daily")
    )
    window.page.on("filechooser", lambda chooser: chooser.set_files(file))
    window.open()
    button = window.page.get_by_role("button", name="Load a file …")
    button.focus()
    window.page.keyboard.press("Enter")
    choose = dialog(window).get_by_role("button", name="Choose a file …")
    expect(choose).to_be_focused()
    window.page.keyboard.press("Enter")

    expect(dialog(window).locator(".lead")).to_have_text("Excel, 1 claim read: 1 new.")
    expect(dialog(window).get_by_role("button", name="Load 1 claim")).to_be_focused()
    window.page.keyboard.press("Enter")
    expect(dialog(window).get_by_role("button", name="Done")).to_be_focused()
    assert figures(window)["new"] == 1
    window.page.keyboard.press("Enter")
    expect(dialog(window)).to_be_hidden()


def test_another_data_set_is_named_and_a_wrong_name_is_said(window: Window) -> None:
    window.open()
    name = own_name()
    drop(window, "some claims.csv", f"subject,relation,object\n{name},meets,B\n")
    field = dialog(window).get_by_label("Data set")
    expect(field).to_have_value("some-claims")
    field.fill("Not A Name")
    field.press("Tab")
    expect(dialog(window).get_by_role("alert")).to_contain_text("dataset")
    drop(window, "some claims.csv", f"subject,relation,object\n{name},meets,B\n")
    field.fill(name)
    field.press("Tab")
    expect(field).to_have_value(name)
    dialog(window).get_by_role("button", name="Load 1 claim").click()
    expect(dialog(window)).to_contain_text(f"Data set {name}")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("photo.png", "x", "files are known by their ending"),
        ("some.csv", "who,what\nA,B\n", "no column 'subject'"),
        ("some.xlsx", "x", "not an Excel file"),
        ("a:b?.json", "{}", "a_b_.json: an object without 'claims'"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_in_words(
    window: Window, name: str, content: str, words: str
) -> None:
    window.open()
    drop(window, name, content)

    expect(dialog(window).get_by_role("alert")).to_contain_text(words)
    dialog(window).get_by_role("button", name="Another file …").click()
    expect(dialog(window).get_by_role("button", name="Choose a file …")).to_be_focused()
    window.page.keyboard.press("Escape")
    expect(dialog(window)).to_be_hidden()


def test_all_of_it_is_there_already(window: Window) -> None:
    window.open()
    name = own_name()
    table = f"subject,relation,object\n{name},meets,B\n"
    drop(window, f"{name}.csv", table)
    dialog(window).get_by_role("button", name="Load 1 claim").click()
    done(window)
    drop(window, f"{name}.csv", table)

    expect(dialog(window)).to_contain_text("All of it is in the graph already.")
    expect(dialog(window).get_by_role("button", name="Load")).to_have_count(0)


def test_a_file_that_is_too_large_is_not_sent(window: Window) -> None:
    window.open()
    window.page.route("**/api/v1/loading", lambda route: told(route, allowed=True, limit=10))
    drop(window, "some.csv", "subject,relation,object\nA,meets,B\n")

    expect(dialog(window).get_by_role("alert")).to_contain_text("is larger than")
    assert "/api/v1/loads" not in window.asked


def told(route: Route, **changes: Any) -> None:
    """What the server says of loading, changed."""
    said = {"allowed": False, "reason": None, "key_needed": False, "limit": 1 << 26, "endings": [".csv"]}
    route.fulfill(content_type="application/json", body=json.dumps(said | changes))


def test_a_server_that_takes_no_files_says_why(window: Window) -> None:
    window.open()
    reason = "it takes files only with ACTORGRAPH_LOADS=true"
    window.page.route("**/api/v1/loading", lambda route: told(route, reason=reason))
    drop(window, "some.csv", "subject,relation,object\nA,meets,B\n")

    expect(dialog(window).locator("h2")).to_have_text("This server is read-only")
    expect(dialog(window)).to_contain_text(reason)
    assert "/api/v1/loads" not in window.asked
    window.page.unroute("**/api/v1/loading")
    window.page.route("**/api/v1/loading", lambda route: told(route, allowed=True, key_needed=True))
    drop(window, "some.csv", "")
    expect(dialog(window).get_by_role("link", name="Sign in")).to_have_attribute("href", "/login")


def test_what_the_server_says_in_the_middle_is_shown(window: Window) -> None:
    window.open()
    progress = {"file": "some.csv", "rows": 1, "bytes_done": 1, "bytes_total": 2}
    problem = {
        "title": "The store is away",
        "detail": "try later",
        "status": 503,
        "code": "store-unavailable",
    }
    bodies = [json.dumps({"progress": progress}) + "\n", json.dumps({"problem": problem}) + "\n"]
    for lines, words in ((bodies, "The store is away try later"), (bodies[:1], "The answer was cut off")):
        window.page.route("**/api/v1/loads?*", answering("".join(lines)))
        drop(window, "some.csv", "subject,relation,object\nA,meets,B\n")
        expect(dialog(window).get_by_role("alert")).to_contain_text(words)
        window.page.unroute("**/api/v1/loads?*")
    dialog(window).get_by_role("button", name="Try again").click()
    expect(dialog(window).locator(".lead")).to_contain_text("CSV, 1 claim read")


def answering(body: str) -> Callable[[Route], None]:
    """What answers a load with these lines."""
    return lambda route: route.fulfill(content_type="application/x-ndjson", body=body)


def test_looking_can_be_given_up(window: Window) -> None:
    window.open()
    held: list[Route] = []
    window.page.route("**/api/v1/loads?*", lambda route: held.append(route))
    drop(window, "some.csv", "subject,relation,object\nA,meets,B\n")
    with window.page.expect_event("requestfailed", lambda request: "/loads" in request.url):
        dialog(window).get_by_role("button", name="Cancel").click()

    expect(dialog(window)).to_be_hidden()
    assert window.problems() == []
    for route in held:
        route.abort()


def test_hostile_text_is_text(window: Window) -> None:
    window.open()
    name = own_name()
    header = f"subject\trelation\tobject\tdate\t{SCRIPT}"
    bad = f"{SCRIPT}\t{SCRIPT} {name}\t{SCRIPT}{name}\t{SCRIPT}\t{SCRIPT}"
    good = f"{SCRIPT}{name}\thacks\t\u202e{name}\t\t{SCRIPT}"
    drop(window, f"{SCRIPT}{name}.tsv", f"{header}\n{bad}\n{good}\n")

    expect(dialog(window).locator(".refused")).to_contain_text(SCRIPT)
    expect(dialog(window).locator(".columns")).to_contain_text(SCRIPT)
    dialog(window).get_by_role("button", name="Load 1 claim").click()
    expect(dialog(window).locator("h2")).to_contain_text("is loaded")
    expect(dialog(window).get_by_role("button", name=name).first).to_be_visible()
    window.unharmed()


def test_what_is_no_file_is_left_alone(window: Window) -> None:
    window.open()
    expect(dialog(window)).to_be_attached()
    window.page.evaluate(
        "() => { const dataTransfer = new DataTransfer(); dataTransfer.setData('text/plain', 'x');"
        "document.body.dispatchEvent(new DragEvent('drop', {bubbles: true, dataTransfer})); }"
    )

    expect(dialog(window)).to_be_hidden()
    expect(window.page.locator(".drop-here")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (360, 740)])
def test_each_step_can_be_read_by_everybody(
    browser: Browser, server: str, scheme: Any, size: tuple[int, int]
) -> None:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce"
    )
    window, name = Window(context.new_page(), server), own_name()
    window.open()
    window.page.get_by_role("button", name="Load a file …").click()
    expect(dialog(window).get_by_role("button", name="Choose a file …")).to_be_visible()
    check(window.page)
    drop(window, f"{name}.csv", MIXED.format(name))
    expect(dialog(window).locator(".refused")).to_be_visible()
    check(window.page)
    dialog(window).get_by_role("button", name="Load 2 claims").click()
    expect(dialog(window).get_by_role("heading", name="See it on the map")).to_be_visible()
    check(window.page)
    drop(window, "some.png", "x")
    expect(dialog(window).get_by_role("alert")).to_be_visible()
    check(window.page)
    context.close()


def check(page: Page) -> None:
    """Nothing that keeps anybody from reading it, and nothing beside the screen."""
    found = [
        one for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")
    ]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(
        "(box => box.scrollWidth <= box.clientWidth)(document.querySelector('dialog.loading'))"
    )
