"""`actorgraph export`: everything, or what a filter lets through, into a file or on stdout."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

import typer
from pydantic import Field

from api.cli.options import asks, settings_of
from api.cli.session import with_service
from api.cli.terminal import note
from api.export import Selection, claims_in_order, exported, selected
from api.queries import FilterQuery
from api.service import Service
from graph.errors import InputUnusable
from ingest.records import CLAIMS
from ingest.writers.csv import claim_line, header

app = typer.Typer()


class ExportOptions(FilterQuery):
    """What is exported, as what, and where to."""

    format: Literal["jsonl", "csv"] = Field(
        default="jsonl", description="jsonl: everything, loads back to the same ids. csv: the claims."
    )
    out: Path | None = Field(default=None, description="File to write; default: standard output.")
    spreadsheet_safe: bool = Field(
        default=False, description="csv: protect cells that a spreadsheet would take for a formula."
    )


@app.command("export")
@asks(ExportOptions, {}, json_too=False)
def export(options: ExportOptions, as_json: bool) -> None:
    """Everything, or what a filter lets through, in order of id: equal graphs give equal files."""

    async def write(service: Service) -> int:
        selection = await selected(service, options)
        with _target(options.out) as file:
            async for part in _parts(service, selection, options):
                file.write(part)
        return len(selection.rows)

    count = with_service(settings_of(), write)
    if options.out is not None:
        note(f"{count} claims written to {options.out}")


def _parts(service: Service, selection: Selection, options: ExportOptions) -> AsyncIterator[bytes]:
    if options.format == "jsonl":
        return exported(service, selection, lambda: False)
    return _csv(service, selection, options.spreadsheet_safe)


async def _csv(service: Service, selection: Selection, safe: bool) -> AsyncIterator[bytes]:
    yield header(CLAIMS).encode()
    actors, index = selection.snapshot.actors, selection.snapshot.index
    async for claims in claims_in_order(service, selection):
        lines = [
            claim_line(
                claim, (actors[index[claim.subject]], actors[index[claim.object]]), spreadsheet_safe=safe
            )
            for claim in claims
        ]
        yield "".join(lines).encode()


@contextlib.contextmanager
def _target(out: Path | None) -> Iterator[BinaryIO]:
    """The file to write, under its name only when it is whole; stdout without one.

    Raises: InputUnusable when it cannot be written.
    """
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    draft = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as file:
            yield file
        draft.replace(out)
    except OSError as problem:
        raise InputUnusable(f"{out}: cannot be written: {problem.strerror}") from None
    finally:
        draft.unlink(missing_ok=True)
