"""The command `actorgraph`: all its commands, and what every one of them does with an error."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated

import typer

from api.cli import check, cypher, datasets, export, load, measures, overview, questions, serve
from api.cli.terminal import note
from api.problems import EXIT_OURS, meaning
from graph.errors import ActorgraphError, InputUnusable, InvalidQuestion

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
for part in (serve, load, questions, measures, overview, cypher, export, datasets, check):
    app.add_typer(part.app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"actorgraph {version('actorgraph')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Who is connected to whom, how, when, and who says so."""


def run(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code; an error is one line on stderr.

    Raises: SystemExit, always.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # these are text files
    try:
        _refuse_null(sys.argv[1:] if arguments is None else arguments)
        app(args=None if arguments is None else list(arguments), prog_name="actorgraph")
    except ActorgraphError as error:
        _complain(str(error))
        raise SystemExit(meaning(error).exit_code) from None
    except BrokenPipeError:  # whoever read our output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except UnicodeEncodeError as error:  # bytes of the command line that are no text come as half characters
        _complain(f"an argument is not UTF-8 text: {error.object[:80]!r}")
        raise SystemExit(meaning(InvalidQuestion([])).exit_code) from None
    except OSError as error:
        _complain(f"{str(error.filename or 'a file')[:200]}: {error.strerror or error}")
        raise SystemExit(meaning(InputUnusable("")).exit_code) from None
    except Exception as error:
        if os.environ.get("ACTORGRAPH_LOG_LEVEL") == "debug":
            traceback.print_exc()
        _complain(f"our fault: {type(error).__name__}: {error}; ACTORGRAPH_LOG_LEVEL=debug shows where")
        raise SystemExit(EXIT_OURS) from None


def _refuse_null(arguments: Sequence[str]) -> None:
    """Refuse the one character that no path and no property can hold.

    Raises: InputUnusable.
    """
    for argument in arguments:
        if "\0" in argument:
            raise InputUnusable(f"{argument[:80]!r} holds a null character")


def _complain(message: str) -> None:
    note(" ".join(message.split()))
