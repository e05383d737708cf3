"""Queries in the Cypher panel: completed while they are written, saved, run again, copied and shared."""

from __future__ import annotations

import ast
import json
import shlex
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from datafolders import SCRIPT
from panels import rows, run, side, statement
from windows import Window


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
    expect(statement(cypher)).to_have_value("RETURN 1 AS one")
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

    exec(compile(tree, "copied", "exec"), {"Request": request, "urlopen": lambda _: Answer()})
    return called[0][0], json.loads(called[0][1])


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
