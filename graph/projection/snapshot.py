"""One state of the graph's structure in memory, immutable, labelled with the freshness token it was read
under."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.filters import Filter
from graph.model import ACTOR_KINDS, CATEGORIES, NOT_PREFIX, Actor, Dataset
from graph.projection.columns import GIVEN_ID, NO_DAY, ClaimColumns
from graph.projection.index import Bools, Longs, RelationIndex, build_index
from graph.projection.memo import Kept, Memo
from graph.projection.names import NameIndex
from graph.vocabulary import RelationType, Vocabulary

LEAST_KEPT = 64 << 20
KEPT_SHARE = 4
"""What is kept for filters may take this many bytes, or a quarter of what the snapshot itself takes."""


@dataclass(frozen=True)
class Catalogue:
    """What a snapshot knows besides claims: actors in order of id, data sets, the vocabulary of all of
    them."""

    actors: tuple[Actor, ...]
    datasets: tuple[Dataset, ...]
    vocabulary: Vocabulary

    @cached_property
    def index(self) -> dict[str, int]:
        """The number of each actor by its id."""
        return {actor.id: number for number, actor in enumerate(self.actors)}


@dataclass(frozen=True, slots=True)
class Contents:
    """The words that the claims of a whole graph use: types, sources (data set and id), and the claims that
    each data set has."""

    types: frozenset[str]
    sources: frozenset[tuple[str, str]]
    datasets: Mapping[str, int]


class Snapshot:
    """Actors, claims as columns, and the relations derived from them.

    Actors are numbered in order of id, so the smaller number is the smaller id. `types` describes each type
    number; `denial` and `symmetric` say it for each type number, `categories` give its index of `CATEGORIES`.
    `some_valid` says whether any claim has a validity.
    """

    def __init__(self, token: str, catalogue: Catalogue, columns: ClaimColumns) -> None:
        self.token = token
        self.actors = catalogue.actors
        self.datasets = catalogue.datasets
        self.vocabulary = catalogue.vocabulary
        self.columns = columns
        self.index = catalogue.index
        self.types: tuple[RelationType, ...] = tuple(self.vocabulary.get(t) for t in columns.types)
        self.denial: Bools = np.array([t.startswith(NOT_PREFIX) for t in columns.types], dtype=bool)
        self.symmetric: Bools = np.array([t.symmetric for t in self.types], dtype=bool)
        self.categories: Longs = np.array([CATEGORIES.index(t.category) for t in self.types], dtype=np.int64)
        self.some_valid = bool(((columns.valid_from != NO_DAY) | (columns.valid_to != NO_DAY)).any())
        self.relations: RelationIndex = build_index(columns, len(self.actors), self.symmetric)
        self._memo = Memo(max(LEAST_KEPT, _bytes_of(columns, self.relations) // KEPT_SHARE))
        self._once = Memo(sys.maxsize)

    def need(self, actors: NDArray[np.integer]) -> None:
        """Say that the claims of these actors have to be complete; here all of them are.

        Raises: Incomplete, where only a part of the graph is held.
        """

    def need_all(self) -> None:
        """Say that all claims of the graph have to be there.

        Raises: Incomplete, where only a part of the graph is held.
        """

    @property
    def single_source(self) -> bool:
        """Whether the whole graph has one source, so that the number of sources says nothing."""
        return len(self.columns.sources) == 1

    @property
    def contents(self) -> Contents:
        """Which types, sources and data sets the graph has."""
        return self._once.get("contents", self._contents)

    @property
    def kinds(self) -> Longs:
        """Kind number of each actor, an index of `ACTOR_KINDS`."""
        return self._once.get("kinds", self._kinds)

    @property
    def names(self) -> NameIndex:
        """The search index, built when first asked for."""
        return self._once.get("names", self._names)

    @property
    def id_order(self) -> Longs:
        """All rows in order of claim id."""
        return self._once.get("id order", self._id_order)

    @property
    def id_rank(self) -> Longs:
        """The place of each row in the order of claim ids."""
        return self._once.get("id rank", self._id_rank)

    def kept(self, what: str, filter_: Filter, make: Callable[[], Kept]) -> Kept:
        """A value derived from a filter, kept for the next question with the same filter."""
        return self._memo.get((what, filter_), make)

    def retire(self) -> None:
        """Keep nothing more, for nobody will ask anew; who still asks gets the same answers.

        What is kept refers back to the snapshot: without this both would stay until the collector of cycles
        comes by.
        """
        self._memo.close()
        self._once.close()

    def _kinds(self) -> Longs:
        numbers = {kind: number for number, kind in enumerate(ACTOR_KINDS)}
        other = numbers["other"]
        return np.array([numbers.get(a.kind, other) for a in self.actors], dtype=np.int64)

    def _id_order(self) -> Longs:
        columns = self.columns
        if not (columns.id_form == GIVEN_ID).any():
            return np.lexsort((columns.id_low, columns.id_high, columns.id_form))
        return np.array(sorted(range(len(columns)), key=columns.claim_id), np.int64)

    def _id_rank(self) -> Longs:
        rank = np.empty(len(self.columns), np.int64)
        rank[self.id_order] = np.arange(len(rank))
        return rank

    def _contents(self) -> Contents:
        columns = self.columns
        claims = np.bincount(columns.dataset, minlength=len(columns.datasets)).tolist()
        return Contents(
            frozenset(columns.types),
            frozenset(columns.sources),
            dict(zip(columns.datasets, claims, strict=True)),
        )

    def _names(self) -> NameIndex:
        both = np.concatenate([self.columns.subject, self.columns.object])
        weights = np.bincount(both, minlength=len(self.actors))
        return NameIndex.build(self.actors, weights.tolist())


def _bytes_of(*tables: ClaimColumns | RelationIndex) -> int:
    """Bytes of the arrays of some tables."""
    values = (getattr(table, field.name) for table in tables for field in fields(table))
    return sum(value.nbytes for value in values if isinstance(value, np.ndarray))
