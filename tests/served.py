"""`actorgraph serve` as tests and pictures start it: on a home of its own, with data sets loaded."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO
from urllib.error import HTTPError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
START_WITHIN_S = 90.0
READ_WITHIN_S = 180.0


def _environment(home: Path) -> dict[str, str]:
    mine = {
        name: value for name, value in os.environ.items() if not name.startswith(("ACTORGRAPH_", "NEO4J_"))
    }
    return mine | {"ACTORGRAPH_HOME": str(home), "PYTHONPATH": str(ROOT)}


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "api.cli", *words]


def _address(home: Path, process: subprocess.Popen[bytes], log: IO[bytes]) -> str:
    """Where the server says it is.

    Raises: AssertionError when it ended, or did not say so in time.
    """
    until = time.monotonic() + START_WITHIN_S
    while process.poll() is None and time.monotonic() < until:
        if (home / "run.json").exists():
            found = json.loads((home / "run.json").read_text(encoding="utf-8")).get("http")
            if found:
                return str(found)
        time.sleep(0.1)
    log.seek(0)
    raise AssertionError(f"no server: {log.read().decode()[-2000:]}")


def load(home: Path, path: Path) -> None:
    """Load a file or folder into the store that is served from `home`.

    Raises: AssertionError with what the command said when it failed.
    """
    done = subprocess.run(
        _command("load", str(path)), cwd=home, env=_environment(home), capture_output=True, check=False
    )
    assert done.returncode == 0, (done.stdout + done.stderr).decode()


def await_reading(address: str) -> None:
    """Return when a graph that was loaded just now is read: until then a question about everything may end
    at its time limit.

    Raises: AssertionError when it is not read in time.
    """
    until = time.monotonic() + READ_WITHIN_S
    while time.monotonic() < until:
        with contextlib.suppress(HTTPError), urlopen(f"{address}/api/v1/stats", timeout=READ_WITHIN_S):
            return
        time.sleep(1)
    raise AssertionError(f"{address} did not read its graph within {READ_WITHIN_S:g} s")


@contextlib.contextmanager
def served(home: Path, paths: Sequence[Path] = (), *options: str, port: int = 0) -> Iterator[str]:
    """The address of `actorgraph serve` on a home of its own, with these files or folders loaded."""
    with (home / "serve.log").open("w+b") as log:
        command = _command("serve", "--port", str(port), *options)
        serve = subprocess.Popen(
            command, cwd=home, env=_environment(home), stdout=log, stderr=subprocess.STDOUT
        )
        try:
            address = _address(home, serve, log)
            for path in paths:
                load(home, path)
            yield address
        finally:
            serve.terminate()
            serve.wait(timeout=30)
