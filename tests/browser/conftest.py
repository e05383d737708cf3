"""Fixture policy: one real server with five data sets, one browser, a new window for each test; a
second server with thousands of actors for the tests that ask for it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from datafolders import council_folder, crowd_folder, hostile_folder, ministry_folder, thousands_folder
from windows import Window

ROOT = Path(__file__).resolve().parents[2]
START_WITHIN_S = 90.0
QUIET_BROWSER = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def _environment(home: Path) -> dict[str, str]:
    mine = {
        name: value for name, value in os.environ.items() if not name.startswith(("ACTORGRAPH_", "NEO4J_"))
    }
    return mine | {"ACTORGRAPH_HOME": str(home), "PYTHONPATH": str(ROOT)}


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "api.cli", *words]


def _address(home: Path, process: subprocess.Popen[bytes], log: IO[bytes]) -> str:
    """Where the server says it is.

    Raises: AssertionError when it ended, or did not say so in time.
    """
    until = time.monotonic() + START_WITHIN_S
    while process.poll() is None and time.monotonic() < until:
        if (home / "run.json").exists():
            found = json.loads((home / "run.json").read_text(encoding="utf-8")).get("http")
            if found:
                return str(found)
        time.sleep(0.1)
    log.seek(0)
    raise AssertionError(f"no server: {log.read().decode()[-2000:]}")


@contextlib.contextmanager
def _served(home: Path, folders: Sequence[Path], *options: str) -> Iterator[str]:
    """The address of `actorgraph serve` on a home of its own, with these data sets loaded."""
    environment = _environment(home)
    with (home / "serve.log").open("w+b") as log:
        command = _command("serve", "--port", "0", *options)
        serve = subprocess.Popen(command, cwd=home, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            address = _address(home, serve, log)
            for folder in folders:
                load = subprocess.run(
                    _command("load", str(folder)), cwd=home, env=environment, capture_output=True, check=False
                )
                assert load.returncode == 0, (load.stdout + load.stderr).decode()
            yield address
        finally:
            serve.terminate()
            serve.wait(timeout=30)


@pytest.fixture(scope="session")
def server(chromium: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with five data sets: the bundled one and four written for tests."""
    home = tmp_path_factory.mktemp("explorer")
    folders = [hostile_folder(home / "in" / "hostile"), crowd_folder(home / "in" / "crowd")]
    folders += [ministry_folder(home / "in" / "ministry"), council_folder(home / "in" / "council")]
    with _served(home, folders) as address:
        yield address


@pytest.fixture(scope="session")
def thousands(chromium: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with more actors than a map holds, and nothing else."""
    home = tmp_path_factory.mktemp("thousands")
    with _served(home, [thousands_folder(home / "in" / "thousands")], "--empty") as address:
        yield address


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """The one browser of the run."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(chromium), args=list(QUIET_BROWSER))
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A profile of its own: nothing remembered, a laptop's screen, light."""
    made = browser.new_context(
        viewport={"width": 1280, "height": 800}, color_scheme="light", reduced_motion="reduce"
    )
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def window(context: BrowserContext, server: str) -> Window:
    """An empty window on the server."""
    return Window(context.new_page(), server)


@pytest.fixture
def cypher(window: Window) -> Window:
    """A window with the panel open."""
    window.open()
    window.page.locator("#cypher-open").click()
    expect(window.page.locator(".queries .name").first).to_be_visible()
    return window
