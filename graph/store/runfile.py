"""The two small files beside an embedded store: `run.json` (how to read it) and `owner.json` (who runs it,
and the secrets).

Both are written for their owner's eyes only (mode 0600) and replaced in one step, so that a reader never sees
half a file.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

RUN_FILE = "run.json"
OWNER_FILE = "owner.json"


@dataclass(frozen=True, slots=True)
class RunFile:
    """How a person or program reads the graph; `http` is None until a server says where it listens."""

    http: str | None
    bolt: str
    database: str | None
    username: str | None
    password: str | None = field(repr=False, default=None)


@dataclass(frozen=True, slots=True)
class OwnerFile:
    """The writing credentials of an embedded store and, while it runs, the processes that run it.

    The secrets outlive the processes: `pid` (the process that started the engine) is None when nobody runs
    it. `started` is that process' start time in seconds since the epoch, so that a reused pid is not taken
    for it.
    """

    password: str = field(repr=False)
    viewer_password: str = field(repr=False)
    pid: int | None = None
    started: float | None = None
    engine_pid: int | None = None
    bolt_port: int | None = None

    @property
    def running(self) -> bool:
        """Whether the file names a process that runs the engine (it may have died since)."""
        return self.pid is not None and self.bolt_port is not None

    def stopped(self) -> OwnerFile:
        """The same secrets with nobody running the engine."""
        return replace(self, pid=None, started=None, engine_pid=None, bolt_port=None)


def new_owner() -> OwnerFile:
    """Fresh random secrets for a new store."""
    return OwnerFile(password=secrets.token_urlsafe(24), viewer_password=secrets.token_urlsafe(24))


def read_run(home: Path) -> RunFile | None:
    """The run file of a home, or None when there is none that can be read."""
    record = _read(home / RUN_FILE)
    if record is None or not isinstance(record.get("bolt"), str):
        return None
    return RunFile(**_known(RunFile, record))


def write_run(home: Path, run: RunFile) -> None:
    """Write `run.json` (mode 0600) in one step."""
    _write(home / RUN_FILE, asdict(run))


def announce_http(home: Path, address: str | None) -> None:
    """Say in the run file where a server listens (None: no longer); without a run file nothing happens."""
    run = read_run(home)
    if run is not None:
        write_run(home, replace(run, http=address))


def remove_run(home: Path) -> None:
    """Remove the run file, if it is there."""
    (home / RUN_FILE).unlink(missing_ok=True)


def read_owner(home: Path) -> OwnerFile | None:
    """The owner file of a home, or None when there is none that can be read."""
    record = _read(home / OWNER_FILE)
    if record is None or not record.get("password") or not record.get("viewer_password"):
        return None
    return OwnerFile(**_known(OwnerFile, record))


def write_owner(home: Path, owner: OwnerFile) -> None:
    """Write `owner.json` (mode 0600) in one step."""
    _write(home / OWNER_FILE, asdict(owner))


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter; one that exists already keeps its mode."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _known(kind: type[RunFile] | type[OwnerFile], record: Mapping[str, Any]) -> dict[str, Any]:
    return {one.name: record.get(one.name) for one in fields(kind)}


def _read(path: Path) -> dict[str, Any] | None:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return record if isinstance(record, dict) else None


def _write(path: Path, record: Mapping[str, Any]) -> None:
    make_private_folder(path.parent)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(record, file, indent=1)
        os.replace(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
