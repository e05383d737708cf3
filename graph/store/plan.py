"""What the plan that the engine made of a statement betrays: the last lock before it runs on Neo4j.

What may be in a plan is listed, everything else is refused: a version of the server that comes with a new
operator, or a plugin with a procedure, opens nothing. Operators are those of the Cypher manual (Planning and
tuning, Operators) that read and stay inside the graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from graph.errors import CypherRefused

WHERE_IT_BEGINS = re.compile(
    r"(?:Partitioned|Dynamic)?(?:Directed|Undirected)?(?:Multi|Union|Intersection|Subtraction|All)?"
    r"(?:Nodes?|Relationships?)(?:Unique)?(?:Index)?(?:Types?|By(?:Labels?|Types?|Id|ElementId))?"
    r"(?:Contains|EndsWith)?(?:Scan|Seek)(?:ByRange)?"
)
"""The operators that find the first nodes and relationships, in all their spellings."""

READING = frozenset(
    {
        "Anti", "AntiConditionalApply", "AntiSemiApply", "Apply", "Argument", "ArgumentTracker",
        "CacheProperties", "CartesianProduct", "ConditionalApply", "Distinct",
        "DynamicDirectedRelationshipTypeLookup", "DynamicLabelNodeLookup",
        "DynamicUndirectedRelationshipTypeLookup", "Eager", "EagerAggregation", "EmptyResult",
        "EmptyRow", "ExhaustiveLimit", "Expand", "Filter", "LeftOuterHashJoin", "LetAntiSemiApply",
        "LetSelectOrAntiSemiApply", "LetSelectOrSemiApply", "LetSemiApply", "Limit",
        "NodeCountFromCountStore", "NodeHashJoin", "NonFuseable", "NonPipelined",
        "NonPipelinedStreaming", "NullifyMetadata", "Optional", "OptionalExpand",
        "OrderedAggregation", "OrderedDistinct", "OrderedUnion", "PartialSort", "PartialTop",
        "PartitionedUnwind", "PathPropagatingBFS", "Prober", "ProduceResults", "ProjectEndpoints",
        "Projection", "RelationshipCountFromCountStore", "RemoteBatchProperties",
        "RemoteBatchPropertiesWithFilter", "Repeat", "RepeatOptions", "RightOuterHashJoin",
        "RollUpApply", "SelectOrAntiSemiApply", "SelectOrSemiApply", "SemiApply", "ShortestPath",
        "SimulatedExpand", "Skip", "Sort", "StatefulShortestPath", "Top", "Top1WithTies",
        "TriadicBuild", "TriadicFilter", "TriadicSelection", "Union", "Unwind", "ValueHashJoin",
        "VarLengthExpand",
    }
)  # fmt: skip
"""All other operators that read; what stands in parentheses after a name only says how."""

PROCEDURES = (
    "db.labels(", "db.relationshipTypes(", "db.propertyKeys(", "db.schema.", "db.index.fulltext.query",
)  # fmt: skip
"""Procedures that only tell about the graph, or what their names begin with."""

FUNCTIONS = frozenset(
    {"date", "datetime", "localdatetime", "localtime", "time", "duration", "point", "vector"}
)
"""Families of functions that compute; any other name with a point may come from a plugin that reaches out."""

_CALL = re.compile(r"(?<![\w.$`])([A-Za-z_]\w*)((?:\.\w+)+)\s*\(")


def refuse_by_plan(query_type: str | None, plan: Mapping[str, Any] | None) -> None:
    """Raise CypherRefused for a statement that is not reading, by its type and its plan's operators."""
    if query_type not in (None, "r"):
        raise CypherRefused("only reading statements are answered here")
    for operator in _operators(plan):
        name = re.split(r"[@(]", str(operator.get("operatorType", "")))[0]
        details = str(operator.get("args", {}).get("Details", ""))
        if name == "ProcedureCall":
            if not details.startswith(PROCEDURES):
                raise CypherRefused("this procedure is not among those that may be called here")
        elif name not in READING and not WHERE_IT_BEGINS.fullmatch(name):
            raise CypherRefused(f"only reading statements are answered here ({name})")
        else:
            _refuse_functions(details)


def _refuse_functions(details: str) -> None:
    """Raise CypherRefused for a call of a function that is not one of the language."""
    for family, rest in _CALL.findall(details):
        if family.lower() not in FUNCTIONS:
            raise CypherRefused(f"the function {family}{rest} is not among those that may be called here")


def _operators(plan: Mapping[str, Any] | None) -> Iterator[Mapping[str, Any]]:
    if plan is not None:
        yield plan
        for child in plan.get("children", ()):
            yield from _operators(child)
