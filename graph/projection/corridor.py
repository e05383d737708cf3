"""The corridor: a question on a graph that is not in memory, answered on the part that it walks through.

The same questions run on it as on a snapshot of everything. A question says which actors' claims it relies on
(`Snapshot.need`); where they are missing they are fetched and the question is asked again from the start, so
an answer never rests on a claim that was not there.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NoReturn, TypeVar

import numpy as np
from numpy.typing import NDArray

from graph.errors import CorridorLimit, Incomplete, QuestionTimeout
from graph.projection.collecting import not_collecting
from graph.projection.columns import ClaimColumns, ClaimRow, ColumnsBuilder
from graph.projection.ground import Ground, GroundKeeper
from graph.projection.index import Bools, Longs, distinct
from graph.projection.names import NameIndex
from graph.projection.rows import (
    CLAIM_COUNT,
    CLAIMS,
    CLAIMS_FROM,
    CLAIMS_TO,
    claims_by_object,
    claims_by_subject,
)
from graph.projection.snapshot import Contents, Snapshot
from graph.store.blocking import BlockingReader, ManagedTransaction
from graph.vocabulary import Vocabulary

Answer = TypeVar("Answer")

ACTORS_AT_ONCE = 500
"""Actors whose claims one statement fetches: what an engine goes on with after a time limit."""
MOST_OF_IT = 3
"""Where more than one actor in so many is missing everything is fetched in one go, if it may be."""

CLAIMS_AROUND = """
UNWIND $ids AS id
MATCH (a:Actor {id: id})-[r]-(b:Actor)
RETURN count(r) AS claims
"""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a question may go on: until a time of `time.monotonic()`, or until somebody says stop."""

    deadline: float
    stop: threading.Event

    def check(self) -> float:
        """The seconds left.

        Raises: QuestionTimeout when there are none.
        """
        left = self.deadline - time.monotonic()
        if left <= 0 or self.stop.is_set():
            raise QuestionTimeout(
                "fetching the part of the graph that the question needs took longer than it may"
            )
        return left


class Part(Snapshot):
    """A snapshot in which the claims of some actors are complete; those of others only with these.

    A `last` part does not ask for more: what it lacks is beyond the limit.
    """

    def __init__(self, ground: Ground, columns: ClaimColumns, complete: Bools, *, limit: int | None) -> None:
        super().__init__(ground.token, ground.catalogue, columns)
        self._ground = ground
        self._complete = complete
        self._limit = limit

    def need(self, actors: NDArray[np.integer]) -> None:
        """Say that the claims of these actors have to be complete.

        Raises: Incomplete, or CorridorLimit where no more may be fetched.
        """
        missing = distinct(np.asarray(actors)[~self._complete[actors]].astype(np.int64))
        if len(missing):
            self._lacks(missing)

    def need_all(self) -> None:
        """Say that all claims of the graph have to be there.

        Raises: Incomplete, or CorridorLimit where no more may be fetched.
        """
        if not self._complete.all():
            self._lacks(None)

    @property
    def single_source(self) -> bool:
        """Whether the whole graph has one source."""
        return self._ground.single_source

    @property
    def contents(self) -> Contents:
        """Which types, sources and data sets the whole graph has."""
        return self._ground.contents

    @property
    def names(self) -> NameIndex:
        """The search index of all actors."""
        return self._ground.names

    def _lacks(self, missing: Longs | None) -> NoReturn:
        if self._limit is not None:
            raise CorridorLimit(
                f"the graph is over the projection limit and this question needs more than {self._limit:,} "
                "claims of it; ask for fewer hops or other actors, or raise ACTORGRAPH_CORRIDOR_LIMIT"
            )
        raise Incomplete(None if missing is None else missing.tolist())


