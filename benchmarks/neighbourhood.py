"""Neighbourhoods of the ten busiest actors over HTTP, warm, beside raw Cypher on the same store and networkx
in memory."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx

from benchmarks.asking import PATIENCE, Asking, times
from benchmarks.cases import Case, Graph, served
from benchmarks.memorygraph import MemoryGraph, Tie
from benchmarks.report import Report

BUSIEST, ROUNDS, LIMIT = 10, 10, 100
BARS: Mapping[Graph, Mapping[int, float]] = {"icews14": {1: 30, 2: 80}, "made": {1: 40, 2: 150}}

RANKED = """
MATCH (a:Actor {id: $id})-[r]-(b:Actor)
WITH a, b, count(DISTINCT r.source_id) AS sources, count(r) AS claims, max(r.date) AS latest
ORDER BY sources DESC, claims DESC, latest DESC, b.id LIMIT $limit
"""
CYPHER: Mapping[int, str] = {
    1: RANKED
    + """
MATCH (a)-[r]-(b)
RETURN b.id AS id, b.name AS name, type(r) AS type, count(r) AS claims,
       count(DISTINCT r.source_id) AS sources, min(r.date) AS first, max(r.date) AS last
""",
    2: RANKED
    + """
WITH collect(b) + collect(DISTINCT a) AS shown
UNWIND shown AS one
MATCH (one)-[r]->(other) WHERE other IN shown
RETURN one.id AS subject, type(r) AS type, other.id AS object, count(r) AS claims,
       count(DISTINCT r.source_id) AS sources, min(r.date) AS first, max(r.date) AS last
""",
}
"""The same actors and relations: the best supported neighbours fill the limit, so a second hop adds what is
among them."""


def run(case: Case) -> Report:
    """Depth 1 and 2 on one engine and graph."""
    report = Report(f"neighbourhoods over HTTP, {case}, warm, the {BUSIEST} busiest actors, limit {LIMIT}")
    with served(case) as server, server.bolt() as session:
        memory, ask = MemoryGraph.read(session), Asking(server.client, session)
        actors = memory.busiest(BUSIEST) * ROUNDS
        for depth, bar in BARS[case.graph].items():

            def ours(actor: str, depth: int = depth) -> None:
                ask.get(f"/actors/{actor}/neighbourhood", depth=depth, limit=LIMIT)

            def cypher(actor: str, depth: int = depth) -> None:
                ask.cypher(CYPHER[depth], {"id": actor, "limit": LIMIT})

            def networkx(actor: str, depth: int = depth) -> None:
                _around(memory.graph, actor, depth)

            beside = {
                "raw Cypher": times(cypher, actors, patience=PATIENCE),
                "networkx in memory": times(networkx, actors, patience=PATIENCE),
            }
            report.compare(f"depth {depth}", times(ours, actors), beside, bar)
    return report


def _around(graph: nx.Graph[str], actor: str, depth: int) -> list[tuple[str, str, int, int]]:
    """The ties of an actor to its best supported neighbours, and with `depth` 2 those among them."""
    ties: list[tuple[str, list[Tie]]] = [(other, about["claims"]) for other, about in graph[actor].items()]
    ties.sort(key=lambda tie: (-len({claim.source for claim in tie[1]}), -len(tie[1]), tie[0]))
    shown = [other for other, _ in ties[:LIMIT]]
    near = graph.subgraph([actor, *shown]).edges(data=True) if depth > 1 else graph.edges(actor, data=True)
    return [
        (start, end, len(about["claims"]), len({claim.source for claim in about["claims"]}))
        for start, end, about in near
    ]
