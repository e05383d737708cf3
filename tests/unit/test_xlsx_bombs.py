"""Excel files made to fill memory or time: each is an error of one line, before anything of it is built."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from graph.errors import InputUnusable
from ingest.readers import sheetxml
from ingest.readers.package import TYPES
from ingest.readers.sheetxml import MERGES_LIMIT
from ingest.readers.workbook import BESIDE_LIMIT, RATIO_FROM, UNPACKED_LIMIT
from reading import read
from workbooks import GOOD, HEADER, SHEET, sheet_xml, with_part, workbook


def the_error(path: Path) -> str:
    """The error of one line that reading the file ends with."""
    with pytest.raises(InputUnusable) as caught:
        read(path)
    assert "\n" not in str(caught.value)
    assert path.name in str(caught.value)
    return str(caught.value)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD)
    with_part(path, "xl/sharedStrings.xml", b" " * (UNPACKED_LIMIT + 1))
    begun = time.process_time()

    assert "unpacked it exceeds 256 MiB" in the_error(path)
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("part", ["xl/styles.xml", TYPES, "xl/worksheets/_rels/sheet1.xml.rels"])
def test_a_part_that_would_be_built_whole_in_memory_is_not_unpacked(tmp_path: Path, part: str) -> None:
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD)
    with_part(path, part, b"<x/>" * (BESIDE_LIMIT // 4))
    begun = time.process_time()

    assert "exceeds 16 MiB of styles and other parts" in the_error(path)
    assert time.process_time() - begun < 1


def test_a_file_that_repeats_itself_without_end_is_not_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD)
    with_part(path, "xl/sharedStrings.xml", b"<si/>" * (RATIO_FROM // 5))
    begun = time.process_time()

    assert "exceeds 100 times its packed size" in the_error(path)
    assert time.process_time() - begun < 1


def test_a_part_gives_no_more_than_the_directory_says(tmp_path: Path) -> None:
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD)
    with_part(path, SHEET, sheet_xml(path) + b" " * 5_000_000)
    data = bytearray(path.read_bytes())
    size = (len(sheet_xml(path))).to_bytes(4, "little")
    assert data.count(size) == 2
    path.write_bytes(data.replace(size, (5_000).to_bytes(4, "little")))

    assert "damaged" in the_error(path)


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_not_expanded(tmp_path: Path, part: str, encoding: str) -> None:
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD)
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    with_part(path, part, f'<?xml version="1.0" encoding="{encoding}"?>{bomb}'.encode(encoding))

    assert "declares entities" in the_error(path)


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.bin", "xl/media/image1.png"])
def test_entities_are_found_wherever_they_are_declared(tmp_path: Path, part: str) -> None:
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD)
    late = b"<!--" + b" " * 100_000 + b'--><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'

    assert "declares entities" in the_error(with_part(path, part, late))


def test_pictures_are_left_alone(tmp_path: Path) -> None:
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD)
    drawn = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg/>'
    with_part(with_part(path, "xl/media/a.svg", drawn), "xl/media/b.png", b"\x89PNG\r\n\x1a\n<!DOCTYPE x")

    assert len(read(path).claims) == 1


def test_merged_areas_without_end_are_given_up(tmp_path: Path) -> None:
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD)
    merges = b'<mergeCell ref="G1:H2"/>' * (MERGES_LIMIT + 1)
    text = sheet_xml(path).replace(b"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>")

    assert "more than 10,000 merged cells" in the_error(with_part(path, SHEET, text))


@pytest.mark.parametrize("opening", [b"<c ", b"<mergeCell ", b'<c r="A1"><f>'])
def test_a_comment_full_of_cells_takes_no_time(tmp_path: Path, opening: bytes) -> None:
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD)
    comment = b"<!--" + opening * (500_000 // len(opening)) + b"--></sheetData>"
    with_part(path, SHEET, sheet_xml(path).replace(b"</sheetData>", comment))
    begun = time.process_time()

    assert len(read(path).claims) == 1
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("end", [b"</row></sheetData>", b""])
def test_a_row_that_would_fill_the_memory_is_not_built(
    tmp_path: Path, end: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheetxml, "ROW_BYTES", 1 << 20)
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD)
    row = b'<row r="3">' + b"<c/>" * (3 << 17) + end
    head = sheet_xml(path).partition(b"</sheetData>")[0]

    assert "a row, or a text, of more than 1 MiB" in the_error(with_part(path, SHEET, head + row))


@pytest.mark.parametrize("opening", [b"<!--", b"<x y='", b"<?x "])
def test_a_tag_without_end_is_given_up(tmp_path: Path, opening: bytes) -> None:
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD)
    noise = bytes(97 + (number * number >> 7) % 25 for number in range(sheetxml.TOKEN_BYTES + 1))
    text = sheet_xml(path).partition(b"</sheetData>")[0] + opening + noise

    assert "a tag or a comment of more than 1 MiB" in the_error(with_part(path, SHEET, text))


def test_elements_within_each_other_without_end_are_given_up(tmp_path: Path) -> None:
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD)

    assert "within each other" in the_error(with_part(path, SHEET, b"<x>" * 100_000))


def test_elements_outside_of_rows_without_end_are_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheetxml, "OUTSIDE_LIMIT", 1_000)
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD)
    text = sheet_xml(path).replace(b"<sheetData>", b"<x/>" * 1_000 + b"<sheetData>")

    assert "more than 1,000 rows or other elements" in the_error(with_part(path, SHEET, text))


def test_thousands_of_merged_areas_are_not_gone_through_for_each_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "some.xlsx", HEADER, *[GOOD] * 1_000)
    merges = b"".join(b'<mergeCell ref="A%d:E%d"/>' % (row, row + 1) for row in range(5_000, 25_000, 2))
    text = sheet_xml(path).replace(b"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>")
    with_part(path, SHEET, text)
    begun = time.process_time()

    assert len(read(path).claims) == 1_000
    assert time.process_time() - begun < 5
