"""`actorgraph datasets` and `actorgraph drop`: what was loaded, and how it is removed."""

from __future__ import annotations

from typing import Annotated

import typer

from api import records
from api.cli.options import JSON_HELP, settings_of
from api.cli.session import run, with_service
from api.cli.terminal import note, print_json, print_table, say
from api.service import store_place
from api.settings import Settings
from graph.store.bolt import Store
from graph.store.dropping import DropReport, drop

app = typer.Typer()


@app.command("datasets")
def datasets(as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False) -> None:
    """The data sets in the store."""
    found = with_service(settings_of(), records.datasets)
    if as_json:
        print_json(found)
    elif found.datasets:
        rows = [(d.name, d.claims, d.title, d.licence, d.loaded_at) for d in found.datasets]
        print_table(("name", "claims", "title", "licence", "loaded"), rows)
    else:
        note("the store holds no data set; load one with: actorgraph load syria-2025")


@app.command("drop")
def drop_command(
    dataset: Annotated[str, typer.Argument(metavar="DATASET", help="Name of the data set.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Remove a data set's claims, and the actors and sources that nothing else mentions."""
    settings = settings_of()
    report = run(settings, lambda: _drop(settings, dataset))
    if as_json:
        print_json(report)
    else:
        say(f"{dataset} removed: {report.claims} claims, {report.actors} actors, {report.sources} sources")


async def _drop(settings: Settings, dataset: str) -> DropReport:
    async with store_place(settings) as place, await Store.connect(place.address) as store:
        return await drop(store, dataset)
