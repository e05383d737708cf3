"""Questions over HTTP on icews14, warm, beside raw Cypher on the same store and networkx in memory."""

from __future__ import annotations

import gzip
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import neo4j
import networkx as nx

from benchmarks.report import Figure, Report, median, percentile
from benchmarks.serving import run as run_command
from benchmarks.serving import serving, shared

PAIRS, ROUNDS, WARM = 200, 40, 20
NEIGHBOURHOOD_BAR, PATH_BAR, FILTERED_BAR = 20.0, 15.0, 60.0
THREE_FILTERS: Mapping[str, Any] = {
    "family": ["verbal_cooperation", "material_cooperation"],
    "since": "2014-03",
    "until": "2014-10",
    "status": "asserted",
}

ONE_HOP = """
MATCH (a:Actor {id: $id})-[r]-(b:Actor)
RETURN b.id AS id, b.name AS name, type(r) AS type, r.claim_id AS claim, r.date AS date, r.status AS status
"""
SHORTEST = """
MATCH (a:Actor {id: $a}), (b:Actor {id: $b}) MATCH p = shortestPath((a)-[*..6]-(b))
RETURN [n IN nodes(p) | n.id] AS ids
"""


@dataclass(frozen=True, slots=True)
class Asking:
    """The same question over HTTP and in Cypher."""

    client: httpx.Client
    session: neo4j.Session

    def paths(self, start: str, end: str, parameters: Mapping[str, Any]) -> None:
        """Paths from our API."""
        asked = {"from": start, "to": end, **parameters}
        self.client.get("/api/v1/paths", params=asked).raise_for_status()

    def cypher(self, start: str, end: str) -> None:
        """A shortest path from the engine."""
        list(self.session.run(SHORTEST, a=start, b=end))


def run() -> Report:
    """Neighbourhood of the busiest actor; paths between random pairs of the largest component."""
    report = Report("questions over HTTP on icews14, warm")
    events = _events()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        run_command(home, "load", str(shared("icews14.tsv.gz")))
        with serving(home) as server, server.bolt() as session:
            ids = {
                r["name"]: r["id"] for r in session.run("MATCH (a:Actor) RETURN a.name AS name, a.id AS id")
            }
            _neighbourhood(report, server.client, session, ids["China"])
            _paths(report, Asking(server.client, session), _pairs(events, ids), _simple(events, ids))
    return report


def _neighbourhood(report: Report, client: httpx.Client, session: neo4j.Session, actor: str) -> None:
    def ours() -> None:
        client.get(
            f"/api/v1/actors/{actor}/neighbourhood", params={"depth": 1, "limit": 100}
        ).raise_for_status()

    def raw() -> None:
        list(session.run(ONE_HOP, id=actor))

    name = "neighbourhood of China, depth 1, limit 100, median"
    figure = Figure(
        name,
        median(_times(ours, ROUNDS)),
        "ms",
        median(_times(raw, ROUNDS)),
        "raw Cypher, all rows",
        most=NEIGHBOURHOOD_BAR,
    )
    report.add(figure)


def _paths(report: Report, ask: Asking, pairs: list[tuple[str, str]], memory: nx.Graph[str]) -> None:
    plain = _of_pairs(lambda a, b: ask.paths(a, b, {"k": 1}), pairs)
    cypher = _of_pairs(ask.cypher, pairs)
    networkx = _of_pairs(lambda a, b: nx.bidirectional_shortest_path(memory, a, b), pairs)
    beside = ("shortestPath in Cypher", cypher), ("networkx in memory, no HTTP", networkx)
    for name, reference in beside:
        report.add(Figure("one path, no filter, p50", median(plain), "ms", median(reference), name))
        ours, theirs = percentile(plain, 0.95), percentile(reference, 0.95)
        report.add(Figure("one path, no filter, p95", ours, "ms", theirs, name, most=PATH_BAR))
    filtered = _of_pairs(lambda a, b: ask.paths(a, b, {"k": 5, **THREE_FILTERS}), pairs)
    report.add(Figure("five paths, three filters, p50", median(filtered), "ms"))
    report.add(Figure("five paths, three filters, p95", percentile(filtered, 0.95), "ms", most=FILTERED_BAR))
    varied = percentile(_varied(ask, pairs), 0.95)
    report.add(Figure("five paths, three filters, each another, p95", varied, "ms", most=FILTERED_BAR))


def _varied(ask: Asking, pairs: list[tuple[str, str]]) -> list[float]:
    """Each question with another date, so that nothing kept from the one before helps."""
    times = []
    for number, (start, end) in enumerate(pairs):
        since = f"2014-{1 + number % 6:02d}-{1 + number % 27:02d}"
        began = time.perf_counter()
        ask.paths(start, end, {"k": 5, **THREE_FILTERS, "since": since})
        times.append(1000 * (time.perf_counter() - began))
    return times


def _times(work: Callable[[], object], rounds: int) -> list[float]:
    for _ in range(5):
        work()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - began))
    return times


def _of_pairs(work: Callable[[str, str], object], pairs: list[tuple[str, str]]) -> list[float]:
    for start, end in pairs[:WARM]:
        work(start, end)
    times = []
    for start, end in pairs:
        began = time.perf_counter()
        work(start, end)
        times.append(1000 * (time.perf_counter() - began))
    return times


def _events() -> list[tuple[str, str]]:
    with gzip.open(shared("icews14.tsv.gz"), "rt", encoding="utf-8") as lines:
        next(lines)
        rows = (line.rstrip("\n").split("\t") for line in lines)
        # White space does not tell names apart in a load; two names here hold a no-break space.
        return [(" ".join(a.split()), " ".join(b.split())) for a, _, b, _ in rows]


def _simple(events: Iterable[tuple[str, str]], ids: dict[str, str]) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from((ids[a], ids[b]) for a, b in events)
    return graph


def _pairs(events: list[tuple[str, str]], ids: dict[str, str]) -> list[tuple[str, str]]:
    largest = max((sorted(part) for part in nx.connected_components(_simple(events, ids))), key=len)
    rng = random.Random(2014)
    return [(start, end) for start, end in (rng.sample(largest, 2) for _ in range(PAIRS))]
