"""Whether the service's memory grows with the number of questions: 2,000 mixed ones, each with a filter of
its own."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import psutil

from benchmarks.asking import Asking
from benchmarks.cases import Case, served
from benchmarks.memorygraph import MemoryGraph
from benchmarks.report import Figure, Report

WARM, QUESTIONS = 500, 2_000
MOST_GROWTH = 1.1


def run(case: Case) -> Report:
    """Resident memory after the warm-up, and the most of it afterwards."""
    report = Report(f"memory of the service, {case}, {QUESTIONS:,} mixed questions after {WARM} others")
    with served(case) as server, server.bolt() as session:
        asked = _questions(MemoryGraph.read(session))
        ask, service = Asking(server.client, session), psutil.Process(server.process)

        def resident(count: int) -> list[float]:
            sizes = []
            for _ in range(count):
                path, parameters = next(asked)
                ask.get(path, **parameters)
                sizes.append(service.memory_info().rss / 1e6)
            return sizes

        warm, after = resident(WARM)[-1], resident(QUESTIONS)
    report.add(
        Figure("most resident memory", max(after), "MB", warm, "after the warm-up", most_ratio=MOST_GROWTH)
    )
    report.add(Figure("resident memory at the end", after[-1], "MB", warm, "after the warm-up"))
    return report


def _questions(memory: MemoryGraph) -> Iterator[tuple[str, dict[str, Any]]]:
    """Paths by every rank, neighbourhoods, profiles, searches; no two with the same filter."""
    rng, actors, busiest = random.Random(7), memory.connected(), memory.busiest(100)
    while True:
        start, end = rng.sample(actors, 2)
        year, month, day = rng.randrange(2005, 2015), rng.randrange(1, 13), rng.randrange(1, 29)
        since = {"since": f"{year}-{month:02d}-{day:02d}"}
        for rank in ("shortest", "strongest", "specific", "recent", "chronological"):
            yield "/paths", {"from_": start, "to": end, "rank": rank, "max_hops": 4, **since}
        centre = rng.choice(busiest)
        yield f"/actors/{centre}/neighbourhood", {"depth": rng.choice((1, 2)), **since}
        yield f"/actors/{centre}", since
        yield "/search", {"q": start[: rng.randrange(3, 9)]}
