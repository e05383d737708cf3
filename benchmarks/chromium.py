"""The browser of the tests, and what a page costs its main thread."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator

from playwright.sync_api import CDPSession, Page, sync_playwright

from benchmarks.serving import REPOSITORY

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def _chromium() -> str:
    """The browser that the tests use too."""
    found = ["sh", str(REPOSITORY / "tests/setup/browser.sh")]
    return subprocess.run(found, capture_output=True, text=True, check=True).stdout.strip()


@contextlib.contextmanager
def browser() -> Iterator[Page]:
    """A page on a laptop's screen."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)
        yield running.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        running.close()


@contextlib.contextmanager
def meter(page: Page) -> Iterator[CDPSession]:
    """The browser's own account of the page's main thread, in CPU time."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    yield session
    session.detach()


def process_seconds(page: Page) -> float:
    """CPU-seconds of the process that draws the page. Its main thread need not answer for that."""
    browser_ = page.context.browser
    assert browser_ is not None
    session = browser_.new_browser_cdp_session()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return max(float(process["cpuTime"]) for process in found if process["type"] == "renderer")


def used(session: CDPSession) -> tuple[float, float]:
    """CPU-seconds of script, and of everything, since the page began."""
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["ScriptDuration"]), float(metrics["TaskDuration"])
