"""From raw parameters to a query, or to sentences that say what is wrong and what is allowed instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from graph.errors import InvalidQuestion, ParameterProblem

Query = TypeVar("Query", bound=BaseModel)
SHOWN = 60
"""Characters of a wrong value that a message repeats."""


def parse(model: type[Query], given: Mapping[str, Any]) -> Query:
    """The query that the given values mean.

    Raises: InvalidQuestion naming every wrong parameter.
    """
    try:
        return model.model_validate(dict(given))
    except ValidationError as error:
        raise InvalidQuestion(problems_in(error.errors(), model)) from None


def problems_in(errors: Iterable[Mapping[str, Any]], model: type[BaseModel] | None) -> list[ParameterProblem]:
    """One sentence for each error that pydantic found in the values of a model."""
    schema = model.model_json_schema(by_alias=True) if model is not None else {}
    return [ParameterProblem(_name(e["loc"]), _message(e, schema)) for e in errors]


def nearest(name: str, known: Iterable[str], count: int = 1) -> list[str]:
    """The known names closest to a mistyped one, best first."""
    folded = {k.casefold(): k for k in known}
    close = difflib.get_close_matches(name.casefold()[:200], folded, n=count, cutoff=0.0)
    return [folded[c] for c in close]


def shown(value: object) -> str:
    """A value as a message repeats it: quoted, escaped and cut."""
    text = value if isinstance(value, str) else repr(value)
    return repr(text[:SHOWN] + ("…" if len(text) > SHOWN else ""))


def _name(where: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in where if isinstance(part, str)) or "body"


def _message(error: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    kind = error["type"]
    place = [part for part in error["loc"] if isinstance(part, str)]
    if kind == "value_error":
        return str(error["msg"]).removeprefix("Value error, ")
    if kind == "extra_forbidden":
        known = _properties(schema, place[:-1])
        hint = f"; did you mean {nearest(place[-1], known)[0]!r}?" if known else ""
        return f"is not a parameter of this call{hint}"
    found = _properties(schema, place[:-1]).get(place[-1], {}) if place else {}
    allowed = _allowed(found, schema) or error["msg"]
    if kind == "missing":
        return f"is required: {found.get('description', 'see the documentation')}"
    return f"{allowed}, not {shown(error['input'])}{_repeat(error, found)}"


def _repeat(error: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    """A list is written by repeating its name; a comma is part of the value."""
    value = error["input"]
    several = found.get("type") == "array" and isinstance(value, str) and "," in value
    return "; repeat the parameter for several values" if several else ""


def _properties(schema: Mapping[str, Any], place: Sequence[str]) -> Mapping[str, Any]:
    """Properties of the object at a place of the schema."""
    for part in place:
        schema = _resolved(schema.get("properties", {}).get(part, {}), schema)
    found: Mapping[str, Any] = schema.get("properties", {})
    return found


def _resolved(found: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema itself, behind a reference or beside null; definitions stay reachable."""
    definitions = root.get("$defs", {})
    for choice in found.get("anyOf", []):
        if choice.get("type") != "null":
            found = choice
            break
    if "$ref" in found:
        found = definitions[found["$ref"].rsplit("/", 1)[-1]]
    return {**found, "$defs": definitions}


def _allowed(found: Mapping[str, Any], root: Mapping[str, Any]) -> str:
    """What a value of this schema may be, as the middle of a sentence; empty when it says nothing useful."""
    found = _resolved(found, root)
    if "const" in found:
        return f"must be {found['const']}"
    if "enum" in found:
        return "must be one of " + ", ".join(str(value) for value in found["enum"])
    kind = found.get("type")
    if kind == "array":
        return _allowed_list(found, root)
    if kind in ("integer", "number"):
        return f"must be a {'whole number' if kind == 'integer' else 'number'}{_range(found)}"
    if kind == "string":
        return f"must be text{_length(found)}"
    return {"boolean": "must be true or false", "object": "must be an object"}.get(str(kind), "")


def _allowed_list(found: Mapping[str, Any], root: Mapping[str, Any]) -> str:
    one = _allowed(found.get("items", {}), root) or "must be a list"
    least, most = found.get("minItems", 0), found.get("maxItems")
    return f"{one}, given {least} to {most} times" if most else one


def _range(found: Mapping[str, Any]) -> str:
    low, high = found.get("minimum"), found.get("maximum")
    if low is not None and high is not None:
        return f" from {low} to {high}"
    if low is not None:
        return f" of at least {low}"
    return f" of at most {high}" if high is not None else ""


def _length(found: Mapping[str, Any]) -> str:
    low, high = found.get("minLength"), found.get("maxLength")
    if low and high:
        return f" of {low} to {high} characters"
    return f" of at most {high} characters" if high else ""
