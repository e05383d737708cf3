"""`actorgraph cypher`: a reading statement from the command line, a file, standard input or a prompt."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from api.cli.options import settings_of
from api.cli.session import with_service
from api.cli.terminal import note, plain, print_json, print_table
from api.logs import configure
from api.schemas import CypherAnswer
from api.service import Service, open_service
from api.settings import Settings
from api.statements import Statement, run_statement
from graph.errors import ActorgraphError, InputUnusable, InvalidQuestion
from graph.store.explained import Operator

app = typer.Typer()
Format = Literal["auto", "plain", "json"]
PROMPT = "cypher> "
FURTHER = "   ...> "
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
        _prompt(settings, template, form)
        return
    statement = replace(template, text=given)
    answer = with_service(
        settings, lambda service: run_statement(service, statement, with_graph=form == "json")
    )
    _show(answer, form)


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
        try:
            parameters[name] = json.loads(value)
        except ValueError:
            parameters[name] = value
    return parameters


def _prompt(settings: Settings, template: Statement, form: Format) -> None:
    """Statements one after the other, each ended by a semicolon; Ctrl-D leaves."""
    configure(settings, least="error")
    with asyncio.Runner() as runner, contextlib.ExitStack() as stack:
        service = _opened(runner, stack, settings)
        note("reading statements, each ended by a semicolon; Ctrl-D leaves")
        for text in _typed():
            asked = run_statement(service, replace(template, text=text), with_graph=form == "json")
            try:
                _show(runner.run(asked), form)
            except ActorgraphError as error:
                note(str(error))
            except KeyboardInterrupt:
                note("stopped")


def _opened(runner: asyncio.Runner, stack: contextlib.ExitStack, settings: Settings) -> Service:
    """A service that stays open between two statements, because the loop only runs during them."""
    opening = open_service(settings)
    service = runner.run(opening.__aenter__())
    stack.callback(lambda: runner.run(opening.__aexit__(None, None, None)))
    return service


def _typed() -> Iterator[str]:
    """Statements as they are typed."""
    lines: list[str] = []
    while True:
        try:
            lines.append(input(FURTHER if lines else PROMPT))
        except EOFError:
            return
        except KeyboardInterrupt:
            print(file=sys.stderr)
            lines = []
            continue
        text = "\n".join(lines).strip()
        if text.endswith(";") or not text:
            lines = []
            if text.rstrip(";").strip():
                yield text.rstrip(";")


def _show(answer: CypherAnswer, form: Format) -> None:
    fields, rows = answer.data.fields, answer.data.values
    if form == "json":
        print_json(answer)
    elif answer.plan is not None:
        for step in _steps(answer.plan, 0):
            print(plain(step))
    elif form == "auto" and sys.stdout.isatty():
        print_table(fields, ([_as_text(value) for value in row] for row in rows))
        note(f"{len(rows)} rows, {answer.elapsed_ms:g} ms")
    else:
        for line in (fields, *rows):
            print("\t".join(_in_one_line(value) for value in line))
        sys.stdout.flush()
    for notification in answer.notifications:
        note(str(notification.get("description")))
    if answer.truncated:
        note(f"more rows exist; only the first {len(rows)} are shown: --limit")


def _steps(step: Operator, depth: int) -> Iterator[str]:
    rows = "" if step.rows is None else f" ({step.rows:g} rows)"
    yield f"{'  ' * depth}{step.operator} {step.details}".rstrip() + rows
    for child in step.children:
        yield from _steps(child, depth + 1)


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _in_one_line(value: Any) -> str:
    if not isinstance(value, str):
        return _as_text(value)
    return plain(value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n"))
