"""An Excel file before anybody reads its cells: what it may be packed in, and what its parts may hold."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import IO

from graph.errors import InputUnusable
from ingest.readers.package import built_by_name, sheets_of, texts_of_cells, workbooks
from ingest.readers.sheetxml import Hidden, Refused, look_through
from ingest.readers.table import shown

UNPACKED_LIMIT = 256 << 20
"""Bytes of all parts of a file, as its directory says; no part gives more than it says there."""
BESIDE_LIMIT = 16 << 20
"""Bytes of the parts that the library builds whole in memory, where they take many times as much: the
workbook, its styles, and what names the parts.
"""
RATIO_LIMIT = 100
"""How many times its packed size a file may unpack to: no sheet of a person repeats itself so often."""
RATIO_FROM = 8 << 20
"""Bytes below which the ratio does not matter."""
PARTS_LIMIT = 2_000
DAMAGED = (
    AttributeError, EOFError, IndexError, KeyError, OSError, OverflowError, RuntimeError,
    SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What the library and the modules below it raise for a file that is not as it should be."""

PACKED_BY = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How parts may be packed; others take memory as their own header says."""
_PICTURES, _DRAWN = "xl/media/", ".svg"
"""Pictures that are XML of others, with declarations and tags as long as they like."""
_OLE = b"\xd0\xcf\x11\xe0"


def check_parts(path: Path, file: IO[bytes]) -> dict[str, Hidden]:
    """Look at the directory and then through the parts; what each tells besides its cells, by name.

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
                _check_part(path, part)
            read = _read_by_the_library(path, archive)
            # what a part is depends on what names it, not on its own name: any may be read as XML
            return {
                part.filename: _look_through(path, archive, part)
                for part in parts
                if part.filename in read or not _is_drawn(part.filename)
            }
    except DAMAGED as error:
        raise InputUnusable(f"{path}: the Excel file is damaged ({_brief(error)})") from None


def _check_size(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > PARTS_LIMIT or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        limit = f"{UNPACKED_LIMIT >> 20} MiB or {PARTS_LIMIT:,} parts"
        raise InputUnusable(f"{path}: unpacked it exceeds {limit}: save the sheet as CSV")
    _check_built(path, [part for part in parts if built_by_name(part.filename)])
    unpacked, packed = sum(part.file_size for part in parts), path.stat().st_size
    if unpacked > RATIO_FROM and unpacked > RATIO_LIMIT * packed:
        limit = f"{RATIO_LIMIT} times its packed size"
        raise InputUnusable(f"{path}: unpacked it exceeds {limit}: save the sheet as CSV")


def _check_part(path: Path, part: zipfile.ZipInfo) -> None:
    if part.flag_bits & 1:
        raise InputUnusable(f"{path}: it has a password: save it without")
    if part.compress_type not in PACKED_BY:
        name = shown([part.filename])
        raise InputUnusable(f"{path}: {name} is packed as no spreadsheet program does it: save it anew")


def _read_by_the_library(path: Path, archive: zipfile.ZipFile) -> frozenset[str]:
    """The parts that are read, after those that are built whole were measured.

    Raises: InputUnusable.
    """
    try:
        books = workbooks(archive)
        built = [
            part for part in archive.infolist() if built_by_name(part.filename) or part.filename in books
        ]
        _check_built(path, built)
        sheets = frozenset[str]().union(*(sheets_of(archive, book) for book in books))
        return books | sheets | texts_of_cells(archive)
    except Refused as error:
        raise InputUnusable(f"{path}: {error}") from None


def _check_built(path: Path, built: list[zipfile.ZipInfo]) -> None:
    if sum(part.file_size for part in built) > BESIDE_LIMIT:
        limit = f"{BESIDE_LIMIT >> 20} MiB of styles and other parts beside its sheets"
        raise InputUnusable(f"{path}: unpacked it exceeds {limit}: save the sheet as CSV")


def _is_drawn(name: str) -> bool:
    return name.startswith(_PICTURES) and name.endswith(_DRAWN)


def _look_through(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Hidden:
    try:
        with archive.open(part) as opened:
            return look_through(opened)
    except Refused as error:
        raise InputUnusable(f"{path}: {shown([part.filename])}: {error}") from None


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
