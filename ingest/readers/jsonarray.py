"""JSON: an array of objects, or an object that holds one under the name of its form (`{"claims": [...]}`)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import orjson

from graph.errors import InputUnusable
from ingest.readers.jsonlines import RepeatedKey, once, row_of
from ingest.readers.stream import ByteLines
from ingest.readers.table import Table, decode, require, shown
from ingest.records import Fault, FileBroken, Form, RawRow

JSON_LIMIT = 64 << 20
"""Bytes of a file that is read as one value, which has to be in memory; JSON Lines have no such limit."""
_SPACE = re.compile(r"[ \t\r\n]*")
_EXCERPT = 200


def read_json(path: Path, form: Form) -> Table:
    """Open a .json file; it is held in memory while it is read.

    Raises: InputUnusable when it is no such JSON, or its first object lacks a required key.
    """
    physical = ByteLines(path)
    table = Table(physical, form)
    text = _text(physical)
    if not text.strip():
        return table
    values = _Values(path, text)
    try:
        named = _enter(table, values)
    except FileBroken as broken:
        raise InputUnusable(str(broken)) from None
    rows = _rows(table, values, named)
    try:
        first = next(rows, None)
    except FileBroken as broken:
        raise InputUnusable(str(broken)) from None
    if isinstance(first, RawRow) and "record" not in first.values:
        require([*first.values, *table.other], form, path)
    table.rows = _again(first, rows)
    return table


class _Values:
    """The values of a JSON text one after the other; `at` is the place of the next sign."""

    def __init__(self, path: Path, text: str) -> None:
        self.at = 0
        self._path = path
        self._text = text
        self._line = 1
        self._counted = 0
        self._decoder = json.JSONDecoder(object_pairs_hook=once, parse_constant=_no_number)

    @property
    def line(self) -> int:
        """The line of the next sign, from 1."""
        if self.at > self._counted:
            self._line += self._text.count("\n", self._counted, self.at)
            self._counted = self.at
        return self._line

    def peek(self) -> str:
        """The next sign that is no space; empty at the end."""
        found = _SPACE.match(self._text, self.at)
        self.at = found.end() if found else self.at
        return self._text[self.at : self.at + 1]

    def take(self, *signs: str) -> str:
        """Take one of these signs.

        Raises: FileBroken when another one stands there.
        """
        found = self.peek()
        if found not in signs or not found:
            self.fail(f"not valid JSON: {' or '.join(signs)} expected, not {found or 'the end'}")
        self.at += 1
        return found

    def value(self) -> Any:
        """Take the next value.

        Raises: FileBroken when it is not valid, RepeatedKey after it when a key stands twice in it.
        """
        self.peek()
        try:
            return self._decoded(self._decoder)
        except RepeatedKey:
            self._decoded(json.JSONDecoder(parse_constant=_no_number))
            raise

    def _decoded(self, decoder: json.JSONDecoder) -> Any:
        try:
            found, self.at = decoder.raw_decode(self._text, self.at)
        except json.JSONDecodeError as error:
            self.at = error.pos
            self.fail(f"not valid JSON: {error.msg}")
        except (ValueError, RecursionError) as error:
            nested = isinstance(error, RecursionError)
            self.fail("nested too deeply" if nested else f"not valid JSON: {error}")
        return found

    def excerpt(self) -> str:
        """What stands next, for a message."""
        return self._text[self.at : self.at + _EXCERPT]

    def fail(self, reason: str) -> NoReturn:
        """Raises: FileBroken."""
        raise FileBroken(self._path, self.line, reason)


def _text(physical: ByteLines) -> str:
    """Raises: InputUnusable when the file is too large or not UTF-8."""
    parts: list[bytes] = []
    size = 0
    for chunk in physical.chunks():
        parts.append(chunk)
        size += len(chunk)
        if size > JSON_LIMIT:
            limit = f"JSON of more than {JSON_LIMIT >> 20} MiB: write JSON Lines (.jsonl), one object a line"
            raise InputUnusable(f"{physical.path}: {limit}")
    try:
        return decode(b"".join(parts), 0).removeprefix("\ufeff")
    except ValueError as error:
        raise InputUnusable(f"{physical.path}: {error}") from None


def _enter(table: Table, values: _Values) -> bool:
    """Go to the first object of the array; whether that stands under a name, in an object.

    Raises: FileBroken, InputUnusable.
    """
    wanted = table.form.name
    if values.peek() == "[":
        values.take("[")
        return False
    if values.peek() != "{":
        raise InputUnusable(f'{table.path}: no array of objects, and no {{"{wanted}": [...]}}')
    values.take("{")
    passed: list[str] = []
    while values.peek() != "}":
        name = _key(values)
        if name == wanted:
            values.take("[")
            break
        passed.append(name)
        _pass(values)
        if values.take(",", "}") == "}":
            values.at -= 1
    else:
        keys = f"; its keys are: {shown(passed)}" if passed else ""
        raise InputUnusable(
            f"{table.path}: an object without {wanted!r}, an array of objects{keys} (name JSON Lines .jsonl)"
        )
    if passed:
        _remark(table)
    return True


def _leave(table: Table, values: _Values, named: bool) -> None:
    """Go from the end of the array to the end of the file.

    Raises: FileBroken when something stands there that would be lost, or the file is cut off.
    """
    while named and values.take(",", "}") == ",":
        name = _key(values)
        if name == table.form.name:
            values.fail(f"{name!r} stands twice: only the first was read")
        _remark(table)
        _pass(values)
    if values.peek():
        values.fail("not valid JSON: something stands after its end, which was not read")


def _remark(table: Table) -> None:
    table.remarks["other-keys"] = f"{table.path.name}: beside {table.form.name!r} stands what is not read"


def _key(values: _Values) -> str:
    if values.peek() != '"':
        values.fail("not valid JSON: a key in double quotes expected")
    name = str(values.value())
    values.take(":")
    return name


def _pass(values: _Values) -> None:
    """Go over a value that nobody reads."""
    try:
        values.value()
    except RepeatedKey:
        return


def _rows(table: Table, values: _Values, named: bool) -> Iterator[RawRow | Fault]:
    if values.peek() == "]":
        values.take("]")
        _leave(table, values, named)
        return
    while True:
        values.peek()
        line = table.lines.number = values.line
        excerpt = values.excerpt()
        try:
            found = values.value()
        except RepeatedKey as twice:
            yield Fault(line, f"the key {shown([str(twice)])!r} stands twice")
        else:
            yield _row(table, line, found, excerpt)
        if values.take(",", "]") == "]":
            break
    _leave(table, values, named)


def _row(table: Table, line: int, found: object, excerpt: str) -> RawRow | Fault:
    if not isinstance(found, dict):
        return Fault(line, "the value is not a JSON object", None, excerpt)
    try:
        orjson.dumps(found)
    except (
        TypeError
    ) as error:  # half a character, a number of more than 64 bits: what no JSON Lines could hold
        return Fault(line, f"not valid JSON: {error}", None, excerpt)
    return row_of(table, line, found)


def _again(first: RawRow | Fault | None, rows: Iterator[RawRow | Fault]) -> Iterator[RawRow | Fault]:
    if first is not None:
        yield first
        yield from rows


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")
