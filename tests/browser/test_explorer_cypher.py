"""The Cypher panel as a reader uses it: an example, changed and run, its rows, its map, and words for mistakes."""

from __future__ import annotations

import ast
import json
import re
import shlex
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Route, expect

from datafolders import HOSTILE_NAMES, SCRIPT
from windows import Window

SLOW = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a + b < 0 RETURN count(*)"
MET = "MATCH (a:Actor {id: $id})-[r:MEETS]-(b:Actor) RETURN a, r, b"
AT_FIRST = 200


@pytest.fixture
def cypher(window: Window) -> Window:
    """A window with the panel open."""
    window.open()
    window.page.locator("#cypher-open").click()
    expect(window.page.locator(".queries .name").first).to_be_visible()
    return window


def statement(window: Window) -> Locator:
    return window.page.locator("#cypher-statement")


def rows(window: Window) -> Locator:
    return window.page.locator("#cypher tbody tr")


def run(window: Window, text: str, parameters: str = "") -> None:
    """Write a statement and run it with the keyboard."""
    if parameters:
        window.page.locator("#cypher summary").click()
        window.page.locator("#cypher-parameters").fill(parameters)
    statement(window).fill(text)
    statement(window).press("Control+Enter")


def side(window: Window, name: str) -> None:
    window.page.locator(".sides").get_by_role("button", name=name).click()


def test_an_example_is_picked_changed_and_seen_as_table_and_map(cypher: Window) -> None:
    page = cypher.page
    page.get_by_role("button", name="Whom did Ahmed al-Sharaa meet, and whom not?").click()
    expect(statement(cypher)).to_be_focused()
    expect(statement(cypher)).to_have_value(re.compile(r"ahmed-al-sharaa.*MEETS\|NOT_MEETS", re.DOTALL))
    statement(cypher).press("Control+End")
    for _ in "LIMIT 100":
        statement(cypher).press("Backspace")
    statement(cypher).press_sequentially("LIMIT 3")
    statement(cypher).press("Control+Enter")

    expect(rows(cypher)).to_have_count(3)
    expect(page.locator("#cypher th")).to_have_text(["a", "r", "b"])
    expect(page.locator(".summary-line")).to_have_text(re.compile(r"^3 rows · [\d.]+ ms$"))
    names = page.locator("#cypher tbody td:nth-child(3)").all_inner_texts()
    page.get_by_role("button", name="Show on map").click()
    cypher.settle()
    drawn = {node["label"].replace("\n", " ") for node in page.evaluate("drawn.body.data.nodes.get()")}
    assert drawn == {"Ahmed al-Sharaa", *names}
    expect(page.locator("#summary")).to_contain_text(f"{len(drawn)} actors")
    page.locator("#cypher tbody td:nth-child(2) button").first.click()
    expect(page.locator("#inspector .claim").first).to_be_visible()
    assert cypher.problems() == []


def test_what_a_query_brings_joins_the_map_and_undo_takes_it_back(window: Window) -> None:
    window.open("actor=israel&type=ADVANCES_INTO")
    before = window.places()
    window.page.keyboard.press("c")
    expect(statement(window)).to_be_focused()
    run(window, MET, '{"id": "ahmed-al-sharaa"}')
    window.page.get_by_role("button", name="Add to map").click()
    window.settle()

    after = window.places()
    assert len(after) > len(before)
    assert {id_: after[id_] for id_ in before} == before, "what was there did not move"
    window.page.locator("#undo").click()
    assert window.places() == before
    rows(window).first.locator("button").first.click()
    expect(window.page.locator("#inspector h2")).to_have_text("Ahmed al-Sharaa")


