"""CSV (quoting as in RFC 4180) and TSV (no quoting at all: a double quote is a letter like any other)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from graph.errors import InputUnusable
from ingest.readers.stream import ByteLines, Meter
from ingest.readers.table import BOM, CELL_LIMIT, Table, decode, take_header, too_long
from ingest.records import Fault, FileBroken, Form, RawRow

PROTECTED = re.compile(r"'+[=+\-@\t\r]")
"""A cell with an apostrophe in front, by which our writer keeps spreadsheets from taking it for a formula."""
_OTHER_DELIMITERS = ((";", "semicolons"), ("\t", "tabs"))
_CELLS_SHOWN = 200


def read_csv(path: Path, form: Form) -> Table:
    """Open a .csv file; semicolons or tabs instead of commas are accepted and remarked.

    Raises: InputUnusable when the file or its header cannot be used.
    """
    physical = ByteLines(path)
    table, lines = Table(physical, form), iter(physical)
    head = _head(lines, path)
    if head is None:
        return table
    delimiter = ","
    for other, name in _OTHER_DELIMITERS:
        if "," not in head and other in head:
            delimiter = other
            table.remarks["delimiter"] = f"{path.name} was read with {name} between its columns"
    try:
        cells = next(csv.reader([head], delimiter=delimiter), [])
    except csv.Error as error:
        raise InputUnusable(f"{path}, header: {error}") from None
    names = take_header(table, cells)
    table.rows = _csv_rows(table, lines, names, delimiter)
    return table


def read_tsv(path: Path, form: Form) -> Table:
    """Open a .tsv file.

    Raises: InputUnusable when the file or its header cannot be used.
    """
    physical = ByteLines(path)
    table, lines = Table(physical, form), iter(physical)
    head = _head(lines, path)
    if head is None:
        return table
    names = take_header(table, head.split("\t"))
    table.rows = _tsv_rows(table, lines, names)
    return table


def _head(lines: Iterator[bytes | None], path: Path) -> str | None:
    """The first line that is not blank; None where the file ends before."""
    first = next(lines, b"")
    line = first.removeprefix(BOM) if first is not None else None
    while line is not None and not line.strip():
        following = next(lines, b"end")
        if following == b"end":
            return None
        line = following
    if line is None:
        raise InputUnusable(f"{path}: {too_long()}: this is no table")
    try:
        text = decode(line, 0).removesuffix("\r")
    except ValueError as error:
        raise InputUnusable(f"{path}, header: {error}") from None
    if "\r" in text:
        raise InputUnusable(f"{path}: the lines end in CR alone (old Macintosh); save it with LF or CRLF")
    if text.lstrip()[:1] in ("{", "["):
        raise InputUnusable(f"{path}: this looks like JSON; name an array .json, JSON Lines .jsonl")
    if text.lstrip()[:1] == "<":
        raise InputUnusable(f"{path}: this looks like a web page or XML, not a table")
    return text


def _tsv_rows(table: Table, lines: Iterator[bytes | None], names: list[str]) -> Iterator[RawRow | Fault]:
    meter, width = table.lines, len(names)
    for line in lines:
        if line is None:
            yield Fault(meter.number, too_long())
            continue
        try:
            text = decode(line, meter.offset).removesuffix("\r")
        except ValueError as error:
            yield Fault(meter.number, str(error))
            continue
        if not text or (text.isspace() and "\t" not in text):
            continue
        cells = text.split("\t")
        problem = _problem(text, cells, width)
        if problem is None:
            yield RawRow(meter.number, dict(zip(names, cells, strict=True)))
        else:
            yield problem._replace(line=meter.number)


def _csv_rows(
    table: Table, lines: Iterator[bytes | None], names: list[str], delimiter: str
) -> Iterator[RawRow | Fault]:
    meter, width = table.lines, len(names)
    unread: dict[int, str] = {}
    reader = csv.reader(_fed(meter, lines, unread), delimiter=delimiter, strict=True)
    while True:
        line = meter.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _csv_fault(table, line, error)
            continue
        if unread:
            at, reason = next(iter(unread.items()))
            unread.clear()
            yield Fault(at, reason)
            continue
        if not cells or (len(cells) == 1 < width and not cells[0].strip()):
            continue
        text = "".join(cells)
        problem = _problem(text, cells, width)
        if problem:
            yield problem._replace(line=line)
        else:
            yield RawRow(line, dict(zip(names, _unprotected(cells) if "'" in text else cells, strict=True)))


def _fed(meter: Meter, lines: Iterator[bytes | None], unread: dict[int, str]) -> Iterator[str]:
    """Text lines for the CSV parser; those that cannot be read are noted in `unread`."""
    for line in lines:
        if line is None:
            unread[meter.number] = too_long()
            yield "\n"
            continue
        try:
            text = decode(line, meter.offset)
        except ValueError as error:
            unread[meter.number] = str(error)
            text = line.decode(errors="replace")
        yield text + "\n"


def _csv_fault(table: Table, line: int, error: csv.Error) -> Fault:
    """What the parser stumbled over; a quote that is still open makes everything after it meaningless."""
    if table.lines.number > line or "unexpected end" in str(error):
        raise FileBroken(
            table.path,
            line,
            f"a quote that opens in this row is not closed properly (within {CELL_LIMIT:,} signs)",
        )
    if "field limit" in str(error):
        return Fault(line, f"a cell is longer than {CELL_LIMIT:,} signs")
    if "new-line" in str(error):
        return Fault(line, "a CR stands in the middle of the row; lines end in LF or CRLF")
    return Fault(line, f"the quoting is wrong ({error}); a quote inside a quoted cell is doubled")


def _problem(text: str, cells: list[str], width: int) -> Fault | None:
    """What is wrong with the row as a whole; `text` holds every sign of it."""
    if len(cells) != width:
        return Fault(0, f"the row has {len(cells)} cells, the header {width}", None, _excerpt(cells))
    if "\0" in text:
        return Fault(0, "the row holds a NUL", None, _excerpt(cells))
    if len(text) > CELL_LIMIT and max(map(len, cells)) > CELL_LIMIT:
        return Fault(0, f"a cell is longer than {CELL_LIMIT:,} signs")
    return None


def _excerpt(cells: list[str]) -> str:
    return " | ".join(cell[:_CELLS_SHOWN] for cell in cells[:10])[:_CELLS_SHOWN]


def _unprotected(cells: list[str]) -> list[str]:
    return [cell[1:] if PROTECTED.match(cell) else cell for cell in cells]
