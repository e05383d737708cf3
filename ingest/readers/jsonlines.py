"""JSON Lines: one object a line, either a native row or a record of our own export."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from graph.errors import InputUnusable
from ingest.readers.stream import ByteLines
from ingest.readers.table import BOM, CELL_LIMIT, Table, column_of, decode, require, shown, too_long
from ingest.records import Fault, Form, RawRow

_KEY = re.compile(rb'"\s*:')
_EXCERPT = 200


def read_jsonlines(path: Path, form: Form) -> Table:
    """Open a .jsonl file.

    Raises: InputUnusable when the first line is no object or lacks a required key.
    """
    physical = ByteLines(path)
    table, lines = Table(physical, form), iter(physical)
    first = next(lines, b"")
    while first is not None and not first.removeprefix(BOM).strip():
        following = next(lines, b"end")
        if following == b"end":
            return table
        first = following
    if first is None:
        raise InputUnusable(f"{path}: {too_long()}: these are no JSON Lines")
    head = _row(table, first.removeprefix(BOM))
    if not first.removeprefix(BOM).lstrip().startswith(b"{"):
        hint = (
            "an array; name the file .json, or write one object a line"
            if first.lstrip().startswith(b"[")
            else "no JSON object"
        )
        raise InputUnusable(f"{path}, line {table.lines.number}: the first line is {hint}")
    if isinstance(head, RawRow) and "record" not in head.values:
        require([*head.values, *table.other], form, path)
    table.rows = _rows(table, head, lines)
    return table


def _rows(table: Table, head: RawRow | Fault, lines: Iterator[bytes | None]) -> Iterator[RawRow | Fault]:
    yield head
    for line in lines:
        if line is None:
            yield Fault(table.lines.number, too_long())
        elif line.strip():
            yield _row(table, line)


def _row(table: Table, line: bytes) -> RawRow | Fault:
    number = table.lines.number
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return Fault(
            number, _why(line, table.lines.offset, error), None, line[:_EXCERPT].decode(errors="replace")
        )
    if type(found) is not dict:
        return Fault(number, "the line is not a JSON object", None, line[:_EXCERPT].decode(errors="replace"))
    if len(_KEY.findall(line)) != len(found) and (twice := _repeated(line)):
        return Fault(number, f"the key {shown([twice])!r} stands twice")
    return row_of(table, number, found)


def row_of(table: Table, number: int, found: dict[str, Any]) -> RawRow | Fault:
    """The row that an object is, which begins in line `number`."""
    values: dict[str, Any] = {}
    for key, value in found.items():
        column = key if key in table.form.columns else column_of(key)
        if column in values:
            return Fault(number, f"{shown([column])!r} is given twice", column)
        if column not in table.form.columns and "record" not in found:
            table.other[key] = None
            continue
        if type(value) is str and (len(value) > CELL_LIMIT or "\0" in value):
            reason = "a NUL in the text" if "\0" in value else f"longer than {CELL_LIMIT:,} signs"
            return Fault(number, reason, column, value[:_EXCERPT])
        values[column] = value
    return RawRow(number, values)


def _repeated(line: bytes) -> str | None:
    """A key that stands twice in one object; the parser would silently keep the last."""
    try:
        json.loads(line, object_pairs_hook=once)
    except RepeatedKey as error:
        return str(error)
    except (RecursionError, ValueError):
        return None
    return None


class RepeatedKey(Exception):
    """Carries the repeated key out of the parser."""


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of these pairs, as a hook for Python's own parser.

    Raises: RepeatedKey.
    """
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        raise RepeatedKey(next(name for name in names if names.count(name) > 1))
    return made


def _why(line: bytes, offset: int, error: orjson.JSONDecodeError) -> str:
    try:
        decode(line, offset)
    except ValueError as encoding:
        return str(encoding)
    return f"not valid JSON: {error.msg} (at sign {error.pos + 1} of the line)"