def test_every_example_has_an_answer(cypher: Window) -> None:
    """All that name the bundled data set or the whole graph; the other data sets here are there to break out."""
    examples = cypher.page.locator(".queries .name")
    texts = [text for text in examples.all_inner_texts() if SCRIPT not in text]
    assert len(texts) >= 15
    for text in texts:
        examples.filter(has_text=text).first.click()
        statement(cypher).press("Control+Enter")
        expect(cypher.page.locator("#cypher .summary-line, #cypher .empty")).to_be_visible()
        assert rows(cypher).count() > 0, text
        side(cypher, "Examples")
    assert cypher.problems() == []


FAULTS = (
    ("MATCH (a:Actor RETURN a", "RETURN", "Line 1, column 16"),
    ("MATCH (a:Actor)\nWHERE a.name = nobody\nRETURN a", "nobody", "Line 2, column 16"),
    ("MATCH (a:Actor {name: '\U0001f600'})\nRETURN foo(a)", "foo", "Line 2, column 8"),
)


@pytest.mark.parametrize(("text", "near", "where"), FAULTS)
@pytest.mark.parametrize("way", ["Run", "Explain"])
def test_a_fault_is_told_and_marked_at_its_place(
    cypher: Window, text: str, near: str, where: str, way: str
) -> None:
    statement(cypher).fill(text)
    cypher.page.get_by_role("button", name=way, exact=True).click()

    fault = cypher.page.locator("#cypher-fault")
    expect(fault).to_contain_text(where)
    expect(fault).to_contain_text(near)
    selected = "(t => t.value.slice(t.selectionStart, t.selectionEnd))(document.activeElement)"
    assert cypher.page.evaluate(selected) == near
    expect(cypher.page.locator(".underlay mark")).to_have_text(near)
    assert cypher.page.locator(".underlay").text_content() == text
    assert statement(cypher).get_attribute("aria-describedby") == "cypher-fault"
    expect(statement(cypher)).to_have_attribute("aria-invalid", "true")
    statement(cypher).press("Home")
    statement(cypher).press_sequentially(" ")
    expect(fault).to_be_empty()
    expect(cypher.page.locator(".underlay mark")).to_have_count(0)


def test_other_mistakes_are_told_in_words(cypher: Window) -> None:
    fault = cypher.page.locator("#cypher-fault")
    cypher.page.get_by_role("button", name="Run", exact=True).click()
    expect(fault).to_contain_text("no statement yet")
    run(cypher, "CREATE (a:Actor) RETURN a")
    expect(fault).to_contain_text("only reading statements")
    run(cypher, "RETURN '" + "x" * 33_000 + "'")
    expect(fault).to_contain_text(re.compile("32,?768"))
    run(cypher, "RETURN $n AS n", "{n: 1}")
    expect(cypher.page.locator("#cypher-parameters-fault")).to_contain_text("Parameters are one JSON object")
    expect(cypher.page.locator("#cypher-parameters")).to_be_focused()
    cypher.page.locator("#cypher-parameters").fill('{"n": 41}')
    cypher.page.locator("#cypher-parameters").press("Control+Enter")
    expect(rows(cypher)).to_have_text(["41"])


def test_a_public_server_is_told_in_words(cypher: Window) -> None:
    body = {"title": "Not open to everybody", "status": 403, "code": "not-public", "detail": "no"}

    def refuse(route: Route) -> None:
        route.fulfill(status=403, content_type="application/problem+json", body=json.dumps(body))

    cypher.page.route("**/api/v1/cypher*", refuse)
    run(cypher, "RETURN 1")

    expect(cypher.page.locator("#cypher-fault")).to_contain_text("only to who has its key")


def test_explain_shows_the_plan_and_runs_nothing(cypher: Window) -> None:
    statement(cypher).fill("MATCH (a:Actor)-[r:MEETS]->(b) RETURN a LIMIT 1")
    cypher.page.get_by_role("button", name="Explain").click()

    plan = cypher.page.locator(".plan")
    expect(plan.locator("ul > li").first).to_contain_text("(a:Actor)")
    assert plan.locator("li").count() >= 3
    expect(rows(cypher)).to_have_count(0)
    expect(statement(cypher)).to_have_value("MATCH (a:Actor)-[r:MEETS]->(b) RETURN a LIMIT 1")


