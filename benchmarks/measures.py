"""Measures over HTTP on icews14 and on the facebook graph, each asked for the first time, and how long others
wait meanwhile; beside libraries that hold the same graph in memory."""

from __future__ import annotations

import contextlib
import csv
import gzip
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import networkx as nx
import rustworkx as rx

from benchmarks.report import Figure, Report
from benchmarks.serving import run as run_command
from benchmarks.serving import serving, shared

BARS: Mapping[str, float] = {"degree": 1, "core": 1, "pagerank": 1, "communities": 1, "betweenness": 6}
"""Most seconds."""
LONGEST_WAIT = 50.0
"""Most milliseconds that another caller waits because of a measure."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """A data set as pairs of names, and the same as numbers for the libraries."""

    dataset: str
    names: list[tuple[str, str]]

    def ties(self) -> tuple[int, list[tuple[int, int]]]:
        """How many actors, and each tie once."""
        number = {name: at for at, name in enumerate(sorted({one for pair in self.names for one in pair}))}
        both = ((number[a], number[b]) for a, b in self.names if a != b)
        return len(number), sorted({(min(pair), max(pair)) for pair in both})


def run() -> Report:
    """Every measure of both data sets, as a whole."""
    report = Report("measures over HTTP, first time")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        facebook = _facebook(Path(folder) / "facebook.csv")
        run_command(home, "load", str(shared("icews14.tsv.gz")))
        run_command(home, "load", str(Path(folder) / "facebook.csv"))
        with serving(home) as server:
            _wait_for_the_projection(server.client)
            for pairs in (_icews14(), facebook):
                # The first question on a data set prepares it for all.
                _ask(server.client, "degree", pairs.dataset, limit=1)
                for measure in BARS:
                    _measure(report, server.client, measure, pairs)
    return report


def _measure(report: Report, client: httpx.Client, measure: str, pairs: Pairs) -> None:
    name, reference = _references(*pairs.ties()).get(measure, ("", None))
    theirs = _seconds(reference) if reference else None
    with _watched(client) as waits:
        ours = _seconds(lambda: _ask(client, measure, pairs.dataset))
    report.add(Figure(f"{measure} of {pairs.dataset}", ours, "s", theirs, name, most=BARS[measure]))
    report.add(Figure("  longest wait for /livez meanwhile", max(waits), "ms", most=LONGEST_WAIT))


def _references(actors: int, ties: list[tuple[int, int]]) -> Mapping[str, tuple[str, Callable[[], object]]]:
    plain: nx.Graph[int] = nx.Graph(ties)
    quick, both = rx.PyGraph(multigraph=False), rx.PyDiGraph(multigraph=False)
    for graph, steps in ((quick, ties), (both, ties + [(b, a) for a, b in ties])):
        graph.add_nodes_from([None] * actors)
        graph.add_edges_from_no_data(steps)
    return {
        "core": ("networkx", lambda: nx.core_number(plain)),
        "pagerank": ("rustworkx", lambda: rx.pagerank(both, tol=1e-12, max_iter=1000)),
        "communities": ("networkx", lambda: nx.community.louvain_communities(plain, seed=1)),
        "betweenness": ("rustworkx, all cores", lambda: rx.graph_betweenness_centrality(quick)),
    }


def _wait_for_the_projection(client: httpx.Client) -> None:
    """On a busy machine reading the graph outlasts the time of a question."""
    while client.get("/api/v1/stats").status_code == httpx.codes.GATEWAY_TIMEOUT:
        time.sleep(1)


def _ask(client: httpx.Client, measure: str, dataset: str, limit: int = 100) -> None:
    asked: dict[str, str | int] = {"measure": measure, "dataset": dataset, "limit": limit}
    client.get("/api/v1/measures", params=asked).raise_for_status()


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@contextlib.contextmanager
def _watched(client: httpx.Client) -> Iterator[list[float]]:
    """Milliseconds that another caller waited, again and again, until the block ended."""
    waits: list[float] = []
    ended = threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=client.base_url) as other:
            while not ended.wait(0.005):
                waits.append(1000 * _seconds(lambda: other.get("/livez").raise_for_status()))

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.1)
    try:
        yield waits
    finally:
        ended.set()
        asking.join()


def _icews14() -> Pairs:
    with gzip.open(shared("icews14.tsv.gz"), "rt", encoding="utf-8") as lines:
        next(lines)
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return Pairs("icews14", [(" ".join(a.split()), " ".join(b.split())) for a, _, b, _ in rows])


def _facebook(file: Path) -> Pairs:
    """The facebook graph, and a claims file of it."""
    with gzip.open(shared("snap_facebook_combined.txt.gz"), "rt", encoding="utf-8") as lines:
        names = [(one, other) for one, other in (line.split() for line in lines)]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("subject", "relation", "object"), *((a, "meets", b) for a, b in names)])
    return Pairs(file.stem, names)
