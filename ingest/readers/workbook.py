"""An Excel file before anybody reads its cells: what it may be packed in, and what its cells do not tell.

The library reads cells one by one and tells nothing of merged ones, nor of formulas that were never computed,
so these are looked up in the sheet's own XML.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from graph.errors import InputUnusable

UNPACKED_LIMIT = 256 << 20
"""Bytes of all parts of a file, as its directory says; no part gives more than it says there."""
PARTS_LIMIT = 2_000
MERGES_LIMIT = 10_000
"""Merged areas, and formulas without a value, that are remembered."""
DAMAGED = (
    AttributeError, EOFError, IndexError, KeyError, OSError, OverflowError, RuntimeError,
    SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What the library and the modules below it raise for a file that is not as it should be."""

_HEAD = 65_536
_CHUNK = 1 << 18
_OLE = b"\xd0\xcf\x11\xe0"
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0(?:D|E)\0")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=\"([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})\"")
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?c\b(?![^>]*\bt=\"str\")[^>]*?\br=\"([A-Z]{1,3}[0-9]{1,7})\"[^>]*>"
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
"""A cell with a formula and without a value. One of type str was computed: its value is the empty text."""
_CELL_END = re.compile(rb"</(?:\w+:)?c>")


@dataclass(frozen=True, slots=True)
class Area:
    """Cells that are merged into one: columns and rows from 1, both ends included."""

    left: int
    top: int
    right: int
    bottom: int

    def swallows(self, column: int, row: int) -> bool:
        """Whether a cell is part of it, and not the one that holds the value."""
        inside = self.left <= column <= self.right and self.top <= row <= self.bottom
        return inside and (column, row) != (self.left, self.top)


@dataclass(frozen=True, slots=True)
class Hidden:
    """What the cells of a sheet do not tell: merged areas, and cells (row, column) with a formula alone."""

    merged: tuple[Area, ...]
    uncomputed: frozenset[tuple[int, int]]


def check_packing(path: Path, file: IO[bytes]) -> None:
    """Look at the directory and the heads of the parts, without unpacking more than those.

    Raises: InputUnusable.
    """
    head = file.read(8)
    if head.startswith(_OLE):
        raise InputUnusable(
            f"{path}: an old spreadsheet (.xls), or one with a password: save it as .xlsx without"
        )
    if not head.startswith(b"PK"):
        raise InputUnusable(f"{path}: not an Excel file, although its name ends in .xlsx")
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _check_size(path, parts)
            for part in parts:
                _check_part(path, archive, part)
    except DAMAGED as error:
        raise InputUnusable(f"{path}: the Excel file is damaged ({_brief(error)})") from None


def hidden(file: IO[bytes], part: str) -> Hidden:
    """What the XML of a sheet tells besides its cells; raises one of DAMAGED."""
    merged: list[Area] = []
    uncomputed: set[tuple[int, int]] = set()
    with zipfile.ZipFile(file) as archive, archive.open(part) as sheet:
        for piece in _pieces(sheet):
            for first, last in _MERGED.findall(piece):
                (top, left), (bottom, right) = _place(first), _place(last)
                merged.append(Area(left, top, right, bottom))
            uncomputed.update(map(_place, _UNCOMPUTED.findall(piece)))
            if len(merged) > MERGES_LIMIT or len(uncomputed) > MERGES_LIMIT:
                raise ValueError(f"more than {MERGES_LIMIT:,} merged cells, or formulas without a value")
    return Hidden(tuple(merged), frozenset(uncomputed))


def _check_size(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > PARTS_LIMIT or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        limit = f"{UNPACKED_LIMIT >> 20} MiB or {PARTS_LIMIT:,} parts"
        raise InputUnusable(f"{path}: unpacked it exceeds {limit}: save the sheet as CSV")


def _check_part(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if part.flag_bits & 1:
        raise InputUnusable(f"{path}: it has a password: save it without")
    if part.filename.endswith((".xml", ".rels")):
        with archive.open(part) as opened:
            if _DECLARES.search(opened.read(_HEAD)):
                raise InputUnusable(f"{path}: it declares entities, as no spreadsheet program does")


def _pieces(sheet: IO[bytes]) -> Iterator[bytes]:
    """The bytes in pieces that break no cell and no merged area in two."""
    rest = b""
    while chunk := sheet.read(_CHUNK):
        rest += chunk
        ends = [found.end() for found in _CELL_END.finditer(rest)]
        cut = ends[-1] if ends else max(rest.rfind(b"<"), 0)
        yield rest[:cut]
        rest = rest[cut:]
    yield rest


def _place(written: bytes) -> tuple[int, int]:
    """Row and column of a cell such as B7, from 1."""
    letters = written.rstrip(b"0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + letter - ord("A") + 1
    return int(written[len(letters) :]), column


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
