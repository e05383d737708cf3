"""Command line options made from the queries of the API: the same names, bounds and words in both places."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar

import typer
from pydantic import BaseModel

from api.parameters import parse
from api.settings import Settings, read_settings

Q = TypeVar("Q", bound=BaseModel)
HTTP_ONLY = frozenset({"view"})
"""Parameters of the API that mean nothing in a terminal."""

JSON_HELP = "Print the JSON of the HTTP API."
FURTHER = "further_"
"""Begins the name of what adds to a list whose first value is an argument."""


def asks(
    model: type[Q], positional: Mapping[str, str], *, several: bool = False, json_too: bool = True
) -> Callable[[Callable[[Q, bool], None]], Callable[..., None]]:
    """Give a command the options of a query; `positional` maps fields to the names of arguments.

    With `several` an argument of a list may be given several times; without it further values of the list
    come by an option of the same name.

    The command is called with the query and with whether JSON is wanted.
    """
    properties = model.model_json_schema(by_alias=False)["properties"]
    names = [name for name in model.model_fields if name not in HTTP_ONLY]
    further = [name for name in positional if properties[name].get("type") == "array" and not several]

    def wrap(command: Callable[[Q, bool], None]) -> Callable[..., None]:
        def called(**given: Any) -> None:
            as_json = given.pop("as_json", False)
            for name in further:
                given[name] = [given[name], *(given.pop(FURTHER + name) or ())]
            written = {name: value for name, value in given.items() if value not in (None, [])}
            aliases = {name: model.model_fields[name].alias or name for name in names}
            command(parse(model, {aliases[name]: value for name, value in written.items()}), as_json)

        arguments = [_argument(name, properties[name], shown, several) for name, shown in positional.items()]
        options = [_option(name, properties[name]) for name in names if name not in positional]
        options += [_further(name, positional[name]) for name in further]
        parameters = [*arguments, *options]
        if json_too:
            form = Annotated[bool, typer.Option("--json", help=JSON_HELP)]
            parameters.append(_keyword("as_json", form, False))
        called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # typer reads it
        called.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        called.__name__, called.__doc__ = command.__name__, command.__doc__
        return called

    return wrap


def settings_of(**changes: object) -> Settings:
    """The settings of the environment with the options that were given."""
    return read_settings({name: value for name, value in changes.items() if value is not None})


def _argument(name: str, schema: Mapping[str, Any], shown: str, several: bool) -> inspect.Parameter:
    about = _plain(schema.get("description", ""))
    kind: Any = list[str] if several else str
    annotation = Annotated[kind, typer.Argument(metavar=shown, help=about, show_default=False)]
    return _keyword(name, annotation, inspect.Parameter.empty)


def _option(name: str, schema: Mapping[str, Any]) -> inspect.Parameter:
    option = "--" + name.rstrip("_").replace("_", "-")
    about = _plain(schema.get("description", ""))
    kind = _kind(schema)
    if kind is bool:
        return _keyword(name, Annotated[bool, typer.Option(option, help=about)], False)
    if kind is int and schema.get("default") is not None:
        about += f" {schema['minimum']} to {schema['maximum']}, default {schema['default']}."
    annotation: Any = list[str] | None if kind is list else str | None
    return _keyword(name, Annotated[annotation, typer.Option(option, help=about, show_default=False)], None)


def _further(name: str, shown: str) -> inspect.Parameter:
    option = "--" + name.rstrip("_")
    about = f"Another actor like {shown}; may be repeated: the paths lead between any of them."
    annotation = Annotated[list[str] | None, typer.Option(option, help=about, show_default=False)]
    return _keyword(FURTHER + name, annotation, None)


def _kind(schema: Mapping[str, Any]) -> type:
    """What a value is: bool, int, list or text."""
    choices = [schema, *schema.get("anyOf", ())]
    kinds: Mapping[str, type] = {"boolean": bool, "integer": int, "array": list}
    return next((kinds[c["type"]] for c in choices if c.get("type") in kinds), str)


def _plain(text: str) -> str:
    return text.replace("`", "")


def _keyword(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
