"""What a plan may hold: listed operators, procedures and functions; all else is refused, known or not."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import CypherRefused
from graph.store.plan import refuse_by_plan


def step(operator: str, details: str = "", *children: dict[str, Any]) -> dict[str, Any]:
    return {"operatorType": operator, "args": {"Details": details}, "children": list(children)}


@pytest.mark.parametrize(
    "operator",
    [
        "AllNodesScan@neo4j", "NodeByLabelScan@neo4j", "UnionNodeByLabelsScan",
        "IntersectionNodeByLabelsScan", "SubtractionNodeByLabelsScan", "NodeByIdSeek",
        "NodeByElementIdSeek", "NodeIndexSeek", "NodeIndexScan", "NodeUniqueIndexSeek",
        "NodeIndexSeekByRange", "NodeUniqueIndexSeekByRange", "MultiNodeIndexSeek",
        "NodeIndexContainsScan", "NodeIndexEndsWithScan", "DirectedAllRelationshipsScan",
        "UndirectedRelationshipTypeScan", "DirectedUnionRelationshipTypesScan",
        "DirectedRelationshipIndexSeek", "UndirectedRelationshipIndexSeekByRange",
        "DirectedRelationshipByElementIdSeek", "DirectedRelationshipIndexContainsScan",
        "PartitionedAllNodesScan", "PartitionedNodeByLabelScan", "Expand(All)@neo4j",
        "VarLengthExpand(Pruning,BFS,All)@neo4j", "StatefulShortestPath(Into, Trail)", "Repeat(Trail)",
        "OptionalExpand(Into)", "ProduceResults@neo4j", "NodeUniqueIndexSeek(Locking)",
    ],
)  # fmt: skip
def test_operators_that_read_pass(operator: str) -> None:
    refuse_by_plan("r", step("ProduceResults@neo4j", "a", step(operator)))


@pytest.mark.parametrize(
    "operator",
    [
        "Create@neo4j", "Merge@neo4j", "DetachDelete", "SetProperty", "SetNodePropertiesFromMap",
        "RemoveLabels", "LoadCSV@neo4j", "Foreach", "TransactionForeach", "TransactionApply",
        "ShowTransactions", "TerminateTransactions", "ShowSettings", "AdministrationCommand", "RunQueryAt",
        "CreateIndex", "AssertSameNode", "AssertingMultiNodeIndexSeek", "SomethingNew", "ScanAndWrite", "",
    ],
)  # fmt: skip
def test_any_other_operator_is_refused_wherever_it_stands(operator: str) -> None:
    with pytest.raises(CypherRefused):
        refuse_by_plan(
            "r", step("ProduceResults@neo4j", "a", step("Apply", "", step("Argument"), step(operator)))
        )


@pytest.mark.parametrize("kind", ["rw", "w", "s"])
def test_a_statement_of_another_kind_is_refused(kind: str) -> None:
    with pytest.raises(CypherRefused):
        refuse_by_plan(kind, step("ProduceResults"))


@pytest.mark.parametrize(
    ("details", "passes"),
    [
        ("db.labels() :: (label :: STRING)", True),
        ("db.schema.visualization() :: (nodes :: LIST)", True),
        ("db.index.fulltext.queryNodes($a, $b)", True),
        ("db.labelsAndMore()", False),
        ("dbms.listConfig()", False),
        ("apoc.load.json($autostring_0)", False),
        ("", False),
    ],
)
def test_procedures_are_those_that_tell_about_the_graph(details: str, passes: bool) -> None:
    plan = step("ProduceResults", "x", step("ProcedureCall@neo4j", details))
    if passes:
        refuse_by_plan("r", plan)
    else:
        with pytest.raises(CypherRefused, match="procedure"):
            refuse_by_plan("r", plan)


@pytest.mark.parametrize(
    ("details", "refused"),
    [
        ("date.truncate($autostring_0, a.day) AS day", None),
        ("duration.between(a.x, a.y) AS d, toUpper(a.name) AS n", None),
        ("a.name AS `apoc.load`", None),
        ("genai.vector.encode($autostring_0, $autostring_1) AS v", "genai.vector.encode"),
        ("1 + apoc.util.sleep (3) AS x", "apoc.util.sleep"),
    ],
)
def test_functions_of_plugins_are_refused_by_name(details: str, refused: str | None) -> None:
    plan = step("ProduceResults", "x", step("Projection@neo4j", details))
    if refused is None:
        refuse_by_plan("r", plan)
    else:
        with pytest.raises(CypherRefused, match=refused):
            refuse_by_plan("r", plan)
