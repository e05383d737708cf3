"""References of a spreadsheet, held against the library's own reading of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter, range_boundaries

from ingest.readers.references import column_number, corners


@given(st.integers(1, 18_278))
def test_a_column_has_the_number_that_the_library_gives_it(number: int) -> None:
    assert column_number(get_column_letter(number)) == number
    assert column_number(get_column_letter(number).lower()) == number


@pytest.mark.parametrize("reference", ["A1", "$A$1", "A1:C3", "B2:XFD1048576", "aa10:ab12"])
def test_an_area_has_the_corners_that_the_library_finds(reference: str) -> None:
    assert corners(reference) == range_boundaries(reference)


@pytest.mark.parametrize("reference", ["A:C", "1:3", "$A:$C"])
def test_whole_columns_and_rows_are_no_area(reference: str) -> None:
    assert corners(reference) is None


@pytest.mark.parametrize("reference", ["", "A", "1", "A0", "A1:", "A1:B2:C3", "ABCD1", "A1 ", "#REF!"])
def test_what_names_no_area_is_an_error(reference: str) -> None:
    with pytest.raises(ValueError, match="not an area"):
        corners(reference)


@pytest.mark.parametrize("letters", ["", "1", "ABCD", "Ä", "A1"])
def test_what_names_no_column_is_an_error(letters: str) -> None:
    with pytest.raises(ValueError, match="not a column"):
        column_number(letters)
