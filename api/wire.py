"""From frozen values to the bytes of an answer: the one place that says how a field is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any

import orjson

from api.schemas import LoadAnswer, RelationAnswer
from graph.model import Hop, Relation, Subgraph
from graph.questions.connections import Pair
from graph.questions.overview import Bond, OverviewAnswer
from graph.questions.paths import AskedActors

RENAMED: Mapping[type, Mapping[str, str]] = {
    kind: {"from_": "from"} for kind in (Hop, Pair, AskedActors, Bond)
}
"""Fields whose name on the wire is a word that Python keeps for itself."""

OMITTED_WHEN_NONE: Mapping[type, frozenset[str]] = {
    Relation: frozenset({"claims"}),
    Subgraph: frozenset({"view"}),
    OverviewAnswer: frozenset({"view"}),
    RelationAnswer: frozenset(),
    LoadAnswer: frozenset({"recognised"}),
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
    return _writer(kind)(value)


def _relation(value: Relation) -> dict[str, Any]:
    """A relation, written out: thousands of them make an answer, and read one by one by the names of their
    fields they would take two to three times as long."""
    plain = {
        "id": value.id,
        "subject": value.subject,
        "object": value.object,
        "type": value.type,
        "label": value.label,
        "category": value.category,
        "family": value.family,
        "symmetric": value.symmetric,
        "polarity": value.polarity,
        "statuses": value.statuses,
        "claim_count": value.claim_count,
        "source_count": value.source_count,
        "first_date": value.first_date,
        "last_date": value.last_date,
        "contested": value.contested,
        "opposed_by": value.opposed_by,
    }
    if value.claims is not None:
        plain["claims"] = value.claims
    return plain


@cache
def _writer(kind: Any) -> Callable[[Any], dict[str, Any]]:
    """What turns a value of a class into what orjson knows."""
    if kind is Relation:
        return _relation
    if hasattr(kind, "__dataclass_fields__"):
        always = _form(kind, without=OMITTED_WHEN_NONE.get(kind, frozenset()))
        return _sometimes_longer(kind, always) if kind in OMITTED_WHEN_NONE else always
    if issubclass(kind, Mapping):
        return dict
    raise TypeError(f"{kind.__name__} has no form on the wire")


def _form(kind: Any, *, without: frozenset[str]) -> Callable[[Any], dict[str, Any]]:
    """What reads the fields of a class, all of them in one call."""
    own = [field.name for field in fields(kind) if field.name not in without]
    names = tuple(wire_name(kind, name) for name in own)
    if len(own) == 1:
        return lambda value: {names[0]: getattr(value, own[0])}
    read = attrgetter(*own)
    return lambda value: dict(zip(names, read(value), strict=True))


def _sometimes_longer(kind: Any, always: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    """The same, with the fields besides that are there only when they were asked for."""
    asked = [(name, wire_name(kind, name)) for name in sorted(OMITTED_WHEN_NONE[kind])]

    def write(value: Any) -> dict[str, Any]:
        plain = always(value)
        for own, name in asked:
            more = getattr(value, own)
            if more is not None:
                plain[name] = more
        return plain

    return write
