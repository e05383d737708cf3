"""`actorgraph` as a person runs it: a real process, its exit code, and what it prints where."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracked import ROOT

OURS = ("ACTORGRAPH_", "NEO4J_")
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: exit code, both outputs, and how long it took in seconds."""

    code: int
    out: str
    err: str
    seconds: float

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The one line on stderr."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


@dataclass(frozen=True, slots=True)
class Program:
    """The command line of one home folder; no setting of the machine reaches it."""

    home: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return kept | {"ACTORGRAPH_HOME": str(self.home), "PYTHONPATH": str(ROOT), **self.settings}

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "api.cli"]

    def run(self, *arguments: str, stdin: str = "") -> Ended:
        """Run a command to its end; a traceback is never right."""
        begun = time.monotonic()
        ended = subprocess.run(
            [*self.command, *arguments],
            env=self.environment, input=stdin, capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert "Traceback" not in ended.stderr, ended.stderr
        return Ended(ended.returncode, ended.stdout, ended.stderr, time.monotonic() - begun)

    def ok(self, *arguments: str, stdin: str = "") -> Ended:
        """Run a command that must succeed."""
        ended = self.run(*arguments, stdin=stdin)
        assert ended.code == 0, (arguments, ended)
        return ended

    @contextlib.contextmanager
    def serving(self, *options: str) -> Iterator[Server]:
        """A running server; it is ended with the block if it has not ended by itself."""
        process = subprocess.Popen(
            [*self.command, "serve", *options],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        server = Server(process, self.home)
        try:
            yield server
        finally:
            if process.poll() is None:
                process.kill()
            process.communicate()

    @contextlib.contextmanager
    def answering(self) -> Iterator[str]:
        """The address of a running server, which has time to end by itself after the block."""
        with self.serving() as server:
            yield server.wait_until_ready()
            server.process.terminate()
            try:
                server.process.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                server.process.kill()


@dataclass(slots=True)
class Server:
    """A server process; `said` holds the lines it printed until it was ready."""

    process: subprocess.Popen[str]
    home: Path
    said: list[str] = field(default_factory=list)

    def wait_until_ready(self) -> str:
        """The address, as soon as the server says it."""
        assert self.process.stdout is not None
        while True:
            line = self.process.stdout.readline()
            assert line, self.process.stderr and self.process.stderr.read()
            self.said.append(line.strip())
            if line.startswith(("Bolt", "Neo4j")):
                return self.said[-2].split()[3]

    def get(self, path: str) -> Any:
        """The JSON at a path."""
        return json.loads(self.text(path))

    def text(self, path: str) -> str:
        """The text at a path."""
        address = self.said[-2].split()[3]
        with urllib.request.urlopen(address + path, timeout=10) as answer:
            return str(answer.read(), "utf-8")

    def stop(self, *signals: signal.Signals, pause: float = 0.3) -> Ended:
        """Send signals, some time apart, and wait for the end."""
        begun = time.monotonic()
        for number, one in enumerate(signals):
            if number:
                time.sleep(pause)
                begun = time.monotonic()
            self.process.send_signal(one)
        out, err = self.process.communicate(timeout=PATIENCE)
        assert "Traceback" not in err, err
        return Ended(self.process.returncode, out, err, time.monotonic() - begun)


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def timeless(answer: Any) -> Any:
    """An answer without how long it took."""
    if isinstance(answer, dict):
        return {key: timeless(value) for key, value in answer.items() if key != "elapsed_ms"}
    return [timeless(item) for item in answer] if isinstance(answer, list) else answer
