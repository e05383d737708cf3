"""A condition of a question in words: the same ones in text, on the command line and in the explorer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from graph.projection.snapshot import Snapshot

PHRASES: Mapping[str, str] = {
    "type": "only {}",
    "category": "only {}",
    "family": "only {}",
    "status": "only what is {}",
    "source": "only from the source {}",
    "without_source": "not from the source {}",
    "attributed_to": "only according to {}",
    "dataset": "only from the data set {}",
    "kind": "only by way of {}",
    "since": "since {}",
    "until": "until {}",
    "as_of": "as of {}",
    "undated": "nothing undated",
    "min_sources": "at least {} sources",
    "min_claims": "at least {} claims",
    "direction": "only in the direction {}",
    "max_degree": "by way of nobody with more than {} neighbours",
    "structural": "not over places, parts and identities",
    "rank": "in the order of time",
    "avoid": "not by way of {}",
    "via": "by way of {}",
}
"""Constraint → how it is said; `{}` stands for its values."""


def condition(snapshot: Snapshot, constraint: str, values: Sequence[object]) -> str:
    """What a constraint of a question demands; actors and types go by their names, never interpreted."""
    spoken = _SPOKEN.get(constraint, _as_written)
    return PHRASES[constraint].format(" or ".join(spoken(snapshot, str(value)) for value in values))


def actor_name(snapshot: Snapshot, id: str) -> str:
    """The name of an actor; its id where the graph has no such actor."""
    number = snapshot.index.get(id)
    return id if number is None else snapshot.actors[number].name


def _type_label(snapshot: Snapshot, type: str) -> str:
    return snapshot.vocabulary.get(type).label


def _word(snapshot: Snapshot, value: str) -> str:
    return value.replace("_", " ").lower()


def _as_written(snapshot: Snapshot, value: str) -> str:
    return value


_SPOKEN: Mapping[str, Callable[[Snapshot, str], str]] = {
    "avoid": actor_name,
    "via": actor_name,
    "type": _type_label,
    "category": _word,
    "family": _word,
    "kind": _word,
}
