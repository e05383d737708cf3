"""What the plan that the engine made of a statement betrays: the last lock before it runs on Neo4j."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graph.errors import CypherRefused

FORBIDDEN = frozenset(
    {
        "AdministrationCommand",
        "Create",
        "CreateConstraint",
        "CreateIndex",
        "Delete",
        "DetachDelete",
        "DropConstraint",
        "DropIndex",
        "Foreach",
        "LoadCSV",
        "Merge",
        "RemoveLabels",
        "SetLabels",
        "SetProperties",
        "SetProperty",
        "ShowConstraints",
        "ShowFunctions",
        "ShowIndexes",
        "ShowProcedures",
        "ShowSettings",
        "ShowTransactions",
        "TerminateTransactions",
        "TransactionApply",
        "TransactionForeach",
    }
)
"""Operators that write, reach outside the graph, or show or end what other people run."""

PROCEDURES = (
    "db.labels(",
    "db.relationshipTypes(",
    "db.propertyKeys(",
    "db.schema.",
    "db.index.fulltext.query",
)
"""Procedures that only tell about the graph; any other call is refused."""


def refuse_by_plan(query_type: str | None, plan: Mapping[str, Any] | None) -> None:
    """Raise CypherRefused for a statement that is not reading, by its type and its plan's operators."""
    if query_type not in (None, "r"):
        raise CypherRefused("only reading statements are answered here")
    for operator in _operators(plan):
        name = str(operator.get("operatorType", "")).split("@")[0]
        if name in FORBIDDEN:
            raise CypherRefused(f"only reading statements are answered here ({name})")
        if name == "ProcedureCall" and not _harmless(operator):
            raise CypherRefused("this procedure is not among those that may be called here")


def _harmless(operator: Mapping[str, Any]) -> bool:
    details = str(operator.get("args", {}).get("Details", ""))
    return details.startswith(PROCEDURES)


def _operators(plan: Mapping[str, Any] | None) -> Iterator[Mapping[str, Any]]:
    if plan is not None:
        yield plan
        for child in plan.get("children", ()):
            yield from _operators(child)
