"""What is known of a state of the graph while its claims are not in memory: the actors and, read when a
question asks for them, the words that its claims use."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from graph.model import EXTERNAL_DATASET
from graph.projection.memo import Memo
from graph.projection.names import NameIndex
from graph.projection.rows import read_catalogue
from graph.projection.snapshot import Catalogue, Contents
from graph.store.blocking import BlockingReader, ManagedTransaction
from graph.vocabulary import Vocabulary

T = TypeVar("T")

KEPT = 1 << 30
"""Bytes: what a ground works out it keeps as long as it lasts itself."""

CONTENTS = """
MATCH (a:Actor)-[r]->(b:Actor) WHERE a.id IS NOT NULL AND b.id IS NOT NULL AND r.claim_id IS NOT NULL
RETURN type(r) AS type, r.dataset AS dataset, r.source_id AS source, count(r) AS claims
"""
HAND_WRITTEN = """
MATCH (a:Actor)-[r]->(b:Actor) WHERE a.id IS NOT NULL AND b.id IS NOT NULL AND r.claim_id IS NULL
WITH DISTINCT a.id AS subject, type(r) AS type, b.id AS object, r.dataset AS dataset, r.source_id AS source,
     r.status AS status, r.date AS date, r.valid_from AS begin, r.valid_to AS end, r.attributed_to AS speaker
RETURN type, dataset, source, count(*) AS claims
"""
"""What somebody wrote twice alike is one claim (`ColumnsBuilder`)."""
TWO_SOURCES = """
MATCH (a:Actor)-[r]->(b:Actor) WHERE a.id IS NOT NULL AND b.id IS NOT NULL
RETURN DISTINCT r.dataset AS dataset, r.source_id AS source LIMIT 2
"""
CLAIMS_OUT = """
MATCH (a:Actor)-[r]->(b:Actor) WHERE a.id IS NOT NULL AND b.id IS NOT NULL
RETURN a.id AS id, count(r) AS claims
"""
CLAIMS_IN = """
MATCH (a:Actor)-[r]->(b:Actor) WHERE a.id IS NOT NULL AND b.id IS NOT NULL
RETURN b.id AS id, count(r) AS claims
"""


class Ground:
    """One state of the graph, labelled with the freshness token it was read under; safe between threads."""

    def __init__(self, reader: BlockingReader, token: str, vocabulary: Vocabulary) -> None:
        self._reader = reader
        self._memo = Memo(budget=KEPT)
        self.token = token
        self.catalogue: Catalogue = self.read(lambda tx: read_catalogue(tx, vocabulary))

    def read(self, work: Callable[[ManagedTransaction], T], *, timeout: float | None = None) -> T:
        """What `work` returns in one reading transaction of this state or a later one.

        Raises: StoreUnavailable and its kinds, QuestionTimeout.
        """
        return self._reader.read(work, token=self.token, timeout=timeout)

    @property
    def contents(self) -> Contents:
        """Which types, sources and data sets the graph has."""
        return self._memo.get("contents", lambda: self.read(_contents))

    @property
    def single_source(self) -> bool:
        """Whether the whole graph has one source."""
        return self._memo.get("single source", lambda: self.read(_single_source))

    @property
    def names(self) -> NameIndex:
        """The search index."""
        return self._memo.get("names", self._names)

    def _names(self) -> NameIndex:
        weights = [0] * len(self.catalogue.actors)

        def count(tx: ManagedTransaction) -> None:
            for statement in (CLAIMS_OUT, CLAIMS_IN):
                for id, claims in tx.run(statement):
                    if isinstance(id, str) and id in self.catalogue.index:
                        weights[self.catalogue.index[id]] += claims

        self.read(count)
        return NameIndex.build(self.catalogue.actors, weights)


class GroundKeeper:
    """The last ground that was asked for."""

    def __init__(self, reader: BlockingReader, vocabulary: Vocabulary) -> None:
        self._reader = reader
        self._vocabulary = vocabulary
        self._lock = threading.Lock()
        self._last: Ground | None = None

    def at(self, token: str) -> Ground:
        """The ground of a state; who asks for the same one meanwhile waits for it.

        Raises: StoreUnavailable and its kinds.
        """
        with self._lock:
            if self._last is None or self._last.token != token:
                self._last = Ground(self._reader, token, self._vocabulary)
            return self._last


def _contents(tx: ManagedTransaction) -> Contents:
    types: set[str] = set()
    sources: set[tuple[str, str]] = set()
    datasets: dict[str, int] = {}
    for statement in (CONTENTS, HAND_WRITTEN):
        for type_, dataset, source, claims in tx.run(statement):
            name = _text(dataset) or EXTERNAL_DATASET
            types.add(type_)
            sources.add((name, _text(source) or name))
            datasets[name] = datasets.get(name, 0) + claims
    return Contents(frozenset(types), frozenset(sources), datasets)


def _single_source(tx: ManagedTransaction) -> bool:
    return len(list(tx.run(TWO_SOURCES))) == 1


def _text(value: object) -> str | None:
    return None if value is None else str(value)
