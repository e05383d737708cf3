"""Excel files (.xlsx): the first sheet with a header that is recognised, row by row, dates as dates."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Protocol, cast

from openpyxl import Workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedNameList

from graph.errors import InputUnusable
from ingest.readers.sheetxml import MERGES_LIMIT, Hidden, Swallowed
from ingest.readers.stream import Meter
from ingest.readers.table import CELL_LIMIT, Table, column_of, require, shown, take_header
from ingest.readers.workbook import DAMAGED, check_parts
from ingest.records import Fault, FileBroken, Form, RawRow

ROW_LIMIT = 1_048_576
"""Rows of a sheet, as in Excel itself."""
COLUMN_LIMIT = 256
"""Columns that are looked at."""
SHEET_LIMIT = 50
"""Sheets that are looked at for a header."""
HEADER_WITHIN = 20
"""Rows of a sheet in which its header must stand."""
_NOT_A_PART_OF_A_DATE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


class Cell(Protocol):
    """What is read of a cell; `data_type` is the library's letter for it."""

    @property
    def value(self) -> object: ...
    @property
    def data_type(self) -> str: ...
    @property
    def number_format(self) -> str | None: ...


Cells = Sequence[Cell]


class Sheet(Protocol):
    """What is asked of a sheet."""

    title: str
    _worksheet_path: str

    @property
    def max_row(self) -> int | None: ...
    def reset_dimensions(self) -> None: ...
    def iter_rows(
        self, min_row: int | None = None, max_row: int | None = None, *, max_col: int
    ) -> Iterator[Cells]: ...


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the table stands: number of the sheet from 0, row of the header from 1, columns by name."""

    sheet: int
    title: str
    row: int
    columns: tuple[tuple[int, str], ...]


def read_xlsx(path: Path, form: Form) -> Table:
    """Open an .xlsx file.

    Raises: InputUnusable when the file cannot be used, or no sheet has a header with the required columns.
    """
    table = Table(Meter(path), form)
    with _opened(path) as (sheets, _):
        try:
            place = _find(table, sheets)
        except DAMAGED as error:
            raise InputUnusable(f"{path}: {_damaged(error)}") from None
    if place is not None:
        if place.sheet or place.row > 1:
            table.remarks["sheet"] = (
                f"{path.name} was read from the sheet {shown([place.title])!r}, header in row {place.row}"
            )
        table.rows = _rows(table, place)
    return table


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[tuple[list[Sheet], dict[str, Hidden]]]:
    """The sheets of a file, which is open until the block ends, and what their cells do not tell, by part.

    Raises: InputUnusable.
    """
    with path.open("rb") as file:
        told = check_parts(path, file)
        file.seek(0)
        try:
            book = _book(file)
        except DAMAGED as error:
            raise InputUnusable(f"{path}: {_damaged(error)}") from None
        try:
            yield cast(list[Sheet], book.worksheets[:SHEET_LIMIT]), told
        finally:
            book.close()


class _Reader(ExcelReader):
    """The library's own reader without what no table needs: charts, names of ranges, theme, properties.

    Each would be built whole, charts once for every place that names them.
    """

    def read_workbook(self) -> None:
        super().read_workbook()
        self.parser.defined_names = DefinedNameList()  # type: ignore[attr-defined]  # the stubs lack it

    def read_chartsheet(self, sheet: object, rel: object) -> None:
        """A sheet without cells."""

    def read_properties(self) -> None:
        """Who wrote the file, and when."""

    def read_custom(self) -> None:
        """What programs noted."""

    def read_theme(self) -> None:
        """Colours and fonts."""


def _book(file: IO[bytes]) -> Workbook:
    reader = _Reader(file, read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader.wb


def _find(table: Table, sheets: Sequence[Sheet]) -> _Place | None:
    """The first header with all required columns; None where no sheet holds anything.

    Raises: InputUnusable naming what the first row that holds something lacks.
    """
    first: list[str] | None = None
    for number, sheet in enumerate(sheets):
        sheet.reset_dimensions()
        head = sheet.iter_rows(max_row=HEADER_WITHIN, max_col=COLUMN_LIMIT)
        for row, cells in enumerate(islice(head, HEADER_WITHIN), 1):
            names = [_text(cell) for cell in cells]
            if not any(names):
                continue
            first = first or [name for name in names if name]
            if {column_of(name) for name in names} >= set(table.form.required):
                filled = [(column, name) for column, name in enumerate(names, 1) if name]
                taken = take_header(table, [name for _, name in filled])
                columns = tuple(zip((column for column, _ in filled), taken, strict=True))
                return _Place(number, sheet.title, row, columns)
    if first is not None:
        require([column_of(name) for name in first], table.form, table.path)
    return None


def _rows(table: Table, place: _Place) -> Iterator[RawRow | Fault]:
    meter, path = table.lines, table.path
    try:
        with _opened(path) as (sheets, hidden):
            sheet = sheets[place.sheet]
            told = hidden[sheet._worksheet_path]
            if told.too_many:
                raise ValueError(f"more than {MERGES_LIMIT:,} merged cells, or formulas without a value")
            swallowed = Swallowed(told.merged, [column for column, _ in place.columns])
            height = max(min(sheet.max_row or ROW_LIMIT, ROW_LIMIT), 1)
            sheet.reset_dimensions()  # what a file says of its size is for the meter alone
            rows = sheet.iter_rows(min_row=place.row + 1, max_col=place.columns[-1][0])
            for number, cells in enumerate(rows, place.row + 1):
                meter.number = number
                meter.done = min(meter.total, meter.total * number // height)
                if number > ROW_LIMIT:
                    raise FileBroken(path, number, f"a sheet has at most {ROW_LIMIT:,} rows")
                found = _row(number, cells, place, told, swallowed)
                if found is not None:
                    yield found
    except DAMAGED as error:
        raise FileBroken(path, meter.number + 1, _damaged(error)) from None
    meter.done = meter.total


def _row(
    number: int, cells: Cells, place: _Place, told: Hidden, swallowed: Swallowed
) -> RawRow | Fault | None:
    """The row, or what is wrong with it; None where it holds nothing."""
    values: dict[str, str | bool | None] = {}
    for column, name in place.columns:
        cell = cells[column - 1] if column <= len(cells) else None
        if told.uncomputed and (number, column) in told.uncomputed:
            where = f"{get_column_letter(column)}{number}"
            reason = f"the formula in {where} has no saved value: save the file in a spreadsheet program"
            return Fault(number, reason, name)
        value = _value(cell)
        if cell is not None and cell.data_type == "e" and value is not None:
            return Fault(number, f"{name} is an error of the spreadsheet", name, str(value)[:200])
        if isinstance(value, str) and (len(value) > CELL_LIMIT or "\0" in value):
            return Fault(number, f"{name} holds a NUL or more than {CELL_LIMIT:,} signs", name)
        values[name] = value
    if all(value in (None, "") for value in values.values()):
        return None  # also where a note that is merged over several rows crosses it
    areas = (swallowed.by(column, number) for column, _ in place.columns)
    area = next((area for area in areas if area is not None), None)
    if area is not None:
        corner = f"{get_column_letter(area.left)}{area.top}"
        return Fault(
            number, f"the row has a cell that is merged with {corner}: unmerge it and fill each cell"
        )
    return RawRow(number, values)


def _value(cell: Cell | None) -> str | bool | None:
    """What stands in a cell: text, a number as it is written, a date as far as its format shows it."""
    value = cell.value if cell is not None else None
    if cell is None or value is None:
        return None
    if isinstance(value, str | bool):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.date):
        return _date(value, cell.number_format or "")
    return str(value)


def _date(value: dt.date, shown_as: str) -> str:
    """A date; one that is shown without day or month was not known better by who typed it."""
    pattern = _NOT_A_PART_OF_A_DATE.sub("", shown_as).lower()
    text = f"{value.year:04}-{value.month:02}-{value.day:02}"
    if "d" in pattern or "y" not in pattern:
        return text
    return text[:7] if "m" in pattern else text[:4]


def _text(cell: Cell) -> str:
    value = _value(cell)
    return value.strip() if isinstance(value, str) else ""


def _damaged(error: Exception) -> str:
    told = " ".join(str(error).split())[:120] or type(error).__name__
    return f"the Excel file is damaged ({told})"
