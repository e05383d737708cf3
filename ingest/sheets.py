"""The rows of one file after another, with what cannot be read counted and noted on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.readers.formats import open_table
from ingest.readers.table import Table, near_column
from ingest.records import CLAIMS, Fault, FileBroken, Form, RawRow, RowRefused
from ingest.report import Tally, rejection


class Sheets:
    """Reads tables into a tally; `table` is the one being read."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.table: Table | None = None

    def rows(self, path: Path, form: Form) -> Iterator[RawRow | Fault]:
        """Rows of a file; where it breaks off after something was read, that is one more fault.

        Raises: InputUnusable when the file cannot be used or breaks off before anything was read.
        """
        table = self.table = open_table(path, form)
        rows = 0
        try:
            for row in table.rows:
                rows += 1
                yield row
        except FileBroken as broken:
            if not rows and not self.tally.read:
                raise
            yield Fault(broken.line, f"{broken.reason}; nothing after this line was read")
        self._note(table, rows)

    def refuse(self, row: RawRow | Fault, refused: RowRefused | None = None, *, claim: bool) -> None:
        """Count a row that could not be read, or was read and cannot be taken."""
        why = refused if refused is not None else row
        if isinstance(why, Fault | RowRefused):
            made = rejection(self._file(), row.line, why.reason, why.column, why.value)
            self.tally.refuse(made, claim=claim)

    def _note(self, table: Table, rows: int) -> None:
        for name in table.other:
            near = near_column(name, table.form)
            if near and table.form is CLAIMS:
                example = f"{name[:40]!r} for {near!r}"
                self.tally.remark(
                    "near-column", "columns that are not read but look like one that is", example
                )
            self.tally.other_columns[name[:80]] = None
        for code, remark in table.remarks.items():
            self.tally.remark(code, remark)
        if not rows:
            self.tally.remark("no-rows", "files without a row", table.path.name)

    def _file(self) -> str:
        return str(self.table.path) if self.table else ""