def test_words_are_completed_by_keyboard(cypher: Window) -> None:
    page, text = cypher.page, statement(cypher)
    options = page.locator("#cypher-words [role=option]")
    text.press_sequentially("MATC")
    expect(options).to_contain_text(["MATCH"])
    text.press("Tab")
    text.press_sequentially(" (a:")
    expect(options).to_contain_text(["Actor", "Source", "Dataset"])
    text.press("Enter")
    text.press_sequentially(")-[r:MEE")
    expect(options).to_contain_text(["MEETS"])
    active = text.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    text.press("Enter")
    text.press_sequentially("]->(b) WHERE r.stat")
    expect(options).to_contain_text(["statement", "status"])
    text.press("ArrowDown")
    text.press("Enter")
    text.press_sequentially(" = 'asserted' RETURN b.na")
    text.press("Tab")
    text.press_sequentially(" LIMIT 2")
    expect(text).to_have_value(
        "MATCH (a:Actor)-[r:MEETS]->(b) WHERE r.status = 'asserted' RETURN b.name LIMIT 2"
    )
    text.press("Control+Enter")
    expect(rows(cypher)).to_have_count(2)
    assert cypher.problems() == []


def test_the_list_of_words_closes_and_tab_leaves_the_field(cypher: Window) -> None:
    text, options = statement(cypher), cypher.page.locator("#cypher-words")
    text.press_sequentially("RETURN 'a:Act")
    expect(options).to_be_hidden()
    text.press_sequentially("' AS count, si")
    expect(options).to_be_visible()
    text.press("Escape")
    expect(options).to_be_hidden()
    expect(cypher.page.locator("#cypher")).to_be_visible()
    text.press("Tab")
    expect(text).not_to_be_focused()
    expect(text).to_have_value("RETURN 'a:Act' AS count, si")


def test_queries_are_saved_opened_renamed_overwritten_and_deleted(cypher: Window) -> None:
    page = cypher.page
    run(cypher, "RETURN 1 AS one")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_label("Save as").fill(SCRIPT)
    page.get_by_label("Save as").press("Enter")
    statement(cypher).fill("RETURN 2 AS two")
    page.reload()
    expect(statement(cypher)).to_have_value("RETURN 1 AS one"), "from the address"
    expect(rows(cypher)).to_have_count(0)
    statement(cypher).fill("")
    side(cypher, "Saved")
    page.get_by_role("button", name=SCRIPT, exact=True).click()
    expect(statement(cypher)).to_have_value("RETURN 1 AS one")

    page.get_by_role("button", name="Rename").click()
    page.get_by_label("New name").fill("one")
    page.get_by_label("New name").press("Enter")
    statement(cypher).fill("RETURN 3 AS three")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_label("Save as").fill("one")
    page.get_by_label("Save as").press("Enter")
    expect(page.locator("#cypher-name-fault")).to_contain_text("again to overwrite")
    page.get_by_label("Save as").press("Enter")
    expect(page.locator(".queries .preview")).to_have_text(["RETURN 3 AS three"])
    page.get_by_role("button", name="Delete one").click()
    page.get_by_role("button", name="Put back").click()
    page.get_by_role("button", name="Delete one").click()
    expect(page.locator(".queries")).to_have_count(0)
    cypher.unharmed()


KEPT = ("{", "null", '{"saved": 5, "recent": [1, null, {"statement": 2}]}', '[{"name": "x"}]')


@pytest.mark.parametrize("kept", KEPT)
def test_what_lies_corrupt_in_the_browser_breaks_nothing(window: Window, kept: str) -> None:
    window.open()
    window.page.evaluate("kept => localStorage.setItem('actorgraph-queries', kept)", kept)
    window.page.reload()
    window.page.locator("#cypher-open").click()
    side(window, "Saved")
    expect(window.page.locator("#cypher .empty")).to_contain_text("Nothing is saved")
    run(window, "RETURN 1")
    expect(rows(window)).to_have_count(1)
    assert window.problems() == []


