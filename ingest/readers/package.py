"""What an Excel file itself says its parts are: a part is what names it, whatever it is called.

Read before the library does, and as the library reads: names without their namespace, the last of several.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Mapping
from typing import IO
from xml.parsers import expat

from ingest.readers.sheetxml import Refused

TYPES = "[Content_Types].xml"
WORKBOOK = "xl/workbook.xml"
"""The workbook where no type names one."""
ALWAYS_BUILT = frozenset({TYPES, WORKBOOK, "xl/styles.xml"})
"""Parts that the library builds whole under these names."""

_LINKS = ".rels"
_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CHUNK = 1 << 18
Attributes = Mapping[str, str]


def built_by_name(name: str) -> bool:
    """Whether the library builds a part whole because of what it is called."""
    return name in ALWAYS_BUILT or name.endswith(_LINKS)


def workbooks(archive: zipfile.ZipFile) -> frozenset[str]:
    """The parts that may be the workbook, which is built whole.

    Raises: what a damaged file raises.
    """
    return _of_type(archive, "main+xml") | {WORKBOOK}


def texts_of_cells(archive: zipfile.ZipFile) -> frozenset[str]:
    """The parts that may hold the texts of cells.

    Raises: what a damaged file raises.
    """
    return _of_type(archive, "sharedStrings+xml")


def _of_type(archive: zipfile.ZipFile, ending: str) -> frozenset[str]:
    """The parts of which a type is told that ends so; the library takes the first of exactly one type."""
    found = set()

    def started(name: str, attributes: Attributes) -> None:
        if _plain(name) == "Override" and attributes.get("ContentType", "").endswith(ending):
            found.add(attributes.get("PartName", "")[1:])

    _go_through(archive, TYPES, started)
    return frozenset(found)


def sheets_of(archive: zipfile.ZipFile, workbook: str) -> frozenset[str]:
    """The parts that a workbook has as its sheets.

    Raises: Refused when two sheets are one part: each would be read, however often a part is named.
    """
    folder, name = posixpath.split(workbook)
    targets = _targets(archive, folder, posixpath.join(folder, "_rels", f"{name}{_LINKS}"))
    found: set[str] = set()
    for id in _sheet_ids(archive, workbook):
        part = targets.get(id, "")
        if part in found:
            raise Refused("two of its sheets are one part, as in no file of a spreadsheet program")
        if part:
            found.add(part)
    return frozenset(found)


def _sheet_ids(archive: zipfile.ZipFile, workbook: str) -> list[str]:
    """The ids by which a workbook names its sheets; whatever stands among sheets is one to the library."""
    depth, listed, ids = 0, 0, list[str]()

    def started(name: str, attributes: Attributes) -> None:
        nonlocal depth, listed
        depth += 1
        if listed:
            ids.append(attributes.get(_ID, attributes.get("id", "")))
        elif _plain(name) == "sheets":
            listed = depth

    def ended(_name: str) -> None:
        nonlocal depth, listed
        listed = 0 if depth == listed else listed
        depth -= 1

    _go_through(archive, workbook, started, ended)
    return ids


def _targets(archive: zipfile.ZipFile, folder: str, links: str) -> dict[str, str]:
    """The part that each id of a relationship means."""
    found: dict[str, str] = {}

    def started(name: str, attributes: Attributes) -> None:
        if _plain(name) == "Relationship":
            target = attributes.get("Target", "")
            if attributes.get("TargetMode") != "External":
                absolute = target.startswith("/")
                target = target[1:] if absolute else posixpath.normpath(posixpath.join(folder, target))
            found[attributes.get("Id", "")] = target

    _go_through(archive, links, started)
    return found


def _go_through(
    archive: zipfile.ZipFile,
    part: str,
    started: Callable[[str, Attributes], None],
    ended: Callable[[str], None] | None = None,
) -> None:
    """Tell of the elements of a part; of none where there is no such part."""
    if part not in archive.namelist():
        return
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.StartDoctypeDeclHandler = _declared
    with archive.open(part) as opened:
        _feed(parser, opened)


def _feed(parser: expat.XMLParserType, part: IO[bytes]) -> None:
    try:
        while chunk := part.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        pass  # the library says so


def _declared(_name: str, _system: str | None, _public: str | None, _inside: bool) -> None:
    raise Refused("it declares entities, as no spreadsheet program does")


def _plain(name: str) -> str:
    return name.rpartition("}")[2]