class Corridor:
    """Answers questions on parts of a store's graph, each of at most `limit` claims; safe between threads."""

    def __init__(self, reader: BlockingReader, vocabulary: Vocabulary, limit: int) -> None:
        self._grounds = GroundKeeper(reader, vocabulary)
        self._limit = limit

    def ask(
        self, question: Callable[[Snapshot], Answer], token: str, patience: Patience, *, whole: bool = False
    ) -> Answer:
        """The answer to a question on a state of the graph at least as new as `token`.

        Over the limit the question is asked once more on what there is: it may have something to say of that.
        With `whole` it is not.

        Raises: CorridorLimit; QuestionTimeout; StoreUnavailable; whatever the question raises.
        """
        held = _Held(self._grounds.at(token), self._limit, patience)
        while True:
            patience.check()
            try:
                with held.part(last=False) as part:
                    return question(part)
            except Incomplete as gap:
                numbers = None if gap.numbers is None else np.array(gap.numbers, np.int64)
            if not held.fetch(numbers):
                with held.part(last=True) as part:
                    return _nothing_more(part, numbers) if whole else question(part)


def _nothing_more(part: Part, numbers: Longs | None) -> NoReturn:
    """Raises: CorridorLimit."""
    if numbers is None:
        part.need_all()
    else:
        part.need(numbers)
    raise AssertionError("what was fetched is missing")


class _Held:
    """The claims fetched so far, and the actors whose claims are complete."""

    def __init__(self, ground: Ground, limit: int, patience: Patience) -> None:
        self._ground = ground
        self._limit = limit
        self._patience = patience
        self._builder = ColumnsBuilder(ground.catalogue.index)
        self._complete = np.zeros(len(ground.catalogue.actors), bool)
        self._claims = 0

    @contextlib.contextmanager
    def part(self, *, last: bool) -> Iterator[Part]:
        """What is held, as a graph for one question."""
        limit = self._limit if last else None
        part = Part(self._ground, self._builder.build(), self._complete.copy(), limit=limit)
        try:
            yield part
        finally:
            part.retire()

    def fetch(self, numbers: Longs | None) -> bool:
        """Fetch the claims of these actors, or of all; False where that would be more than the limit."""
        if numbers is None or len(numbers) * MOST_OF_IT > (~self._complete).sum():
            if self._read(_claim_count) <= self._limit:
                self._read(self._everything)
                return True
            if numbers is None:
                return False
        chunks = np.array_split(numbers, -(-len(numbers) // ACTORS_AT_ONCE))
        wanted = [self._ids(chunk) for chunk in chunks]
        total = self._claims
        for ids in wanted:
            total += self._read(partial(_claims_around, ids=ids))
            if total > self._limit:
                return False
        for chunk, ids in zip(chunks, wanted, strict=True):
            self._read(partial(self._around, ids=ids, numbers=chunk))
        return True

    def _ids(self, numbers: Longs) -> list[str]:
        return [self._ground.catalogue.actors[number].id for number in numbers.tolist()]

    def _read(self, work: Callable[[ManagedTransaction], Answer]) -> Answer:
        with not_collecting():
            return self._ground.read(work, timeout=self._patience.check())

    def _everything(self, tx: ManagedTransaction) -> None:
        """All claims; those held so far are read anew."""
        builder = ColumnsBuilder(self._ground.catalogue.index)
        claims = 0
        for rows in claims_by_subject(tx.run(CLAIMS)):
            self._patience.check()
            builder.add(rows)
            claims += len(rows)
        self._builder, self._claims = builder, claims
        self._complete[:] = True

    def _around(self, tx: ManagedTransaction, ids: list[str], numbers: Longs) -> None:
        """The claims from and to some actors, without those that came with an actor at their other end.

        A transaction that is repeated must not add them twice, so they are added at its end.
        """
        index, here = self._ground.catalogue.index, set(ids)

        def is_new(other: str) -> bool:
            number = index.get(other)
            return number is not None and not self._complete[number]

        fresh: list[ClaimRow] = []
        for rows in claims_by_subject(tx.run(CLAIMS_FROM, ids=ids)):
            fresh += [row for row in rows if is_new(row.object)]
        for rows in claims_by_object(tx.run(CLAIMS_TO, ids=ids)):
            fresh += [row for row in rows if row.subject not in here and is_new(row.subject)]
        self._builder.add(fresh)
        self._claims += len(fresh)
        self._complete[numbers] = True


def _claim_count(tx: ManagedTransaction) -> int:
    return int(tx.run(CLAIM_COUNT).single(strict=True)["claims"])


def _claims_around(tx: ManagedTransaction, ids: list[str]) -> int:
    return int(tx.run(CLAIMS_AROUND, ids=ids).single(strict=True)["claims"])
