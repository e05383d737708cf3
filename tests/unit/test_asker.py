"""A question is answered by a state as new as the store, also where an older one was asked before."""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import pytest_asyncio

from graph.filters import Filter
from graph.projection.asker import Asker
from graph.projection.keeper import ProjectionKeeper
from graph.projection.snapshot import Snapshot
from graph.questions.catalogue import stats
from graph.questions.neighbourhood import NeighbourhoodQuestion, neighbourhood
from graphs import NAMES, snapshot_of
from oracle import Stated

TIE = Stated(id="c_1", subject=NAMES[0], type="MEETS", object=NAMES[1], source="s")


class Store(ProjectionKeeper):
    """A keeper whose store changes when the test says so."""

    def __init__(self, *states: Snapshot) -> None:
        self.read: Snapshot | None = None
        self.states = list(states)

    @property
    def latest(self) -> Snapshot | None:
        return self.read

    async def current(self) -> Snapshot:
        await asyncio.sleep(0.02)
        self.read = self.states[0]
        return self.read

    def write(self) -> None:
        del self.states[0]


@pytest_asyncio.fixture
async def threads() -> AsyncIterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


def claims(snapshot: Snapshot) -> int:
    return stats(snapshot, Filter()).claims


async def test_an_answer_is_never_older_than_the_store(threads: ThreadPoolExecutor) -> None:
    store = Store(*(snapshot_of([TIE] * n, NAMES) for n in (0, 1, 0, 1)))
    asker, found = Asker(store, threads), []
    for _ in range(4):
        found += [await asker.ask(claims, 5.0) for _ in range(3)]
        store.write() if len(store.states) > 1 else None
    assert found == [0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1]


async def test_a_calm_store_is_asked_beside_the_question_and_each_question_runs_once(
    threads: ThreadPoolExecutor,
) -> None:
    asked: list[str] = []

    def question(snapshot: Snapshot) -> int:
        asked.append(threading.current_thread().name)
        return claims(snapshot)

    asker = Asker(Store(snapshot_of([TIE], NAMES)), threads)
    assert [await asker.ask(question, 5.0) for _ in range(5)] == [1] * 5
    assert len(asked) == 5


async def test_what_an_older_state_could_not_answer_is_not_said(threads: ThreadPoolExecutor) -> None:
    store = Store(snapshot_of([], NAMES), snapshot_of([TIE], NAMES))
    asker = Asker(store, threads)

    def question(snapshot: Snapshot) -> int:
        if not claims(snapshot):
            raise LookupError("nothing here")
        return claims(snapshot)

    with pytest.raises(LookupError):
        await asker.ask(question, 5.0)
    store.write()
    assert await asker.ask(question, 5.0) == 1


def test_a_retired_snapshot_goes_without_the_collector_of_cycles() -> None:
    snapshot = snapshot_of([TIE], NAMES)
    neighbourhood(snapshot, NeighbourhoodQuestion(NAMES[0]))
    snapshot.names.search("a", kinds=(), limit=1)
    gc.collect()
    gc.disable()
    try:
        snapshot.retire()
        neighbourhood(snapshot, NeighbourhoodQuestion(NAMES[0]))
        gone = weakref.ref(snapshot)
        del snapshot
        assert gone() is None
    finally:
        gc.enable()
