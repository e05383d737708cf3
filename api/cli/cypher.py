"""`actorgraph cypher`: a reading statement from the command line, a file, standard input or a prompt."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.cypherrows import Format, show
from api.cli.options import settings_of
from api.cli.prompt import as_value, prompt
from api.cli.session import with_service
from api.statements import Statement, run_statement
from graph.errors import InputUnusable, InvalidQuestion

app = typer.Typer()
LONGEST_STATEMENT = 1 << 20


@app.command("cypher")
def cypher(
    text: Annotated[str | None, typer.Argument(metavar="STATEMENT", help="A reading statement.")] = None,
    file: Annotated[Path | None, typer.Option("-f", "--file", help="Read the statement from a file.")] = None,
    param: Annotated[
        list[str] | None, typer.Option(help="Parameter as name=value; the value as JSON, else as text.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="json: the shape of the HTTP API.")] = "auto",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Most rows.")] = 1000,
    timeout: Annotated[float, typer.Option(min=0.1, max=30, help="Most seconds.")] = 10.0,
) -> None:
    """A reading Cypher statement; without one, a prompt. Nothing can be written here."""
    template = Statement("", _parameters(param or ()), limit, timeout)
    settings = settings_of()
    given = _given(text, file)
    if given is None:
        prompt(settings, template, form)
        return
    statement = replace(template, text=given)
    answer = with_service(
        settings, lambda service: run_statement(service, statement, with_graph=form == "json")
    )
    show(answer, form)


def _given(text: str | None, file: Path | None) -> str | None:
    """The statement, unless it is to be typed at the prompt.

    Raises: InputUnusable, InvalidQuestion.
    """
    if text is not None and file is not None:
        raise InvalidQuestion.one("STATEMENT", "give a statement or a file, not both")
    if file is not None:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as problem:
            reason = problem.strerror if isinstance(problem, OSError) else "not UTF-8"
            raise InputUnusable(f"{file}: cannot be read: {reason}") from None
    elif text is None and not sys.stdin.isatty():
        text = sys.stdin.read(LONGEST_STATEMENT)
    if text is not None and not text.strip().rstrip(";"):
        raise InputUnusable("the statement is empty")
    return text if text is None else text.strip().rstrip(";")


def _parameters(given: Sequence[str]) -> dict[str, Any]:
    parameters: dict[str, Any] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise InvalidQuestion.one("--param", f"{pair!r} is not of the form name=value")
        parameters[name] = as_value(value)
    return parameters
