"""The documents against the code, both ways: what exists is described, and what is described exists.

What a writer has to follow (code spans are `backticks`; a *row* is a table row, known by the code spans of
its first cell; a *section* reaches to the next heading of any level):

- docs/settings.md: one row for each variable, `NAME` first, then its default: `value`, or the word unset.
- docs/cli.md: a heading `actorgraph COMMAND` for each command, with a row for each option (`--name`; all its
  forms in one cell) and argument (`NAME`). "Every command" holds the options before the command, "Exit codes"
  a row for each code.
- docs/api.md: a heading `METHOD /path` for each call, with a row for each query parameter or field of the
  body; "Pages" with a row for each page (`/view/paths`); a heading for each shape of an answer by its name in
  the OpenAPI description (`Subgraph`, `Claim`, `SearchAnswer`), with a row for each field.
- In both, "all of [a heading](#a-heading)" stands for the rows of that section: the filter is told once.
- docs/errors.md: a heading `code` for each error; its text holds "HTTP 404" and "exit 3" where it has them.
- docs/formats.md: "Claims", "Actors" and "Sources" with a row for each column; the word "required"
  stands in the rows of those that are.
- docs/data-model.md: "Actor kinds", "Statuses", "Polarities" and "Categories" with a row for each value (for
  a category its family, `name`, in the second cell).
- docs/architecture.md names every folder of the three packages (`graph/store`), docs/benchmarks.md every
  script of benchmarks/.
- docs/explorer.md: "Keys" with a row for each key of the page's help (tests/test_docs_explorer.py).
- Everywhere: paths, links, `make` targets, variables, addresses under /api/v1 and `actorgraph` commands
  with their options are real; blocks marked json, toml or python are valid.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main
from fastapi.routing import APIRoute
from typer.core import TyperArgument, TyperCommand, TyperGroup

from api import docs, login, views
from api.app import create_app
from api.cli.main import app as command_line
from api.problems import MEANINGS, meaning
from api.settings import Settings
from graph import model
from graph.errors import ActorgraphError
from ingest import records
from markdown import Document, Section, anchor, read, spans
from tracked import PRODUCT, ROOT, files, modules, name_of, project_files, syntax

DOCS = ROOT / "docs"
DOCUMENTS = tuple(sorted(name_of(path) for path in project_files() if path.suffix == ".md"))
NO_ANSWERS = {"AmongBody", "ChangesBody", "CypherBody", "FilterQuery", "SubgraphBody", "Alive"}
"""Schemas that are told with the calls they belong to."""


def described(name: str) -> Document:
    """A document below docs/."""
    return read(DOCS / name)


def entries(document: Document, section: Section) -> dict[str, tuple[str, ...]]:
    """The rows of a section, with those of the sections that it takes over ("all of [...](#...)")."""
    found = dict(section.entries)
    for taken_over in re.findall(r"\b[Aa]ll of \[[^\]]*\]\(#([\w-]+)\)", section.text):
        (source,) = (one for one in document.sections if anchor(one.title) == taken_over)
        found |= entries(document, source)
    return found


# --- settings


def settings_by_variable() -> dict[str, Any]:
    """Each environment variable with the default of its setting."""
    return {
        str(field.validation_alias): field.get_default(call_default_factory=True)
        for field in Settings.model_fields.values()
    }


def setting_rows() -> dict[str, tuple[str, ...]]:
    return {
        name: row for section in described("settings.md").sections for name, row in section.entries.items()
    }


def test_the_settings_are_the_described_ones() -> None:
    assert setting_rows().keys() == settings_by_variable().keys()


@pytest.mark.parametrize("variable", settings_by_variable())
def test_a_setting_has_the_described_default(variable: str) -> None:
    default, said = settings_by_variable()[variable], setting_rows()[variable][1]

    if default in (None, ()):
        assert "unset" in said
    else:
        assert written(default) in spans(said) or isinstance(default, Path)


def written(value: object) -> str:
    """A default as people write it into the environment."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


# --- command line


def the_program() -> TyperGroup:
    """`actorgraph` with its commands."""
    program = typer.main.get_command(command_line)
    assert isinstance(program, TyperGroup)
    return program


@cache
def commands() -> Mapping[str, TyperCommand]:
    """Every command of `actorgraph` by name."""
    return {n: found for n, found in the_program().commands.items() if isinstance(found, TyperCommand)}


def parameters(command: TyperCommand | TyperGroup) -> set[str]:
    """Options as they are typed, arguments as help shows them."""
    found: set[str] = set()
    for parameter in command.params:
        if isinstance(parameter, TyperArgument):
            found.add(str(parameter.metavar or parameter.name).upper())
        elif parameter.name not in ("help", "install_completion", "show_completion"):
            found |= {*parameter.opts, *parameter.secondary_opts}
    return found


def typed(section: Section) -> set[str]:
    """What a section describes, without the values that follow an option."""
    return {re.split(r"[ =]", entry)[0].rstrip("….") for entry in entries(described("cli.md"), section)}


def command_sections() -> dict[str, Section]:
    named = ((section.name.split(), section) for section in described("cli.md").sections)
    return {words[1]: section for words, section in named if words[:1] == ["actorgraph"] and len(words) > 1}


def test_the_commands_are_the_described_ones() -> None:
    assert command_sections().keys() == commands().keys()


@pytest.mark.parametrize("command", commands())
def test_a_command_has_the_described_options(command: str) -> None:
    assert typed(command_sections()[command]) == parameters(commands()[command])


def test_the_options_before_the_command_are_the_described_ones() -> None:
    assert typed(described("cli.md").section("Every command")) == parameters(the_program())


