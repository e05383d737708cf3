"""The readable pages of the API, made from its own description: /docs, and /docs/errors for problems."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from api import access, security
from api.openapi import EVERY_BODY, EVERY_CALL
from api.problems import MEANINGS, Problem, RequestRefused, our_fault, plain_problem
from graph.errors import ActorgraphError

router = APIRouter(include_in_schema=False)
COMMON: Mapping[str, int] = {why: status for status, why in {**EVERY_CALL, **EVERY_BODY}.items()}
"""Errors that are told once for all calls."""
_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter or field: its name, what it may be, and what it means."""

    name: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call with all that a reader needs to make it."""

    method: str
    path: str
    summary: str
    about: str
    parameters: tuple[Row, ...]
    body: str | None
    answer: str | None
    errors: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of object on the wire."""

    name: str
    about: str
    fields: tuple[Row, ...]
    example: str | None


@router.get("/docs")
async def calls(request: Request) -> Response:
    """All calls, their parameters and answers."""
    described = request.app.openapi()
    groups = [(tag["name"], tag["description"], _calls(described, tag["name"])) for tag in described["tags"]]
    shapes = [_shape(name, schema) for name, schema in sorted(described["components"]["schemas"].items())]
    return page(
        "docs.html", about=described["info"]["description"], groups=groups, shapes=shapes, common=COMMON
    )


@router.get("/docs/errors")
async def errors() -> Response:
    """All codes of errors."""
    by_code = {problem.code: problem for problem in reversed(list(_problems()))}
    found = sorted(by_code.values(), key=lambda problem: (problem.status, problem.code))
    return page("errors.html", problems=found)


@router.get("/docs/docs.css")
async def style() -> Response:
    """The style sheet of these pages."""
    return Response(files("api").joinpath("templates/docs.css").read_bytes(), media_type="text/css")


def page(template: str, **values: object) -> Response:
    """A page made from one of our templates; every value is text."""
    environment = Environment(
        loader=PackageLoader("api", "templates"), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["parts"] = _CODE.split
    return HTMLResponse(environment.get_template(template).render(values))


def _calls(described: Mapping[str, Any], tag: str) -> list[Call]:
    return [
        _call(method.upper(), path, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
        if tag in operation.get("tags", ())
    ]


def _call(method: str, path: str, operation: Mapping[str, Any]) -> Call:
    responses = operation["responses"]
    return Call(
        method=method,
        path=path,
        summary=operation.get("summary", ""),
        about=operation.get("description", ""),
        parameters=tuple(_parameter(found) for found in operation.get("parameters", ())),
        body=_schema_name(operation.get("requestBody", {})),
        answer=_schema_name(responses.get("200", {})),
        errors=tuple(
            (status, response["description"])
            for status, response in sorted(responses.items())
            if status != "200" and response["description"] not in COMMON
        ),
    )


def _parameter(found: Mapping[str, Any]) -> Row:
    kind = kind_of(found["schema"]).removesuffix(" or null")
    return Row(found["name"], kind, found.get("required", False), found.get("description", ""))


def _shape(name: str, schema: Mapping[str, Any]) -> Shape:
    required = schema.get("required", ())
    rows = tuple(
        Row(field, kind_of(value), field in required, value.get("description", ""))
        for field, value in schema.get("properties", {}).items()
    )
    shown = [json.dumps(example, indent=2, ensure_ascii=False) for example in schema.get("examples", ())]
    return Shape(name, schema.get("description", ""), rows, shown[0] if shown else None)


def kind_of(schema: Mapping[str, Any]) -> str:
    """What a value may be, in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(kind_of(choice) for choice in schema["anyOf"])
    kind = str(schema.get("type", "anything"))
    if kind == "array":
        return f"list of {kind_of(schema.get('items', {}))}"
    bounds = [f"{schema[key]}" if key in schema else "" for key in ("minimum", "maximum")]
    limits = f" {bounds[0]} to {bounds[1]}" if all(bounds) else ""
    default = schema.get("default")
    return f"{kind}{limits}" + (f", default {json.dumps(default)}" if default not in (None, [], {}) else "")


def _schema_name(part: Mapping[str, Any]) -> str | None:
    for content in part.get("content", {}).values():
        reference = content.get("schema", {}).get("$ref")
        if reference:
            return str(reference).rsplit("/", 1)[-1]
    return None


def _problems() -> Iterator[Problem]:
    """One problem of each code."""
    for kind in _tree(ActorgraphError):
        if kind not in (ActorgraphError, RequestRefused):
            status = next(MEANINGS[base].status for base in kind.__mro__ if base in MEANINGS)
            about = " ".join((kind.__doc__ or "").split("\n\n")[0].split())
            yield Problem(status, kind.code, kind.title, about)
    for module in (security, access):
        yield from (value for value in vars(module).values() if isinstance(value, Problem))
    yield access.too_many_attempts(60)
    yield our_fault()
    yield plain_problem(404, "there is nothing at this address")
    yield plain_problem(405, "the address does not take this method; the Allow header says which it takes")


def _tree(kind: type[ActorgraphError]) -> Iterator[type[ActorgraphError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _tree(child)
