"""The embedded engine's own process: `python -m graph.store.engine_process`, started by
`graph/store/engine.py`.

It reads one JSON line of orders from standard input, starts ArcadeDB with its Bolt server on loopback,
answers one JSON line on standard output, and ends when standard input closes: on request, or because its
parent died.
"""

from __future__ import annotations

import base64
import ctypes
import http.client
import json
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Any

STOP_LIMIT = 5.0
"""Seconds that a clean stop may take before the process ends itself; a kill loses nothing that was
acknowledged.
"""

SETTINGS = (
    ("command.timeout", "30000"),
    ("opencypher.loadCsv.allowFileUrls", "false"),
    ("opencypher.loadCsv.allowRemoteUrls", "false"),
    ("txWalFlush", "2"),
    ("queryMaxRangeSize", "1000000"),
)
"""Limits and switches of the database; the engine heeds them only when set by ALTER DATABASE."""

FAILURES = (
    ("is locked by another process", "locked"),
    ("Unable to listen for BOLT", "bolt-port"),
    ("Unable to listen to a HTTP port", "http-port"),
)
"""What the engine's start-up errors say, and what we call it."""


def main() -> None:
    """Run the engine until standard input closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _terminated)
    orders = json.loads(sys.stdin.buffer.readline())
    _end_with_parent(orders["parent"])
    answer = _keep_output_to_ourselves(Path(orders["root"]) / "log")
    try:
        server = _start(orders)
    except _NotStarted as problem:
        _say(answer, {"state": "failed", "reason": problem.reason, "message": str(problem)})
        os._exit(1)
    try:
        created = _open_database(server, orders)
        _say(answer, {"state": "ready", "created": created})
        sys.stdin.buffer.read(1)
    finally:
        _stop(server)


class _NotStarted(Exception):
    def __init__(self, reason: str, message: str) -> None:
        self.reason = reason
        super().__init__(message)


def _start(orders: dict[str, Any]) -> Any:
    try:
        import arcadedb
    except ImportError as problem:
        raise _NotStarted("missing", str(problem)) from problem
    root = Path(orders["root"])
    _write_groups(root / "config")
    server = arcadedb.create_server(
        root_path=str(root),
        root_password=orders["password"],
        config={
            "host": "localhost",
            "http_port": _free_port(),
            "bolt_port": orders["bolt_port"],
            "bolt_host": "localhost",
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        },
    )
    try:
        server.start()
    except arcadedb.ArcadeDBError as problem:
        text = str(problem)
        reason = next((reason for sign, reason in FAILURES if sign in text), "other")
        raise _NotStarted(reason, text.splitlines()[0][:300]) from problem
    return server


def _open_database(server: Any, orders: dict[str, Any]) -> bool:
    name = orders["database"]
    root = Path(orders["root"])
    created = not (root / "databases" / name).exists()
    database = server.create_database(name) if created else server.get_database(name)
    for setting, value in SETTINGS:
        database.command("sql", f"ALTER DATABASE `arcadedb.{setting}` {value}")
    users = (root / "config" / "server-users.jsonl").read_text(encoding="utf-8")
    known = {json.loads(line)["name"] for line in users.splitlines() if line.strip()}
    if orders["viewer"] not in known:
        _create_viewer(server.get_http_port(), orders)
    return created


def _write_groups(config: Path) -> None:
    """The group `reader` may read records and nothing else; it must stand before the engine's first start."""

    def group(access: list[str], records: list[str]) -> dict[str, Any]:
        return {
            "resultSetLimit": -1,
            "readTimeout": -1,
            "access": access,
            "types": {"*": {"access": records}},
        }

    administrator = group(
        ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
        ["createRecord", "readRecord", "updateRecord", "deleteRecord"],
    )
    groups = {"*": group([], []), "reader": group([], ["readRecord"]), "admin": administrator}
    config.mkdir(parents=True, exist_ok=True)
    content = json.dumps({"version": 1, "databases": {"*": {"groups": groups}}})
    (config / "server-groups.json").write_text(content, encoding="utf-8")


def _create_viewer(http_port: int, orders: dict[str, Any]) -> None:
    user = {
        "name": orders["viewer"],
        "password": orders["viewer_password"],
        "databases": {orders["database"]: ["reader"]},
    }
    credentials = base64.b64encode(f"root:{orders['password']}".encode()).decode()
    connection = http.client.HTTPConnection("127.0.0.1", http_port, timeout=10)
    try:
        connection.request(
            "POST",
            "/api/v1/server",
            json.dumps({"command": f"create user {json.dumps(user)}"}),
            {"Authorization": f"Basic {credentials}", "Content-Type": "application/json"},
        )
        status = connection.getresponse().status
    finally:
        connection.close()
    if status != 200:
        raise RuntimeError(f"the engine did not create its read-only user (HTTP {status})")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _keep_output_to_ourselves(log: Path) -> int:
    """Send whatever the engine prints into its log folder; returns the handle of the answer to our parent."""
    log.mkdir(parents=True, exist_ok=True)
    answer = os.dup(1)
    printed = os.open(log / "engine-output.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(printed, 1)
    os.dup2(printed, 2)
    os.close(printed)
    return answer


def _say(answer: int, message: dict[str, Any]) -> None:
    os.write(answer, json.dumps(message).encode() + b"\n")


def _end_with_parent(parent: int) -> None:
    """On Linux the kernel tells us when the parent dies; elsewhere the closed standard input does."""
    if sys.platform != "linux":
        return
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def _terminated(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _stop(server: Any) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    overdue = threading.Timer(STOP_LIMIT, os._exit, (1,))
    overdue.daemon = True
    overdue.start()
    server.stop()


if __name__ == "__main__":
    main()
