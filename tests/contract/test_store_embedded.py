"""The embedded store of a home: who owns it, who may do what with it, where it listens, what it hides."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from graph.errors import StoreCredentials, StoreLocked, StoreUnavailable, StoreUnreachable
from graph.store.bolt import Store, StoreAddress
from graph.store.embedded import EmbeddedConfig, open_embedded
from graph.store.runfile import read_run
from homes import ROOT, count, create, engine_pid, program

FILES_TAKEN_PROGRAM = """
import pathlib, sys
import arcadedb

with arcadedb.open_database(sys.argv[1]) as database:
    print("up", flush=True)
    sys.stdin.read()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.mark.timed
async def test_a_new_store_is_created_and_found_again_quickly(home: Path) -> None:
    async with open_embedded(EmbeddedConfig(home, 0)) as first, await Store.connect(first.writer) as store:
        await create(store, 1)
    times = []
    for _ in range(3):
        begun = time.monotonic()
        async with open_embedded(EmbeddedConfig(home, 0)) as again:
            times.append(time.monotonic() - begun)
            assert await count(again.writer) == 1
            assert (again.owned, again.created) == (True, False)

    assert (first.owned, first.created) == (True, True)
    assert min(times) < 1.5


async def test_credentials_outlive_the_engine(home: Path) -> None:
    async with open_embedded(EmbeddedConfig(home, 0)) as first:
        pass
    async with open_embedded(EmbeddedConfig(home, 0)) as second:
        pass

    assert first.reader.password == second.reader.password
    assert first.writer.password == second.writer.password


async def test_a_store_whose_secrets_were_lost_gets_new_ones(home: Path) -> None:
    async with open_embedded(EmbeddedConfig(home, 0)) as first, await Store.connect(first.writer) as store:
        await create(store, 1)
    (home / "owner.json").unlink()

    async with open_embedded(EmbeddedConfig(home, 0)) as second:
        assert await count(second.reader) == 1
    assert second.writer.password != first.writer.password


async def test_files_with_secrets_are_for_their_owner_only(home: Path) -> None:
    async with open_embedded(EmbeddedConfig(home, 0)):
        modes = {name: stat.S_IMODE((home / name).stat().st_mode) for name in ("run.json", "owner.json", ".")}

    assert modes == {"run.json": 0o600, "owner.json": 0o600, ".": 0o700}


async def test_the_run_file_names_a_user_who_can_read_and_not_write(home: Path) -> None:
    async with (
        open_embedded(EmbeddedConfig(home, 0)) as endpoint,
        await Store.connect(endpoint.writer) as writer,
    ):
        await create(writer, 1)
        run = read_run(home)
        assert run is not None
        assert run.http is None
        address = StoreAddress(run.bolt, run.username, run.password, run.database)
        async with await Store.connect(address) as store:
            rows = await store.read("MATCH (a:Actor) RETURN a.id AS id")
            for statement in (
                "CREATE (:Actor {id: '2'})",
                "MATCH (a:Actor) SET a.name = 'x'",
                "MATCH (a:Actor) DETACH DELETE a",
                "CREATE CONSTRAINT mine FOR (a:Actor) REQUIRE a.name IS UNIQUE",
                "LOAD CSV FROM 'file:///etc/hostname' AS row RETURN row",
            ):
                with pytest.raises((StoreCredentials, StoreUnavailable)):
                    await store.define(statement)
        assert await count(endpoint.writer) == 1

    assert rows == [{"id": "1"}]
    assert read_run(home) is None


async def test_even_the_writing_user_reads_no_files(home: Path) -> None:
    async with (
        open_embedded(EmbeddedConfig(home, 0)) as endpoint,
        await Store.connect(endpoint.writer) as store,
    ):
        for place in ("file:///etc/hostname", "http://127.0.0.1:9/x.csv"):
            with pytest.raises(StoreUnavailable):
                await store.define(f"LOAD CSV FROM '{place}' AS row RETURN row")


