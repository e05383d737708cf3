"""A small judge of JSON against the schemas that the API publishes; an unknown keyword is an error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class Schemas:
    """Holds real answers against the API's own description; fields that it does not name are wrong too."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        self.description = description

    def check(self, value: object, schema: Mapping[str, Any], where: str = "answer") -> None:
        """Raise AssertionError where the value is not what the schema says."""
        unknown = schema.keys() - KEYWORDS
        assert not unknown, f"{where}: the check does not know {unknown}"
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[-1]
            self.check(value, self.description["components"]["schemas"][name], f"{where}<{name}>")
            return
        if "anyOf" in schema:
            self._any(value, schema["anyOf"], where)
            return
        if "enum" in schema:
            assert value in schema["enum"], f"{where}: {value!r} is not in {schema['enum']}"
        if "const" in schema:
            assert value == schema["const"], where
        kind = schema.get("type")
        if kind is not None:
            assert _is(value, kind), f"{where}: {value!r} is no {kind}"
        if isinstance(value, dict) and kind == "object":
            self._object(value, schema, where)
        if isinstance(value, list) and "items" in schema:
            for number, item in enumerate(value):
                self.check(item, schema["items"], f"{where}[{number}]")

    def _any(self, value: object, choices: Sequence[Mapping[str, Any]], where: str) -> None:
        reasons = []
        for choice in choices:
            try:
                self.check(value, choice, where)
            except AssertionError as error:
                reasons.append(str(error))
            else:
                return
        raise AssertionError("; ".join(reasons))

    def _object(self, value: dict[str, Any], schema: Mapping[str, Any], where: str) -> None:
        properties = schema.get("properties", {})
        missing = set(schema.get("required", ())) - value.keys()
        assert not missing, f"{where}: {missing} missing"
        more = schema.get("additionalProperties", False)
        for name, item in value.items():
            if name in properties:
                self.check(item, properties[name], f"{where}.{name}")
            else:
                assert more is not False, f"{where}: {name} is not described"
                if isinstance(more, dict):
                    self.check(item, more, f"{where}.{name}")


KEYWORDS = {
    "$ref", "anyOf", "enum", "const", "type", "properties", "required", "items", "additionalProperties",
    "title", "description", "examples", "format", "default",
}  # fmt: skip


def _is(value: object, kind: str) -> bool:
    if kind == "null":
        return value is None
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in ("integer", "number"):
        numbers = int if kind == "integer" else (int, float)
        return isinstance(value, numbers) and not isinstance(value, bool)
    return isinstance(value, {"string": str, "array": list, "object": dict}[kind])
