"""Every question on random graphs, loaded into both engines, is answered as the oracle answers it, from a
snapshot and through the corridor."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

import pytest

from comparing import Ask, asking, compare_everything
from engines import wipe
from graph.projection.corridor import Patience
from graph.projection.keeper import KeeperSettings, ProjectionKeeper
from graph.projection.snapshot import Snapshot
from graph.store.bolt import Store
from graph.vocabulary import Vocabulary
from randomgraphs import random_graph, seeded
from storedgraphs import load_graph

GRAPHS = 50
PARTS = 5


Answer = TypeVar("Answer")


@pytest.mark.parametrize("part", range(PARTS))
async def test_an_engine_changes_no_answer(store: Store, part: int) -> None:
    for seed in range(part, GRAPHS, PARTS):
        pick, again = seeded(seed), seeded(seed)
        graph = random_graph(pick)
        assert random_graph(again) == graph
        await wipe(store)
        await load_graph(store, graph)
        keeper = ProjectionKeeper(store, Vocabulary(()), KeeperSettings())
        compare_everything(asking(await keeper.current()), graph, pick)
        compare_everything(asking_parts(keeper, await keeper.token()), graph, again)
        await keeper.close()


def asking_parts(keeper: ProjectionKeeper, token: str) -> Ask:
    """Answers questions as over the projection limit: on parts of the graph that are fetched for each."""

    def ask(question: Callable[[Snapshot], Answer]) -> Answer:
        patience = Patience(time.monotonic() + 60, threading.Event())
        return keeper.corridor.ask(question, token, patience)

    return ask
