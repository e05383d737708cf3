"""A Cypher answer, and a fault in a statement, as a person in a terminal reads them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any, Literal

from rich.cells import cell_len

from api.cli.terminal import note, plain, print_json, print_table
from api.schemas import CypherAnswer
from graph.errors import StatementPlace
from graph.store.explained import Operator

Format = Literal["auto", "plain", "json"]
WIDEST = 100
"""Characters that are shown of a line with a fault."""


def show(answer: CypherAnswer, form: Format) -> None:
    """Rows or plan on stdout, remarks on stderr."""
    fields, rows = answer.data.fields, answer.data.values
    if form == "json":
        print_json(answer)
    elif answer.plan is not None:
        for step in _steps(answer.plan, 0):
            print(plain(step))
    elif form == "auto" and sys.stdout.isatty():
        print_table(fields, ([_as_text(value) for value in row] for row in rows))
        note(f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}, {answer.elapsed_ms:g} ms")
    else:
        for line in (fields, *rows):
            print("\t".join(_in_one_line(value) for value in line))
    sys.stdout.flush()
    for notification in answer.notifications:
        note(str(notification.get("description")))
    if answer.truncated:
        note(f"more rows exist; only the first {len(rows)} are shown: --limit")


def mark(statement: str, place: StatementPlace) -> None:
    """The line of a statement with a caret under the place, on stderr."""
    line = (statement.split("\n")[place.line - 1 : place.line] or [""])[0].replace("\t", " ")
    begin = max(0, place.column - 1 - WIDEST * 3 // 4)
    before, rest = line[begin : place.column - 1], line[place.column - 1 : begin + WIDEST]
    width = cell_len(plain(before))
    print(f"  {plain(before + rest)}\n  {' ' * width}^", file=sys.stderr, flush=True)


def _steps(step: Operator, depth: int) -> Iterator[str]:
    rows = "" if step.rows is None else f" ({step.rows:g} rows)"
    yield f"{'  ' * depth}{step.operator} {step.details}".rstrip() + rows
    for child in step.children:
        yield from _steps(child, depth + 1)


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _in_one_line(value: Any) -> str:
    if not isinstance(value, str):
        return _as_text(value)
    return plain(value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n"))
