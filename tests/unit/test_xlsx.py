"""Excel files: what a person sees in the sheet is what is read, and what cannot be is said with its place."""

from __future__ import annotations

import datetime as dt
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from graph.errors import InputUnusable
from ingest.readers.formats import open_table
from ingest.readers.sheetxml import Area, Swallowed
from ingest.records import CLAIMS
from reading import Reading, read
from workbooks import GOOD, HEADER, SHEET, Row, sheet_xml, sheets, with_part, workbook

DAY = dt.datetime(2025, 3, 7)


def the_error(path: Path) -> str:
    """The error of one line that reading the file ends with."""
    with pytest.raises(InputUnusable) as caught:
        read(path)
    assert "\n" not in str(caught.value)
    assert path.name in str(caught.value)
    return str(caught.value)


def beside_a_good_row(folder: Path, row: Row) -> Reading:
    """What comes out of a sheet whose third row is `row`, between two good ones."""
    found = read(workbook(folder / "some.xlsx", HEADER, GOOD, row, ("Last", "meets", "Better")))
    assert [found.claims[0].subject, found.claims[-1].subject] == ["good", "last"]
    return found


def test_a_sheet_is_read_like_a_table(tmp_path: Path) -> None:
    found = read(workbook(tmp_path / "some.xlsx", ("Object", " SUBJECT", "relation"), ("B", "A", "met with")))

    claim = found.only_claim()
    assert (claim.subject, claim.type, claim.object, claim.dataset) == ("a", "MEETS", "b", "some")


@pytest.mark.parametrize(
    ("value", "shown_as", "date"),
    [
        (DAY, "yyyy-mm-dd", "2025-03-07"),
        (DAY, "dd/mm/yy", "2025-03-07"),
        (DAY, 'd. mmmm yyyy "(y)"', "2025-03-07"),
        (dt.datetime(2025, 3, 7, 23, 59), "yyyy-mm-dd hh:mm", "2025-03-07"),
        (dt.datetime(2025, 3, 1), "mmm-yy", "2025-03"),
        (dt.datetime(2025, 1, 1), "yyyy", "2025"),
        (dt.datetime(2025, 1, 1), "[$-409]yyyy;@", "2025"),
        (2025, "General", "2025"),
        (2025.0, "General", "2025"),
        ("2025-03", "@", "2025-03"),
    ],
)
def test_a_date_is_a_date_as_far_as_its_cell_shows_it(
    tmp_path: Path, value: object, shown_as: str, date: str
) -> None:
    def shown(sheet: Worksheet) -> None:
        sheet["D2"].number_format = shown_as

    path = workbook(tmp_path / "some.xlsx", HEADER, (*GOOD, value), change=shown)

    assert read(path).only_claim().date == date


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (("", "meets", "B"), "subject", "subject is empty"),
        (("A", "meets", None), "object", "object is empty"),
        (("A", "meets", "#N/A"), "object", "an error of the spreadsheet"),
        (("A", "meets", "B", 45000), "date", "not a date"),
        (("A", "meets", "B", dt.time(12, 30)), "date", "not a date"),
        (("A", "meets", "B", 2025.5), "date", "not a date"),
        ((True, "meets", "B"), "subject", "true or false"),
        (("A", "meets", "B", "=A2"), "date", "the formula in D3 has no saved value"),
    ],
)
def test_a_bad_row_is_one_line_of_the_report(tmp_path: Path, row: Row, column: str, reason: str) -> None:
    found = beside_a_good_row(tmp_path, row)

    refused = found.only_rejection()
    assert (refused.line, refused.column) == (3, column)
    assert reason in refused.reason
    assert len(found.claims) == 2


@pytest.mark.parametrize(
    ("saved", "subjects", "reason"),
    [
        (b'<c r="A3" t="str"><f>A2</f><v>Amal</v></c>', ["good", "amal"], ""),
        (b'<c r="A3" t="str"><f>A2</f><v></v></c>', ["good"], "subject is empty"),
        (b'<c r="A3"><f>A2</f><v></v></c>', ["good"], "A3 has no saved value"),
        (b'<c r="A3"><f t="shared" si="0"/></c>', ["good"], "A3 has no saved value"),
        (b"<c r='A3'><f>A2</f></c>", ["good"], "A3 has no saved value"),
        (b"<c><f>A2</f></c>", ["good"], "A3 has no saved value"),
        (b'<c r="A3" t="e"><f>A2</f><v>#REF!</v></c>', ["good"], "an error of the spreadsheet"),
    ],
)
def test_a_formula_is_its_saved_value(tmp_path: Path, saved: bytes, subjects: list[str], reason: str) -> None:
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD, ("=A2", "meets", "B"))
    text = sheet_xml(path)
    cell = text[text.index(b'<c r="A3"') : text.index(b'<c r="B3"')]
    found = read(with_part(path, SHEET, text.replace(cell, saved)))

    assert [claim.subject for claim in found.claims] == subjects
    assert [reason in one.reason for one in found.rejections] == [True] * (2 - len(subjects))


def test_merged_cells_are_not_guessed(tmp_path: Path) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("E2:E3")
        sheet.merge_cells("G2:G4")

    rows = [
        (*GOOD, "2025", "Daily"),
        ("A", "meets", "B", "2025", None),
        ("Last", "meets", "B", None, "Radio"),
    ]
    found = read(workbook(tmp_path / "some.xlsx", HEADER, *rows, change=merge))

    assert [claim.subject for claim in found.claims] == ["good", "last"]
    assert (found.only_rejection().line, "merged with E2" in found.only_rejection().reason) == (3, True)


