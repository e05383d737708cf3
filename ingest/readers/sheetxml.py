"""The XML of an Excel file's parts, looked through before the library builds anything of it.

The library reads cells one by one and tells nothing of merged ones, nor of formulas that were never computed;
and it holds a whole row in memory, however long that is. The parser here is the one below the library, with
its settings: what ends the one ends the other at the same place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from ingest.readers.references import column_number, corners

ROW_BYTES = 4 << 20
"""Bytes of one row; in memory it takes some eighty times as much."""
TOKEN_BYTES = 1 << 20
"""Bytes of one tag or comment; the parser begins it anew with each piece that does not end it."""
OUTSIDE_LIMIT = 1 << 21
"""Elements outside of rows, and rows: what the library keeps while it reads a part."""
DEPTH_LIMIT = 200
"""Elements within each other."""
MERGES_LIMIT = 10_000
"""Merged areas, and formulas without a value, that are remembered."""

_CHUNK = 1 << 18
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _CELL, _FORMULA, _VALUE = (f"{_MAIN}{name}" for name in ("row", "c", "f", "v"))
_TEXT, _MERGED = f"{_MAIN}si", f"{_MAIN}mergeCell"


class Refused(Exception):
    """A part that no spreadsheet program writes, or one that is too large; carries why."""


@dataclass(frozen=True, slots=True)
class Area:
    """Cells that are merged into one: columns and rows from 1, both ends included."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(slots=True)
class Hidden:
    """What the cells of a sheet do not tell: merged areas, and cells (row, column) with a formula alone."""

    merged: list[Area] = field(default_factory=list)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)

    @property
    def too_many(self) -> bool:
        """Whether more was found than is remembered: then a part of it is missing."""
        return len(self.merged) > MERGES_LIMIT or len(self.uncomputed) > MERGES_LIMIT


class Swallowed:
    """The cells of some columns that are merged into another one, by column and row."""

    def __init__(self, merged: Iterable[Area], columns: Iterable[int]) -> None:
        areas = list(merged)
        self._runs = {column: _runs(areas, column) for column in columns}

    def by(self, column: int, row: int) -> Area | None:
        """The area that a cell is part of without being the one that holds its value."""
        tops, runs = self._runs[column]
        at = bisect_right(tops, row) - 1
        return runs[at][1] if at >= 0 and row <= runs[at][0] else None


def _runs(areas: Iterable[Area], column: int) -> tuple[list[int], list[tuple[int, Area]]]:
    """First rows, and last rows with their area, of what is swallowed in a column; none overlaps another."""
    tops: list[int] = []
    runs: list[tuple[int, Area]] = []
    reached = 0
    parts = ((area.top + (column == area.left), area) for area in areas if area.left <= column <= area.right)
    for begins, area in sorted(parts, key=lambda part: part[0]):
        top = max(begins, reached + 1)
        if top <= area.bottom:
            tops.append(top)
            runs.append((area.bottom, area))
            reached = area.bottom
    return tops, runs


def look_through(part: IO[bytes]) -> Hidden:
    """What the XML of a part tells besides its cells; ends where it stops being XML, as the library will.

    Raises: Refused, and what a damaged file raises.
    """
    look = _Look()
    try:
        while chunk := part.read(_CHUNK):
            look.feed(chunk)
        look.end()
    except expat.ExpatError:
        pass  # the library says so, after the rows before
    return look.found


class _Look:
    """The handlers of one parser."""

    def __init__(self) -> None:
        self.found = Hidden()
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.StartDoctypeDeclHandler = self._declared
        self._parser.StartElementHandler = self._started
        self._parser.EndElementHandler = self._ended
        self._fed = 0
        self._depth = 0
        self._outside = 0
        self._row_depth = 0
        self._row_from = 0
        self._row = 0
        self._column = 0
        self._type = ""
        self._formula = False
        self._value = False

    def feed(self, chunk: bytes) -> None:
        """Go on with these bytes."""
        self._fed += len(chunk)
        self._parser.Parse(chunk, False)
        if self._fed - self._parser.CurrentByteIndex > TOKEN_BYTES:
            raise Refused(f"a tag or a comment of more than {TOKEN_BYTES >> 20} MiB")
        if self._row_depth:
            self._check_row(self._parser.CurrentByteIndex)

    def end(self) -> None:
        """The bytes are at their end."""
        self._parser.Parse(b"", True)

    def _declared(self, _name: str, _system: str | None, _public: str | None, _inside: bool) -> None:
        raise Refused("it declares entities, as no spreadsheet program does")

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise Refused(f"more than {DEPTH_LIMIT} elements within each other")
        if not self._row_depth:
            self._outside += 1
            if self._outside > OUTSIDE_LIMIT:
                raise Refused(f"more than {OUTSIDE_LIMIT:,} rows or other elements")
            if name in (_ROW, _TEXT):
                self._row_depth, self._row_from = self._depth, self._parser.CurrentByteIndex
        if name == _ROW:
            self._row = int(float(attributes["r"])) if "r" in attributes else self._row + 1
            self._column = 0
        elif name == _CELL:
            self._cell_started(attributes)
        elif name == _FORMULA:
            self._formula = True
        elif name == _VALUE:
            self._parser.CharacterDataHandler = self._valued
        elif name == _MERGED:
            self._merge(attributes.get("ref", ""))

    def _cell_started(self, attributes: dict[str, str]) -> None:
        written = attributes.get("r", "").rstrip("0123456789")
        self._column = column_number(written) if written else self._column + 1
        self._type = attributes.get("t", "")
        self._formula = self._value = False

    def _valued(self, _text: str) -> None:
        self._value = True
        self._parser.CharacterDataHandler = None

    def _ended(self, name: str) -> None:
        if name == _CELL:
            # one of type str was computed: its value is the empty text
            if self._formula and not self._value and self._type != "str" and not self.found.too_many:
                self.found.uncomputed.add((self._row, self._column))
        elif name == _VALUE:
            self._parser.CharacterDataHandler = None
        if self._depth == self._row_depth:
            self._check_row(self._parser.CurrentByteIndex)
            self._row_depth = 0
        self._depth -= 1

    def _check_row(self, until: int) -> None:
        if until - self._row_from > ROW_BYTES:
            raise Refused(f"a row, or a text, of more than {ROW_BYTES >> 20} MiB: save the sheet as CSV")

    def _merge(self, ref: str) -> None:
        found = corners(ref)
        if found is not None and not self.found.too_many:
            self.found.merged.append(Area(*found))
