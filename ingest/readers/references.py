"""References of a spreadsheet: the column of `AB12`, the corners of `A1:C3`."""

from __future__ import annotations

import re

_COLUMN = re.compile(r"[A-Za-z]{1,3}")
_CORNER = r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})"
_AREA = re.compile(rf"{_CORNER}(?::{_CORNER})?")
_ENDLESS = re.compile(r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]{1,7}:\$?[0-9]{1,7}")


def column_number(letters: str) -> int:
    """The number of a column, from 1.

    Raises: ValueError for what names none.
    """
    if not _COLUMN.fullmatch(letters):
        raise ValueError(f"{letters!r} is not a column")
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def corners(reference: str) -> tuple[int, int, int, int] | None:
    """Left column, top row, right column and bottom row of an area; None for whole columns or rows.

    Raises: ValueError for what names no area.
    """
    found = _AREA.fullmatch(reference)
    if found is None:
        if _ENDLESS.fullmatch(reference):
            return None
        raise ValueError(f"{reference!r} is not an area of cells")
    left, top, right, bottom = found.groups()
    return column_number(left), int(top), column_number(right or left), int(bottom or top)
