"""A table of any format as the loader sees it, and what the readers of all formats have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from graph.errors import InputUnusable
from ingest.readers.stream import LINE_LIMIT, Meter
from ingest.records import SYNONYMS, Fault, Form, RawRow

CELL_LIMIT = 131_072
"""Characters of one cell."""
BOM = b"\xef\xbb\xbf"
_SHOWN = 12


@dataclass(slots=True)
class Table:
    """An opened file.

    `columns`: those of the form that it has, None where every row may have others (JSON). `header`: the names
    as the file writes them, each with the name under which rows hold its cells. `other`: names that the form
    does not know, in the order they were met. `remarks`: sentences by their stable code. `rows` reads on; it
    may raise FileBroken.
    """

    lines: Meter
    form: Form
    rows: Iterator[RawRow | Fault] = field(default_factory=lambda: iter(()))
    columns: frozenset[str] | None = None
    other: dict[str, None] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    header: tuple[tuple[str, str], ...] = ()

    @property
    def path(self) -> Path:
        return self.lines.path


def decode(line: bytes, offset: int) -> str:
    """The line as text.

    Raises: ValueError naming the byte and its place in the file.
    """
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        raise ValueError(
            f"not UTF-8: byte 0x{line[error.start]:02X} at offset {offset + error.start}; "
            "if the file is Latin-1 or Windows text, save it as UTF-8"
        ) from None


def take_header(table: Table, cells: Sequence[str]) -> list[str]:
    """The header's cells as the names under which rows hold their cells, noted in the table.

    Raises: InputUnusable when a required column is missing or one stands twice.
    """
    names = columns_of(cells, table.form, table.path)
    table.columns = frozenset(names) & frozenset(table.form.columns)
    table.header = tuple((cell.strip(), name) for cell, name in zip(cells, names, strict=True))
    table.other.update((cell, None) for cell, name in table.header if name not in table.columns)
    return names


def too_long() -> str:
    """Why a line that was too long is refused."""
    return f"the line is longer than {LINE_LIMIT >> 10} KiB"


def shown(names: Iterable[object]) -> str:
    """Names for a message of one line: a dozen at most, each cut."""
    listed = list(names)
    texts = [repr(str(name)[:40])[1:-1] for name in listed[:_SHOWN]]
    more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
    return ", ".join(texts) + more


def columns_of(cells: Sequence[str], form: Form, path: Path) -> list[str]:
    """The header's cells as column names of the form; other names stay as they are.

    Raises: InputUnusable when a required column is missing or one stands twice.
    """
    names = [column_of(cell) for cell in cells]
    twice = {name for name in names if name in form.columns and names.count(name) > 1}
    if twice:
        raise InputUnusable(f"{path}: the column {min(twice)!r} stands twice in the header")
    require(names, form, path)
    return names


def column_of(name: str) -> str:
    """A column name without regard to case and surrounding space; `start` and `end` mean validity."""
    plain = name.strip().casefold()
    return SYNONYMS.get(plain, plain)


def require(names: Sequence[str], form: Form, path: Path) -> None:
    """Raises: InputUnusable naming a missing required column and those that are near it."""
    for column in form.required:
        if column not in names:
            strangers = [name for name in names if name not in form.columns]
            near = get_close_matches(column, strangers, n=2, cutoff=0.6)
            hint = f"; near: {shown(near)}" if near else ""
            raise InputUnusable(f"{path}: no column {column!r}{hint}; the columns are: {shown(names)}")


def near_column(name: str, form: Form) -> str | None:
    """The column of the form that a name not known there may be meant to be."""
    found = get_close_matches(name, form.columns, n=1, cutoff=0.8)
    return found[0] if found else None
