"""What happens when the embedded engine, its parent or its other users end: nothing is lost, none is left."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from pathlib import Path

import pytest

from graph.errors import StoreUnavailable
from graph.store.bolt import Store, StoreAddress
from graph.store.embedded import EmbeddedConfig, open_embedded
from graph.store.writing import KnownActor, known_actors
from homes import OWNER_PROGRAM, count, create, engine_pid, gone, owner_of, program
from ingest.loader import LoadRequest, load
from ingest.vocabulary import builtin

ROWS = 20_000


def table(path: Path, rows: int) -> Path:
    """A file in which so many actors meet one."""
    path.write_text("subject,relation,object\n" + "".join(f"Actor {n},meets,Host\n" for n in range(rows)))
    return path


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


@pytest.mark.timed
async def test_a_clean_end_leaves_no_process(home: Path) -> None:
    async with open_embedded(EmbeddedConfig(home, 0)):
        pid = engine_pid(home)

    assert await gone(pid, within=0.5)
    assert not owner_of(home).running


@pytest.mark.timed
async def test_a_block_that_fails_leaves_no_process(home: Path) -> None:
    pids = []

    async def fail() -> None:
        async with open_embedded(EmbeddedConfig(home, 0)):
            pids.append(engine_pid(home))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()

    assert await gone(pids[0], within=0.5)


async def test_another_process_runs_the_engine_and_we_attach(home: Path) -> None:
    with program(OWNER_PROGRAM, str(home)):
        async with open_embedded(EmbeddedConfig(home, 0)) as endpoint:
            assert not endpoint.owned
            assert await count(endpoint.reader) == 0


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
async def test_when_the_owner_ends_another_user_takes_the_engine_over(
    home: Path, ending: signal.Signals
) -> None:
    with program(OWNER_PROGRAM, str(home)) as owner:
        async with (
            open_embedded(EmbeddedConfig(home, 0)) as endpoint,
            await Store.connect(endpoint.writer) as store,
        ):
            await create(store, 1)
            owner.send_signal(ending)
            owner.wait()

            # The engine may outlive its owner for a moment and refuse what comes while it ends; a write goes
            # through as soon as we run the engine.
            async with asyncio.timeout(20):
                while owner_of(home).pid != os.getpid():
                    await asyncio.sleep(0.05)
            await until_it_answers(endpoint.writer)
            await create(store, 2)

            assert await count(endpoint.writer) == 2


@pytest.mark.timed
async def test_the_engine_ends_with_a_parent_that_is_killed(home: Path) -> None:
    with program(OWNER_PROGRAM, str(home)) as owner:
        pid = engine_pid(home)
        owner.kill()
        owner.wait()

        assert await gone(pid)


async def test_interrupting_the_terminal_does_not_reach_the_engine_first(home: Path) -> None:
    async with open_embedded(EmbeddedConfig(home, 0)):
        pid = engine_pid(home)
        assert os.getsid(pid) != os.getsid(0)
        os.kill(pid, signal.SIGINT)
        assert not await gone(pid, within=0.5)


@pytest.mark.timed
async def test_a_killed_engine_comes_back_with_all_that_was_acknowledged(home: Path) -> None:
    async with (
        open_embedded(EmbeddedConfig(home, 0)) as endpoint,
        await Store.connect(endpoint.writer) as store,
    ):
        acknowledged = 0
        for round in range(3):
            pid = engine_pid(home)
            killing = asyncio.get_running_loop().call_later(0.15, os.kill, pid, signal.SIGKILL)
            begun = time.monotonic()
            while time.monotonic() - begun < 0.5:
                await create(store, acknowledged)  # repeated by the driver while the engine is away
                acknowledged += 1
            killing.cancel()
            assert engine_pid(home) != pid, f"not restarted in round {round}"

        rows = await store.read("MATCH (a:Actor) RETURN DISTINCT a.id AS id")

    assert {row["id"] for row in rows} == {str(number) for number in range(acknowledged)}
    assert acknowledged > 10


async def test_a_load_that_begins_while_the_engine_is_started_again_waits_for_it(home: Path) -> None:
    async with (
        open_embedded(EmbeddedConfig(home, 0)) as endpoint,
        await Store.connect(endpoint.writer) as store,
    ):
        first = table(home.parent / "first.csv", ROWS)
        await load(store, LoadRequest((first,), builtin()))
        for number in range(5):
            os.kill(engine_pid(home), signal.SIGKILL)
            some = LoadRequest((table(home.parent / f"some-{number}.csv", 1),), builtin())
            report = await load(store, some)  # knows all actors, or it would make some anew
            assert (report.new, report.actors) == (1, 0), f"round {number}"


async def test_all_actors_are_known_also_when_the_engine_ends_while_they_are_read(home: Path) -> None:
    async with (
        open_embedded(EmbeddedConfig(home, 0)) as endpoint,
        await Store.connect(endpoint.writer) as store,
    ):
        await load(store, LoadRequest((table(home.parent / "first.csv", ROWS),), builtin()))
        begun = []

        def into() -> list[KnownActor]:
            begun.append(engine_pid(home))
            return []

        def take(some: list[KnownActor], one: KnownActor) -> None:
            some.append(one)
            if len(some) == ROWS // 2 and len(begun) == 1:
                os.kill(begun[0], signal.SIGKILL)

        known = await known_actors(store, into, take)

        assert len({one.id for one in known}) == len(known) == ROWS + 1
        assert len(begun) > 1, "it was read anew"
        assert engine_pid(home) != begun[0]


@pytest.mark.timed
async def test_an_engine_that_takes_too_much_memory_is_started_again(home: Path) -> None:
    async with (
        open_embedded(EmbeddedConfig(home, 0)) as endpoint,
        await Store.connect(endpoint.writer) as store,
    ):
        await create(store, 1)
    async with open_embedded(EmbeddedConfig(home, 0, memory_limit=40 << 20)) as endpoint:
        first = engine_pid(home)
        assert await gone(first)
        await until_it_answers(endpoint.writer)
        assert owner_of(home).bolt_port == int(endpoint.writer.uri.rpartition(":")[2])
