"""One state of the graph's structure in memory, immutable, labelled with the freshness token it was read
under."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from graph.filters import Filter
from graph.model import ACTOR_KINDS, NOT_PREFIX, Actor, Dataset
from graph.projection.columns import ClaimColumns
from graph.projection.index import Bools, Longs, RelationIndex, build_index
from graph.projection.names import NameIndex
from graph.vocabulary import RelationType, Vocabulary

Kept = TypeVar("Kept")


class Memo:
    """A few derived values by key, least recently used out first; safe between threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[object, object] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: object, make: Callable[[], Kept]) -> Kept:
        """The value of `key`, made where it is not kept; two threads may make it both, one is kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]  # type: ignore[return-value]  # one kind of value per kind of key
        made = make()
        with self._lock:
            self._values[key] = made
            while len(self._values) > self._size:
                self._values.popitem(last=False)
        return made


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a snapshot knows besides claims: actors in order of id, data sets, the vocabulary of all of
    them."""

    actors: tuple[Actor, ...]
    datasets: tuple[Dataset, ...]
    vocabulary: Vocabulary


class Snapshot:
    """Actors, claims as columns, and the relations derived from them.

    Actors are numbered in order of id, so the smaller number is the smaller id. `types` describes each type
    number; `denial` says which types deny.
    """

    def __init__(self, token: str, catalogue: Catalogue, columns: ClaimColumns) -> None:
        self.token = token
        self.actors = catalogue.actors
        self.datasets = catalogue.datasets
        self.vocabulary = catalogue.vocabulary
        self.columns = columns
        self.index = {actor.id: number for number, actor in enumerate(self.actors)}
        self.types: tuple[RelationType, ...] = tuple(self.vocabulary.get(t) for t in columns.types)
        self.denial: Bools = np.array([t.startswith(NOT_PREFIX) for t in columns.types], dtype=bool)
        symmetric = np.array([t.symmetric for t in self.types], dtype=bool)
        self.relations: RelationIndex = build_index(columns, len(self.actors), symmetric)
        self.memo = Memo(size=24)
        self._once = Memo(size=4)

    @property
    def kinds(self) -> Longs:
        """Kind number of each actor, an index of `ACTOR_KINDS`."""
        return self._once.get("kinds", self._kinds)

    @property
    def names(self) -> NameIndex:
        """The search index, built when first asked for."""
        return self._once.get("names", self._names)

    def kept(self, what: str, filter_: Filter, make: Callable[[], Kept]) -> Kept:
        """A value derived from a filter, kept for the next question with the same filter."""
        return self.memo.get((what, filter_), make)

    def _kinds(self) -> Longs:
        numbers = {kind: number for number, kind in enumerate(ACTOR_KINDS)}
        other = numbers["other"]
        return np.array([numbers.get(a.kind, other) for a in self.actors], dtype=np.int64)

    def _names(self) -> NameIndex:
        both = np.concatenate([self.columns.subject, self.columns.object])
        weights = np.bincount(both, minlength=len(self.actors))
        return NameIndex.build(self.actors, weights.tolist())
