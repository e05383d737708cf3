"""From a filter as people write it to one that fits this graph: names become ids, unknown words are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from api.parameters import nearest, shown
from api.queries import FilterQuery
from graph.errors import InvalidQuestion
from graph.filters import Filter
from graph.model import NOT_PREFIX
from graph.projection.snapshot import Snapshot
from graph.questions.names import resolve_actor

NEAREST_SHOWN = 3


def chosen(snapshot: Snapshot, query: FilterQuery) -> Filter:
    """The filter of a query with `avoid` as ids.

    Raises: InvalidQuestion for a type, data set or source that the graph does not have; AmbiguousActor,
    UnknownActor for a name in `avoid`.
    """
    written = query.filter()
    _check_types(snapshot, written.type)
    _check("dataset", written.dataset, _datasets(snapshot) if written.dataset else ())
    _check("source", written.source, _sources(snapshot) if written.source else ())
    return replace(written, avoid=tuple(actor_id(snapshot, name, "avoid") for name in written.avoid))


def actor_id(snapshot: Snapshot, name: str, parameter: str) -> str:
    """The id of the actor that an id or name means.

    Raises: UnknownActor, AmbiguousActor.
    """
    return snapshot.actors[resolve_actor(snapshot, name, parameter)].id


def _check_types(snapshot: Snapshot, types: tuple[str, ...]) -> None:
    """A type is known when the graph has it or its opposite, or when the vocabulary names it."""
    if not types:
        return
    present = {name.removeprefix(NOT_PREFIX) for name in snapshot.contents.types}
    named = {entry.type for entry in snapshot.vocabulary.entries}
    for name in types:
        if name.removeprefix(NOT_PREFIX) not in present | named:
            close = nearest(name, sorted(snapshot.contents.types), NEAREST_SHOWN)
            hint = f"; nearest: {', '.join(close)}" if close else "; it has none yet"
            raise InvalidQuestion.one("type", f"this graph has no relation type {shown(name)}{hint}")


def _check(parameter: str, names: Iterable[str], known: Iterable[str]) -> None:
    present = frozenset(known)
    for name in names:
        if name not in present:
            close = nearest(name, sorted(present), NEAREST_SHOWN)
            hint = f"; nearest: {', '.join(close)}" if close else ""
            raise InvalidQuestion.one(parameter, f"this graph has no {_NOUN[parameter]} {shown(name)}{hint}")


_NOUN: Mapping[str, str] = {"dataset": "data set", "source": "source"}


def _datasets(snapshot: Snapshot) -> tuple[str, ...]:
    return (*snapshot.contents.datasets, *(dataset.name for dataset in snapshot.datasets))


def _sources(snapshot: Snapshot) -> set[str]:
    pairs = snapshot.contents.sources
    return {source for _, source in pairs} | {f"{dataset}/{source}" for dataset, source in pairs}
