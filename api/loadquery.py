"""The parameters of a file that is sent to be loaded."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from api.queries import Query

LONGEST_FILE_NAME = 200
"""Bytes."""
FILE_NAME = r'^[^/\\:*?"<>|\x00-\x1f\x7f]{1,120}$'
"""Names that a file can have on every system."""


def _file_name(name: str) -> str:
    if name in (".", "..") or len(name.encode()) > LONGEST_FILE_NAME:
        raise ValueError(f"must be the name of a file, of at most {LONGEST_FILE_NAME} bytes")
    return name


class LoadQuery(Query):
    """A file that is sent to be loaded, and what is to be done with it."""

    name: Annotated[str, Field(pattern=FILE_NAME), AfterValidator(_file_name)] = Field(
        description="Name of the file; its ending says what it is: .csv .tsv .jsonl .json .xlsx …"
    )
    dataset: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,79}$")] | None = Field(
        default=None, description="Name of the data set; default: from the file."
    )
    dry_run: bool = Field(
        default=False, description="Read and check, write nothing; say what the file is taken for."
    )
    strict: bool = Field(default=False, description="Keep nothing when a row is refused.")
    progress: bool = Field(
        default=False, description="Answer with JSON Lines: how far it has come, and the report last."
    )
