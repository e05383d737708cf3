"""Paths over HTTP between 200 random pairs of connected actors, warm, beside raw Cypher on the same store and
networkx in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from math import log2
from typing import Any

import networkx as nx

from benchmarks.asking import PATIENCE, Asking, times
from benchmarks.cases import Case, Graph, served
from benchmarks.memorygraph import MemoryGraph
from benchmarks.report import Report
from graph.dates import as_dates, parse_date
from graph.model import FAMILIES

PAIRS = 200
K = 5
BARS: Mapping[Graph, Mapping[str, float]] = {
    "icews14": {"shortest": 10, "filtered": 40, "ranked": 80, "chronological": 120},
    "made": {"shortest": 20, "filtered": 100, "ranked": 200, "chronological": 300},
}
ASKED_FAMILIES = ("verbal_cooperation", "material_cooperation")
WINDOW: Mapping[Graph, tuple[str, str]] = {
    "icews14": ("2014-03", "2014-10"),
    "made": ("2012-03", "2018-10"),
}

SHORTEST = """
MATCH (a:Actor {id: $start}), (b:Actor {id: $end}) MATCH p = shortestPath((a)-[*..6]-(b))
RETURN [n IN nodes(p) | n.id] AS ids
"""
FILTERED = """
MATCH p = SHORTEST 5 (a:Actor {id: $start})
  -[r WHERE r.status = 'asserted' AND r.category IN $categories
    AND r.date_from <= $until AND r.date_to >= $since]-{1,6}
  (b:Actor {id: $end})
RETURN [n IN nodes(p) | n.id] AS ids
"""

Pair = tuple[str, str]
Work = Callable[[Pair], object]


@dataclass(frozen=True, slots=True)
class _Measuring:
    """One report in the making."""

    report: Report
    ask: Asking
    pairs: list[Pair]
    bars: Mapping[str, float]

    def row(self, name: str, bar: str, work: Work, beside: Mapping[str, Work] | None = None) -> None:
        """Measure one question and its references."""
        references = {
            other: times(reference, self.pairs, patience=PATIENCE)
            for other, reference in (beside or {}).items()
        }
        self.report.compare(name, times(work, self.pairs), references, self.bars[bar])

    def paths(self, **parameters: Any) -> Work:
        """Paths from our API between the ends of a pair."""
        return lambda pair: self.ask.get("/paths", from_=pair[0], to=pair[1], **parameters)

    def cypher(self, statement: str, **parameters: Any) -> Work:
        """The same in Cypher."""
        return lambda pair: self.ask.cypher(statement, {"start": pair[0], "end": pair[1], **parameters})


def run(case: Case) -> Report:
    """Each kind of question on one engine and graph."""
    report = Report(f"paths over HTTP, {case}, warm, {PAIRS} pairs")
    with served(case) as server, server.bolt() as session:
        memory = MemoryGraph.read(session)
        measuring = _Measuring(report, Asking(server.client, session), memory.pairs(PAIRS), BARS[case.graph])
        # Java compiles what is called often: the first hundreds of questions find an engine that is not warm.
        times(measuring.paths(k=1), measuring.pairs)
        _shortest(measuring, memory)
        _filtered(measuring, memory, case)
        _ranked(measuring, memory)
    return report


def _shortest(measuring: _Measuring, memory: MemoryGraph) -> None:
    beside = {
        "shortestPath in Cypher": measuring.cypher(SHORTEST),
        "networkx in memory": lambda pair: nx.bidirectional_shortest_path(memory.graph, *pair),
    }
    measuring.row("one shortest path, no filter", "shortest", measuring.paths(k=1), beside)


def _filtered(measuring: _Measuring, memory: MemoryGraph, case: Case) -> None:
    since, until = WINDOW[case.graph]
    asked = {"k": K, "max_hops": 6, "family": ASKED_FAMILIES, "status": "asserted"}
    passing = memory.under(
        lambda tie: (
            tie.family in ASKED_FAMILIES and tie.status == "asserted" and _meets(tie.date, since, until)
        )
    )
    beside: dict[str, Work] = {"networkx, filtered beforehand": lambda pair: _k_best(passing, pair, None)}
    if case.engine == "neo4j":
        beside["SHORTEST 5 in Cypher"] = measuring.cypher(FILTERED, **_in_cypher(since, until))
    name = "five paths within six hops, three filters"
    measuring.row(name, "filtered", measuring.paths(**asked, since=since, until=until), beside)
    days = {
        pair: f"{since[:4]}-{1 + number % 6:02d}-{1 + number // 6 % 28:02d}"
        for number, pair in enumerate(measuring.pairs)
    }

    def another(pair: Pair) -> None:
        """Each question with another date, so that nothing kept from the one before helps."""
        measuring.paths(**asked, since=days[pair], until=until)(pair)

    measuring.row(f"{name}, each another date", "filtered", another)


def _ranked(measuring: _Measuring, memory: MemoryGraph) -> None:
    asked = {"k": K, "max_hops": 4}
    _weigh(memory.graph)
    for rank in ("strongest", "specific"):
        beside = {"networkx by weight": lambda pair, rank=rank: _k_best(memory.graph, pair, rank)}
        measuring.row(f"five {rank} within four hops", "ranked", measuring.paths(**asked, rank=rank), beside)
    measuring.row(
        "five chronological within four hops", "chronological", measuring.paths(**asked, rank="chronological")
    )


def _k_best(graph: nx.Graph[str], pair: Pair, weight: str | None) -> list[list[str]]:
    try:
        return list(islice(nx.shortest_simple_paths(graph, *pair, weight=weight), K))
    except nx.NetworkXNoPath:
        return []


def _weigh(graph: nx.Graph[str]) -> None:
    """Weights of ties that come close to the two ranks."""
    degree = dict(graph.degree())
    for start, end, about in graph.edges(data=True):
        sources = {tie.source for tie in about["claims"]}
        about["strongest"] = 1 / (len(sources) if len(sources) > 1 else len(about["claims"]))
        about["specific"] = log2(1 + degree[start]) + log2(1 + degree[end])


def _meets(written: str | None, since: str, until: str) -> bool:
    """Whether a date, as far as it is known, can lie between two others."""
    return written is not None and since[: len(written)] <= written and written[: len(until)] <= until


def _in_cypher(since: str, until: str) -> Mapping[str, Any]:
    categories = [category for family in ASKED_FAMILIES for category in FAMILIES[family]]
    begin, end = as_dates(parse_date(since))[0], as_dates(parse_date(until))[1]
    return {"categories": categories, "since": begin, "until": end}
