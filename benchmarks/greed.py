"""How long others wait for Cypher and for paths while somebody's statements run into their limits."""

from __future__ import annotations

import contextlib
import itertools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import get_context

import httpx

import greedy
from benchmarks.cases import Case, served
from benchmarks.memorygraph import MemoryGraph
from benchmarks.report import Figure, Report, percentile
from benchmarks.serving import Serving

PAIRS = 200
WARM, IDLE, LOADED = 20.0, 12.0, 25.0
"""Seconds of asking: before anything counts, with nobody else there, and beside each load."""
TIMEOUT, GONE = 5.0, 4.0
"""Seconds that each greedy statement may take, and until the engine is rid of the last one."""
MOST_RATIO = 2.0
HEAP = 512
"""Megabytes of a Neo4j server: as docs/security.md says, no larger than the data need."""
LOADS: Mapping[str, Sequence[str]] = {
    "runaways": greedy.RUNAWAYS,
    "memory hogs": greedy.HOGS,
    "huge results": greedy.HUGE,
}
SHORT = "MATCH (a:Actor {id: $id})-[r]-(b:Actor) RETURN a, r, b LIMIT 25"

Pair = tuple[str, str]


@dataclass(slots=True)
class Waits:
    """Milliseconds that answers took, by what was asked, and how many were no answers."""

    taken: dict[str, list[float]] = field(default_factory=dict)
    refused: int = 0

    def note(self, name: str, ask: Callable[[], httpx.Response]) -> None:
        """Ask, and note what came of it."""
        begun = time.perf_counter()
        status = ask().status_code
        self.taken.setdefault(name, []).append(1000 * (time.perf_counter() - begun))
        self.refused += status != 200


def run(case: Case) -> Report:
    """Everybody else's p95 beside each kind of greed, one greedy client at a time, and the same without."""
    report = Report(f"others beside greedy statements, {case}, one greedy client with {TIMEOUT:g} s each")
    with served(replace(case, heap=HEAP)) as server, server.bolt() as session:
        pairs = MemoryGraph.read(session).pairs(PAIRS)
        _asked(server, pairs, WARM)
        idle = _asked(server, pairs, IDLE)
        for number, (name, statements) in enumerate(LOADS.items(), start=2):
            # Another address each, so that the service sees somebody who has spent nothing yet; they all
            # lead to this machine.
            with _greed(server, statements, f"127.0.0.{number}"):
                found = _asked(server, pairs, LOADED)
            _compare(report, name, found, idle)
    return report


def _compare(report: Report, load: str, found: Waits, idle: Waits) -> None:
    for asked, taken in found.taken.items():
        for share, what, bar in ((0.5, "p50", None), (0.95, "p95", MOST_RATIO)):
            report.add(
                Figure(
                    f"{asked} beside {load}, {what}",
                    percentile(taken, share),
                    "ms",
                    percentile(idle.taken[asked], share),
                    "idle",
                    most_ratio=bar,
                )
            )
    count = sum(map(len, found.taken.values()))
    report.add(Figure(f"not answered beside {load}, of {count}", found.refused, ""))


def _asked(server: Serving, pairs: Sequence[Pair], seconds: float) -> Waits:
    """Short Cypher and paths in turn, one after the other, for so long."""
    waits, end = Waits(), time.perf_counter() + seconds
    for start, goal in itertools.cycle(pairs):
        if time.perf_counter() > end:
            return waits
        body = {"statement": SHORT, "parameters": {"id": start}}
        waits.note("Cypher", partial(server.client.post, "/api/v1/cypher", json=body))
        ends = {"from": start, "to": goal}
        waits.note("paths", partial(server.client.get, "/api/v1/paths", params=ends))
    raise SystemExit("there are no two connected actors to ask about")


@contextlib.contextmanager
def _greed(server: Serving, statements: Sequence[str], caller: str) -> Iterator[None]:
    """Somebody who runs these statements one after another until the block ends, in a process of his own: the
    measuring one must not have to unpack his answers."""
    somebody = get_context("spawn").Process(
        target=_keep_asking, args=(str(server.client.base_url), statements, caller)
    )
    somebody.start()
    try:
        yield
    finally:
        somebody.terminate()
        somebody.join()
        time.sleep(GONE)


def _keep_asking(address: str, statements: Sequence[str], caller: str) -> None:
    transport = httpx.HTTPTransport(local_address=caller)
    with httpx.Client(base_url=address, timeout=60, transport=transport) as client:
        for statement in itertools.cycle(statements):
            client.post("/api/v1/cypher", json={"statement": statement, "timeout": TIMEOUT})
