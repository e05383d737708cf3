"""`actorgraph check`: whether the store and its constraints are sound."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.options import settings_of
from api.cli.session import run
from api.cli.terminal import print_json, print_table, say
from api.service import store_place
from api.settings import Settings
from graph.store.bolt import Store
from graph.store.schema import CheckReport, check

app = typer.Typer()
EXIT_FINDINGS = 1


@app.command("check")
def check_command(
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Whether the store and its constraints are sound; exit code 1 when something is wrong."""
    settings = settings_of()
    report = run(settings, lambda: _check(settings))
    if as_json:
        print_json(report)
    elif report.findings:
        print_table(("level", "finding", "message"), [(f.level, f.code, f.message) for f in report.findings])
    else:
        say("the store is sound")
    if any(finding.level == "error" for finding in report.findings):
        raise typer.Exit(EXIT_FINDINGS)


async def _check(settings: Settings) -> CheckReport:
    async with store_place(settings) as place, await Store.connect(place.address) as store:
        return await check(store)
