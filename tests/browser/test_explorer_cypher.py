"""The Cypher panel: an example changed and run, its rows, its map, its plan, and words for mistakes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from datafolders import HOSTILE_NAMES, QUARRELLING, SCRIPT, THOUSANDS, quarreller
from panels import rows, run, side, statement
from windows import Window

SLOW = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a + b < 0 RETURN count(*)"
MET = "MATCH (a:Actor {id: $id})-[r:MEETS]-(b:Actor) RETURN a, r, b"
AT_FIRST = 200


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


def test_claims_alone_tell_their_actors_in_the_rows_and_on_the_map(cypher: Window) -> None:
    run(cypher, "MATCH (a)-[r:ADVANCES_INTO]->(b) RETURN r LIMIT 3; // claims only")

    expect(rows(cypher)).to_have_count(3)
    told = cypher.page.locator("#cypher tbody td").all_inner_texts()
    ends = [line.split(" –ADVANCES_INTO→ ") for line in told]
    assert all(len(pair) == 2 and all(pair) for pair in ends), told
    cypher.page.get_by_role("button", name="Show on map").click()
    cypher.settle()
    drawn = {node["label"].replace("\n", " ") for node in cypher.page.evaluate("drawn.body.data.nodes.get()")}
    assert drawn == {name for pair in ends for name in pair}
    cypher.page.locator("#cypher tbody button").first.click()
    expect(cypher.page.locator("#inspector .claim").first).to_be_visible()
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
    """All about the bundled data set or the whole graph; the other data sets are there to break out."""
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


def test_explain_shows_the_plan_and_runs_nothing(cypher: Window) -> None:
    statement(cypher).fill("MATCH (a:Actor)-[r:MEETS]->(b) RETURN a LIMIT 1")
    cypher.page.get_by_role("button", name="Explain").click()

    plan = cypher.page.locator(".plan")
    expect(plan.locator("ul > li").first).to_contain_text("(a:Actor)")
    assert plan.locator("li").count() >= 3
    expect(rows(cypher)).to_have_count(0)
    expect(statement(cypher)).to_have_value("MATCH (a:Actor)-[r:MEETS]->(b) RETURN a LIMIT 1")


def test_hostile_names_are_text_in_rows_and_on_the_map(cypher: Window) -> None:
    run(
        cypher,
        "MATCH (a:Actor)-[r:HACKS]->(b) WHERE a.id STARTS WITH 'evil' RETURN a, r, b, [a.name] AS `<b>`",
    )
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


def test_an_answer_of_more_than_a_map_holds_is_cut_and_the_cut_is_said(
    context: BrowserContext, thousands: str
) -> None:
    context.set_default_timeout(30_000)
    window = Window(context.new_page(), thousands)
    window.open()
    window.page.keyboard.press("c")
    run(window, "MATCH (a:Actor) RETURN collect(a) AS everybody")
    everybody = 1 + THOUSANDS + QUARRELLING
    expect(window.page.locator("#cypher .answer-head")).to_contain_text(f"{everybody:,} actors")

    window.page.get_by_role("button", name="Show on map").click()

    summary = window.page.locator("#summary")
    expect(summary).to_contain_text("5,000 actors")
    expect(summary).to_contain_text(f"{everybody - 5000:,} of the answer left out")
    expect(summary).to_contain_text("a map shows at most 5,000 actors")
    places = window.places()
    assert len(places) == 5000
    assert {"hub", *map(quarreller, range(QUARRELLING))} <= places.keys(), "the best connected stay"
    assert window.problems() == []


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
