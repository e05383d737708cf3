"""From `actorgraph serve` to the first answer on a store that holds icews14, with and without a kept
projection."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from benchmarks.report import Figure, Report, median
from benchmarks.serving import run as run_command
from benchmarks.serving import serving, shared

READY_BAR, PATH_BAR, KEPT_PATH_BAR = 3.0, 5.0, 4.0
ROUNDS = 3
QUESTION = {"from": "China", "to": "Angela Merkel"}


def run() -> Report:
    """Median of three starts each."""
    report = Report("start: serve on a store with icews14")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        run_command(home, "load", str(shared("icews14.tsv.gz")))
        fresh = [_start(home, keep=False) for _ in range(ROUNDS)]
        kept = [_start(home, keep=True) for _ in range(ROUNDS)]
    report.add(Figure("to /readyz", median([r for r, _ in fresh + kept]), "s", most=READY_BAR))
    report.add(
        Figure(
            "to the first path, projection read from the store",
            median([p for _, p in fresh]),
            "s",
            most=PATH_BAR,
        )
    )
    report.add(
        Figure("to the first path, projection kept", median([p for _, p in kept]), "s", most=KEPT_PATH_BAR)
    )
    return report


def _start(home: Path, *, keep: bool) -> tuple[float, float]:
    """Seconds to readiness and to the first path."""
    if not keep:
        shutil.rmtree(home / "projection", ignore_errors=True)
    with serving(home) as server:
        server.client.get("/api/v1/paths", params=QUESTION).raise_for_status()
        first_path = time.perf_counter() - server.started
        return server.ready_after, first_path
