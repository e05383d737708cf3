"""A browser window on the running server, and what tests ask of it: where actors are, what went wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Dialog, Locator, Page, Request, expect

QUIET_BROWSER = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""Options of a browser that asks nobody for anything."""

WATCH = """
window.refused = [];
document.addEventListener('securitypolicyviolation', event => {
  window.refused.push(`${event.violatedDirective} ${event.blockedURI}`);
});
let library;
const kept = base => class extends base { constructor(...all) { super(...all); window.drawn = this; } };
const seen = {get: (from, name) => name === 'Network' ? kept(from[name]) : from[name]};
Object.defineProperty(window, 'vis', {
  configurable: true, set: given => { library = given; }, get: () => library && new Proxy(library, seen),
});
"""
"""Runs before the page's own scripts: notes refused loads and keeps the drawn network in reach of a test."""

WHERE = """id => {
  const {x, y} = drawn.canvasToDOM(drawn.getPosition(id));
  const box = document.getElementById('map').getBoundingClientRect();
  return [x + box.x, y + box.y];
}"""


@dataclass
class Window:
    """A page of the explorer; it collects what went wrong on it."""

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(WATCH)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._console)
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _dialog(self, dialog: Dialog) -> None:
        self.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob"):
            self.hosts.add(parts.netloc)
            self.asked.append(parts.path)

    def open(self, fragment: str = "") -> None:
        """Load the explorer afresh with this fragment and wait for its answer."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}/{'#' + fragment if fragment else ''}")
        expect(self.page.locator("#map")).to_be_attached()
        if fragment:
            expect(self.page.locator("#summary")).not_to_be_empty()
            self.settle()
        else:
            # Before the scripts are there, keys and clicks go nowhere.
            expect(self.page.locator("#start h1")).to_be_visible()

    def settle(self) -> None:
        """Wait until nothing is asked of the service any more and the panel is filled."""
        self.page.wait_for_load_state("networkidle")
        expect(self.page.locator("[aria-busy=true]")).to_have_count(0)

    def places(self) -> dict[str, tuple[float, float]]:
        """Where each drawn actor is, in the map's own units."""
        found: dict[str, dict[str, float]] = self.page.evaluate("drawn.getPositions()")
        return {id_: (place["x"], place["y"]) for id_, place in found.items()}

    def point(self, actor: str) -> tuple[float, float]:
        """Where an actor is in the window, in pixels."""
        x, y = self.page.evaluate(WHERE, actor)
        return float(x), float(y)

    def lines(self) -> list[dict[str, Any]]:
        """The lines drawn, as the library holds them."""
        found: list[dict[str, Any]] = self.page.evaluate("drawn.body.data.edges.get()")
        return found

    def heading(self) -> str:
        """What the panel on the right is about."""
        return self.page.locator("#inspector h2").first.inner_text()

    def paths(self) -> Locator:
        """The paths in the Connect panel."""
        return self.page.locator(".paths > li")

    def choose(self, box: str, text: str) -> None:
        """Type into a search box and take the first actor."""
        self.page.locator(f"#{box}").fill(text)
        expect(self.page.locator(f"#{box}-list [role=option]").first).to_be_visible()
        self.page.locator(f"#{box}").press("Enter")

    def unharmed(self) -> None:
        """No script of the data ran, nothing was refused, nothing came from another host."""
        assert self.page.evaluate("window.hit ?? 0") == 0
        assert self.problems() == []
        assert self.hosts <= {urlsplit(self.address).netloc}
        assert self.page.locator("body a[href^='javascript'], #inspector img[src=x]").count() == 0

    def problems(self) -> list[str]:
        """Errors of scripts, refused loads and dialogs since the window was opened."""
        refused: list[str] = self.page.evaluate("window.refused")
        return [*self.errors, *refused]
