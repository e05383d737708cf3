"""Pytest plugin (`-p groups`): which groups of tests ran, and why the others did not, in the last line.

A group is a marker that stands for something a machine may lack: a browser, Neo4j's jars, Node with its
driver, the shared data folder, a package index for the wheel. What is missing skips its group by name. With
REQUIRE_ALL=1 in the environment a group of which anything was skipped, or of which nothing ran that was not
left to another run (`tests/setup/run.sh`), makes the whole run fail.
"""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from nodejs import node_problem

ROOT = Path(__file__).resolve().parent.parent
GROUPS = ("browser", "neo4j", "node", "shared", "wheel")
OF_GROUP = "group"
"""Name under which a test carries its groups to the process that counts: another one may run it."""
NOT_ASKED = "not_asked"
"""Name under which such a process says which tests of each group it was not asked for."""
INCOMPLETE = 6
"""Exit code where a group that had to run did not run wholly: none of pytest's own."""


@cache
def browser_path() -> Path | None:
    """A Chromium that starts, or None; `tests/setup/browser.sh` holds the rule."""
    found = subprocess.run(
        ["sh", str(ROOT / "tests/setup/browser.sh")], capture_output=True, text=True, check=False
    )
    return Path(found.stdout.strip()) if found.returncode == 0 else None


def shared_folder() -> Path | None:
    """The folder with real data sets (ACTORGRAPH_SHARED, default beside the clone), or None."""
    folder = Path(os.environ.get("ACTORGRAPH_SHARED") or ROOT.parent / "shared")
    return folder if (folder / "data").is_dir() else None


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser of the `browser` group."""
    found = browser_path()
    if found is None:
        pytest.skip(_missing("browser") or "")
    return found


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the `shared` group; it holds `data/`."""
    found = shared_folder()
    if found is None:
        pytest.skip(_missing("shared") or "")
    return found


def _missing(group: str) -> str | None:
    if group == "browser" and browser_path() is None:
        return "no Chromium: set CHROMIUM or install chromium"
    if group == "node":
        return node_problem()
    if group == "shared" and shared_folder() is None:
        return "no data folder ../shared: set ACTORGRAPH_SHARED"
    return None


@dataclass
class GroupCount:
    """What became of the tests of one group."""

    ran: int = 0
    not_asked: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    @property
    def complete(self) -> bool:
        """Whether all its tests ran, as far as this process knows of them."""
        return self.ran > 0 and not self.skipped and not self.not_asked

    @property
    def missing(self) -> bool:
        """Whether something of it could not run."""
        return bool(self.skipped) or not (self.ran or self.not_asked)

    def in_words(self) -> str:
        """Why the group did not run (or not wholly), in a few words."""
        if self.skipped:
            reason, _ = self.skipped.most_common(1)[0]
            return f"{sum(self.skipped.values())} skipped: {reason}"
        return "not asked for" if self.not_asked else "no tests"


def last_line(counts: dict[str, GroupCount]) -> str:
    """One line for people: the groups that ran, those that did not, and why."""
    parts = {
        "ran": [f"{name} ({count.ran})" for name, count in counts.items() if count.complete],
        "ran in part": [
            f"{name} ({count.ran}; {count.in_words()})"
            for name, count in counts.items()
            if count.ran and not count.complete
        ],
        "did not run": [f"{name} ({count.in_words()})" for name, count in counts.items() if not count.ran],
    }
    return "test groups: " + "; ".join(f"{verb} {', '.join(names)}" for verb, names in parts.items() if names)


class GroupWatch:
    """Collects the outcome of each marked test and judges at the end."""

    def __init__(self, *, require_all: bool) -> None:
        self.require_all = require_all
        self.counts = {name: GroupCount() for name in GROUPS}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            item.user_properties.extend((OF_GROUP, group) for group in _groups(item))
        # The browser's driver keeps an event loop running in this thread: nothing asynchronous can follow it.
        # Before it come the files that are done in a moment, so that processes side by side end together.
        items.sort(key=lambda item: ("browser" in _groups(item), item.path.parent.name == "unit"))

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        for item in items:
            for group in _groups(item):
                self.counts[group].not_asked += 1

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        for group in _groups(item):
            reason = _missing(group)
            if reason:
                pytest.skip(reason)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for group in [value for name, value in report.user_properties if name == OF_GROUP]:
            count = self.counts[str(group)]
            if report.skipped and not hasattr(report, "wasxfail"):
                count.skipped[_reason(report)] += 1
            elif report.when == "call" or (report.when == "setup" and report.failed):
                count.ran += 1

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """Take over what a process beside this one was not asked for; each of them knows all tests."""
        for group, number in getattr(node, "workeroutput", {}).get(NOT_ASKED, {}).items():
            self.counts[group].not_asked = max(self.counts[group].not_asked, number)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, None, None]:
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput[NOT_ASKED] = {
                name: count.not_asked for name, count in self.counts.items()
            }
        yield
        if session.config.option.collectonly or hasattr(session.config, "workeroutput"):
            return
        terminal = session.config.get_terminal_writer()
        if self.require_all and any(count.missing for count in self.counts.values()):
            terminal.line("REQUIRE_ALL=1: every group has to run", red=True)
            session.exitstatus = INCOMPLETE
        if self.require_all or any(count.ran or count.skipped for count in self.counts.values()):
            terminal.line(last_line(self.counts))


def _groups(item: pytest.Item) -> tuple[str, ...]:
    return tuple(name for name in GROUPS if item.get_closest_marker(name))


def _reason(report: pytest.TestReport) -> str:
    where = report.longrepr
    return where[2].removeprefix("Skipped: ") if isinstance(where, tuple) else str(where)


def pytest_configure(config: pytest.Config) -> None:
    """Start watching; the watch lives as long as the run."""
    config.pluginmanager.register(GroupWatch(require_all=os.environ.get("REQUIRE_ALL") == "1"), "group-watch")
