"""Every question on random graphs, loaded into both engines, is answered as the oracle answers it."""

from __future__ import annotations

import pytest

from comparing import asking, compare_everything
from engines import wipe
from graph.projection.keeper import KeeperSettings, ProjectionKeeper
from graph.store.bolt import Store
from graph.vocabulary import Vocabulary
from randomgraphs import random_graph, seeded
from storedgraphs import load_graph

GRAPHS = 50
PARTS = 5


@pytest.mark.parametrize("part", range(PARTS))
async def test_an_engine_changes_no_answer(store: Store, part: int) -> None:
    for seed in range(part, GRAPHS, PARTS):
        pick = seeded(seed)
        graph = random_graph(pick)
        await wipe(store)
        await load_graph(store, graph)
        keeper = ProjectionKeeper(store, Vocabulary(()), KeeperSettings())
        compare_everything(asking(await keeper.current()), graph, pick)
        await keeper.close()
