"""Whatever is written after an option is a value: an answer or one clear line, no traceback, no query.

The commands run in this process on one service that stays open; what a process of its own does with its
arguments is tried with a few of the names.
"""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperArgument, TyperCommand
from typer.main import get_group

import api.cli.check
import api.cli.datasets
import api.cli.load
import api.cli.session
from api.cli import main
from api.service import Service, StorePlace
from apiclient import service_on
from graph.store.embedded import EmbeddedConfig, open_embedded
from payloads import MARK, PAYLOADS
from program import Program, Server
from watched import Statements, watched
from world import load_world

GROUP = get_group(main.app)
SURROGATE = "zq7\udcff"
"""What Python makes of an argument that is no UTF-8."""
NEEDED: dict[str, list[str]] = {
    "search": ["haddad"],
    "neighbourhood": ["northland"],
    "paths": ["amal-haddad", "northland"],
    "connections": ["amal-haddad", "northland"],
    "common": ["amal-haddad", "northland"],
    "cypher": ["RETURN 1"],
    "load": ["no-such-file.csv"],
    "drop": ["no-such-set"],
}
"""Arguments without which a command does nothing."""
STATEMENTS = {("cypher", "text")}
"""Arguments that are statements, and run as what they are."""
OUTSIDE = {("serve", "port")}
"""Options that take no text: typer itself refuses what is no number."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


class Shell:
    """The command line in this process, on a service that runs in a loop of another thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def run(self, *arguments: str) -> Ran:
        """Run a command to its end."""
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(sys, "stdin", io.StringIO(""))
            with pytest.raises(SystemExit) as ended:
                main.run(arguments)
        code = ended.value.code
        texts = [stream.buffer.getvalue().decode("utf-8") for stream in (out, err)]
        return Ran(code if isinstance(code, int) else 0, *texts)

    def wait_for(self, _settings: object, session: Callable[[], Awaitable[Any]]) -> Any:
        """Stands for `session.run`: the work is done in the loop of the service."""

        async def whole() -> Any:
            return await session()

        return asyncio.run_coroutine_threadsafe(whole(), self._loop).result(60)


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """The command line on a service with the tiny world; every connection but the first is left out."""
    home, ready, done = tmp_path_factory.mktemp("home"), threading.Event(), threading.Event()
    found: list[tuple[asyncio.AbstractEventLoop, Service]] = []

    async def serve() -> None:
        config = EmbeddedConfig(home, bolt_port=0)
        async with open_embedded(config) as end, service_on(end) as service:
            await load_world(service.store)
            found.append((asyncio.get_running_loop(), service))
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    assert ready.wait(60)
    loop, service = found[0]

    @asynccontextmanager
    async def opened(_settings: object) -> AsyncIterator[Service]:
        yield service

    @asynccontextmanager
    async def place(_settings: object) -> AsyncIterator[StorePlace]:
        yield service.place

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ACTORGRAPH_HOME", str(home))
        patch.setattr(api.cli.session, "open_service", opened)
        patch.setattr(main, "app", GROUP)
        shell = Shell(loop)
        patch.setattr(api.cli.session, "run", shell.wait_for)
        for module in (api.cli.load, api.cli.datasets, api.cli.check):
            patch.setattr(module, "run", shell.wait_for)
            patch.setattr(module, "store_place", place)
        yield shell
    done.set()
    thread.join(30)


def texts(command: TyperCommand) -> Iterator[Any]:
    """Options and arguments of a command that take text."""
    for parameter in command.params:
        flag = getattr(parameter, "is_flag", False) or parameter.name in ("help", "version")
        if not flag and (command.name, parameter.name) not in STATEMENTS | OUTSIDE:
            yield parameter


def lines(command: str, parameter: Any, payload: str) -> list[str]:
    """The command with the payload in one place."""
    needed = NEEDED.get(command, [])
    if not isinstance(parameter, TyperArgument):
        return [command, f"{parameter.opts[-1]}={payload}", *needed]
    arguments = [one.name for one in GROUP.commands[command].params if isinstance(one, TyperArgument)]
    place = arguments.index(parameter.name)
    return [command, "--", *needed[:place], payload, *needed[place + 1 :]]


PARAMETERS = [
    pytest.param(name, parameter, id=f"{name} {parameter.opts[-1]}")
    for name, command in GROUP.commands.items()
    if isinstance(command, TyperCommand)
    for parameter in texts(command)
]


@pytest.mark.parametrize(("command", "parameter"), PARAMETERS)
def test_a_name_after_an_option_is_a_value(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str, parameter: Any
) -> None:
    deep = tmp_path.joinpath(*"abcd")
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    with watched() as statements:
        for payload in (*PAYLOADS.values(), SURROGATE):
            ran = shell.run(*lines(command, parameter, payload))
            told = (payload[:100], ran)
            assert ran.code in (0, 1, 2, 3, 65), told
            assert "Traceback" not in ran.err, told
            assert "our fault" not in ran.err, told
            assert ran.code == 0 or ran.err.strip(), told
            assert not set(ran.out + ran.err) & set("\x00\x07\x1b\x7f\x9b\u2028\u2029\u202e\u2066"), told
            if ran.code not in (0, 2):
                assert len(ran.err.strip().splitlines()) <= 3, told

    _never_in(statements)


def _never_in(statements: Statements) -> None:
    assert not statements.holding(MARK, *PAYLOADS.values())


IN_A_PROCESS = (
    "delete",
    "end of a label",
    "formula",
    "option",
    "control signs",
    "right to left",
    "lines",
    "way up",
)


@pytest.mark.parametrize("name", IN_A_PROCESS)
def test_a_process_takes_its_arguments_as_values(served: tuple[Program, Server], name: str) -> None:
    program, _ = served
    ended = program.run("search", "--", PAYLOADS[name])
    path = program.run("paths", "--", PAYLOADS[name], "northland")

    assert (ended.code, path.code) == (0, 3)
    assert "\x1b" not in ended.out + ended.err + path.err


def test_arguments_that_are_no_text_are_taken_or_refused(beside: Program) -> None:
    for arguments in ([b"search", b"zq7\xff"], [b"paths", b"\xff\xfe", b"northland"], [b"drop", b"\x80"]):
        done = subprocess.run(
            [*map(os.fsencode, beside.command), *arguments],
            env=beside.environment,
            capture_output=True,
            check=False,
        )
        assert done.returncode in (0, 2, 3), done
        assert b"Traceback" not in done.stderr
        assert b"our fault" not in done.stderr
