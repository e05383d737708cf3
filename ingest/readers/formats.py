"""Which reader a file gets: its name's ending decides, and the reader refuses what is something else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from graph.errors import InputUnusable
from ingest.readers.delimited import read_csv, read_tsv
from ingest.readers.jsonarray import read_json
from ingest.readers.jsonlines import read_jsonlines
from ingest.readers.table import Table
from ingest.readers.xlsx import read_xlsx
from ingest.records import Form


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of files: its name for people, its reader, and whether .gz may follow its ending."""

    name: str
    read: Callable[[Path, Form], Table]
    packable: bool = True


READERS: Mapping[str, Format] = MappingProxyType(
    {
        ".csv": Format("CSV", read_csv),
        ".tsv": Format("TSV", read_tsv),
        ".tab": Format("TSV", read_tsv),
        ".jsonl": Format("JSON Lines", read_jsonlines),
        ".ndjson": Format("JSON Lines", read_jsonlines),
        ".json": Format("JSON", read_json),
        ".xlsx": Format("Excel", read_xlsx, packable=False),
    }
)
"""Ending → format."""
ENDINGS = tuple(
    ending + packed for ending, kind in READERS.items() for packed in ("", ".gz")[: 1 + kind.packable]
)
"""Every ending a file may have."""


def open_table(path: Path, form: Form) -> Table:
    """Open a file with the reader of its ending.

    Raises: InputUnusable when no reader has this ending, or the file or its header cannot be used.
    """
    return format_of(path).read(path, form)


def format_of(path: Path) -> Format:
    """The format that a file's name says it has.

    Raises: InputUnusable when it says none.
    """
    found = READERS.get(ending(path))
    if found is None:
        known = " ".join(READERS)
        raise InputUnusable(f"{path}: files are known by their ending: {known}, those of text also with .gz")
    if _packed(path) and not found.packable:
        raise InputUnusable(f"{path}: {found.name} files are packed already: leave them without .gz")
    return found


def ending(path: Path) -> str:
    """The ending without .gz, in lower case."""
    return Path(plain_name(path)).suffix


def stem(path: Path) -> str:
    """The file's name without its ending: `icews14.tsv.gz` → `icews14`."""
    return Path(plain_name(path)).stem


def plain_name(path: Path) -> str:
    return (path.name[:-3] if _packed(path) else path.name).lower()


def _packed(path: Path) -> bool:
    return path.name.lower().endswith(".gz")