def test_earlier_statements_come_back_with_alt_and_arrows(cypher: Window) -> None:
    for number in range(3):
        run(cypher, f"RETURN {number} AS n")
        expect(rows(cypher)).to_have_text([str(number)])

    for key, value in (("ArrowUp", 2), ("ArrowUp", 1), ("ArrowUp", 0), ("ArrowUp", 0), ("ArrowDown", 1)):
        statement(cypher).press(f"Alt+{key}")
        expect(statement(cypher)).to_have_value(f"RETURN {value} AS n")
    side(cypher, "Recent")
    expect(cypher.page.locator(".queries .name")).to_have_text([f"RETURN {n} AS n" for n in (2, 1, 0)])


def copies(window: Window, context: BrowserContext) -> dict[str, str]:
    """What each form puts on the clipboard."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    found = {}
    for form in ("curl", "Python", "Cypher"):
        window.page.locator(".copy-as").get_by_role("button", name=form).click()
        expect(window.page.locator(".copy-as").get_by_role("button", name="Copied").last).to_be_visible()
        found[form] = str(window.page.evaluate("navigator.clipboard.readText()"))
    return found


def test_a_query_is_copied_as_curl_python_and_cypher(cypher: Window, context: BrowserContext) -> None:
    text = "MATCH (a:Actor {id: $id})\nWHERE a.name <> 'it''s \\\\ \"$HOME`'\nRETURN a.name"
    cypher.page.locator("#cypher summary").click()
    cypher.page.locator("#cypher-parameters").fill('{"id": "iran", "odd": "it\'s"}')
    statement(cypher).fill(text)
    asked = {"statement": text, "parameters": {"id": "iran", "odd": "it's"}}

    found = copies(cypher, context)

    words = shlex.split(found["curl"])
    assert words[:3] == ["curl", "-s", f"{cypher.address}/api/v1/cypher"]
    assert json.loads(words[words.index("-d") + 1]) == asked
    assert python_asks(found["Python"]) == (f"{cypher.address}/api/v1/cypher", asked)
    assert found["Cypher"] == f'// $id: "iran"\n// $odd: "it\'s"\n{text}\n'


def python_asks(script: str) -> tuple[str, Any]:
    """What a copied script would call, found by running all of it but the call."""
    called: list[tuple[str, bytes]] = []

    class Answer:
        def __enter__(self) -> Answer:
            return self

        def __exit__(self, *_: object) -> None:
            return None

        def read(self) -> str:
            return '{"data": {"fields": ["a"], "values": [["b"]]}}'

    tree = ast.parse(script)
    tree.body = [item for item in tree.body if not isinstance(item, ast.ImportFrom)]

    def request(address: str, body: bytes, _: dict[str, str]) -> None:
        called.append((address, body))

    exec(compile(tree, "copied", "exec"), {"Request": request, "urlopen": lambda _: Answer()})  # noqa: S102
    return called[0][0], json.loads(called[0][1])


def test_hostile_names_are_text_in_rows_and_on_the_map(cypher: Window) -> None:
    run(cypher, "MATCH (a:Actor)-[r:HACKS]->(b) WHERE a.id STARTS WITH 'evil' RETURN a, r, b, [a.name] AS `<b>`")
    expect(rows(cypher)).to_have_count(len(HOSTILE_NAMES))
    expect(cypher.page.locator("#cypher table")).to_contain_text(SCRIPT)
    expect(cypher.page.locator("#cypher th").last).to_have_text("<b>")
    cypher.page.get_by_role("button", name="all of it").first.click()
    cypher.page.get_by_role("button", name="Show on map").click()
    cypher.settle()
    statement(cypher).fill(f"RETURN '{SCRIPT}' AS x, {SCRIPT}")
    statement(cypher).press("Control+Enter")
    expect(cypher.page.locator("#cypher-fault")).not_to_be_empty()

    cypher.errors[:] = [error for error in cypher.errors if "status of 400" not in error]
    cypher.unharmed()


def test_paths_lists_maps_and_nothing_are_text(cypher: Window) -> None:
    run(
        cypher,
        "MATCH p = (a:Actor {id: 'israel'})-[:ADVANCES_INTO]->(b:Actor) "
        "RETURN p, [a, 1] AS l, {x: 1} AS m, null AS n, 1.5 AS f ORDER BY b.name LIMIT 1",
    )

    cells = rows(cypher).first.locator("td")
    expect(cells.nth(0)).to_have_text(re.compile(r"^Israel –ADVANCES_INTO→ .+"))
    expect(cells.nth(1)).to_have_text("[Israel, 1]")
    expect(cells.nth(2)).to_have_text('{"x":1}')
    expect(cells.nth(3)).to_have_text("null")
    expect(cells.nth(4)).to_have_class("number")


def test_many_rows_come_in_parts_and_more_than_the_limit_is_said(cypher: Window) -> None:
    run(cypher, "UNWIND range(1, 3000) AS n RETURN n")

    expect(rows(cypher)).to_have_count(AT_FIRST)
    expect(cypher.page.locator(".summary-line")).to_contain_text("1,000 rows, and there are more")
    cypher.page.get_by_role("button", name="Show 200 more of 1,000 rows").click()
    expect(rows(cypher)).to_have_count(2 * AT_FIRST)


def test_stop_ends_a_running_statement(cypher: Window) -> None:
    run(cypher, SLOW)
    stop = cypher.page.get_by_role("button", name="Stop")
    expect(stop).to_be_visible()
    with cypher.page.expect_event("requestfailed", lambda request: "/cypher" in request.url):
        stop.click()

    expect(stop).to_be_hidden()
    expect(cypher.page.locator("#live")).to_contain_text("Stopped")
    run(cypher, "RETURN 7")
    expect(rows(cypher)).to_have_text(["7"])


def test_an_address_shows_a_query_and_does_not_run_it(window: Window) -> None:
    window.open()
    window.page.goto(f"{window.address}/#cypher=RETURN+%24n+AS+n&parameters=%7B%22n%22%3A+5%7D")

    expect(statement(window)).to_have_value("RETURN $n AS n")
    expect(window.page.locator("#cypher-parameters")).to_have_value('{"n":5}')
    expect(window.page.locator("#cypher .side")).to_contain_text("has not been run")
    window.settle()
    assert [url for url in window.asked if "/cypher" in url and "/static/" not in url] == []
    window.page.get_by_role("button", name="Run", exact=True).click()
    expect(rows(window)).to_have_text(["5"])
    run(window, "RETURN 6 AS n")
    expect(rows(window)).to_have_text(["6"])
    window.page.go_back()
    expect(statement(window)).to_have_value("RETURN $n AS n")
    run(window, "RETURN '" + "x" * 5000 + "' AS long")
    expect(rows(window)).to_have_count(1)
    assert "xxx" not in window.page.url
    assert window.problems() == []


def test_on_a_telephone_nothing_is_cut_off(cypher: Window) -> None:
    cypher.page.set_viewport_size({"width": 390, "height": 844})
    run(cypher, "MATCH (a:Actor {id: 'israel'})-[r]->(b:Actor) RETURN a, r, b, r.statement LIMIT 5")
    cypher.page.get_by_role("button", name="Show on map").click()

    assert cypher.page.evaluate("document.documentElement.scrollWidth") <= 390
    picture = cypher.page.locator("#map").bounding_box()
    assert picture is not None
    assert picture["height"] >= 200
    rows(cypher).first.locator("button").last.click()
    expect(cypher.page.locator("#inspector")).to_be_visible()
    expect(cypher.page.locator("#cypher")).to_be_hidden()