def test_the_exit_codes_are_the_described_ones() -> None:
    tree = syntax(ROOT / "api/problems.py")
    used = {
        str(item.value.value)
        for item in tree.body
        if isinstance(item, ast.Assign)
        and ast.unparse(item.targets[0]).startswith("EXIT_")
        and isinstance(item.value, ast.Constant)
    }

    assert described("cli.md").section("Exit codes").entries.keys() == used


# --- HTTP


@cache
def description() -> dict[str, Any]:
    """The service's own OpenAPI description."""
    return dict(create_app(Settings()).openapi())


@cache
def calls() -> dict[str, dict[str, Any]]:
    """`METHOD /path` of every call, with its operation."""
    return {
        f"{method.upper()} {path}": operation
        for path, methods in description()["paths"].items()
        for method, operation in methods.items()
    }


def resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema, followed to where it is defined."""
    while "$ref" in schema:
        schema = description()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def asked(operation: Mapping[str, Any]) -> set[str]:
    """Names of an operation's query parameters and of the fields of its body."""
    names = {found["name"] for found in operation.get("parameters", ()) if found["in"] == "query"}
    for content in operation.get("requestBody", {}).get("content", {}).values():
        names |= resolved(content["schema"]).get("properties", {}).keys()
    return names


def call_sections() -> dict[str, Section]:
    made = re.compile(r"(GET|POST|PUT|DELETE|PATCH) /\S*")
    return {section.name: section for section in described("api.md").sections if made.fullmatch(section.name)}


def test_the_calls_are_the_described_ones() -> None:
    assert call_sections().keys() == calls().keys()


@pytest.mark.parametrize("call", calls())
def test_a_call_has_the_described_parameters(call: str) -> None:
    assert entries(described("api.md"), call_sections()[call]).keys() == asked(calls()[call])


def answer_shapes() -> list[str]:
    """Names of everything that an answer may hold."""
    return sorted(description()["components"]["schemas"].keys() - NO_ANSWERS)


@pytest.mark.parametrize("shape", answer_shapes())
def test_a_shape_has_the_described_fields(shape: str) -> None:
    document = described("api.md")
    fields = description()["components"]["schemas"][shape].get("properties", {})

    assert entries(document, document.section(shape)).keys() == fields.keys()


def pages() -> set[str]:
    """Addresses of the pages for people, with parameters as `{id}`."""
    routes = [route for router in (views.router, docs.router, login.router) for route in router.routes]
    paths = [route.path.replace(":path}", "}") for route in routes if isinstance(route, APIRoute)]
    return {path for path in paths if not path.startswith("/static/")}


def test_the_pages_are_the_described_ones() -> None:
    assert described("api.md").section("Pages").entries.keys() == pages()


# --- errors


def kinds_of_errors(base: type[ActorgraphError] = ActorgraphError) -> Iterator[type[ActorgraphError]]:
    """The base and everything that is derived from it."""
    yield base
    for kind in base.__subclasses__():
        yield from kinds_of_errors(kind)


def problem_codes() -> set[str]:
    """Codes that the API gives to problems which are no error class."""
    return {
        str(value.value)
        for path in files("api", endings=(".py",))
        for item in ast.walk(syntax(path))
        if isinstance(item, ast.Call) and ast.unparse(item.func) == "Problem"
        for value in [*item.args[1:2], *(given.value for given in item.keywords if given.arg == "code")]
        if isinstance(value, ast.Constant)
    }


@cache
def error_codes() -> dict[str, type[ActorgraphError]]:
    """Every code with its class, whichever module it stands in."""
    for module in modules(*PRODUCT):
        importlib.import_module(module)
    wholly_abstract = {"error", "request-refused"}
    return {kind.code: kind for kind in kinds_of_errors() if kind.code not in wholly_abstract}


def test_the_error_codes_are_the_described_ones() -> None:
    told = {section.name for section in described("errors.md").sections if section.title.startswith("`")}

    assert told == error_codes().keys() | problem_codes()


@pytest.mark.parametrize("code", error_codes())
def test_an_error_means_what_is_described(code: str) -> None:
    kind = error_codes()[code]
    status, exit_code = meaning(kind.__new__(kind))
    text = described("errors.md").section(code).text

    assert f"HTTP {status}" in text
    assert f"exit {exit_code}" in text


def test_no_meaning_is_left_for_an_error_that_is_gone() -> None:
    assert set(MEANINGS) <= set(kinds_of_errors())


# --- formats and words of the model


@pytest.mark.parametrize(
    "form", [records.CLAIMS, records.ACTORS, records.SOURCES], ids=lambda form: form.name
)
def test_a_file_has_the_described_columns(form: records.Form) -> None:
    assert described("formats.md").section(form.name).entries.keys() == set(form.columns)


@pytest.mark.parametrize(
    "form", [records.CLAIMS, records.ACTORS, records.SOURCES], ids=lambda form: form.name
)
def test_required_columns_are_said_to_be(form: records.Form) -> None:
    told = described("formats.md").section(form.name).entries

    assert {name for name, row in told.items() if "required" in " ".join(row[1:]).lower()} == set(
        form.required
    )


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Actor kinds", model.ACTOR_KINDS),
        ("Statuses", model.STATUSES),
        ("Polarities", model.POLARITIES),
        ("Categories", model.CATEGORIES),
    ],
)
def test_a_closed_list_is_the_described_one(heading: str, values: tuple[str, ...]) -> None:
    assert described("data-model.md").section(heading).entries.keys() == set(values)


def test_a_category_is_described_with_its_family() -> None:
    told = described("data-model.md").section("Categories").entries

    assert {name: spans(row[1]) for name, row in told.items()} == {
        category: [family] for category, family in model.FAMILY_OF.items()
    }
