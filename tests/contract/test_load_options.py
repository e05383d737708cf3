"""What a load keeps and what it only counts: bad rows, strict, dry run, folders, several files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exported import export
from graph.errors import ActorgraphError, InputUnusable, StoreConflict
from graph.store.bolt import Store
from graph.store.evidence import datasets, sources
from ingest.loader import LoadRequest, load
from ingest.report import LoadReport
from reading import WORDS, write_file

HEADER = "subject,relation,object,date\n"
MIXED = HEADER + "A,meets,B,2025\nA,meets,C,2025-13\nB,meets,C,\n,meets,C,\n"


async def load_files(store: Store, *paths: Path, **options: bool | str | Path) -> LoadReport:
    """The report of a load."""
    return await load(store, LoadRequest(paths=paths, vocabulary=WORDS, **options))  # type: ignore[arg-type]  # by name


async def test_good_rows_beside_bad_ones_are_kept(store: Store, tmp_path: Path) -> None:
    report = await load_files(store, write_file(tmp_path, "mixed.csv", MIXED))

    assert (report.read, report.new, report.refused, report.kept) == (4, 2, 2, True)
    assert [(one.line, one.column) for one in report.rejections] == [(3, "date"), (5, "subject")]
    assert (await export(store)).count(b'"record":"claim"') == 2
    parsed = json.loads(report.to_json())
    assert parsed["rejections"][0]["value"] == "2025-13"


async def test_strict_keeps_nothing_when_a_row_is_refused(store: Store, tmp_path: Path) -> None:
    before = await export(store)
    report = await load_files(store, write_file(tmp_path, "mixed.csv", MIXED), strict=True)

    assert (report.read, report.new, report.refused, report.kept) == (4, 0, 2, False)
    assert await export(store) == before == b""


async def test_strict_keeps_everything_when_no_row_is_refused(store: Store, tmp_path: Path) -> None:
    report = await load_files(store, write_file(tmp_path, "good.csv", HEADER + "A,meets,B,\n"), strict=True)

    assert (report.new, report.kept, report.actors) == (1, True, 2)
    assert (await export(store)).count(b'"record":"claim"') == 1


async def test_a_dry_run_counts_what_would_be_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    header = "subject,relation,object,quote\n"
    path.write_text(header + "A,meets,B,old\nA,meets,C,same\n")
    await load_files(store, path)
    before, token = await export(store), await store.token()
    path.write_text(header + "A,meets,B,new\nA,meets,C,same\nA,meets,D,\nA,meets,D,\nbad\n")

    dry = await load_files(store, path, dry_run=True)

    assert (dry.new, dry.known, dry.updated, dry.refused) == (1, 2, 1, 1)
    assert (dry.actors, dry.dry_run, dry.kept) == (1, True, False)
    assert await export(store) == before
    assert await store.token() == token
    real = await load_files(store, path)
    assert (real.new, real.known, real.updated, real.refused) == (1, 2, 1, 1)


async def test_a_folder_brings_its_description_sources_and_words(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    write_file(
        folder,
        "dataset.toml",
        'name = "small"\ntitle = "Small"\n[[question]]\ntext = "Who?"\nlink = "#actor=a"\n',
    )
    write_file(folder, "claims.csv", "subject,relation,object,source\nA,sees,B,s1\nA,sees,C,\n")
    write_file(folder, "sources.csv", "id,title,publisher\ns1,First,Press\ns2,Unused,Press\n")
    write_file(folder, "actors.csv", "id,name,kind\na,A,person\n")
    write_file(
        folder, "vocabulary.toml", '[[relation]]\ntype = "MEETS"\nwords = ["sees"]\nsymmetric = true\n'
    )
    report = await load_files(store, folder)

    assert (report.dataset, report.new, report.sources, report.actors) == ("small", 2, 3, 3)
    (described,) = await datasets(store)
    assert (described.title, described.questions[0].text) == ("Small", "Who?")
    assert [(one.id, one.title) for one in await sources(store)] == [
        ("s1", "First"),
        ("s2", "Unused"),
        ("small", "Small"),
    ]
    rows = await store.read(
        "MATCH (a {id: 'a'})-[x:MEETS]->(b) RETURN b.id AS id, x.source_id AS s ORDER BY id"
    )
    assert rows == [{"id": "b", "s": "s1"}, {"id": "c", "s": "small"}]


async def test_rows_may_go_to_several_data_sets(store: Store, tmp_path: Path) -> None:
    path = write_file(
        tmp_path, "some.csv", "subject,relation,object,dataset\nA,meets,B,one\nA,meets,B,two\nC,meets,A,two\n"
    )
    report = await load_files(store, path)

    assert (report.new, report.datasets) == (3, ("one", "two"))
    found = await store.read("MATCH (a:Actor) RETURN a.id AS id, a.datasets AS datasets")
    assert {row["id"]: sorted(row["datasets"]) for row in found} == {
        "a": ["one", "two"],
        "b": ["one", "two"],
        "c": ["two"],
    }


async def test_a_second_file_that_breaks_off_leaves_the_first_one_reported(
    store: Store, tmp_path: Path
) -> None:
    good = write_file(tmp_path, "good.csv", HEADER + "A,meets,B,\n")
    broken = write_file(tmp_path, "broken.csv", HEADER + '"A,meets,B,\n')
    report = await load_files(store, good, broken)

    assert (report.new, report.refused) == (1, 1)
    assert report.rejections[0].file.endswith("broken.csv")


@pytest.mark.parametrize("bad", ["absent.csv", "header.csv"])
async def test_a_file_that_cannot_be_used_stops_the_load_before_anything_is_written(
    store: Store, tmp_path: Path, bad: str
) -> None:
    write_file(tmp_path, "header.csv", "who,whom\n")
    good = write_file(tmp_path, "good.csv", HEADER + "A,meets,B,\n")

    with pytest.raises(InputUnusable, match=bad):
        await load_files(store, good, tmp_path / bad)
    assert await export(store) == b""


@pytest.mark.parametrize("option", [{"atomic": True}, {"mapping": Path("m.toml")}])
async def test_what_is_not_there_yet_says_so(store: Store, option: dict[str, bool | Path]) -> None:
    with pytest.raises(InputUnusable, match="yet"):
        await load_files(store, Path("any.csv"), **option)


async def test_a_claim_id_of_another_data_set_is_an_error_and_nothing_changes(
    store: Store, tmp_path: Path
) -> None:
    header = "subject,relation,object,claim_id\n"
    await load_files(store, write_file(tmp_path, "one.csv", header + "A,meets,B,7\n"))
    path = write_file(tmp_path, "two.csv", header + "A,meets,B,7\n")

    with pytest.raises(StoreConflict, match="'7'") as caught:
        await load_files(store, path)

    assert isinstance(caught.value, ActorgraphError)
    rows = await store.read("MATCH ()-[x]->() RETURN x.dataset AS dataset")
    assert rows == [{"dataset": "one"}]


async def test_names_that_look_dangerous_are_stored_as_they_are(store: Store, tmp_path: Path) -> None:
    names = [
        "<img src=x onerror=alert(1)>",
        "`]->() DETACH DELETE n //",
        "\u202eعلي",
        "🙂",
        "x" * 4_000,
        "漢" * 4_000,
    ]
    rows = [json.dumps({"subject": name, "relation": "meets", "object": "B"}) for name in names]
    report = await load_files(store, write_file(tmp_path, "names.jsonl", "\n".join(rows)))

    assert report.refused == 0
    stored = await store.read("MATCH (a:Actor) RETURN a.name AS name")
    assert {row["name"] for row in stored} == {*names, "B"}