async def test_the_engine_listens_on_loopback_only(home: Path) -> None:
    async with open_embedded(EmbeddedConfig(home, 0)):
        engine = psutil.Process(engine_pid(home))
        hosts = {one.laddr.ip for one in engine.net_connections() if one.status == psutil.CONN_LISTEN}

    assert hosts
    assert hosts <= {"127.0.0.1", "::1", "::ffff:127.0.0.1"}


async def test_a_second_user_of_a_home_attaches(home: Path) -> None:
    async with (
        open_embedded(EmbeddedConfig(home, 0)) as first,
        open_embedded(EmbeddedConfig(home, 0)) as second,
    ):
        assert not second.owned
        assert (second.writer, second.reader) == (first.writer, first.reader)
        assert await count(second.writer) == 0


async def test_many_that_start_at_once_share_one_engine(home: Path) -> None:
    async with contextlib.AsyncExitStack() as stack:
        endpoints = await asyncio.gather(
            *(stack.enter_async_context(open_embedded(EmbeddedConfig(home, 0))) for _ in range(4))
        )

        assert sorted(one.owned for one in endpoints) == [False, False, False, True]
        assert len({one.writer for one in endpoints}) == 1


async def test_a_default_port_that_is_taken_moves_to_the_next_free_one(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with open_embedded(EmbeddedConfig(home, port)) as endpoint:
            assert endpoint.moved_from == port
            assert int(endpoint.writer.uri.rpartition(":")[2]) > port


async def test_a_default_port_that_is_free_is_used(home: Path) -> None:
    port = free_port()
    async with open_embedded(EmbeddedConfig(home, port)) as endpoint:
        assert (endpoint.writer.uri, endpoint.moved_from) == (f"bolt://127.0.0.1:{port}", None)


async def test_a_fixed_port_that_is_taken_is_named(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StoreUnreachable, match=f"port {port} is in use"):
            async with open_embedded(EmbeddedConfig(home, port, bolt_port_fixed=True)):
                pass


@pytest.mark.timed
async def test_files_that_something_else_holds_are_locked(home: Path) -> None:
    async with open_embedded(EmbeddedConfig(home, 0)):
        pass
    begun = time.monotonic()
    with (
        program(FILES_TAKEN_PROGRAM, str(home / "engine" / "databases" / "graph")),
        pytest.raises(StoreLocked, match="in use by another process") as caught,
    ):
        async with open_embedded(EmbeddedConfig(home, 0)):
            pass

    assert time.monotonic() - begun < 5 + 1.5  # the other program needs its time to start
    assert "\n" not in str(caught.value)
    async with open_embedded(EmbeddedConfig(home, 0)) as endpoint:
        assert endpoint.owned


async def test_a_home_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(StoreUnavailable, match="cannot hold a store"):
        async with open_embedded(EmbeddedConfig(tmp_path / "file" / "home")):
            pass


def test_without_an_engine_for_the_platform_one_line_names_the_way_out(home: Path) -> None:
    program = (
        "import asyncio, importlib.util, pathlib, sys\n"
        "find = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *more: None if name == 'arcadedb' else find(name, *more)\n"
        "from graph.errors import StoreUnavailable\n"
        "from graph.store.embedded import EmbeddedConfig, open_embedded\n"
        "async def main():\n"
        "    try:\n"
        "        async with open_embedded(EmbeddedConfig(pathlib.Path(sys.argv[1]))): pass\n"
        "    except StoreUnavailable as problem: print(problem)\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(home)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
    )

    assert "NEO4J_URI" in done.stdout
    assert len(done.stdout.splitlines()) == 1


async def test_secrets_are_not_in_what_is_shown_or_logged(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_embedded(EmbeddedConfig(home, 0)) as endpoint:
        shown = repr(endpoint) + caplog.text
    logs = [
        path.read_text(encoding="utf-8", errors="replace") for path in (home / "engine" / "log").iterdir()
    ]

    for secret in (endpoint.writer.password, endpoint.reader.password):
        assert secret
        assert secret not in shown
        assert not any(secret in log for log in logs)
