"""Loading again, after a kill, from an export, after a drop: the graph is that of one clean load."""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from exported import empty, export
from graph.store.bolt import Store
from graph.store.writing import drop
from ingest.loader import LoadRequest, load
from ingest.report import LoadReport
from reading import WORDS, write_file
from world import load_world

TESTS = Path(__file__).parent.parent
LOADING = TESTS / "loading.py"
MODULES = (str(TESTS), str(TESTS.parent))
HEADER = "subject\trelation\tobject\tdate\tstatus\tattributed_to\tsource\tsubject_id\tsubject_kind\tquote\n"


async def load_files(store: Store, *paths: Path, **options: bool | str) -> LoadReport:
    """The report of a load."""
    return await load(store, LoadRequest(paths=paths, vocabulary=WORDS, **options))  # type: ignore[arg-type]  # by name


def many_claims(folder: Path, rows: int = 11_000) -> Path:
    """A file in which rows depend on each other: ids that come late, attributions, kinds, repeated claims."""
    chance = random.Random(7)
    lines = []
    for number in range(rows):
        who, whom = chance.randrange(1_500), chance.randrange(1_500)
        words = ("meets", "leads", "not met with", "helps", f"word {number % 40}")
        has_id = who % 9 == 0 and number > rows // 2
        cells = [
            f"Actor {who}",
            chance.choice(words),
            f"Actor {whom}",
            chance.choice(("", "2024", "2024-03", "18XX")),
            chance.choice(("", "alleged")),
            chance.choice(("", f"actor {chance.randrange(1_600)}")),
            chance.choice(("", "bbc", f"https://example.org/{number % 50}")),
            f"id-{who}" if has_id else "",
            chance.choice(("", "person", "state")) if has_id else "",
            chance.choice(("", "so they say")),
        ]
        lines.append("\t".join(cells))
    return write_file(folder, "many.tsv", HEADER + "\n".join(lines) + "\n")


async def killed_load(store: Store, path: Path, after: float) -> None:
    """Load in a process of its own and kill it this many seconds after it began."""
    address = store.address
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(LOADING),
        address.uri,
        address.username or "",
        address.database or "",
        str(path),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "STORE_PASSWORD": address.password or "", "PYTHONPATH": os.pathsep.join(MODULES)},
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"started\n"
    await asyncio.sleep(after)
    if process.returncode is None:
        process.kill()
    await process.wait()


@pytest.mark.timeout(900)  # as icews14 in `test_load_real`
async def test_a_load_that_was_killed_and_run_again_gives_the_graph_of_a_clean_one(
    store: Store, tmp_path: Path
) -> None:
    path = many_claims(tmp_path)
    begun = time.perf_counter()
    clean_report = await load_files(store, path)
    lasted = time.perf_counter() - begun
    clean = await export(store)
    assert clean_report.new > 10_000

    partial = 0
    for share in (0.3, 0.7):
        await empty(store)
        await killed_load(store, path, lasted * share)
        left = await export(store)
        partial += left not in (b"", clean)
        report = await load_files(store, path)
        assert await export(store) == clean
        assert report.read == report.new + report.known + report.updated + report.refused_claims
    await empty(store)
    assert partial, "at least one kill must have hit the load in the middle"


async def test_a_second_load_of_the_same_rows_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = many_claims(tmp_path, 3_000)
    first = await load_files(store, path)
    before, token = await export(store), await store.token()
    second = await load_files(store, path)

    assert first.read == first.new + first.known + first.updated + first.refused_claims
    assert (second.new, second.refused, second.actors, second.sources) == (0, first.refused, 0, 0)
    assert second.rejections == first.rejections
    assert await export(store) == before
    if not first.updated:
        assert await store.token() == token


async def test_shuffled_rows_give_the_same_graph(store: Store, tmp_path: Path) -> None:
    path = many_claims(tmp_path, 1_500)
    await load_files(store, path)
    before = _without_quotes_and_kinds(await export(store))
    header, *lines = path.read_text().splitlines()
    random.Random(1).shuffle(lines)
    path.write_text("\n".join([header, *lines]))
    await empty(store)
    await load_files(store, path)

    assert _without_quotes_and_kinds(await export(store)) == before


def _without_quotes_and_kinds(lines: bytes) -> Sequence[str]:
    """What does not depend on which of two contradicting rows comes last."""
    kept = []
    for line in lines.splitlines():
        record = json.loads(line)
        kept.append(json.dumps({key: record[key] for key in record if key not in ("quote", "kind", "name")}))
    return kept


async def test_an_export_loaded_into_an_empty_store_gives_the_same_export(
    store: Store, tmp_path: Path
) -> None:
    await load_world(store)
    await load_files(store, many_claims(tmp_path, 1_000))
    path = write_file(tmp_path, "export.jsonl", await export(store))
    again = await load_files(store, path)
    assert (again.new, again.updated, again.refused, again.datasets) == (0, 0, 0, ("many", "tiny-world"))
    before = await export(store)
    path.write_bytes(before)

    await empty(store)
    report = await load_files(store, path)

    assert report.rejections == ()
    assert report.datasets == ("many", "tiny-world")
    assert await export(store) == before


async def test_dropping_a_data_set_keeps_what_others_mention(store: Store, tmp_path: Path) -> None:
    one = write_file(tmp_path, "one.tsv", "subject\trelation\tobject\nA\tmeets\tB\nB\tmeets\tC\n")
    two = write_file(tmp_path, "two.tsv", "subject\trelation\tobject\nB\tmeets\tD\n")
    await load_files(store, two)
    alone = await export(store)
    await load_files(store, one)

    report = await drop(store, "one")

    assert (report.claims, report.actors, report.sources) == (2, 2, 1)
    assert await export(store) == alone


async def test_a_corrected_quote_updates_its_claim(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    for quote, expected in (("first", (1, 0, 0)), ("first", (0, 1, 0)), ("second", (0, 0, 1))):
        path.write_text(f"subject,relation,object,quote\nA,meets,B,{quote}\n")
        report = await load_files(store, path)
        assert (report.new, report.known, report.updated) == expected

    (row,) = await store.read("MATCH ()-[x:MEETS]->() RETURN x.quote AS quote")
    assert row["quote"] == "second"


@pytest.mark.parametrize("quotes", [("a", "a"), ("a", "b")])
async def test_rows_that_say_the_same_claim_are_one_and_the_last_counts(
    store: Store, tmp_path: Path, quotes: tuple[str, str]
) -> None:
    rows = "".join(f"A,meets,B,{quote}\n" for quote in quotes)
    path = write_file(tmp_path, "some.csv", "subject,relation,object,quote\n" + rows)
    report = await load_files(store, path)

    same = quotes[0] == quotes[1]
    assert (report.read, report.new, report.known, report.updated) == (2, 1, int(same), int(not same))
    (row,) = await store.read("MATCH ()-[x:MEETS]->() RETURN x.quote AS quote")
    assert row["quote"] == quotes[1]
