"""The description of the API: what FastAPI derives, made to say exactly what goes over the wire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.access import COOKIE
from api.examples import ANSWERS, PARAMETERS
from api.problems import MEDIA_TYPE
from api.schemas import ProblemAnswer
from api.wire import OMITTED_WHEN_NONE, RENAMED

EVERY_CALL: Mapping[int, str] = {
    400: "The request cannot be understood, or calls the service by a name that is not its own.",
    401: "A key is needed, or the given one is wrong.",
    403: "A page of another site asks; or only reading is open here.",
    408: "The request did not arrive in time.",
    414: "The address is too long.",
    429: "Too many wrong keys came from this address, or its statements have used their share; "
    "`Retry-After` says when to try again.",
    431: "The headers are too large.",
    500: "Our fault; the log has it under the request id.",
    503: "The server stops.",
}
"""What any call may be answered with, whatever it asks."""
EVERY_BODY: Mapping[int, str] = {413: "The body is too large.", 415: "The body is not JSON."}
"""What any call that is sent something may be answered with besides."""
REQUESTS = frozenset({"AmongBody", "ChangesBody", "CypherBody", "SubgraphBody", "FilterQuery"})
"""Schemas of what is sent to us: there a field with a default may be left out."""

_PROBLEM: Mapping[str, str] = {"$ref": f"#/components/schemas/{ProblemAnswer.__name__}"}

ABOUT = """\
Who is around an actor, how two actors are connected, and who says so: every answer leads to the claims
behind it.

Lists repeat their parameter (`type=MEETS&type=SUPPORTS`). An unknown parameter is refused. Dates are written
as far as they are known: `2025`, `2025-03`, `2025-03-07`, `195X`, `18XX`, `-0431`. Errors have one shape
(RFC 9457). An address may have 16,384 bytes after the host, a body 1 MiB (a file that is loaded: more).
"""


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 description of all calls of the application."""
    found = get_openapi(
        title="actorgraph",
        version=app.version,
        openapi_version="3.1.0",
        summary="Who is connected to whom, how, when, and who says so.",
        description=ABOUT,
        routes=app.routes,
        tags=app.openapi_tags,
    )
    schemas = found["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for name, schema in schemas.items():
        if name not in REQUESTS:
            _as_on_the_wire(name, schema)
        if name in ANSWERS:
            schema["examples"] = [ANSWERS[name]]
    for operation in _operations(found):
        _describe_errors(operation)
        _give_examples(operation)
    found["components"]["securitySchemes"] = {
        "key": {
            "type": "apiKey",
            "in": "header",
            "name": "X-API-Key",
            "description": "If one is configured.",
        },
        "bearer": {"type": "http", "scheme": "bearer", "description": "The same key."},
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": COOKIE,
            "description": "A browser in which somebody gave the key at /login.",
        },
    }
    found["security"] = [{}, {"key": []}, {"bearer": []}, {"session": []}]
    return found


def _as_on_the_wire(name: str, schema: dict[str, Any]) -> None:
    """Every field is always there, under its name on the wire, but for those that come when asked for."""
    renamed = {kind.__name__: names for kind, names in RENAMED.items()}.get(name, {})
    omitted = {kind.__name__: names for kind, names in OMITTED_WHEN_NONE.items()}.get(name, frozenset())
    if name == ProblemAnswer.__name__:
        omitted = frozenset({"errors", "candidates", "nearest", "line", "column", "near"})
    properties = {renamed.get(field, field): value for field, value in schema.get("properties", {}).items()}
    for value in properties.values():
        value.pop("default", None)
        value.pop("title", None)
    if properties:
        schema["properties"] = properties
        schema["required"] = [field for field in properties if field not in omitted]


def _operations(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in found["paths"].values():
        yield from methods.values()


def _describe_errors(operation: dict[str, Any]) -> None:
    """Errors are problems, not plain JSON; those of every call are told with each."""
    common = {**EVERY_CALL, **(EVERY_BODY if "requestBody" in operation else {})}
    for code, why in common.items():
        told = {"description": why, "content": {MEDIA_TYPE: {"schema": _PROBLEM}}}
        operation["responses"].setdefault(str(code), told)
    for status, response in operation["responses"].items():
        content = response.get("content", {})
        if status.startswith(("4", "5")) and "application/json" in content:
            response["content"] = {MEDIA_TYPE: content["application/json"]}


def _give_examples(operation: dict[str, Any]) -> None:
    """Parameters show a value that works on the bundled data set."""
    for parameter in operation.get("parameters", []):
        example = PARAMETERS.get(parameter["name"])
        if example is not None:
            parameter["example"] = example
