"""Excel files whose parts are called other than what they are: what names a part decides, not its name."""

from __future__ import annotations

import random
import socket
import time
import zipfile
from pathlib import Path

import pytest

from graph.errors import InputUnusable
from ingest.readers.package import TYPES, WORKBOOK
from ingest.readers.workbook import BESIDE_LIMIT, PARTS_LIMIT, UNPACKED_LIMIT
from reading import read
from workbooks import GOOD, HEADER, SHEET, moved, part_of, sheet_xml, with_part, workbook

STRINGS, LINKS = "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
NAMES = ("xl/worksheets/other.xml", "xl/sharedStrings2.xml", "xl/media/picture.svg", "any.bin")
QUICK = 2.0
"""Seconds of the processor."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with one claim, whose texts stand apart from the cells, as Excel writes them."""
    path = workbook(tmp_path / "some.xlsx", HEADER, GOOD)
    cells = [f'<c t="s"><v>{n}</v></c>' for n in range(len(HEADER) + len(GOOD))]
    rows = ("".join(cells[: len(HEADER)]), "".join(cells[len(HEADER) :]))
    head, _, rest = sheet_xml(path).decode().partition("<sheetData>")
    table = "".join(f'<row r="{n}">{row}</row>' for n, row in enumerate(rows, 1))
    with_part(
        path, SHEET, f"{head}<sheetData>{table}</sheetData>{rest.partition('</sheetData>')[2]}".encode()
    )
    texts = "".join(f"<si><t>{text}</t></si>" for text in (*HEADER, *GOOD))
    with_part(path, STRINGS, f'<sst xmlns="{MAIN}">{texts}</sst>'.encode())
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    told = f'<Override PartName="/{STRINGS}" ContentType="{kind}"/></Types>'
    return with_part(path, TYPES, part_of(path, TYPES).replace("</Types>", told).encode())


def refused(path: Path) -> str:
    """The error of one line that the file ends with, soon."""
    begun = time.process_time()
    with pytest.raises(InputUnusable) as caught:
        read(path)
    assert time.process_time() - begun < QUICK
    assert "\n" not in str(caught.value)
    return str(caught.value)


def with_links(path: Path, *links: str) -> Path:
    """The file with more relationships of its workbook."""
    text = part_of(path, LINKS).replace("</Relationships>", "".join(links) + "</Relationships>")
    return with_part(path, LINKS, text.encode())


def with_sheets(path: Path, *sheets: str) -> Path:
    """The file with more sheets in its list."""
    text = part_of(path, WORKBOOK).replace("</sheets>", "".join(sheets) + "</sheets>")
    return with_part(path, WORKBOOK, text.encode())


def sheet(number: int, id: str) -> str:
    return f'<sheet xmlns:r="{OFFICE}" name="s{number}" sheetId="{number + 9}" r:id="{id}"/>'


def link(id: str, target: str, kind: str = "worksheet", mode: str = "") -> str:
    return f'<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}" {mode}/>'


