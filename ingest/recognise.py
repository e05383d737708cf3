"""What a file is taken for, before it is loaded: its format, what each column means, and its first rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from ingest.readers.formats import format_of, open_table, stem
from ingest.readers.table import Table
from ingest.records import ACTORS, CLAIMS, SOURCES, FileBroken, Form, RawRow

ROWS_SHOWN = 10
COLUMNS_SHOWN = 100
CELL_SHOWN = 200
"""Characters of a cell."""
_LOOKED_AT = 100
"""Rows that are read for the first that can be shown."""


@dataclass(frozen=True, slots=True)
class RecognisedColumn:
    """A column as the file calls it, and as which of ours it is taken; None where it is left alone."""

    name: str
    taken_as: str | None


@dataclass(frozen=True, slots=True)
class RecognisedRow:
    """A row by position of the columns: the physical line it begins in, and its cells, cut."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is taken for: `format` as people call it, `form` is claims, actors or sources."""

    format: str
    form: str
    columns: tuple[RecognisedColumn, ...]
    rows: tuple[RecognisedRow, ...]


def recognise(path: Path) -> Recognised:
    """What the file is taken for, with the first rows that can be read.

    Raises: InputUnusable when it cannot be used.
    """
    form = _form_of(path)
    table = open_table(path, form)
    rows = _first_rows(table)
    named = table.header[:COLUMNS_SHOWN] or _named_in(rows, table)
    columns = tuple(
        RecognisedColumn(name[:CELL_SHOWN], held_as if held_as in form.columns else None)
        for name, held_as in named
    )
    shown = tuple(
        RecognisedRow(row.line, tuple(_shown(row.values, held_as) for _, held_as in named)) for row in rows
    )
    return Recognised(format_of(path).name, form.name, columns, shown)


def _form_of(path: Path) -> Form:
    """What a file holds is known by its name, as everywhere in a load."""
    return {ACTORS.name: ACTORS, SOURCES.name: SOURCES}.get(stem(path), CLAIMS)


def _first_rows(table: Table) -> list[RawRow]:
    found: list[RawRow] = []
    try:
        for row in islice(table.rows, _LOOKED_AT):
            if isinstance(row, RawRow):
                found.append(row)
            if len(found) == ROWS_SHOWN:
                break
    except FileBroken:  # the load itself says where and why
        return found
    return found


def _named_in(rows: list[RawRow], table: Table) -> tuple[tuple[str, str], ...]:
    """The columns of a file without a header: those of our form in its order, then the others."""
    met = {name for row in rows for name in row.values}
    ours = [name for name in table.form.columns if name in met]
    others = [name for name in dict.fromkeys((*sorted(met), *table.other)) if name not in ours]
    return tuple((name, name) for name in (*ours, *others))[:COLUMNS_SHOWN]


def _shown(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    text = "" if value is None else value if isinstance(value, str) else str(value)
    return text[:CELL_SHOWN]
