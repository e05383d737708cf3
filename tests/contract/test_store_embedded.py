"""The embedded engine as a process: who owns it, who may do what with it, and what happens when one of them dies."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from neo4j import AsyncManagedTransaction

from graph.errors import StoreCredentials, StoreLocked, StoreUnavailable, StoreUnreachable
from graph.store.bolt import Store, StoreAddress
from graph.store.embedded import EmbeddedConfig, Endpoint, open_embedded
from graph.store.runfile import OwnerFile, read_owner, read_run

ROOT = Path(__file__).resolve().parents[2]

OWNER_PROGRAM = """
import asyncio, pathlib, sys
from graph.store.embedded import EmbeddedConfig, open_embedded

async def main():
    async with open_embedded(EmbeddedConfig(pathlib.Path(sys.argv[1]), bolt_port=0)) as endpoint:
        print("up", endpoint.owned, flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""
FILES_TAKEN_PROGRAM = """
import pathlib, sys
import arcadedb

with arcadedb.create_database(sys.argv[1]) as database:
    print("up", flush=True)
    sys.stdin.read()
"""


@contextlib.contextmanager
def program(text: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A Python program of its own in a session of its own, once it says that it is up."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "ARCADEDB_LOG_CONSOLE": "0",
        "ARCADEDB_LOG_DIR": str(Path(arguments[0]).parent / "log"),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", text, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    with process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("up")
            yield process
        finally:
            process.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def owner_of(home: Path) -> OwnerFile:
    owner = read_owner(home)
    assert owner is not None
    return owner


async def gone(pid: int, within: float = 8.0) -> bool:
    """Whether a process ends in time; one that only waits for its parent's notice counts as ended."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        await asyncio.sleep(0.05)
    return False


async def create(store: Store, number: int) -> None:
    async def work(transaction: AsyncManagedTransaction) -> None:
        await (await transaction.run("CREATE (:Actor {id: $id})", id=str(number))).consume()

    await store.write(work)


async def count(address: StoreAddress) -> int:
    async with await Store.connect(address) as store:
        return int((await store.read("MATCH (a:Actor) RETURN count(a) AS times"))[0]["times"])


async def until_it_answers(address: StoreAddress) -> None:
    async with asyncio.timeout(10):
        while True:
            with contextlib.suppress(StoreUnavailable):
                async with await Store.connect(address):
                    return
            await asyncio.sleep(0.05)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@contextlib.asynccontextmanager
async def engine_in(home: Path, **settings: object) -> AsyncIterator[Endpoint]:
    async with open_embedded(replace(EmbeddedConfig(home, bolt_port=0), **settings)) as endpoint:  # type: ignore[arg-type]
        yield endpoint


async def test_a_new_store_is_created_and_found_again_quickly(home: Path) -> None:
    async with engine_in(home) as first, await Store.connect(first.writer) as store:
        await create(store, 1)
    begun = time.monotonic()
    async with engine_in(home) as second:
        took = time.monotonic() - begun
        assert await count(second.writer) == 1

    assert (first.owned, first.created) == (True, True)
    assert (second.owned, second.created) == (True, False)
    assert took < 1.5


async def test_credentials_outlive_the_engine(home: Path) -> None:
    async with engine_in(home) as first:
        pass
    async with engine_in(home) as second:
        pass

    assert first.reader.password == second.reader.password
    assert first.writer.password == second.writer.password


async def test_a_store_whose_secrets_were_lost_gets_new_ones(home: Path) -> None:
    async with engine_in(home) as first, await Store.connect(first.writer) as store:
        await create(store, 1)
    (home / "owner.json").unlink()

    async with engine_in(home) as second:
        assert await count(second.reader) == 1
    assert second.writer.password != first.writer.password


async def test_files_with_secrets_are_for_their_owner_only(home: Path) -> None:
    async with engine_in(home):
        modes = {name: stat.S_IMODE((home / name).stat().st_mode) for name in ("run.json", "owner.json", ".")}

    assert modes == {"run.json": 0o600, "owner.json": 0o600, ".": 0o700}


async def test_the_run_file_names_a_user_who_can_read_and_not_write(home: Path) -> None:
    async with engine_in(home) as endpoint, await Store.connect(endpoint.writer) as writer:
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
    async with engine_in(home) as endpoint, await Store.connect(endpoint.writer) as store:
        for place in ("file:///etc/hostname", "http://127.0.0.1:9/x.csv"):
            with pytest.raises(StoreUnavailable):
                await store.define(f"LOAD CSV FROM '{place}' AS row RETURN row")


async def test_the_engine_listens_on_loopback_only(home: Path) -> None:
    async with engine_in(home):
        engine = psutil.Process(owner_of(home).engine_pid)
        hosts = {one.laddr.ip for one in engine.net_connections() if one.status == psutil.CONN_LISTEN}

    assert hosts
    assert hosts <= {"127.0.0.1", "::1", "::ffff:127.0.0.1"}


async def test_a_clean_end_leaves_no_process(home: Path) -> None:
    async with engine_in(home):
        pid = owner_of(home).engine_pid
        assert pid is not None

    assert await gone(pid, within=0.5)
    assert not owner_of(home).running


async def test_a_block_that_fails_leaves_no_process(home: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        async with engine_in(home):
            pid = owner_of(home).engine_pid
            raise ZeroDivisionError

    assert pid is not None
    assert await gone(pid, within=0.5)


async def test_a_second_user_of_a_home_attaches(home: Path) -> None:
    async with engine_in(home) as first, engine_in(home) as second:
        assert not second.owned
        assert (second.writer, second.reader) == (first.writer, first.reader)
        assert await count(second.writer) == 0


async def test_another_process_runs_the_engine_and_we_attach(home: Path) -> None:
    with program(OWNER_PROGRAM, str(home)):
        async with engine_in(home) as endpoint:
            assert not endpoint.owned
            assert await count(endpoint.reader) == 0


async def test_many_that_start_at_once_share_one_engine(home: Path) -> None:
    async with contextlib.AsyncExitStack() as stack:
        endpoints = await asyncio.gather(*(stack.enter_async_context(engine_in(home)) for _ in range(4)))

        assert sorted(one.owned for one in endpoints) == [False, False, False, True]
        assert len({one.writer for one in endpoints}) == 1


async def test_when_the_owner_ends_another_user_takes_the_engine_over(home: Path) -> None:
    with program(OWNER_PROGRAM, str(home)) as owner:
        async with engine_in(home) as endpoint, await Store.connect(endpoint.writer) as store:
            await create(store, 1)
            owner.send_signal(signal.SIGKILL)
            owner.wait()

            await create(store, 2)

            assert await count(endpoint.writer) == 2
            assert owner_of(home).pid == os.getpid()


async def test_the_engine_ends_with_a_parent_that_is_killed(home: Path) -> None:
    with program(OWNER_PROGRAM, str(home)) as owner:
        pid = owner_of(home).engine_pid
        assert pid is not None
        owner.kill()
        owner.wait()

        assert await gone(pid)


async def test_interrupting_the_terminal_does_not_reach_the_engine_first(home: Path) -> None:
    async with engine_in(home):
        pid = owner_of(home).engine_pid
        assert pid is not None
        assert os.getsid(pid) != os.getsid(0)
        os.kill(pid, signal.SIGINT)
        assert not await gone(pid, within=0.5)


async def test_a_killed_engine_comes_back_with_all_that_was_acknowledged(home: Path) -> None:
    async with engine_in(home) as endpoint, await Store.connect(endpoint.writer) as store:
        acknowledged = 0
        for round in range(3):
            pid = owner_of(home).engine_pid
            assert pid is not None
            killing = asyncio.get_running_loop().call_later(0.15, os.kill, pid, signal.SIGKILL)
            begun = time.monotonic()
            while time.monotonic() - begun < 0.5:
                await create(store, acknowledged)  # repeated by the driver while the engine is away
                acknowledged += 1
            killing.cancel()
            assert owner_of(home).engine_pid != pid, f"not restarted in round {round}"

        rows = await store.read("MATCH (a:Actor) RETURN DISTINCT a.id AS id")

    assert {row["id"] for row in rows} == {str(number) for number in range(acknowledged)}
    assert acknowledged > 10


async def test_an_engine_that_takes_too_much_memory_is_started_again(home: Path) -> None:
    async with engine_in(home) as endpoint, await Store.connect(endpoint.writer) as store:
        await create(store, 1)
    async with engine_in(home, memory_limit=40 << 20) as endpoint:
        first = owner_of(home).engine_pid
        assert first is not None
        assert await gone(first)
        await until_it_answers(endpoint.writer)
        assert owner_of(home).bolt_port == int(endpoint.writer.uri.rpartition(":")[2])


async def test_a_default_port_that_is_taken_moves_to_the_next_free_one(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with engine_in(home, bolt_port=port) as endpoint:
            assert endpoint.moved_from == port
            assert int(endpoint.writer.uri.rpartition(":")[2]) > port


async def test_a_default_port_that_is_free_is_used(home: Path) -> None:
    port = free_port()
    async with engine_in(home, bolt_port=port) as endpoint:
        assert (endpoint.writer.uri, endpoint.moved_from) == (f"bolt://127.0.0.1:{port}", None)


async def test_a_fixed_port_that_is_taken_is_named(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StoreUnreachable, match=f"port {port} is in use"):
            async with engine_in(home, bolt_port=port, bolt_port_fixed=True):
                pass


async def test_files_that_something_else_holds_are_locked(home: Path) -> None:
    async with engine_in(home):
        pass
    with program(FILES_TAKEN_PROGRAM, str(home / "other")):
        pass
    begun = time.monotonic()
    with (
        program(FILES_TAKEN_PROGRAM.replace("create", "open"), str(home / "engine" / "databases" / "graph")),
        pytest.raises(StoreLocked, match="in use by another process") as caught,
    ):
        async with engine_in(home):
            pass

    assert time.monotonic() - begun < 8
    assert "\n" not in str(caught.value)
    async with engine_in(home) as endpoint:
        assert endpoint.owned


async def test_a_home_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(StoreUnavailable, match="cannot hold a store"):
        async with engine_in(tmp_path / "file" / "home"):
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
    async with engine_in(home) as endpoint:
        shown = repr(endpoint) + caplog.text
    logs = [
        path.read_text(encoding="utf-8", errors="replace") for path in (home / "engine" / "log").iterdir()
    ]

    for secret in (endpoint.writer.password, endpoint.reader.password):
        assert secret
        assert secret not in shown
        assert not any(secret in log for log in logs)
