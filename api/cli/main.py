"""The command `actorgraph`: a table of commands, and what every one of them does with an error.

A command's module is imported when the command is called: the list of commands must not wait for all of them.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

from api.problems import EXIT_OURS, meaning
from graph.errors import ActorgraphError


class Entry(NamedTuple):
    """Where a command lives and what it does, in a few words."""

    module: str
    about: str


COMMANDS: Mapping[str, Entry] = {
    "serve": Entry("serve", "Explorer and API in the foreground."),
    "load": Entry("load", "A file or a data set folder into the store."),
    "search": Entry("questions", "Actors by name."),
    "neighbourhood": Entry("questions", "What is around an actor."),
    "paths": Entry("questions", "How two actors are connected."),
    "claims": Entry("questions", "Single statements of sources."),
    "cypher": Entry("cypher", "A reading Cypher statement, or a prompt for them."),
    "export": Entry("export", "Everything, or a selection, into a file."),
    "datasets": Entry("datasets", "The data sets in the store."),
    "drop": Entry("datasets", "Remove a data set."),
    "check": Entry("check", "Whether the store and its constraints are sound."),
}


class LoadedCommands(dict[str, Any]):
    """The real commands by name, each imported when it is first asked for."""

    def __missing__(self, name: str) -> Any:
        self[name] = get_group(import_module(f"api.cli.{COMMANDS[name].module}").app).commands[name]
        return self[name]

    def items(self) -> Any:
        return [(name, self[name]) for name in COMMANDS]


class CommandTable(TyperGroup):
    """Lists commands by their table, and imports the one that is called."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = LoadedCommands()

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        entry = COMMANDS.get(cmd_name)
        return None if entry is None else TyperCommand(cmd_name, help=entry.about)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, command, rest = super().resolve_command(ctx, args)
        if name is not None and name in COMMANDS:
            command = self.commands[name]
        return name, command, rest


app = typer.Typer(
    cls=CommandTable, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False
)


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
        app(args=None if arguments is None else list(arguments), prog_name="actorgraph")
    except ActorgraphError as error:
        _complain(str(error))
        raise SystemExit(meaning(error).exit_code) from None
    except BrokenPipeError:  # whoever read our output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except Exception as error:
        if os.environ.get("ACTORGRAPH_LOG_LEVEL") == "debug":
            traceback.print_exc()
        _complain(f"our fault: {type(error).__name__}: {error}; ACTORGRAPH_LOG_LEVEL=debug shows where")
        raise SystemExit(EXIT_OURS) from None


def _complain(message: str) -> None:
    print(f"actorgraph: {' '.join(message.split())}", file=sys.stderr)
