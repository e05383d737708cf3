"""Which reader a file gets: its name's ending decides, and the reader refuses what is something else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from graph.errors import InputUnusable
from ingest.readers.delimited import read_csv, read_tsv
from ingest.readers.jsonlines import read_jsonlines
from ingest.readers.table import Table
from ingest.records import Form

READERS: Mapping[str, Callable[[Path, Form], Table]] = MappingProxyType(
    {
        ".csv": read_csv,
        ".tsv": read_tsv,
        ".tab": read_tsv,
        ".jsonl": read_jsonlines,
        ".ndjson": read_jsonlines,
    }
)
"""Ending → reader; each ending may be followed by .gz."""


def open_table(path: Path, form: Form) -> Table:
    """Open a file with the reader of its ending.

    Raises: InputUnusable when no reader has this ending, or the file or its header cannot be used.
    """
    reader = READERS.get(ending(path))
    if reader is None:
        known = " ".join(READERS)
        raise InputUnusable(f"{path}: files are known by their ending: {known}, each also with .gz")
    return reader(path, form)


def ending(path: Path) -> str:
    """The ending without .gz, in lower case."""
    return Path(plain_name(path)).suffix


def stem(path: Path) -> str:
    """The file's name without its ending: `icews14.tsv.gz` → `icews14`."""
    return Path(plain_name(path)).stem


def plain_name(path: Path) -> str:
    name = path.name
    return (name[:-3] if name.lower().endswith(".gz") else name).lower()
