"""Data set folders, bundled data sets and loose files: what belongs together and what it is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputUnusable
from graph.model import Question
from ingest.folders import bundled, locate, units
from reading import read, write_file

CLAIMS = "subject,relation,object\nA,meets,B\n"
DESCRIPTION = """
name = "small"
title = "A small set"
licence = "CC0-1.0"
[[question]]
text = "Whom did A meet?"
link = "#actor=a"
"""


def folder(path: Path, **files: str) -> Path:
    """A data set folder; keys are file names with a double underscore for the dot."""
    for name, content in ({"dataset__toml": DESCRIPTION, "claims__csv": CLAIMS} | files).items():
        if content:
            write_file(path, name.replace("__", "."), content)
    return path


def the_error(*paths: Path, dataset: str | None = None) -> str:
    """The error of one line that comes of these paths."""
    with pytest.raises(InputUnusable) as caught:
        units(paths, dataset)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_folder_is_taken_whole(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "set",
        actors__csv="id,name\nq1,A\n",
        sources__csv="id,title\ns1,The Times\n",
        vocabulary__toml='[[relation]]\ntype = "SEES"\ncategory = "CONSULT"\nwords = ["meets"]\n',
        README__md="not read",
    )
    (unit,) = units([path], None)

    assert (unit.dataset.name, unit.dataset.title, unit.dataset.licence) == (
        "small",
        "A small set",
        "CC0-1.0",
    )
    assert unit.dataset.questions == (Question("Whom did A meet?", "#actor=a"),)
    claim = read(path).only_claim()
    assert (claim.subject, claim.type, claim.category, claim.dataset) == ("q1", "SEES", "CONSULT", "small")


def test_a_folder_may_hold_packed_files_and_get_another_name(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        claims__csv="",
        claims__jsonl='{"subject":"A","relation":"meets","object":"B","dataset":"x"}',
    )

    assert read(path, dataset="other-name").only_claim().dataset == "other-name"
    assert read(path).only_claim().dataset == "small"
    assert read(path).notes["other-dataset"] == 1
    assert read(path, dataset="x").notes.get("other-dataset") is None


@pytest.mark.parametrize(
    ("files", "part"),
    [
        ({"dataset__toml": ""}, "without dataset.toml"),
        ({"dataset__toml": "name = "}, "not valid TOML"),
        ({"dataset__toml": 'name = "Not A Name"'}, "'not-a-name'"),
        ({"dataset__toml": 'name = "external"'}, "reserved"),
        ({"dataset__toml": "title = 3"}, "title must be a text"),
        ({"dataset__toml": "question = [1]"}, "question 1"),
        ({"dataset__toml": "question = 1"}, "questions must be"),
        ({"dataset__toml": "questions = 1"}, "'questions' is not known"),
        ({"claims__csv": ""}, "here is none"),
        ({"claims__tsv": "x"}, "claims.csv, claims.tsv"),
        ({"vocabulary__toml": "[[relation]]\ntype = 3\n"}, "vocabulary.toml"),
    ],
)
def test_a_folder_that_is_no_data_set_is_an_error(tmp_path: Path, files: dict[str, str], part: str) -> None:
    assert part in the_error(folder(tmp_path, **files))


@pytest.mark.parametrize(
    ("name", "dataset"), [("icews14.tsv.gz", "icews14"), ("My File (2).csv", "my-file-2"), ("x.JSONL", "x")]
)
def test_a_file_is_a_data_set_named_after_it(tmp_path: Path, name: str, dataset: str) -> None:
    (unit,) = units([write_file(tmp_path, name, "")], None)

    assert unit.dataset.name == dataset


def test_a_row_may_name_its_data_set_unless_one_is_given(tmp_path: Path) -> None:
    path = write_file(tmp_path, "some.csv", "subject,relation,object,dataset\nA,meets,B,one\nA,meets,B,\n")

    assert [claim.dataset for claim in read(path).claims] == ["one", "some"]
    assert [claim.dataset for claim in read(path, dataset="given").claims] == ["given", "given"]


def test_names_that_no_data_set_can_have_are_errors(tmp_path: Path) -> None:
    path = write_file(tmp_path, "some.csv", CLAIMS)

    assert "--dataset" in the_error(path, dataset="With Space")
    assert "reserved" in the_error(path, dataset="external")
    assert "give --dataset" in the_error(write_file(tmp_path, "★.csv", CLAIMS))


def test_actors_files_need_to_know_their_data_set(tmp_path: Path) -> None:
    paths = [write_file(tmp_path, name, CLAIMS) for name in ("a.csv", "b.csv", "actors.csv")]

    assert "--dataset" in the_error(*paths)
    assert len(units(paths, "both")) == 1
    assert len(units(paths[::2], None)) == 1


def test_bundled_data_sets_go_by_name_and_a_near_name_is_suggested(tmp_path: Path) -> None:
    for name, path in bundled().items():
        assert locate(name) == path
        assert name[:-1] not in bundled()
        with pytest.raises(InputUnusable, match=f"did you mean '{name}'"):
            locate(name[:-1])
    with pytest.raises(InputUnusable, match="no such file, folder or bundled data set"):
        locate("certainly-not-there")
    assert locate(tmp_path) == tmp_path
