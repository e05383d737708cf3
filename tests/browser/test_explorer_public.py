"""The Cypher panel on a server that everybody may read, with a key and without one: real servers, and no
answer is made up."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from panels import rows, run
from program import Program
from windows import Window

KEY = "a key for who may ask Cypher"
COUNT = "MATCH (a:Actor) RETURN count(a) > 0 AS some"
CLOSED = {
    "without a key": "has no key, so it answers no Cypher",
    "with a key": "send the key with it",
}


@contextlib.contextmanager
def public_server(home: Path, **more: str) -> Iterator[str]:
    """The address of a server open to everybody, on the bundled data set."""
    # Nobody reads the log of this server while it runs: a line for each file would fill the pipe.
    settings = {"ACTORGRAPH_PORT": "0", "ACTORGRAPH_PUBLIC": "1", "ACTORGRAPH_LOG_LEVEL": "error"}
    with Program(home, settings | more).answering() as address:
        yield address


@pytest.fixture(scope="module")
def public_addresses(chromium: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Two public servers: one where nobody may ask Cypher, one where who has the key may."""
    folder = tmp_path_factory.mktemp("public")
    with (
        public_server(folder / "without") as without,
        public_server(folder / "with", ACTORGRAPH_API_KEY=KEY) as keyed,
    ):
        yield {"without a key": without, "with a key": keyed}


def panel(context: BrowserContext, address: str) -> Window:
    """A window on a server, with the panel open and its examples there."""
    window = Window(context.new_page(), address)
    window.open("actor=ahmed-al-sharaa&type=MEETS")
    window.page.keyboard.press("c")
    expect(window.page.locator(".queries .name").first).to_be_visible()
    return window


@pytest.mark.parametrize("kind", CLOSED)
def test_a_public_server_is_read_and_says_in_words_that_it_answers_no_cypher(
    context: BrowserContext, public_addresses: dict[str, str], kind: str
) -> None:
    window = panel(context, public_addresses[kind])
    drawn = window.places()
    run(window, COUNT)

    expect(window.page.locator("#cypher-fault")).to_contain_text(CLOSED[kind])
    expect(rows(window)).to_have_count(0)
    window.page.get_by_role("button", name="Explain").click()
    expect(window.page.locator("#cypher-fault")).to_contain_text(CLOSED[kind])
    assert len(drawn) > 1
    assert window.places() == drawn, "the map is still there"
    expected = "403" if kind == "without a key" else "401"
    assert [error for error in window.problems() if expected not in error] == []


def test_who_has_given_the_key_asks_cypher_on_a_public_server(
    context: BrowserContext, public_addresses: dict[str, str]
) -> None:
    page = context.new_page()
    page.goto(f"{public_addresses['with a key']}/login")
    page.get_by_label("Key").fill(KEY)
    page.get_by_role("button", name="Sign in").click()
    window = panel(context, public_addresses["with a key"])
    run(window, COUNT)

    expect(rows(window)).to_have_text(["true"])
    assert window.problems() == []
