"""The projection is what the store holds, on both engines, and is never stale."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio
from neo4j import AsyncGraphDatabase

from engines import RunningEngine
from graph.errors import ProjectionLimit
from graph.filters import Filter, between
from graph.model import EXTERNAL_DATASET, Dataset
from graph.projection.corridor import Patience
from graph.projection.keeper import KeeperSettings, ProjectionKeeper
from graph.projection.snapshot import Snapshot
from graph.questions.catalogue import stats
from graph.questions.claims import ClaimQuestion, select_claims
from graph.questions.neighbourhood import NeighbourhoodQuestion, neighbourhood
from graph.questions.paths import PathQuestion, paths
from graph.questions.relations import relation
from graph.store.bolt import Store
from graph.store.evidence import claims_of
from graph.vocabulary import Vocabulary
from world import ACTORS, CLAIMS, VOCABULARY, load_of, load_world, of_dataset


@pytest_asyncio.fixture(loop_scope="session")
async def keeper(store: Store) -> AsyncIterator[ProjectionKeeper]:
    """A keeper that knows no vocabulary but the one that the load left in the store."""
    made = ProjectionKeeper(store, Vocabulary(()), KeeperSettings())
    yield made
    await made.close()


async def read_anew(store: Store, settings: KeeperSettings | None = None) -> Snapshot:
    """What a keeper that has just started makes of the store."""
    keeper = ProjectionKeeper(store, Vocabulary(()), settings or KeeperSettings())
    try:
        return await keeper.current()
    finally:
        await keeper.close()


async def world(store: Store, keeper: ProjectionKeeper) -> Snapshot:
    await load_world(store)
    return await keeper.current()


async def test_an_empty_store_gives_an_empty_projection(keeper: ProjectionKeeper) -> None:
    snapshot = await keeper.current()
    assert (len(snapshot.actors), len(snapshot.columns), len(snapshot.relations)) == (0, 0, 0)
    assert stats(snapshot, Filter()).claims == 0


async def test_everything_loaded_is_there_with_its_id(store: Store, keeper: ProjectionKeeper) -> None:
    snapshot = await world(store, keeper)
    assert sorted(a.id for a in ACTORS) == [a.id for a in snapshot.actors]
    page = select_claims(snapshot, ClaimQuestion(limit=1000))
    assert [key.id for key in page.keys] == sorted(c.id for c in CLAIMS)
    found = {c.id: c for c in await claims_of(store, page.keys)}
    assert found == {c.id: c for c in CLAIMS}


async def test_the_vocabulary_of_a_load_reaches_a_reader_that_never_saw_it(
    store: Store, keeper: ProjectionKeeper
) -> None:
    snapshot = await world(store, keeper)
    for name in snapshot.columns.types:
        assert snapshot.vocabulary.get(name) == VOCABULARY.get(name)


async def test_both_sides_of_a_contested_tie_name_each_other(store: Store, keeper: ProjectionKeeper) -> None:
    snapshot = await world(store, keeper)
    around = neighbourhood(snapshot, NeighbourhoodQuestion("southland", filter=Filter(type=("SUPPORTS",))))
    contested = [r for r in around.relations if r.contested]
    assert [r.object for r in contested] == ["harbour-front"]
    evidence = relation(snapshot, contested[0].id)
    assert evidence.opposed is not None
    assert evidence.opposed.relation.type == "NOT_SUPPORTS"
    assert evidence.opposed.relation.opposed_by == contested[0].id


async def test_the_same_question_has_the_same_answer_on_every_engine(
    store: Store, keeper: ProjectionKeeper
) -> None:
    """The expected chain is written out, so that both engines are held to it and not to each other."""
    snapshot = await world(store, keeper)
    question = PathQuestion(("cara-lindqvist",), ("northland",), k=3, filter=between(Filter()))
    answer = paths(snapshot, question)
    assert [p.actors for p in answer.paths] == [
        ("cara-lindqvist", "amal-haddad", "boris-orlov", "northland"),
        ("cara-lindqvist", "grain-union", "delta-oil", "northland"),
        ("cara-lindqvist", "dario-mendez", "harbour-front", "border-guard", "northland"),
    ]
    assert answer.paths[0].text.startswith("Cara Lindqvist met Amal Haddad (2024-04-30) [1]. ")


async def test_a_write_of_ours_shows_in_the_next_answer(store: Store, keeper: ProjectionKeeper) -> None:
    before = await world(store, keeper)
    other = Dataset("other")
    await load_world(store, of_dataset(CLAIMS[:3], "other"), load=load_of(other, "load-2"))
    after = await keeper.current()
    assert len(after.columns) == len(before.columns) + 3
    assert len(before.columns) == len(CLAIMS)


async def test_every_claim_knows_the_load_that_wrote_it(store: Store, keeper: ProjectionKeeper) -> None:
    await world(store, keeper)
    await load_world(store, of_dataset(CLAIMS[:3], "other"), load=load_of(Dataset("other"), "load-2"))
    await store.define(
        "MATCH (a:Actor {id: 'portville'}), (b:Actor {id: 'harvest-day'}) CREATE (a)-[:HOSTS]->(b)"
    )
    columns = (await keeper.current()).columns
    named = [columns.loads[load] if load >= 0 else None for load in columns.load.tolist()]
    counted = Counter(load and load[0] for load in named)
    assert counted == {"load-1": len(CLAIMS), "load-2": 3, None: 1}
    assert {load[1] for load in named if load} == {"2026-01-02T03:04:05+00:00"}


async def test_what_is_written_by_hand_twice_alike_counts_once_with_and_without_a_snapshot(
    store: Store, keeper: ProjectionKeeper
) -> None:
    await load_world(store)
    twice = "(a)-[:HOSTS {date: '2024'}]->(b)"
    await store.define(
        "MATCH (a:Actor {id: 'portville'}), (b:Actor {id: 'harvest-day'}) "
        f"CREATE {twice}, {twice}, (a)-[:HOSTS]->(b), (a)-[:HOSTS {{dataset: 'mine', source_id: 's'}}]->(b)"
    )
    in_store = await asyncio.to_thread(
        keeper.corridor.ask,
        lambda part: part.contents,
        await keeper.token(),
        Patience(time.monotonic() + 20, threading.Event()),
    )
    contents = (await keeper.current()).contents
    assert in_store == contents
    assert (contents.datasets[EXTERNAL_DATASET], contents.datasets["mine"]) == (2, 1)


async def test_without_a_write_the_snapshot_is_the_same(store: Store, keeper: ProjectionKeeper) -> None:
    assert await world(store, keeper) is await keeper.current()


async def test_one_refresh_serves_all_who_wait(store: Store, keeper: ProjectionKeeper) -> None:
    await load_world(store)
    snapshots = await asyncio.gather(*(keeper.current() for _ in range(12)))
    assert len({id(snapshot) for snapshot in snapshots}) == 1


@pytest.mark.neo4j
async def test_a_claim_written_by_somebody_elses_cypher_shows_in_the_very_next_answer(
    neo4j_engine: RunningEngine,
) -> None:
    async with await Store.connect(neo4j_engine.writer) as store:
        await store.define("MATCH (x) DETACH DELETE x")
        await load_world(store)
        keeper = ProjectionKeeper(store, Vocabulary(()), KeeperSettings())
        first = await keeper.current()
        address = neo4j_engine.writer
        auth = (address.username or "", address.password or "")
        async with AsyncGraphDatabase.driver(address.uri, auth=auth) as somebody:
            for number in range(5):
                await somebody.execute_query(
                    "MATCH (a:Actor {id: 'portville'}), (b:Actor {id: 'harvest-day'}) "
                    "CREATE (a)-[:HOSTS {date: $date}]->(b)",
                    date=f"202{number}",
                )
                snapshot = await keeper.current()
                assert len(snapshot.columns) == len(first.columns) + number + 1
        around = neighbourhood(snapshot, NeighbourhoodQuestion("harvest-day"))
        assert [(r.type, r.claim_count, r.first_date) for r in around.relations] == [("HOSTS", 5, "2020")]
        keys = select_claims(
            snapshot, ClaimQuestion(subject="portville", filter=Filter(type=("HOSTS",)))
        ).keys
        claims = await claims_of(store, keys)
        assert [(c.dataset, c.status) for c in claims] == [(EXTERNAL_DATASET, "asserted")] * 5
        await keeper.close()


async def test_a_graph_over_the_limit_is_refused_with_both_numbers(store: Store) -> None:
    await load_world(store)
    with pytest.raises(
        ProjectionLimit, match=f"{len(CLAIMS)} claims and the projection may hold {len(CLAIMS) - 1}"
    ):
        await read_anew(store, KeeperSettings(limit=len(CLAIMS) - 1))


async def test_a_kept_projection_is_the_one_that_was_read(store: Store, tmp_path: Path) -> None:
    await load_world(store)
    settings = KeeperSettings(folder=tmp_path, store_name="test")
    read, kept = await read_anew(store, settings), await read_anew(store, settings)
    assert kept is not read
    assert (kept.token, kept.actors, kept.datasets) == (read.token, read.actors, read.datasets)
    assert kept.types == read.types
    assert kept.columns.loads == read.columns.loads != ()
    assert np.array_equal(kept.columns.load, read.columns.load)
    everything = ClaimQuestion(limit=1000)
    assert select_claims(kept, everything).keys == select_claims(read, everything).keys
    question = PathQuestion(("cara-lindqvist",), ("northland",), k=9)
    assert paths(kept, question) == paths(read, question)
    assert [path.stat().st_mode & 0o777 for path in tmp_path.iterdir()] == [0o600]


async def test_a_kept_projection_of_an_older_graph_is_not_used(store: Store, tmp_path: Path) -> None:
    settings = KeeperSettings(folder=tmp_path, store_name="test")
    await load_world(store, CLAIMS[:10])
    await read_anew(store, settings)
    await load_world(store)
    assert len((await read_anew(store, settings)).columns) == len(CLAIMS)


@pytest.mark.parametrize("damage", ["cut", "emptied", "replaced"])
async def test_a_damaged_kept_projection_is_read_anew(store: Store, tmp_path: Path, damage: str) -> None:
    await load_world(store)
    settings = KeeperSettings(folder=tmp_path, store_name="test")
    await read_anew(store, settings)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(
        {"cut": whole[: len(whole) // 2], "emptied": b"", "replaced": b"not a projection"}[damage]
    )
    assert len((await read_anew(store, settings)).columns) == len(CLAIMS)


async def test_a_folder_that_cannot_be_written_does_not_fail_a_question(store: Store, tmp_path: Path) -> None:
    await load_world(store)
    (tmp_path / "file").write_text("in the way")
    settings = KeeperSettings(folder=tmp_path / "file" / "below", store_name="test")
    assert len((await read_anew(store, settings)).columns) == len(CLAIMS)


async def test_an_actor_that_is_renamed_is_found_by_both_names(
    store: Store, keeper: ProjectionKeeper
) -> None:
    await world(store, keeper)
    renamed = [
        replace(actor, name="Boris P. Orlov") if actor.id == "boris-orlov" else actor for actor in ACTORS
    ]
    await load_world(store, actors=renamed)
    names = (await keeper.current()).names
    assert names.resolve("Boris P. Orlov") == names.resolve("Boris Orlov") != ()


async def test_a_data_set_node_of_somebody_else_does_not_stop_the_projection(
    store: Store, keeper: ProjectionKeeper
) -> None:
    await load_world(store)
    await store.define(
        "CREATE (:Dataset {name: 'theirs', vocabulary: 'free text', questions: '{', title: 7})"
    )
    snapshot = await read_anew(store)
    assert {d.name: d.title for d in snapshot.datasets} == {"tiny-world": "A tiny world", "theirs": "7"}
    assert len(snapshot.columns) == len(CLAIMS)
