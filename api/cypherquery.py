"""What a call for Cypher takes: a statement, its parameters and its limits."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from api.queries import Query

LONGEST_STATEMENT = 32_768
"""Characters."""


class CypherBody(Query):
    """A reading statement of somebody's own."""

    statement: str = Field(
        min_length=1,
        max_length=LONGEST_STATEMENT,
        description="One reading Cypher statement; after EXPLAIN it is not run and `plan` is answered.",
        examples=["MATCH (a:Actor)-[r:MEETS]->(b:Actor) RETURN a, r, b LIMIT 25"],
    )
    parameters: dict[str, Any] = Field(
        default_factory=dict, description="Values for $name in the statement.", examples=[{}]
    )
    limit: int = Field(default=1_000, ge=1, le=10_000, description="Most rows in the answer.")
    timeout: float = Field(default=10.0, ge=0.1, le=30, description="Most seconds the statement may take.")


class CypherForm(Query):
    """What a Cypher answer carries besides its rows and its subgraph."""

    view: bool = Field(
        default=False, description="Add `view` to `graph`: the vis-network dictionaries of what it holds."
    )
