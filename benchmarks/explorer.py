"""The explorer in Chromium at 300, 1,000 and 5,000 actors: what opening, hiding, a switch and an expansion
cost, beside the page that pyvis itself writes of the same graph."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page
from playwright.sync_api import TimeoutError as NotInTime

from benchmarks.chromium import browser, meter, process_seconds, used
from benchmarks.plainpage import noting, plain_page
from benchmarks.report import Figure, Report, median
from benchmarks.serving import Serving, serving, shared
from benchmarks.serving import run as run_command

ROUNDS = 3
EXPANSION_BAR_MS = 150.0
STILL_LIMIT_S = 120
"""So long pyvis' page may go on moving; at more than a few hundred actors it always does."""
KEEP = """
let library;
const kept = base => class extends base { constructor(...all) { super(...all); window.drawn = this; } };
const seen = {get: (from, name) => name === 'Network' ? kept(from[name]) : from[name]};
Object.defineProperty(window, 'vis', {
  configurable: true, set: given => { library = given; }, get: () => library && new Proxy(library, seen),
});
"""
"""Keeps the drawn network in reach, which the page itself shows to nobody."""
NOTE_STILL = noting("stabilized", "still")
PLACES = "() => drawn.getPositions()"
SHOWN = "() => drawn.body.data.nodes.getIds()"
DRIFT = """before => Math.max(...Object.entries(drawn.getPositions()).filter(([id]) => before[id])
  .map(([id, {x, y}]) => Math.hypot(x - before[id].x, y - before[id].y)))"""


@dataclass(frozen=True, slots=True)
class Size:
    """A map of so many actors: its address behind the actor, and the bar for the script of opening it."""

    actors: int
    most_s: float
    fragment: str


SIZES = (
    Size(300, 0.5, "limit=299"),
    Size(1000, 1.0, "depth=2&limit=949"),
    Size(5000, 3.0, "depth=3&limit=4949"),
)


def run() -> Report:
    """Median of three visits of each size, each in a page that was never there before, one of pyvis' page."""
    report = Report("the explorer in Chromium, CPU time")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        run_command(home, "load", str(shared("icews14.tsv.gz")))
        with serving(home) as server:
            centre = server.actor("China")
            for size in SIZES:
                address = f"{server.client.base_url}/#actor={centre}&{size.fragment}"
                for figure in _figures(size, server, address, home):
                    report.add(figure)
    return report


def _figures(size: Size, server: Serving, address: str, folder: Path) -> Iterator[Figure]:
    visits = [_visit(address) for _ in range(ROUNDS)]
    shown = visits[0][1]
    rounds = [costs for costs, _ in visits]
    bars = {"open, script": size.most_s * 1000, "expand by 50": EXPANSION_BAR_MS, "drift": 0.0}
    for name in rounds[0]:
        unit = "px" if name == "drift" else "CPU-ms"
        value = median([one[name] for one in rounds])
        if name == "open, whole process":
            theirs, said = _still(plain_page(_graph(server, shown), folder))
            yield Figure(f"{len(shown)} actors: {name}", value, unit, theirs * 1000, said)
        else:
            yield Figure(f"{len(shown)} actors: {name}", value, unit, most=bars.get(name))


def _visit(address: str) -> tuple[dict[str, float], list[str]]:
    """Milliseconds for each thing done, how far an expansion moved anybody, and who was shown at first."""
    with browser() as page, meter(page) as session:
        page.add_init_script(KEEP)
        page.goto(address)
        page.wait_for_selector("#summary:not(:empty)", timeout=60_000)
        _rest(page)
        cost = {"open, script": used(session)[0] * 1000, "open, whole process": process_seconds(page) * 1000}
        shown: list[str] = page.evaluate(SHOWN)
        page.locator("#map").focus()
        page.keyboard.press("ArrowRight")
        _rest(page)
        cost["hide an actor"] = _cost(page, session, lambda: page.keyboard.press("Delete"))
        switch = page.locator(".legend-rows input").first
        cost["switch a family off"] = _cost(page, session, switch.click)
        cost["switch it on"] = _cost(page, session, switch.click)
        before = page.evaluate(PLACES)
        cost["expand by 50"] = _expanded(page, session)
        cost["drift"] = float(page.evaluate(DRIFT, before))
        return cost, shown


def _expanded(page: Page, session: CDPSession) -> float:
    """Twice by 25, or where there is room for 50 only, by these at once."""
    if page.locator("#many").inner_text() == "Show 50 more":
        return _cost(page, session, page.locator("#many").click)
    return sum(_cost(page, session, page.locator("#more").click) for _ in range(2))


def _cost(page: Page, session: CDPSession, act: Callable[[], None]) -> float:
    before = used(session)[0]
    act()
    _rest(page)
    return (used(session)[0] - before) * 1000


def _rest(page: Page) -> None:
    """Until the answer is there and drawn."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(700)


def _graph(server: Serving, actors: list[str]) -> dict[str, Any]:
    """The same actors with everything that joins them."""
    answer = server.client.post("/api/v1/subgraph", json={"actors": actors, "between": True})
    if answer.status_code != 200:
        raise SystemExit(f"{answer.url} answered {answer.status_code}: {answer.text[:400]}")
    found: dict[str, Any] = answer.json()
    return found


def _still(path: Path) -> tuple[float, str]:
    """CPU-seconds of pyvis' page until it is still, or until nobody waits any longer; and which of both."""
    with browser() as page:
        page.add_init_script(NOTE_STILL)
        try:
            page.goto(path.as_uri(), wait_until="commit")
            page.wait_for_function("window.still", timeout=STILL_LIMIT_S * 1000)
            said = "pyvis show(), still"
        except NotInTime:
            said = f"pyvis show(), not still after {STILL_LIMIT_S} s"
        return process_seconds(page), said
