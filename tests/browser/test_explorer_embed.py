"""A view and a story in a frame of pages of other origins, as far as the server lets them."""

from __future__ import annotations

import html
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Frame, Page, expect

from program import Program
from windows import WATCH, Window

VIEW = "actor=ahmed-al-sharaa&type=MEETS&hide=turkey&select=qatar"
STORY = (("Whom he meets", VIEW), ("Around Hezbollah", "actor=hezbollah"))


class _Elsewhere(BaseHTTPRequestHandler):
    """Answers every address with a page that holds the line of HTML in its query."""

    def do_GET(self) -> None:
        line = unquote(self.path.partition("?")[2])
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>Elsewhere</title><body>{line}</body>".encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def outside() -> Iterator[tuple[str, str]]:
    """Two other origins: the first may be named to a server, the second is a stranger."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere) for _ in range(2)]
    for one in servers:
        threading.Thread(target=one.serve_forever, daemon=True).start()
    yield f"http://localhost:{servers[0].server_port}", f"http://localhost:{servers[1].server_port}"
    for one in servers:
        one.shutdown()
        one.server_close()


@pytest.fixture(scope="module")
def embeddable(
    chromium: Path, outside: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a server, on the bundled data set, that lets the first of the two embed its pages."""
    # Nobody reads the log of this server while it runs: a line for each file would fill the pipe.
    settings = {
        "ACTORGRAPH_PORT": "0", "ACTORGRAPH_LOG_LEVEL": "error",
        "ACTORGRAPH_FRAME_ANCESTORS": f"'self' {outside[0]}",
    }  # fmt: skip
    with Program(tmp_path_factory.mktemp("embeddable") / "home", settings).answering() as address:
        yield address


@pytest.fixture
def embedding(context: BrowserContext, embeddable: str) -> Window:
    """An empty window on that server."""
    return Window(context.new_page(), embeddable)


def framed(page: Page, origin: str, line: str) -> Frame:
    """The frame of a page elsewhere that holds this line of HTML."""
    page.add_init_script(WATCH)
    page.goto(f"{origin}/?{line.replace('#', '%23').replace('&', '%26')}")
    return page.frames[-1]


def line_of(window: Window) -> str:
    """The line that the open view, or the story that is played, is embedded with."""
    window.page.keyboard.press("e")
    field = window.page.locator("#share-embed")
    expect(field).to_be_visible()
    return field.input_value()


def test_a_view_is_embedded_as_it_is_on_a_page_of_another_origin(
    context: BrowserContext, embedding: Window, outside: tuple[str, str]
) -> None:
    embedding.open(VIEW)
    places = embedding.places()
    line = line_of(embedding)

    frame = framed(context.new_page(), outside[0], line)

    expect(frame.locator("#summary")).to_contain_text("1 hidden")
    expect(frame.locator("#inspector h2")).to_have_text("Qatar")
    found = frame.evaluate("drawn.getPositions()")
    assert {id_: (place["x"], place["y"]) for id_, place in found.items()} == places
    frame.locator("#inspector .who button").first.click()
    expect(frame.locator("#inspector .claim .statement").first).to_be_visible()
    expect(frame.get_by_role("button", name="Hide")).to_have_count(0)
    assert frame.locator("#open").get_attribute("href") == f"/#{embedding.page.url.split('#')[1]}"
    assert frame.evaluate("window.refused") == []


def test_a_story_is_embedded_whole(
    context: BrowserContext, embedding: Window, outside: tuple[str, str]
) -> None:
    embedding.open()
    embedding.page.keyboard.press("v")
    views = [{"caption": caption, "view": view} for caption, view in STORY]
    content = json.dumps({"form": "actorgraph views", "lists": [{"name": "Talks", "views": views}]})
    file = FilePayload(name="s.json", mimeType="application/json", buffer=content.encode())
    embedding.page.get_by_label("Take views from a file").set_input_files(file)
    embedding.page.get_by_role("button", name="Play").click()
    expect(embedding.page.locator("#story .caption")).to_have_text("Whom he meets")
    embedding.page.keyboard.press("e")
    field = embedding.page.locator("#share-embed")
    expect(field).not_to_have_value("")
    expect(embedding.page.locator("#share-story")).to_be_visible()
    assert "#story=" in field.input_value()

    frame = framed(context.new_page(), outside[0], field.input_value())

    caption = frame.locator("#story .caption")
    expect(caption).to_have_text("Whom he meets")
    frame.locator("#map").press("ArrowRight")
    expect(caption).to_have_text("Around Hezbollah")
    expect(frame.locator("#inspector h2")).to_have_text("Hezbollah")
    frame.get_by_role("button", name="Before").click()
    expect(caption).to_have_text("Whom he meets")


def test_a_stranger_cannot_embed_a_view(
    context: BrowserContext, embedding: Window, outside: tuple[str, str]
) -> None:
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    line = (
        f'<iframe src="{embedding.address}/view/map#{html.escape(VIEW)}" width="900" height="600"></iframe>'
    )
    frame = framed(page, outside[1], line)
    page.wait_for_timeout(500)

    assert any("frame-ancestors" in text for text in said)
    assert frame.locator("#map").count() == 0


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("actor=nobody-of-this-name", "nobody-of-this-name"),
        ("story=AAAA", "This story cannot be played."),
    ],
)
def test_what_cannot_be_shown_is_said(embedding: Window, fragment: str, said: str) -> None:
    embedding.page.goto(f"{embedding.address}/view/map#{fragment}")

    expect(embedding.page.locator("#banner")).to_contain_text(said)


def test_an_empty_view_says_so(embedding: Window) -> None:
    embedding.page.goto(f"{embedding.address}/view/map")

    expect(embedding.page.locator("#blank")).to_be_visible()
    assert embedding.problems() == []


def test_the_way_into_the_explorer_leads_to_the_view_that_could_not_be_shown(embedding: Window) -> None:
    page = embedding.page
    page.goto(f"{embedding.address}/view/map#story=AAAA")
    expect(page.locator("#main")).to_have_text("Nothing can be shown.")
    assert page.locator("#open").get_attribute("href") == "/#story=AAAA"
    expect(page.locator("#legend, .zoom")).to_have_count(0)

    page.goto(f"{embedding.address}/view/map#actor=hezbollah")
    expect(page.locator("#inspector h2")).to_have_text("Hezbollah")
    page.goto(f"{embedding.address}/view/map#actor=nobody-of-this-name")
    expect(page.locator("#banner")).to_contain_text("nobody-of-this-name")
    expect(page.locator("#legend")).to_be_hidden()
    expect(page.locator(".zoom")).to_be_hidden()
    page.locator("#banner a.button").first.click()
    expect(page.locator("#inspector h2")).to_be_visible()
    expect(page.locator("#banner")).to_be_hidden()