def test_a_blank_row_inside_a_merged_note_is_passed_over(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "some.xlsx",
        HEADER,
        (*GOOD, None, "A long note"),
        (),
        GOOD,
        change=lambda sheet: sheet.merge_cells("E2:E3"),
    )
    found = read(path)

    assert (len(found.claims), found.rejections) == (2, [])


def test_each_cell_of_merged_areas_is_found_by_its_place() -> None:
    areas = [Area(2, 1, 3, 4), Area(2, 3, 2, 6), Area(1, 9, 1, 9), Area(3, 8, 3, 9), Area(1, 5, 1, 2)]
    areas += [Area(3, 20, 3, 23), Area(2, 20, 3, 21)]
    swallowed = Swallowed(areas, [1, 2, 3])
    cells = [(column, row) for column in (1, 2, 3) for row in range(25)]

    assert [cell for cell in cells if swallowed.by(*cell)] == [
        *((2, row) for row in (2, 3, 4, 5, 6, 21)),
        *((3, row) for row in (1, 2, 3, 4, 9, 20, 21, 22, 23)),
    ]
    assert swallowed.by(2, 6) == areas[1]


def test_a_title_above_the_header_is_passed_over_and_said(tmp_path: Path) -> None:
    path = sheets(
        tmp_path / "some.xlsx", {"Notes": [("Who meets whom",)], "Claims": [("My claims",), (), HEADER, GOOD]}
    )
    found = read(path)

    assert len(found.claims) == 1
    (note,) = [note for note in found.tally.notes() if note.code == "sheet"]
    assert "'Claims', header in row 3" in note.message


def test_columns_without_a_name_or_of_another_one_are_left_alone(tmp_path: Path) -> None:
    found = read(
        workbook(
            tmp_path / "some.xlsx",
            ("subject", None, "relation", "object", "mood"),
            ("A", "x", "meets", "B", "good"),
        )
    )

    assert found.only_claim().object == "b"
    assert list(found.tally.other_columns) == ["mood"]


@pytest.mark.parametrize("rows", [[], [HEADER], [(), (" ",)]])
def test_an_empty_sheet_is_noted(tmp_path: Path, rows: list[Row]) -> None:
    found = read(workbook(tmp_path / "some.xlsx", *rows))

    assert (found.claims, found.rejections, found.notes["no-rows"]) == ((), [], 1)


def test_a_sheet_without_the_columns_is_an_error_that_names_the_near_one(tmp_path: Path) -> None:
    message = the_error(workbook(tmp_path / "some.xlsx", ("subject", "relations", "object"), GOOD))

    assert "no column 'relation'; near: relations" in message


def test_a_million_blank_rows_are_passed_over(tmp_path: Path) -> None:
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD)
    blank = b"".join(b'<row r="%d" spans="1:5"/>' % row for row in range(3, 1_000_000))
    last = b'<row r="1000000"><c r="A1000000" t="inlineStr"><is><t>Last</t></is></c></row>'
    with_part(path, SHEET, sheet_xml(path).replace(b"</sheetData>", blank + last + b"</sheetData>"))
    used = time.process_time()
    found = read(path)

    assert len(found.claims) == 1
    assert found.only_rejection().line == 1_000_000
    assert time.process_time() - used < 60


def test_rows_beyond_the_last_possible_one_end_the_file(tmp_path: Path) -> None:
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD)
    row = b'<row r="999999999"><c r="A999999999"><v>1</v></c></row></sheetData>'
    found = read(with_part(path, SHEET, sheet_xml(path).replace(b"</sheetData>", row)))

    assert len(found.claims) == 1
    assert "at most 1,048,576 rows" in found.only_rejection().reason


def test_a_size_that_the_file_tells_wrongly_hides_no_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD, ("Last", "meets", "B"))
    text = sheet_xml(path)
    assert b'ref="A1:E3"' in text
    found = read(with_part(path, SHEET, text.replace(b'ref="A1:E3"', b'ref="A1"')))

    assert len(found.claims) == 2


def test_a_file_that_is_no_excel_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "some.xlsx"
    for content, words in (
        (b"", "not an Excel file"),
        (b"subject,relation,object\n", "not an Excel file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "one with a password"),
        (b"PK\x03\x04 and then nothing", "damaged"),
    ):
        path.write_bytes(content)
        assert words in the_error(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "a zip file, but no sheet")
    assert "damaged" in the_error(path)


def test_a_part_that_has_a_password_is_an_error(tmp_path: Path) -> None:
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD)
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)

    assert "password" in the_error(path)


def test_a_sheet_that_is_cut_off_keeps_what_was_read(tmp_path: Path) -> None:
    rows = [(f"Actor {number}", "meets", "B") for number in range(3_000)]
    path = workbook(tmp_path / "some.xlsx", HEADER, *rows)
    text = sheet_xml(path)
    found = read(with_part(path, SHEET, text[: len(text) // 2]))

    assert 1_000 < len(found.claims) < 3_000
    assert "damaged" in found.rejections[-1].reason


def test_how_far_the_reading_has_come_is_told(tmp_path: Path) -> None:
    table = open_table(workbook(tmp_path / "some.xlsx", HEADER, *[GOOD] * 20), CLAIMS)
    done = [table.lines.done for _ in table.rows]

    assert done == sorted(done)
    assert 0 < done[0] < done[10]
    assert table.lines.done == table.lines.total == table.path.stat().st_size
