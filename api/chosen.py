"""From a filter as people write it to one that fits this graph: names become ids, unknown words are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from api.bodies import ChangesBody
from api.parameters import nearest, shown
from api.queries import ChangesQuery, FilterQuery
from graph.dates import parse_date
from graph.errors import InvalidQuestion, ParameterProblem
from graph.filters import Filter
from graph.model import NOT_PREFIX
from graph.projection.loads import load_order
from graph.projection.snapshot import Snapshot
from graph.questions.changes import ChangesQuestion
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
    for parameter, sources in (("source", written.source), ("without_source", written.without_source)):
        _check(parameter, sources, _sources(snapshot) if sources else ())
    return replace(written, avoid=tuple(actor_id(snapshot, name, "avoid") for name in written.avoid))


def compared(snapshot: Snapshot, query: ChangesQuery) -> ChangesQuestion:
    """The question that a query for changes means: between two days, or between two loads.

    Raises: InvalidQuestion when one of the two is missing, unknown or after the other, or when they are of
    both kinds; as `chosen`.
    """
    filter_ = replace(chosen(snapshot, query), since=None, until=None)
    if query.since_load is None and query.until_load is None:
        since, until = _days(query)
        return ChangesQuestion(since, until, "date", query.limit, filter_)
    since, until = _loads(query, load_order(snapshot).ids)
    return ChangesQuestion(since, until, "load", query.limit, filter_)


def compared_among(snapshot: Snapshot, body: ChangesBody) -> ChangesQuestion:
    """The question that a body for changes means.

    Raises: InvalidQuestion when the filter has dates of its own, or the first date is after the other.
    """
    written = body.filter
    for name in ("since", "until", "as_of"):
        if getattr(written, name) is not None:
            raise InvalidQuestion.one(
                f"filter.{name}", "the days compared stand beside the filter; leave it out"
            )
    _check_order(body.since, body.until)
    return ChangesQuestion(body.since, body.until, filter=chosen(snapshot, written))


def _days(query: ChangesQuery) -> tuple[str, str]:
    since, until = query.since, query.until
    if since is None or until is None:
        named = {"since": since, "until": until}
        wanted = "is required, unless since_load names a load: a date such as 2025-03"
        raise InvalidQuestion([ParameterProblem(name, wanted) for name in named if named[name] is None])
    if query.as_of is not None:
        raise InvalidQuestion.one("as_of", "since and until are the days compared; leave it out")
    _check_order(since, until)
    return since, until


def _check_order(since: str, until: str) -> None:
    if parse_date(since).last > parse_date(until).last:
        raise InvalidQuestion.one("since", f"the end of {since} is after the end of until={until}")


def _loads(query: ChangesQuery, known: tuple[str, ...]) -> tuple[str, str]:
    """Ids of two loads of the graph; `known` has all of them, the newest last."""
    since, until = query.since_load, query.until_load
    dated = [name for name in ("since", "until") if getattr(query, name) is not None]
    if dated:
        raise InvalidQuestion.one(
            dated[0], "a date cannot be compared with a load; leave out the one or the other"
        )
    if since is None:
        raise InvalidQuestion.one("since_load", "is required beside until_load: the id of a load before it")
    _check("since_load", (since,), known)
    if until is None:
        return since, known[-1]
    _check("until_load", (until,), known)
    if known.index(since) > known.index(until):
        raise InvalidQuestion.one("since_load", f"{since} was recorded after until_load={until}")
    return since, until


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


_NOUN: Mapping[str, str] = {
    "dataset": "data set",
    "source": "source",
    "without_source": "source",
    "since_load": "load",
    "until_load": "load",
}


def _datasets(snapshot: Snapshot) -> tuple[str, ...]:
    return (*snapshot.contents.datasets, *(dataset.name for dataset in snapshot.datasets))


def _sources(snapshot: Snapshot) -> set[str]:
    pairs = snapshot.contents.sources
    return {source for _, source in pairs} | {f"{dataset}/{source}" for dataset, source in pairs}
