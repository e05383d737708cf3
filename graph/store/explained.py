"""The engine's plan of a statement as one shape: Neo4j answers a tree of operators, the embedded engine a
text of indented steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

PRINTED = "string-representation"
"""Where the embedded engine keeps the text of its plan."""
STEP = re.compile(r"(?P<indent> *)(?:\+ (?P<step>.+)|(?P<bare>\w+Step|Branch \d+):?)\s*")
"""A line of that text that names a step; the others are headings and sums."""
PARTS = re.compile(r"(?P<operator>[A-Za-z]+(?: [A-Z]+\b)*)\s*(?P<details>.*)", re.DOTALL)
ESTIMATE = re.compile(r"\brows=(?P<rows>\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Operator:
    """One step of a plan; `rows` is how many the engine expects, where it says so.

    `children` are the steps it takes its rows from.
    """

    operator: str
    details: str
    rows: float | None
    children: tuple[Operator, ...]


def explained(plan: Mapping[str, Any] | None) -> Operator:
    """The plan of a driver's summary; an engine that made none has the operator `Plan` without steps."""
    if plan is None:
        return Operator("Plan", "", None, ())
    arguments = plan.get("args", {})
    if PRINTED in arguments:
        return Operator("Plan", "", None, _printed(str(arguments[PRINTED]).splitlines()))
    rows = arguments.get("EstimatedRows")
    return Operator(
        operator=str(plan.get("operatorType", "")).split("@")[0],
        details=str(arguments.get("Details", "")),
        rows=float(rows) if isinstance(rows, (int, float)) else None,
        children=tuple(explained(child) for child in plan.get("children", ())),
    )


def _printed(lines: Iterable[str]) -> tuple[Operator, ...]:
    """Steps by their indentation: a deeper one belongs to the nearest one above that is less deep."""
    found = [match for match in map(STEP.fullmatch, lines) if match]
    return _nested([(len(match["indent"]), match["step"] or match["bare"]) for match in found])


def _nested(steps: list[tuple[int, str]]) -> tuple[Operator, ...]:
    operators = []
    while steps:
        indent, text = steps[0]
        below = next((n for n, (depth, _) in enumerate(steps) if n and depth <= indent), len(steps))
        operators.append(_operator(text, _nested(steps[1:below])))
        steps = steps[below:]
    return tuple(operators)


def _operator(text: str, children: tuple[Operator, ...]) -> Operator:
    parts = PARTS.fullmatch(text)
    operator, details = (parts["operator"], parts["details"]) if parts else (text, "")
    estimate = ESTIMATE.search(details)
    return Operator(operator, details, float(estimate["rows"]) if estimate else None, children)
