"""From frozen values to the bytes of an answer: the one place that says how a field is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

import orjson

from api.schemas import RelationAnswer
from graph.model import Hop, Relation, Subgraph
from graph.questions.connections import Pair
from graph.questions.paths import AskedActors

RENAMED: Mapping[type, Mapping[str, str]] = {kind: {"from_": "from"} for kind in (Hop, Pair, AskedActors)}
"""Fields whose name on the wire is a word that Python keeps for itself."""

OMITTED_WHEN_NONE: Mapping[type, frozenset[str]] = {
    Relation: frozenset({"claims"}),
    Subgraph: frozenset({"view"}),
    RelationAnswer: frozenset(),
}
"""Fields that are there only when they were asked for."""


def encode(value: object, *, pretty: bool = False) -> bytes:
    """The JSON of an answer; `pretty` indents it for a terminal."""
    options = orjson.OPT_PASSTHROUGH_DATACLASS | (orjson.OPT_INDENT_2 if pretty else 0)
    return orjson.dumps(value, default=_plain, option=options)


def wire_name(kind: type, field: str) -> str:
    """Name of a field on the wire."""
    return RENAMED.get(kind, {}).get(field, field)


def _plain(value: object) -> Any:
    """What orjson does not know by itself: our dataclasses, and mappings that are no dict."""
    if isinstance(value, Mapping):
        return dict(value)
    kind: Any = type(value)
    names = _names(kind)
    if names is None:
        raise TypeError(f"{kind.__name__} has no form on the wire")
    always, sometimes = names
    plain = {shown: getattr(value, name) for name, shown in always}
    for name, shown in sometimes:
        found = getattr(value, name)
        if found is not None:
            plain[shown] = found
    return plain


Names = tuple[tuple[str, str], ...]


@cache
def _names(kind: Any) -> tuple[Names, Names] | None:
    """Field and wire name of what a class always has, and of what it has only when not None."""
    if not hasattr(kind, "__dataclass_fields__"):
        return None
    omitted = OMITTED_WHEN_NONE.get(kind, frozenset())
    names = [(f.name, wire_name(kind, f.name)) for f in fields(kind)]
    return (
        tuple(pair for pair in names if pair[0] not in omitted),
        tuple(pair for pair in names if pair[0] in omitted),
    )
