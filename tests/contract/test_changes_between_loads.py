"""Two files loaded one after the other: what the second brought can be told apart, on both engines."""

from __future__ import annotations

from pathlib import Path

from graph.ids import relation_id
from graph.projection.keeper import KeeperSettings, ProjectionKeeper
from graph.projection.snapshot import Snapshot
from graph.questions.changes import ChangesQuestion, changes
from graph.store.bolt import Store
from graph.store.writing import drop
from ingest.loader import LoadRequest, load
from reading import WORDS, write_file

HEADER = "subject,relation,object,date,status,quote\n"
FIRST = HEADER + "Amal,met with,Boris,2024-05-01,asserted,They met.\nBoris,leads,Northland,2020,asserted,\n"
SECOND = FIRST + "Cara,met with,Amal,2023,asserted,\nAmal,not met with,Boris,2024-05,asserted,\n"


async def load_ids(store: Store, folder: Path, *contents: str) -> list[str]:
    """Ids of loads of one data set, one after the other as quickly as it goes."""
    ids = []
    for content in contents:
        path = write_file(folder, "talks.csv", content)
        ids.append((await load(store, LoadRequest(paths=(path,), vocabulary=WORDS))).load_id)
    return ids


async def snapshot_of_store(store: Store) -> Snapshot:
    keeper = ProjectionKeeper(store, WORDS, KeeperSettings())
    try:
        return await keeper.current()
    finally:
        await keeper.close()


async def test_what_a_second_load_brought_is_told_apart(store: Store, tmp_path: Path) -> None:
    first, second = await load_ids(store, tmp_path, FIRST, SECOND)

    answer = changes(await snapshot_of_store(store), ChangesQuestion(first, second, "load"))

    assert answer.actors.ids == ("cara",)
    assert set(answer.relations.ids) == {
        relation_id("amal", "MEETS", "cara"),
        relation_id("amal", "NOT_MEETS", "boris"),
    }
    assert set(answer.became_contested.ids) == {
        relation_id("amal", "MEETS", "boris"),
        relation_id("amal", "NOT_MEETS", "boris"),
    }
    assert answer.ended.total == 0
    assert [(one.id, one.dataset, one.claims) for one in answer.loads] == [
        (first, "talks", 2),
        (second, "talks", 2),
    ]


async def test_a_load_that_found_everything_known_leaves_no_load_behind(store: Store, tmp_path: Path) -> None:
    first, _ = await load_ids(store, tmp_path, FIRST, FIRST)

    snapshot = await snapshot_of_store(store)

    assert [one.id for one in changes(snapshot, ChangesQuestion(first, first, "load")).loads] == [first]


async def test_a_correction_takes_the_claim_over_into_the_later_load(store: Store, tmp_path: Path) -> None:
    first, second = await load_ids(store, tmp_path, FIRST, FIRST.replace("They met.", "They met twice."))

    answer = changes(await snapshot_of_store(store), ChangesQuestion(first, second, "load"))

    assert answer.relations.ids == (relation_id("amal", "MEETS", "boris"),)
    assert [one.claims for one in answer.loads] == [1, 1]


async def test_what_was_dropped_leaves_no_trace(store: Store, tmp_path: Path) -> None:
    await load_ids(store, tmp_path, FIRST)
    await drop(store, "talks")

    assert changes(await snapshot_of_store(store), ChangesQuestion("2020", "2025")).loads == ()
