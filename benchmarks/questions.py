"""Questions over HTTP on icews14, warm, beside raw Cypher on the same store and networkx in memory."""

from __future__ import annotations

import gzip
import random
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import httpx
import neo4j
import networkx as nx

from benchmarks.report import Figure, Report, median, percentile
from benchmarks.serving import run as run_command
from benchmarks.serving import serving, shared

PAIRS, ROUNDS, WARM = 200, 40, 20
NEIGHBOURHOOD_BAR, PATH_BAR, FILTERED_BAR = 20.0, 15.0, 60.0
THREE_FILTERS = {
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
            _paths(report, server.client, session, _pairs(events, ids), _simple(events, ids))
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


def _paths(
    report: Report,
    client: httpx.Client,
    session: neo4j.Session,
    pairs: list[tuple[str, str]],
    memory: nx.Graph[str],
) -> None:
    def asking(**parameters: object) -> Callable[[str, str], None]:
        def ask(start: str, end: str) -> None:
            client.get("/api/v1/paths", params={"from": start, "to": end, **parameters}).raise_for_status()
            # type: ignore[dict-item]

        return ask

    def raw(start: str, end: str) -> None:
        list(session.run(SHORTEST, a=start, b=end))

    def in_memory(start: str, end: str) -> None:
        nx.bidirectional_shortest_path(memory, start, end)

    plain = _of_pairs(asking(k=1), pairs)
    cypher, networkx = _of_pairs(raw, pairs), _of_pairs(in_memory, pairs)
    report.add(
        Figure("one path, no filter, p50", median(plain), "ms", median(cypher), "shortestPath in Cypher")
    )
    report.add(
        Figure(
            "one path, no filter, p95",
            percentile(plain, 0.95),
            "ms",
            percentile(cypher, 0.95),
            "shortestPath in Cypher",
            most=PATH_BAR,
        )
    )
    report.add(
        Figure(
            "one path, no filter, p95",
            percentile(plain, 0.95),
            "ms",
            percentile(networkx, 0.95),
            "networkx in memory, no HTTP",
        )
    )
    filtered = _of_pairs(asking(k=5, **THREE_FILTERS), pairs)
    report.add(Figure("five paths, three filters, p50", median(filtered), "ms"))
    report.add(Figure("five paths, three filters, p95", percentile(filtered, 0.95), "ms", most=FILTERED_BAR))
    varied = _varied(client, pairs)
    report.add(
        Figure(
            "five paths, three filters, each another, p95", percentile(varied, 0.95), "ms", most=FILTERED_BAR
        )
    )


def _varied(client: httpx.Client, pairs: list[tuple[str, str]]) -> list[float]:
    """Each question with another date, so that nothing kept from the one before helps."""
    times = []
    for number, (start, end) in enumerate(pairs):
        since = f"2014-{1 + number % 6:02d}-{1 + number % 27:02d}"
        parameters = {"from": start, "to": end, "k": 5, **THREE_FILTERS, "since": since}
        began = time.perf_counter()
        client.get("/api/v1/paths", params=parameters).raise_for_status()
        times.append(1000 * (time.perf_counter() - began))
    return times


def _times(work: Callable[[], None], rounds: int) -> list[float]:
    for _ in range(5):
        work()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - began))
    return times


def _of_pairs(work: Callable[[str, str], None], pairs: list[tuple[str, str]]) -> list[float]:
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
        return [(a, b) for a, _, b, _ in (line.rstrip("\n").split("\t") for line in lines)]


def _simple(events: Iterable[tuple[str, str]], ids: dict[str, str]) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from((ids[a], ids[b]) for a, b in events)
    return graph


def _pairs(events: list[tuple[str, str]], ids: dict[str, str]) -> list[tuple[str, str]]:
    largest = sorted(max(nx.connected_components(_simple(events, ids)), key=len))
    rng = random.Random(2014)
    return [tuple(rng.sample(largest, 2)) for _ in range(PAIRS)]  # type: ignore[misc]  # two of two
