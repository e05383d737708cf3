"""Real data, loaded on both engines: the answers that were counted without our code come out."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from exported import empty
from graph.filters import Filter, between
from graph.projection.keeper import KeeperSettings, ProjectionKeeper
from graph.projection.snapshot import Snapshot
from graph.questions.commonneighbours import CommonNeighboursQuestion, common_neighbours
from graph.questions.connections import ConnectionsQuestion, Pair, connections
from graph.questions.neighbourhood import NeighbourhoodQuestion, neighbourhood
from graph.questions.paths import PathQuestion, paths
from graph.store.bolt import Store
from ingest.loader import LoadRequest, Progress, load
from ingest.vocabulary import builtin
from published import icews14_comes_out

pytestmark = pytest.mark.shared


@pytest_asyncio.fixture(loop_scope="session")
async def roomy(store: Store) -> AsyncIterator[Store]:
    """The store; what was loaded is taken out afterwards, data set by data set."""
    yield store
    await empty(store)


async def only(store: Store, statement: str, **parameters: Any) -> Any:
    """The one value of a statement's one row."""
    (row,) = await store.read(statement, parameters)
    (value,) = row.values()
    return value


@pytest.mark.timeout(900)  # Neo4j plans each of 230 types anew: minutes on a busy machine
async def test_icews14_is_loaded_whole_and_known_the_second_time(roomy: Store, shared: Path) -> None:
    store, told = roomy, list[Progress]()
    request = LoadRequest(paths=(shared / "data" / "icews14.tsv.gz",), vocabulary=builtin())
    first = await load(store, request, on_progress=told.append)

    assert (first.read, first.new, first.known, first.updated, first.refused) == (90_730, 90_730, 0, 0, 0)
    assert (first.actors, first.sources, first.dataset) == (7_128, 1, "icews14")
    assert first.unknown_relations == {}, "every name is in the table of CAMEO"
    notes = {note.code: note for note in first.notes}
    assert notes["self-relation"].count == 1
    assert "Transport (Canada)" in notes["possibly-the-same"].message
    assert told[-1].rows == 90_730
    assert told[-1].bytes_done == told[-1].bytes_total == 917_331

    assert await only(store, "MATCH (a:Actor) RETURN count(a) AS n") == 7_128
    between = "MATCH (a:Actor {name: $one})-[x]-(b:Actor {name: $other}) RETURN count(x) AS n"
    assert await only(store, between, one="China", other="Japan") == 584

    keeper = ProjectionKeeper(store, builtin(), KeeperSettings())
    icews14_comes_out(await keeper.current())
    what_two_have_in_common(await keeper.current())
    a_group_is_told_as_its_pairs_are(await keeper.current())
    await keeper.close()

    token = await store.token()
    again = await load(store, request)
    assert (again.read, again.new, again.known, again.actors) == (90_730, 0, 90_730, 0)
    assert await store.token() == token, "a load that changes nothing leaves no trace"


def what_two_have_in_common(snapshot: Snapshot) -> None:
    """The common neighbours that were counted in plain Python."""
    ids = {actor.name: actor.id for actor in snapshot.actors}
    named = (ids["Barack Obama"], ids["Angela Merkel"])
    shared = common_neighbours(snapshot, CommonNeighboursQuestion(named, Filter()))
    near = [
        {a.id for a in neighbourhood(snapshot, NeighbourhoodQuestion(id, limit=1000)).actors[1:]}
        for id in named
    ]
    assert shared.meta.total == 43
    assert {one.id for one in shared.common} == near[0] & near[1]


def a_group_is_told_as_its_pairs_are(snapshot: Snapshot) -> None:
    """All pairs of 50 actors at once: what each one's paths say when asked alone."""
    rng = random.Random(2014)
    group = tuple(actor.id for actor in rng.sample(snapshot.actors, 40))
    group += tuple(snapshot.actors[hit.index].id for hit in snapshot.names.search("China", limit=10).hits)
    filter_ = between(Filter())
    answer = connections(snapshot, ConnectionsQuestion(tuple(dict.fromkeys(group)), filter_))
    assert len(answer.pairs) > 1_000
    by_state: dict[str, list[Pair]] = {}
    for pair in answer.pairs:
        by_state.setdefault(pair.state, []).append(pair)
    assert by_state.keys() == {"tied", "only_through", "no_record"}
    for state, pairs in by_state.items():
        for pair in rng.sample(pairs, min(len(pairs), 15)):
            found = paths(snapshot, PathQuestion((pair.from_,), (pair.to,), 25, 2, filter_)).paths
            assert (bool(found) and found[0].length == 1) == (state == "tied")
            if state != "tied":
                assert [path.actors[1] for path in found[:1]] == ([pair.through.id] if pair.through else [])
                assert len(found) == min(pair.through.common if pair.through else 0, 25)


@pytest.mark.timeout(900)  # as icews14
async def test_yago_keeps_the_precision_of_its_dates(roomy: Store, shared: Path) -> None:
    store = roomy
    request = LoadRequest(paths=(shared / "data" / "yago11k.tsv.gz",), vocabulary=builtin())
    report = await load(store, request)

    assert report.read == 20_509
    assert [(one.line, one.column, one.value) for one in report.rejections] == [
        (13_135, "valid_from", "0307-13047-09"),
        (19_321, "valid_from", "1963-64-65"),
    ]
    assert report.new == 20_507
    assert {note.code: note.count for note in report.notes}["ends-before-start"] == 70

    rows = await store.read("MATCH ()-[x]->() WHERE x.valid_from IS NOT NULL RETURN x.valid_from AS text")
    shapes: dict[str, int] = {}
    for row in rows:
        shape = "".join("d" if sign.isdigit() else sign for sign in row["text"])
        shapes[shape] = shapes.get(shape, 0) + 1
    assert shapes == {"dddd": 15_390, "dddd-dd": 128, "dddd-dd-dd": 4_966, "-dddd": 10, "ddXX": 12, "dddX": 1}
    open_ended = await only(store, "MATCH ()-[x]->() WHERE x.valid_to IS NULL RETURN count(x) AS n")
    assert open_ended == 8_997 - 1, "the second refused row has no end either"