@pytest.mark.parametrize("part", [SHEET, STRINGS, WORKBOOK])
@pytest.mark.parametrize("name", NAMES)
def test_parts_are_found_by_what_names_them(path: Path, part: str, name: str) -> None:
    if part == WORKBOOK:
        links = part_of(path, LINKS)
        with_part(path, f"{name.rpartition('/')[0]}/_rels/{Path(name).name}.rels".lstrip("/"), links.encode())

    assert len(read(moved(path, part, name)).claims) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_large_workbook_is_not_built_under_any_name(path: Path, name: str) -> None:
    moved(path, WORKBOOK, name)
    with_part(path, name, b"<x y='1'/>" * (BESIDE_LIMIT // 10 + 1))
    with_part(path, "xl/noise.bin", random.Random(1).randbytes(1 << 20))

    assert "exceeds 16 MiB of styles and other parts" in refused(path)


@pytest.mark.parametrize("name", NAMES)
def test_the_texts_of_cells_have_their_limits_under_any_name(path: Path, name: str) -> None:
    moved(path, STRINGS, name)

    assert "unpacked it exceeds 256 MiB" in refused(with_part(path, name, b" " * (UNPACKED_LIMIT + 1)))
    assert "within each other" in refused(with_part(path, name, b"<si>" * 1_000))
    assert "exceeds 100 times" in refused(with_part(path, name, b"<si><t>x</t></si>" * (1 << 20)))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("part", [SHEET, STRINGS, WORKBOOK])
def test_entities_are_not_expanded_under_any_name(path: Path, part: str, name: str) -> None:
    moved(path, part, name)

    assert "declares entities" in refused(with_part(path, name, BOMB))


@pytest.mark.parametrize("part", [TYPES, LINKS])
def test_entities_are_not_expanded_where_parts_are_named(path: Path, part: str) -> None:
    assert "declares entities" in refused(with_part(path, part, BOMB))


def test_a_sheet_that_is_no_xml_file_by_its_name_may_be_as_large_as_any(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = b"".join(
        b'<row r="%d"><c t="inlineStr"><is><t>A%d</t></is></c><c t="inlineStr"><is><t>meets</t></is></c>'
        b'<c t="inlineStr"><is><t>B</t></is></c></row>' % (n, n)
        for n in range(3, 1_003)
    )
    text = sheet_xml(path).replace(b"</sheetData>", rows + b"</sheetData>")
    monkeypatch.setattr("ingest.readers.workbook.BESIDE_LIMIT", 20_000)
    assert len(text) > 100_000

    assert len(read(moved(with_part(path, SHEET, text), SHEET, "table.dat")).claims) == 1_001


def test_one_part_is_not_read_for_thousands_of_sheets(path: Path) -> None:
    head, foot = sheet_xml(path).split(b"<sheetData>")
    rows = b"".join(b'<row r="%d"/>' % n for n in range(100, 100_000))
    with_part(path, SHEET, head.replace(b"<dimension", b"<x") + b"<sheetData>" + rows + foot)
    again = with_sheets(path, *(sheet(n, "rId1") for n in range(5_000)))

    assert "two of its sheets are one part" in refused(again)


@pytest.mark.parametrize(
    "target", ["/xl/worksheets/sheet1.xml", "worksheets/sheet1.xml", "x/../worksheets/sheet1.xml"]
)
def test_nor_under_other_ids(path: Path, target: str) -> None:
    with_links(path, link("again", target))

    assert "two of its sheets are one part" in refused(with_sheets(path, sheet(1, "again")))


def test_thousands_of_sheets_of_their_own_are_too_many_parts(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(PARTS_LIMIT):
            archive.writestr(f"xl/worksheets/more{number}.xml", "<worksheet/>")

    assert "2,000 parts" in refused(path)


def test_chart_sheets_are_not_opened(path: Path) -> None:
    with_part(path, "xl/media/chart.bin", b"<no chart")
    with_links(path, *(link(f"c{n}", "media/chart.bin", "chartsheet") for n in range(1)))
    with_sheets(path, sheet(1, "c0"))

    assert len(read(path).claims) == 1


def test_links_to_elsewhere_are_not_followed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object, **__: object) -> None:
        raise AssertionError("somebody opens a connection")

    monkeypatch.setattr(socket, "socket", no_network)
    away = "http://127.0.0.1:9/sheet.xml"
    with_part(path, "xl/externalLinks/externalLink1.xml", b"<no link")
    with_links(
        path,
        link("away", away, mode='TargetMode="External"'),
        link("book", "externalLinks/externalLink1.xml", "externalLink"),
    )
    with_sheets(path, sheet(1, "away"))
    book = f'<externalReference xmlns:r="{OFFICE}" r:id="book"/>'
    named = f"</sheets><externalReferences>{book}</externalReferences>"
    with_part(path, WORKBOOK, part_of(path, WORKBOOK).replace("</sheets>", named).encode())

    assert len(read(path).claims) == 1


def test_names_of_ranges_cost_nothing(path: Path) -> None:
    names = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{"a" * 20_000}!$1:$2</definedName>'
        for _ in range(50)
    )
    text = part_of(path, WORKBOOK).replace("</sheets>", f"</sheets><definedNames>{names}</definedNames>")
    with_part(path, WORKBOOK, text.replace("<definedNames />", "").encode())
    begun = time.process_time()

    assert len(read(path).claims) == 1
    assert time.process_time() - begun < QUICK


def test_a_part_is_packed_as_spreadsheet_programs_pack(path: Path) -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/more.xml", "<x/>")

    assert "xl/more.xml is packed as no spreadsheet program does" in refused(path)
