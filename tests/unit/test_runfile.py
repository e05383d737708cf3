"""The run file and the owner file: who may read them, what they say, and that a broken one is no disaster."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from graph.store.runfile import (
    OWNER_FILE,
    RUN_FILE,
    RunFile,
    announce_http,
    new_owner,
    read_owner,
    read_run,
    remove_run,
    write_owner,
    write_run,
)

RUN = RunFile(http=None, bolt="bolt://127.0.0.1:7687", database="graph", username="viewer", password="secret")


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_run_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_run(tmp_path, RUN)

    assert read_run(tmp_path) == RUN


def test_both_files_are_for_their_owner_only(tmp_path: Path) -> None:
    write_run(tmp_path, RUN)
    write_owner(tmp_path, new_owner())

    assert (mode_of(tmp_path / RUN_FILE), mode_of(tmp_path / OWNER_FILE)) == (0o600, 0o600)


def test_a_new_home_may_be_entered_by_its_owner_only(tmp_path: Path) -> None:
    write_run(tmp_path / "new" / "home", RUN)

    assert mode_of(tmp_path / "new" / "home") == 0o700


def test_a_server_says_where_it_listens_and_when_no_longer(tmp_path: Path) -> None:
    write_run(tmp_path, RUN)

    announce_http(tmp_path, "http://127.0.0.1:8000")
    said = read_run(tmp_path)
    announce_http(tmp_path, None)

    assert said == replace(RUN, http="http://127.0.0.1:8000")
    assert read_run(tmp_path) == RUN
    assert mode_of(tmp_path / RUN_FILE) == 0o600


def test_without_a_run_file_nothing_is_announced(tmp_path: Path) -> None:
    announce_http(tmp_path, "http://127.0.0.1:8000")

    assert read_run(tmp_path) is None


def test_removing_a_run_file_twice_is_no_error(tmp_path: Path) -> None:
    write_run(tmp_path, RUN)

    remove_run(tmp_path)
    remove_run(tmp_path)

    assert read_run(tmp_path) is None


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"http": null}', '{"bolt": 7}', "\ufeff{}"])
def test_a_broken_run_file_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / RUN_FILE).write_text(content, encoding="utf-8")

    assert read_run(tmp_path) is None


def test_an_owner_file_without_secrets_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / OWNER_FILE).write_text('{"pid": 1, "bolt_port": 7687}', encoding="utf-8")

    assert read_owner(tmp_path) is None


def test_secrets_outlive_the_processes(tmp_path: Path) -> None:
    owner = replace(new_owner(), pid=1, started=1.0, engine_pid=2, bolt_port=7687)
    write_owner(tmp_path, owner.stopped())
    read = read_owner(tmp_path)

    assert owner.running
    assert read is not None
    assert not read.running
    assert (read.password, read.viewer_password) == (owner.password, owner.viewer_password)


def test_each_store_has_secrets_of_its_own() -> None:
    owners = [new_owner() for _ in range(3)]

    assert len({owner.password for owner in owners} | {owner.viewer_password for owner in owners}) == 6


def test_secrets_are_not_shown() -> None:
    owner = new_owner()
    shown = f"{owner!r} {RUN!r}"

    assert owner.password not in shown
    assert owner.viewer_password not in shown
    assert "secret" not in shown


def test_nothing_but_the_file_is_left_behind(tmp_path: Path) -> None:
    for _ in range(3):
        write_run(tmp_path, RUN)

    assert [path.name for path in tmp_path.iterdir()] == [RUN_FILE]
