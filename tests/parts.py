"""A store's blocking reader on stated claims in memory, so that the corridor can be walked without an engine.

It answers the product's own statements by plain loops over the claims, as an engine would.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from graph.model import Actor
from graph.projection import corridor, ground, rows
from graph.projection.columns import ClaimRow
from graph.projection.corridor import Corridor, Patience
from graph.projection.snapshot import Snapshot
from graph.store.blocking import BlockingReader
from graphs import row_of, snapshot_of, vocabulary
from oracle import Stated

T = TypeVar("T")


class ReaderInMemory(BlockingReader):
    """Reads rows of claims and actors; in no order that anything may rest on. `asked` counts statements."""

    def __init__(self, claims: Sequence[ClaimRow], actors: Sequence[Actor], seed: int = 0) -> None:
        self._claims = list(claims)
        self._actors = list(actors)
        random.Random(seed).shuffle(self._claims)
        random.Random(seed).shuffle(self._actors)
        self.fetched: set[str] = set()

    def read(self, work: Callable[[Any], T], *, token: str, timeout: float | None = None) -> T:
        return work(self)

    def run(self, statement: str, ids: Sequence[str] = ()) -> _Rows:
        """The rows of one of the product's statements."""
        here = set(ids)
        self.fetched |= here
        answers: dict[str, Callable[[], Iterable[Any]]] = {
            rows.ACTORS: lambda: map(_as_row, self._actors),
            rows.DATASETS: lambda: (),
            rows.CLAIM_COUNT: lambda: [{"claims": len(self._claims)}],
            rows.CLAIMS: lambda: _collected((c.subject, c.object, c) for c in self._claims),
            rows.CLAIMS_FROM: lambda: _collected(
                (c.subject, c.object, c) for c in self._claims if c.subject in here
            ),
            rows.CLAIMS_TO: lambda: _collected(
                (c.object, c.subject, c) for c in self._claims if c.object in here
            ),
            corridor.CLAIMS_AROUND: lambda: [
                {"claims": sum((c.subject in here) + (c.object in here) for c in self._claims)}
            ],
            ground.CONTENTS: lambda: [(c.type, c.dataset, c.source, 1) for c in self._claims],
            ground.HAND_WRITTEN: lambda: (),
            ground.TWO_SOURCES: lambda: list({(c.dataset, c.source) for c in self._claims})[:2],
            ground.CLAIMS_OUT: lambda: [(c.subject, 1) for c in self._claims],
            ground.CLAIMS_IN: lambda: [(c.object, 1) for c in self._claims],
        }
        return _Rows(list(answers[statement]()))


@dataclass(frozen=True)
class _Rows:
    """A result of the driver: rows one after another, or the only one."""

    rows: list[Any]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def single(self, *, strict: bool) -> Any:
        (only,) = self.rows
        return only


def _as_row(actor: Actor) -> dict[str, Any]:
    given = {field.name: getattr(actor, field.name) for field in fields(actor)}
    return {**given, "aliases": list(actor.aliases), "datasets": list(actor.datasets)}


def _collected(triples: Iterable[tuple[str, str, ClaimRow]]) -> list[tuple[str, list[list[Any]]]]:
    """Claims by the actor they were asked for, as the store collects them."""
    found: dict[str, list[list[Any]]] = {}
    for near, far, claim in triples:
        found.setdefault(near, []).append([claim.type, far, *claim[3:]])
    return list(found.items())


def ask_by_parts(
    claims: Sequence[Stated],
    question: Callable[[Snapshot], T],
    *,
    extra_actors: Sequence[str] = (),
    limit: int = 1_000_000,
    seed: int = 0,
) -> T:
    """The answer to a question on stated claims of which nothing is in memory."""
    whole = snapshot_of(claims, extra_actors)
    reader = ReaderInMemory(
        [row_of(claim, number) for number, claim in enumerate(claims)], whole.actors, seed
    )
    patience = Patience(time.monotonic() + 60, threading.Event())
    return Corridor(reader, vocabulary(), limit).ask(question, whole.token, patience)
