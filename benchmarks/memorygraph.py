"""The loaded graph in networkx, read back from the store: what questions are measured beside, and where the
actors come from that they are asked about."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import neo4j
import networkx as nx

from graph.filters import NOT_WALKED
from graph.model import FAMILY_OF, NOT_PREFIX

CLAIMS = """
MATCH (a:Actor)-[r]->(b:Actor)
RETURN a.id AS subject, collect([b.id, type(r), r.category, r.status, r.source_id, r.date]) AS claims
"""


class Tie(NamedTuple):
    """A claim as far as it is needed here."""

    subject: str
    object: str
    type: str
    category: str
    status: str
    source: str
    date: str | None

    @property
    def family(self) -> str:
        """The family of its category."""
        return FAMILY_OF[self.category]


@dataclass(frozen=True, slots=True)
class MemoryGraph:
    """The claims that paths walk by default, and who is tied to whom by them; each tie holds its `claims`."""

    ties: Sequence[Tie]
    graph: nx.Graph[str]

    @classmethod
    def read(cls, session: neo4j.Session) -> MemoryGraph:
        """Everything of the store."""
        rows = (
            Tie(record["subject"], *claim) for record in session.run(CLAIMS) for claim in record["claims"]
        )
        ties = [tie for tie in rows if _walked(tie)]
        return cls(ties, tied(ties))

    def connected(self) -> list[str]:
        """The actors of the largest connected part."""
        return max((sorted(part) for part in nx.connected_components(self.graph)), key=len)

    def pairs(self, count: int) -> list[tuple[str, str]]:
        """Random pairs of connected actors, always the same."""
        rng, actors = random.Random(2014), self.connected()
        return [(start, end) for start, end in (rng.sample(actors, 2) for _ in range(count))]

    def busiest(self, count: int) -> list[str]:
        """The actors with most neighbours."""
        degree: Mapping[str, int] = dict(self.graph.degree())
        return sorted(degree, key=lambda actor: (-degree[actor], actor))[:count]

    def under(self, passes: Callable[[Tie], bool]) -> nx.Graph[str]:
        """The same graph with only some of the claims; its actors are all there."""
        graph = tied(tie for tie in self.ties if passes(tie))
        graph.add_nodes_from(self.graph)
        return graph


def tied(ties: Any) -> nx.Graph[str]:
    """Who is tied to whom."""
    graph: nx.Graph[str] = nx.Graph()
    for tie in ties:
        if tie.subject == tie.object:
            continue
        if not graph.has_edge(tie.subject, tie.object):
            graph.add_edge(tie.subject, tie.object, claims=[])
        graph[tie.subject][tie.object]["claims"].append(tie)
    return graph


def _walked(tie: Tie) -> bool:
    return (
        not tie.type.startswith(NOT_PREFIX)
        and tie.category not in NOT_WALKED
        and tie.status in ("asserted", "alleged")
    )
