"""CPU time of script in Chromium for the explorer: opening a view, hiding, a switch, an expansion."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import CDPSession, Page

from benchmarks.chromium import browser, meter, used
from benchmarks.report import Figure, Report, median
from benchmarks.serving import run as run_command
from benchmarks.serving import serving, shared

ROUNDS = 3
VIEWS = ((300, 0.5, (("China", 260),)), (1000, 1.0, (("China", 560), ("Iran", 400))))
"""Actors, the bar for opening, and whom to expand by how many after the first 40."""
EXPANSION_BAR_MS = 150.0
KEEP = """
let library;
const kept = base => class extends base { constructor(...all) { super(...all); window.drawn = this; } };
const seen = {get: (from, name) => name === 'Network' ? kept(from[name]) : from[name]};
Object.defineProperty(window, 'vis', {
  configurable: true, set: given => { library = given; }, get: () => library && new Proxy(library, seen),
});
"""
"""Keeps the drawn network in reach, which the page itself shows to nobody."""
PLACES = "() => drawn.getPositions()"
DRIFT = """before => Math.max(...Object.entries(drawn.getPositions()).filter(([id]) => before[id])
  .map(([id, {x, y}]) => Math.hypot(x - before[id].x, y - before[id].y)))"""


def run() -> Report:
    """Median of three visits of each view, each in a page that was never there before."""
    report = Report("the explorer in Chromium, CPU time of script")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        run_command(home, "load", str(shared("icews14.tsv.gz")))
        with serving(home) as server:
            found = {
                name: server.client.get("/api/v1/search", params={"q": name}).json()["actors"][0]["id"]
                for name in ("China", "Iran")
            }
            for actors, most, expanded in VIEWS:
                steps = "".join(f"&expand={found[name]}~~~{count}" for name, count in expanded)
                address = f"{server.client.base_url}/#actor={found['China']}{steps}"
                rounds = [_visit(address) for _ in range(ROUNDS)]
                for name in rounds[0]:
                    _add(report, actors, name, [one[name] for one in rounds], most)
    return report


def _add(report: Report, actors: int, name: str, values: list[float], opening: float) -> None:
    bars = {"open": opening * 1000, "expand twice by 25": EXPANSION_BAR_MS, "drift": 0.0}
    unit = "px" if name == "drift" else "CPU-ms"
    report.add(Figure(f"{actors} actors: {name}", median(values), unit, most=bars.get(name)))


def _visit(address: str) -> dict[str, float]:
    """Milliseconds of script for each thing done, and how far anybody was moved by an expansion."""
    with browser() as page, meter(page) as session:
        page.add_init_script(KEEP)
        page.goto(address)
        page.wait_for_selector("#summary:not(:empty)", timeout=60_000)
        _rest(page)
        cost = {"open": used(session)[0] * 1000}
        page.locator("#map").focus()
        page.keyboard.press("ArrowRight")
        _rest(page)
        cost["hide an actor"] = _cost(page, session, lambda: page.keyboard.press("Delete"))
        switch = page.locator(".legend-rows input").first
        cost["switch a family off"] = _cost(page, session, switch.click)
        cost["switch it on"] = _cost(page, session, switch.click)
        more = page.locator("#more")
        if more.is_visible():
            before = page.evaluate(PLACES)
            cost["expand twice by 25"] = sum(_cost(page, session, more.click) for _ in range(2))
            cost["drift"] = float(page.evaluate(DRIFT, before))
        return cost


def _cost(page: Page, session: CDPSession, act: Callable[[], None]) -> float:
    before = used(session)[0]
    act()
    _rest(page)
    return (used(session)[0] - before) * 1000


def _rest(page: Page) -> None:
    """Until the answer is there and drawn."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(700)
