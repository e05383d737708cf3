"""The prompt of `actorgraph cypher`: statements and commands one after the other, until Ctrl-D."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import typer

from api.answers import counted_types
from api.cli.completing import Completer, Names, names_if_told, names_in
from api.cli.cypherrows import Format, mark, show
from api.cli.lineinput import LineInput, line_so_far
from api.cli.session import EXIT_INTERRUPTED, filled_service
from api.cli.terminal import note, print_table, say
from api.cli.typed import in_one_line, split, typed
from api.logs import configure
from api.parameters import nearest
from api.queries import DataQuery
from api.service import Service
from api.settings import Settings
from api.statements import Statement, run_statement
from graph.errors import ActorgraphError, CypherError
from graph.questions.catalogue import Schema

HISTORY = "cypher-history"
"""The file of the history, in the home folder."""
HELP: Mapping[str, str] = {
    ":help": "this list",
    ":schema": "labels, relation types with their counts, properties",
    ":param NAME VALUE": "set the parameter $NAME; the value as JSON, else as text",
    ":param": "the parameters that are set",
    ":params clear": "set none",
    ":explain STATEMENT": "what the engine would do; nothing is run",
    ":exit": "leave, as :quit and Ctrl-D do",
}


def prompt(settings: Settings, template: Statement, form: Format) -> None:
    """Answer what is typed until the asker leaves.

    Raises: StoreUnavailable and its kinds; typer.Exit when interrupted before the first statement.
    """
    configure(settings, least="error")
    try:
        with asyncio.Runner() as runner, contextlib.ExitStack() as stack:
            _Prompt(settings, runner, _opened(runner, stack, settings), template, form).converse()
    except KeyboardInterrupt:
        note("interrupted")
        raise typer.Exit(EXIT_INTERRUPTED) from None


def _opened(runner: asyncio.Runner, stack: contextlib.ExitStack, settings: Settings) -> Service:
    """A service that stays open between two statements, because the loop only runs during them."""
    opening = filled_service(settings)
    service = runner.run(opening.__aenter__())
    stack.callback(lambda: runner.run(opening.__aexit__(None, None, None)))
    return service


class _Prompt:
    """One conversation: the parameters that were set, and what the words typed after a colon do."""

    def __init__(
        self,
        settings: Settings,
        runner: asyncio.Runner,
        service: Service,
        template: Statement,
        form: Format,
    ) -> None:
        self._runner = runner
        self._service = service
        self._template = template
        self._form = form
        self._parameters: dict[str, Any] = dict(template.parameters)
        self._commands: Mapping[str, Callable[[str], None]] = {
            ":help": self._help,
            ":schema": self._schema,
            ":param": self._param,
            ":params": self._param,
            ":explain": self._explain,
        }
        known = (*self._commands, *LEAVING)
        self._completer = Completer(known, Names(), self._parameters, line_so_far)
        self._input = LineInput(settings.home / HISTORY, self._completer.complete)

    def converse(self) -> None:
        """Answer one thing after the other."""
        self._completer.names = self._runner.run(names_if_told(self._service))
        note("reading statements, each ended by a semicolon; :help lists more, Ctrl-D leaves")
        for text in typed(self._input.read):
            if text.rstrip("; ").lower() in LEAVING:
                return
            try:
                self._input.remember(text if text.startswith(":") else in_one_line(text) + ";")
                self._answer(text)
            except KeyboardInterrupt:
                note("stopped")
            except CypherError as error:
                note(str(error))
                if error.place is not None:
                    mark(text, error.place)
            except ActorgraphError as error:
                note(str(error))

    def _answer(self, text: str) -> None:
        if not text.startswith(":"):
            self._run(text)
            return
        word, _, rest = text.partition(" ")
        command = self._commands.get(word.rstrip(";").lower())
        if command is None:
            meant = nearest(word, (*self._commands, *LEAVING))[0]
            note(f"there is no {word}; did you mean {meant}? :help lists what there is")
        else:
            command(rest.strip().removesuffix(";").rstrip())

    def _run(self, text: str) -> None:
        statement = replace(self._template, text=text, parameters=dict(self._parameters))
        asking = run_statement(self._service, statement, with_graph=self._form == "json")
        show(self._runner.run(asking), self._form)

    def _explain(self, statement: str) -> None:
        whole, rest = split(statement)
        if len(whole) + bool(rest) != 1:
            note(":explain takes one statement in its line, such as :explain MATCH (a:Actor) RETURN a")
            return
        try:
            self._run(f"EXPLAIN {statement}")
        except CypherError as error:
            note(str(error))
            if error.place is not None:
                mark(f"EXPLAIN {statement}", error.place)

    def _help(self, _rest: str) -> None:
        for command, meaning in HELP.items():
            say(f"{command:20} {meaning}")
        say("A statement may take several lines and ends with a semicolon or an empty line. Tab completes")
        say("words and names; Ctrl-C ends a running statement, or forgets the one that is being typed.")

    def _schema(self, _rest: str) -> None:
        found, names = self._runner.run(_asked(self._service))
        self._completer.names = names
        say(f"labels: {', '.join(names.labels)}")
        print_table(
            ("type", "category", "relations", "claims"),
            [(one.type, one.category, one.relations, one.claims) for one in found.types],
        )
        say(f"properties: {', '.join(names.properties)}")

    def _param(self, rest: str) -> None:
        name, _, value = rest.partition(" ")
        name = name.removeprefix("$")
        if not rest:
            for one, held in self._parameters.items():
                say(f"${one} = {json.dumps(held, ensure_ascii=False)}")
            if not self._parameters:
                note("no parameter is set; :param NAME VALUE sets one")
        elif rest == "clear":
            self._parameters.clear()
        elif not name.isidentifier() or not value.strip():
            note(":param takes a name and a value, such as :param since 2024 or :param name Iran")
        else:
            self._parameters[name] = as_value(value.strip())


LEAVING = (":exit", ":quit")


def as_value(text: str) -> Any:
    """What a parameter's text means: JSON, or else the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text


async def _asked(service: Service) -> tuple[Schema, Names]:
    return await counted_types(service, DataQuery()), await names_in(service)
