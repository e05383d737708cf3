"""Excel files as people, programs and attackers make them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADER = ("subject", "relation", "object", "date", "source")
GOOD = ("Good", "meets", "Better")
Row = Sequence[object]


def workbook(path: Path, *rows: Row, change: Callable[[Worksheet], None] | None = None) -> Path:
    """A file with one sheet of these rows, changed at last."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(sheet)
    book.save(path)
    return path


def sheets(path: Path, content: Mapping[str, Sequence[Row]]) -> Path:
    """A file with several sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in content.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def with_part(path: Path, name: str, content: bytes) -> Path:
    """The file with one of its parts exchanged, or one more."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, old in {**parts, name: content}.items():
            archive.writestr(part, content if part == name else old)
    path.write_bytes(made.getvalue())
    return path


def moved(path: Path, old: str, new: str) -> Path:
    """The file with one of its parts under another name, and all that names it."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            told = content.replace(f'"/{old}"'.encode(), f'"/{new}"'.encode())
            archive.writestr(new if part == old else part, told)
    return path


def part_of(path: Path, name: str) -> str:
    """The text of a part."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def sheet_xml(path: Path) -> bytes:
    """The XML of the first sheet."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(SHEET)


SHEET = "xl/worksheets/sheet1.xml"
