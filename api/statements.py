"""Other people's Cypher: a reading statement, its rows, and what it returned of the graph as a subgraph."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from api.schemas import CypherAnswer, CypherTable
from api.service import Service
from graph.ids import relation_id
from graph.model import Subgraph
from graph.projection.snapshot import Snapshot
from graph.questions.subgraph import SubgraphQuestion, subgraph
from graph.store.keys import ClaimKey
from graph.store.values import Found


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its parameters; at most `limit` rows, `timeout` in seconds."""

    text: str
    parameters: Mapping[str, Any]
    limit: int
    timeout: float


async def run_statement(service: Service, statement: Statement, *, with_graph: bool) -> CypherAnswer:
    """The rows of a reading statement, under the read-only user.

    Raises: CypherRefused, CypherError, QuestionTimeout, StoreUnavailable.
    """
    begun = time.perf_counter()
    rows = await service.store.cypher(
        statement.text, statement.parameters, limit=statement.limit, timeout=statement.timeout
    )
    found = rows.found
    graph = None
    if with_graph and (found.actors or found.claims):
        graph = await service.ask(lambda snapshot: _returned(snapshot, found))
    return CypherAnswer(
        data=CypherTable(rows.fields, rows.values),
        graph=graph,
        notifications=rows.notifications,
        truncated=rows.truncated,
        elapsed_ms=round((time.perf_counter() - begun) * 1000, 1),
        plan=rows.plan,
    )


def _returned(snapshot: Snapshot, found: Found) -> Subgraph:
    """The actors that were returned and the relations of the claims that were."""
    named = [*found.actors, *(end for claim in found.claims for end in (claim.subject, claim.object))]
    actors = tuple(dict.fromkeys(id for id in named if id in snapshot.index))
    whole = subgraph(snapshot, SubgraphQuestion(actors))
    wanted = {id for claim in found.claims for id in _relation_ids(claim)}
    return replace(whole, relations=tuple(r for r in whole.relations if r.id in wanted))


def _relation_ids(claim: ClaimKey) -> tuple[str, str]:
    """A relation of a symmetric type begins with the smaller id, so both ways round may be its id."""
    return (
        relation_id(claim.subject, claim.type, claim.object),
        relation_id(claim.object, claim.type, claim.subject),
    )
