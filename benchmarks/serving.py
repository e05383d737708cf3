"""A store of its own in a temporary folder, and the real commands run on it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx
import neo4j

REPOSITORY = Path(__file__).resolve().parent.parent
READY_LIMIT = 60.0
STOP_LIMIT = 120.0
NO_VARIABLES: Mapping[str, str] = MappingProxyType({})


def shared(name: str) -> Path:
    """A file of the shared data folder.

    Raises: SystemExit when it is not there.
    """
    folder = Path(os.environ.get("ACTORGRAPH_SHARED", REPOSITORY.parent / "shared"))
    path = folder / "data" / name
    if not path.exists():
        raise SystemExit(f"{path} is missing: set ACTORGRAPH_SHARED to the folder that holds data/{name}")
    return path


def environment(home: Path, variables: Mapping[str, str] = NO_VARIABLES) -> dict[str, str]:
    """The environment without settings of ours, for a store in `home` or the one that `variables` name."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ACTORGRAPH_", "NEO4J_"))}
    return {**kept, "ACTORGRAPH_HOME": str(home), "ACTORGRAPH_LOG_LEVEL": "warning", **variables}


def command(*arguments: str) -> list[str]:
    """The command line program of this environment."""
    return [str(Path(sys.executable).parent / "actorgraph"), *arguments]


def run(home: Path, *arguments: str, variables: Mapping[str, str] = NO_VARIABLES) -> str:
    """Run a command to its end; its standard output.

    Raises: SystemExit when it fails.
    """
    done = subprocess.run(
        command(*arguments), env=environment(home, variables), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"actorgraph {' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Serving:
    """A running server: its client, its process, how long it took to be ready (seconds), and how to read its
    store."""

    client: httpx.Client
    process: int
    ready_after: float
    started: float
    home: Path
    variables: Mapping[str, str]

    def ask(self, path: str, **parameters: str | int | bool) -> dict[str, Any]:
        """The JSON of an answer; a server that is not there yet (503) is asked again.

        Raises: SystemExit with what it said when that is anything but 200.
        """
        limit = time.perf_counter() + READY_LIMIT
        while True:
            answer = self.client.get(f"/api/v1{path}", params=parameters)
            if answer.status_code == 200:
                found: dict[str, Any] = answer.json()
                return found
            if answer.status_code != 503 or time.perf_counter() > limit:
                raise SystemExit(f"{answer.url} answered {answer.status_code}: {answer.text[:400]}")
            time.sleep(0.5)

    def actor(self, name: str) -> str:
        """Id of the best match for a name.

        Raises: SystemExit when nobody fits.
        """
        found = self.ask("/search", q=name)["actors"]
        if not found:
            raise SystemExit(f"nobody is called {name!r} in the store at {self.home}")
        return str(found[0]["id"])

    @contextlib.contextmanager
    def bolt(self) -> Iterator[neo4j.Session]:
        """A session on the store: of the embedded engine's read-only user, or of the server's."""
        if self.variables:
            uri, username, password = (self.variables[f"NEO4J_{n}"] for n in ("URI", "USERNAME", "PASSWORD"))
            database = None
        else:
            run_file = json.loads((self.home / "run.json").read_text())
            uri, username, password, database = (
                run_file[name] for name in ("bolt", "username", "password", "database")
            )
        with (
            neo4j.GraphDatabase.driver(
                uri, auth=(username, password), notifications_min_severity="OFF"
            ) as driver,
            driver.session(database=database) as session,
        ):
            yield session


@contextlib.contextmanager
def serving(home: Path, variables: Mapping[str, str] = NO_VARIABLES) -> Iterator[Serving]:
    """Start `actorgraph serve --empty` and wait for /readyz; stop it by SIGTERM."""
    port = free_port()
    started = time.perf_counter()
    process = subprocess.Popen(
        command("serve", "--empty", "--port", str(port)),
        env=environment(home, variables),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            _wait(client, process)
            ready_after = time.perf_counter() - started
            yield Serving(client, process.pid, ready_after, started, home, variables)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_LIMIT)


def _wait(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    limit = time.perf_counter() + READY_LIMIT
    while time.perf_counter() < limit:
        if process.poll() is not None:
            raise SystemExit(f"actorgraph serve ended with {process.returncode} before it was ready")
        with contextlib.suppress(httpx.TransportError):
            if client.get("/readyz").status_code == 200:
                return
        time.sleep(0.02)
    raise SystemExit("actorgraph serve was not ready in time")
