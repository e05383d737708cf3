"""`actorgraph load`: files and data set folders into the store, with progress and a report."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import typer
from pydantic import Field
from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from api.cli.options import asks, settings_of
from api.cli.session import run
from api.cli.terminal import note, plain, say
from api.problems import EXIT_INPUT, EXIT_REFUSED_ROWS
from api.queries import Query
from api.service import store_place
from api.settings import Settings
from graph.store.bolt import Store
from ingest.folders import locate
from ingest.loader import LoadRequest, Progress, load
from ingest.report import LoadReport
from ingest.vocabulary import builtin

app = typer.Typer()
REJECTIONS_SHOWN = 20
NOTES_SHOWN = 20


class LoadOptions(Query):
    """What a load takes in, and how."""

    paths: tuple[str, ...] = Field(description="Files, data set folders, or names of bundled data sets.")
    dataset: str | None = Field(default=None, description="Name of the data set; default: from the file.")
    mapping: Path | None = Field(
        default=None, description="Not there yet: a file that says which column is which of ours."
    )
    dry_run: bool = Field(default=False, description="Read and check, write nothing.")
    strict: bool = Field(default=False, description="Keep nothing when a row is refused.")
    atomic: bool = Field(default=False, description="Not there yet: everything in one transaction.")


@app.command("load")
@asks(LoadOptions, {"paths": "PATH"}, several=True)
def load_command(options: LoadOptions, as_json: bool) -> None:
    """Files or data set folders into the store. Loading the same twice changes nothing.

    Good rows beside bad ones are kept (exit code 1); each refused row is listed with its place and reason.
    """
    request = LoadRequest(
        paths=tuple(locate(path) for path in options.paths),
        dataset=options.dataset,
        mapping=options.mapping,
        vocabulary=builtin(),
        dry_run=options.dry_run,
        strict=options.strict,
        atomic=options.atomic,
    )
    settings = settings_of()
    report = run(settings, lambda: _load(settings, request))
    if as_json:
        typer.echo(report.to_json())
    else:
        _show(report)
    if report.refused:
        raise typer.Exit(EXIT_REFUSED_ROWS if _something_was_kept(report) else EXIT_INPUT)


def _something_was_kept(report: LoadReport) -> bool:
    """Whether the load has a result besides refused rows; a dry run is judged by what would be."""
    return (report.kept or report.dry_run) and report.new + report.known + report.updated > 0


async def _load(settings: Settings, request: LoadRequest) -> LoadReport:
    async with store_place(settings) as place, await Store.connect(place.address) as store:
        with _progress() as seen:
            return await load(store, request, on_progress=seen)


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[Progress], None] | None]:
    """A bar on stderr, where that is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rows]:,} rows"))
    with Bar(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task("load", rows=0)

        def seen(now: Progress) -> None:
            name = plain(Path(now.file).name)
            bar.update(task, description=name, completed=now.bytes_done, total=now.bytes_total, rows=now.rows)

        yield seen


def _show(report: LoadReport) -> None:
    say(f"{report.dataset}: {report.read} claims read")
    say(f"  {report.new} new, {report.known} known, {report.updated} updated, {report.refused} refused")
    say(f"  {report.actors} new actors, {report.sources} new sources, {report.elapsed_s:.1f} s")
    for rejection in report.rejections[:REJECTIONS_SHOWN]:
        where = f"{rejection.file}:{rejection.line}" + (f" {rejection.column}" if rejection.column else "")
        note(f"refused {where}: {rejection.reason}")
    if report.refused > REJECTIONS_SHOWN:
        note(f"{report.refused - REJECTIONS_SHOWN} more rows were refused: --json lists the first 1,000")
    if report.unknown_relations:
        words = ", ".join(
            f"{word} ({count})" for word, count in list(report.unknown_relations.items())[:NOTES_SHOWN]
        )
        note(f"relations of no known category: {words}{_more(report.unknown_words)}")
    if report.other_columns:
        columns = ", ".join(report.other_columns[:NOTES_SHOWN])
        note(f"columns that were not used: {columns}{_more(report.columns_unread)}")
    for remark in report.notes[:NOTES_SHOWN]:
        note(f"{remark.message} ({remark.count})")
    if not report.kept:
        note("nothing was written")


def _more(total: int) -> str:
    return f" and {total - NOTES_SHOWN:,} more" if total > NOTES_SHOWN else ""
