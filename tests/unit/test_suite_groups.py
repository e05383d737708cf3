"""The plugin that counts which groups of tests ran, where the tests run in several processes."""

from __future__ import annotations

from types import SimpleNamespace

from groups import GROUPS, NOT_ASKED, GroupWatch, last_line


def of_worker(**not_asked: int) -> SimpleNamespace:
    """A process that has ended, and what it said."""
    return SimpleNamespace(workeroutput={NOT_ASKED: dict.fromkeys(GROUPS, 0) | not_asked})


def test_what_several_processes_were_not_asked_for_counts_once() -> None:
    watch = GroupWatch(require_all=True)
    for worker in (of_worker(browser=7), of_worker(browser=7), SimpleNamespace()):
        watch.pytest_testnodedown(worker)

    assert watch.counts["browser"].not_asked == 7
    assert not watch.counts["browser"].missing
    assert watch.counts["wheel"].missing, "nobody left it out, and nothing of it ran"
    assert "did not run browser (not asked for)" in last_line(watch.counts)
