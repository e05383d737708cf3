"""CPU time of script in Chromium for a view page of 300 actors, beside the page that pyvis itself would
write."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.chromium import browser, meter, used
from benchmarks.plainpage import noting, plain_page
from benchmarks.report import Figure, Report, median
from benchmarks.serving import run as run_command
from benchmarks.serving import serving, shared

ACTORS = 300
BAR = 0.5
SETTLE_LIMIT_MS = 180_000
NOTE_SETTLED = noting("stabilizationIterationsDone", "settled")


def run() -> Report:
    """Median of three loads of our page; one of the other, which takes the better part of a minute."""
    report = Report(f"view page of {ACTORS} actors in Chromium")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        run_command(home, "load", str(shared("icews14.tsv.gz")))
        with serving(home) as server, browser() as page:
            query = f"limit={ACTORS - 1}&between=true&min_claims=2"
            actor = server.actor("China")
            address = f"{server.client.base_url}/view/neighbourhood/{actor}?{query}"
            ours = [_seconds(page, address) for _ in range(3)]
            asked = f"/actors/{actor}/neighbourhood"
            answer = server.ask(asked, limit=ACTORS - 1, between=True, min_claims=2)
            theirs = _seconds(page, plain_page(answer, home).as_uri(), settle=True)
    names, bars = ("script", "everything on the main thread"), (BAR, None)
    for at, (name, most) in enumerate(zip(names, bars, strict=True)):
        mine = median([seconds[at] for seconds in ours])
        report.add(Figure(name, mine, "CPU-s", theirs[at], "pyvis show()", most=most))
    return report


def _seconds(page: Page, address: str, *, settle: bool = False) -> tuple[float, float]:
    """Seconds of script, and of everything on the page's main thread, until it is drawn.

    `settle`: until its physics has gone through its iterations; it goes on moving afterwards.
    """
    with meter(page) as session:
        if settle:
            page.add_init_script(NOTE_SETTLED)
        page.goto(address)
        if settle:
            page.wait_for_function("window.settled", timeout=SETTLE_LIMIT_MS)
        else:
            page.wait_for_timeout(2000)
        return used(session)
