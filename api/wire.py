"""From frozen values to the bytes of an answer: the one place that says how a field is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

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
    kind: Any = type(value)
    form = _form(kind)
    if form is None:
        if isinstance(value, Mapping):
            return dict(value)
        raise TypeError(f"{kind.__name__} has no form on the wire")
    plain = dict(zip(form.names, form.values(value)))  # noqa: B905  # as many of each; checking takes its time
    for name in form.omitted:
        if plain[name] is None:
            del plain[name]
    return plain


class _Form(NamedTuple):
    """How a class is written: names on the wire, what reads their values, those left out when None."""

    names: tuple[str, ...]
    values: Callable[[object], tuple[Any, ...]]
    omitted: tuple[str, ...]


@cache
def _form(kind: Any) -> _Form | None:
    if not hasattr(kind, "__dataclass_fields__"):
        return None
    own = [field.name for field in fields(kind)]
    omitted = tuple(wire_name(kind, name) for name in OMITTED_WHEN_NONE.get(kind, ()))
    # Many relations make an answer: one call reads all their fields.
    get = attrgetter(*own) if len(own) > 1 else lambda value: (getattr(value, own[0]),)
    return _Form(tuple(wire_name(kind, name) for name in own), get, omitted)
