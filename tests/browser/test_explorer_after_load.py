"""Loading with the keys alone, and what is shown and undone after a load: nothing of the older graph."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Locator, Route, expect

from dropping import dialog, drop, own_name, two_meetings
from panels import statement
from windows import Window

HEARD = """() => {
  window.heard = [];
  const status = document.querySelector('dialog.loading [role=status]');
  const added = ({addedNodes}) => [...addedNodes].map(one => one.data);
  const note = records => heard.push(...records.flatMap(added));
  new MutationObserver(note).observe(status, {childList: true});
}"""


def load(window: Window, name: str, rows: str) -> None:
    """Load rows of claims and leave the window for the page as it was."""
    drop(window, f"{name}.csv", f"subject,relation,object,date\n{rows.format(name)}")
    dialog(window).get_by_role("button", name=re.compile("^Load ")).click()
    dialog(window).get_by_role("button", name="Done").click()
    expect(dialog(window)).to_be_hidden()
    window.settle()


def row(window: Window, one: str, other: str) -> Locator:
    """The row of the relation between two actors in the open table."""
    rows = window.page.locator("#table tbody tr")
    return rows.filter(has_text=one).filter(has_text=other)


def begin(window: Window) -> str:
    """A map of somebody with two meetings, and the table of it."""
    window.open()
    name = two_meetings(window)
    window.page.locator("#table-open").click()
    expect(window.page.locator("#table tbody tr")).to_have_count(2)
    return name


def test_a_file_is_loaded_from_the_map_with_the_keys_alone(window: Window, tmp_path: Path) -> None:
    name = own_name()
    file = tmp_path / f"{name}.csv"
    file.write_text(
        f"subject,relation,object,date\n{name} Ann,meets,{name} Ben,2025\n,meets,B,\n", encoding="utf-8"
    )
    window.page.on("filechooser", lambda chooser: chooser.set_files(file))
    window.open("actor=minister")
    places, press = window.places(), window.page.keyboard.press
    window.page.locator("#map").focus()
    press("l")
    expect(dialog(window).get_by_role("button", name="Choose a file …")).to_be_focused()
    window.page.evaluate(HEARD)
    press("Enter")
    expect(dialog(window).locator(".lead")).to_have_text("CSV, 2 claims read: 1 new, 1 refused.")
    expect(dialog(window).get_by_role("button", name="Load 1 claim")).to_be_focused()
    press("Shift+Tab")
    expect(dialog(window).get_by_label("Data set")).to_be_focused()
    press("Tab")
    press("Enter")
    expect(dialog(window).get_by_role("button", name="Done")).to_be_focused()
    expect(dialog(window).get_by_role("heading", name="1 row refused")).to_be_visible()
    press("Enter")

    expect(dialog(window)).to_be_hidden()
    window.settle()
    expect(window.page.locator("#map")).to_be_focused()
    assert window.places() == places
    heard = window.page.evaluate("heard")
    assert heard[0] == f"Looking at {name}.csv"
    assert f"{name}.csv: 1 claims to load, 1 rows refused" in heard
    assert f"Loading {name}.csv" in heard
    assert heard[-1] == "Loaded: 1 new, 0 updated, 1 refused"
    assert window.problems() == []


def test_a_long_load_is_told_while_it_runs(window: Window) -> None:
    window.open()
    window.page.keyboard.press("l")
    expect(dialog(window).get_by_role("button", name="Choose a file …")).to_be_focused()
    window.page.evaluate(HEARD)
    # Two seconds later than it is, each time somebody looks.
    window.page.evaluate("(now => { Date.now = () => (now += 2500); })(Date.now())")
    lines = [
        {"progress": {"file": "a.csv", "rows": n * 1000, "bytes_done": n, "bytes_total": 4}} for n in (1, 3)
    ]
    body = "".join(json.dumps(line) + "\n" for line in lines)
    window.page.route(
        "**/api/v1/loads?*", lambda route: route.fulfill(content_type="application/x-ndjson", body=body)
    )
    drop(window, "a.csv", "subject,relation,object\nA,meets,B\n")

    expect(dialog(window).get_by_role("alert")).to_contain_text("cut off")
    told = [
        "Looking at a.csv",
        "Looking at: 1,000 rows read, 25 percent",
        "Looking at: 3,000 rows read, 75 percent",
    ]
    assert window.page.evaluate("heard") == told


def test_the_key_says_why_where_nothing_is_loaded(window: Window) -> None:
    window.open("actor=minister")
    said = {
        "allowed": False,
        "reason": "it takes files only with ACTORGRAPH_LOADS=true",
        "key_needed": False,
        "limit": 1,
        "endings": [".csv"],
    }

    def tell(route: Route) -> None:
        route.fulfill(content_type="application/json", body=json.dumps(said))

    window.page.route("**/api/v1/loading", tell)
    window.page.locator("#map").focus()
    window.page.keyboard.press("l")
    expect(dialog(window)).to_contain_text("it takes files only with ACTORGRAPH_LOADS=true")
    window.page.keyboard.press("Escape")
    expect(window.page.locator("#map")).to_be_focused()

    said |= {"allowed": True, "key_needed": True}
    window.page.keyboard.press("l")
    expect(dialog(window).get_by_role("link", name="Sign in")).to_be_focused()
    window.page.keyboard.press("Escape")
    window.page.keyboard.press("?")
    expect(window.page.locator("#help")).to_contain_text("load a file")


def test_after_a_load_the_map_and_every_undo_show_the_graph_as_it_is_now(window: Window) -> None:
    name = begin(window)
    ann, ben, carl, dora = (f"{name} {who}" for who in ("Ann", "Ben", "Carl", "Dora"))
    row(window, ann, carl).locator(".name").click()
    expect(window.page.locator("#inspector .claim")).to_have_count(1)
    window.page.locator("#inspector").get_by_role("button", name=carl).click()
    window.settle()
    window.page.locator("#inspector").get_by_role("button", name="Hide", exact=True).click()
    expect(row(window, ann, ben).locator("td.number").first).to_have_text("1")
    before = window.places()

    load(window, name, "{0} Ann,meets,{0} Ben,2025-03\n{0} Ben,funds,{0} Carl,\n{0} Ann,meets,{0} Dora,\n")

    expect(row(window, ann, ben).locator("td.number").first).to_have_text("2")
    expect(row(window, ann, dora)).to_have_count(1)
    expect(row(window, ben, carl)).to_have_count(0)
    after = window.places()
    assert {one: after[one] for one in before} == before
    window.page.locator("#undo").click()
    expect(row(window, ben, carl)).to_have_count(1)
    expect(row(window, ann, ben).locator("td.number").first).to_have_text("2")
    assert {one: window.places()[one] for one in before} == before
    window.page.locator("#redo").click()
    expect(row(window, ben, carl)).to_have_count(0)
    expect(row(window, ann, ben).locator("td.number").first).to_have_text("2")
    window.page.locator("#undo").click()
    window.page.locator("#undo").click()
    expect(window.page.locator("#start .figures")).to_be_visible()
    claims = window.page.request.get(f"{window.address}/api/v1/stats?dataset={name}").json()["claims"]
    assert claims == 5, "undo takes nothing out of the store"
    window.page.go_back()
    window.settle()
    assert window.problems() == []


def test_the_panel_of_a_tie_and_the_way_back_are_those_after_the_load(window: Window) -> None:
    name = begin(window)
    row(window, f"{name} Ann", f"{name} Ben").locator(".name").click()
    expect(window.page.locator("#inspector .claim")).to_have_count(1)

    load(window, name, "{0} Ann,meets,{0} Ben,2025-03\n")

    expect(window.page.locator("#inspector .claim")).to_have_count(2)
    window.page.go_back()
    window.page.go_forward()
    window.settle()
    expect(row(window, f"{name} Ann", f"{name} Ben").locator("td.number").first).to_have_text("2")


def go(window: Window, actor: str) -> None:
    """Another map in place of this one."""
    window.page.evaluate("there => { location.hash = there }", f"actor={actor}")
    expect(window.page.locator("#inspector h2")).to_have_text(actor.title())
    window.settle()


def asked_around(window: Window, since: int) -> list[str]:
    """Around whom was asked."""
    return [path.split("/")[-2] for path in window.asked[since:] if path.endswith("/neighbourhood")]


def test_undo_after_a_load_asks_only_for_what_is_shown_in_the_end(window: Window) -> None:
    window.open("actor=banker")
    for actor in ("envoy", "pupil", "minister"):
        go(window, actor)
    window.page.locator("#inspector").get_by_role("button", name="Hide", exact=True).click()
    load(window, own_name(), "{0} Ann,meets,{0} Ben,\n")
    undo, since = window.page.locator("#undo"), len(window.asked)
    undo.click()
    assert "minister" in window.places()
    assert asked_around(window, since) == [], "its question was asked for the map before"

    held: list[Route] = []
    window.page.route("**/actors/pupil/neighbourhood?*", lambda route: held.append(route))
    with window.page.expect_request("**/actors/pupil/neighbourhood?*"):
        undo.click()
    undo.click()
    undo.click()
    held.pop().continue_()
    window.settle()
    assert "rival" in window.places()
    assert "envoy" not in window.places()
    assert asked_around(window, since) == ["pupil", "banker"]
    expect(undo).to_be_disabled()
    window.page.locator("#redo").click()
    expect(window.page.locator("#redo")).to_be_enabled()
    window.settle()
    assert "envoy" in window.places()
    assert asked_around(window, since) == ["pupil", "banker", "envoy"]


def test_after_a_load_a_query_that_is_on_the_map_is_run_again(window: Window) -> None:
    name = begin(window)
    page = window.page
    page.locator("#cypher-open").click()
    query = f"MATCH (a:Actor)-[r:MEETS]-(b) WHERE a.name = '{name} Ann' RETURN a, r, b"
    statement(window).fill(query)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Show on map").click()
    window.settle()
    before = window.places()
    assert len(before) == 3

    load(window, name, "{0} Ann,meets,{0} Dora,\n{0} Ben,meets,{0} Eve,\n")

    expect(page.locator("#summary")).to_contain_text("4 actors")
    after = window.places()
    assert {id_: after[id_] for id_ in before} == before
    expect(page.locator("#cypher .notes")).to_have_text("A file was loaded since: “Run” asks again.")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#cypher .notes")).to_have_count(0)
    assert window.problems() == []


def test_undo_waits_for_a_service_that_is_away_and_changes_nothing_meanwhile(window: Window) -> None:
    name = begin(window)
    go(window, "minister")
    load(window, name, "{0} Ann,meets,{0} Ben,2025-03\n")
    window.page.route("**/neighbourhood?*", lambda route: route.abort())
    window.page.locator("#undo").click()
    banner = window.page.locator("#banner")
    expect(banner).to_contain_text("The service does not answer")
    expect(row(window, f"{name} Ann", f"{name} Ben")).to_have_count(0)
    window.page.unroute("**/neighbourhood?*")

    banner.get_by_role("button", name="Try again").click()

    expect(row(window, f"{name} Ann", f"{name} Ben").locator("td.number").first).to_have_text("2")


def test_the_report_says_how_the_data_are_taken_out_again(window: Window) -> None:
    window.open()
    name = own_name()
    drop(window, f"{name}.csv", f"subject,relation,object\n{name} Ann,meets,{name} Ben\n")
    expect(dialog(window).get_by_label("Take out")).to_have_count(0)
    dialog(window).get_by_role("button", name="Load 1 claim").click()

    expect(dialog(window)).to_contain_text("Undo goes back in the view; the data stay.")
    expect(dialog(window).get_by_label("Take out")).to_have_value(f"actorgraph drop {name}")
