"""A file sent over a socket by somebody who leaves: before it is whole nothing is written, then all of it,
unless the load is cancelled or the server stopped: then whole batches.
"""

from __future__ import annotations

import json
import signal
import socket
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from program import Program, Server

ROWS = 4_000
TABLE = b"subject,relation,object\n" + b"".join(b"Sender %d,meets,Receiver\n" % n for n in range(ROWS))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Program, Server]]:
    """A server of its own: what is loaded here stays."""
    program = Program(tmp_path_factory.mktemp("taking"), {"ACTORGRAPH_PORT": "0"})
    with program.serving("--empty") as server:
        server.wait_until_ready()
        yield program, server


def head(name: str, length: int, more: str = "") -> bytes:
    """The head of a request that sends a file."""
    return (
        f"POST /api/v1/loads?name={name}.csv{more} HTTP/1.1\r\nHost: localhost\r\n"
        f"Content-Type: application/octet-stream\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


def connect(server: Server) -> socket.socket:
    host, port = server.said[-2].split()[3].removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=30)


def claims(server: Server, dataset: str) -> int:
    """How many claims of a data set there are."""
    found = {one["name"]: one["claims"] for one in server.get("/api/v1/datasets")["datasets"]}
    return int(found.get(dataset, 0))


def send(server: Server, name: str, content: bytes) -> dict[str, int]:
    """Send a file and wait for its report."""
    request = urllib.request.Request(
        f"{server.said[-2].split()[3]}/api/v1/loads?name={name}.csv",
        data=content,
        headers={"Content-Type": "application/octet-stream"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        found: dict[str, int] = json.loads(answer.read())
    return found


def test_half_a_file_leaves_nothing(served: tuple[Program, Server]) -> None:
    server = served[1]
    with connect(server) as connection:
        connection.sendall(head("half", len(TABLE)) + TABLE[: len(TABLE) // 2])
        time.sleep(0.3)

    assert send(server, "after", TABLE)["new"] == ROWS, "the door is free again"
    assert claims(server, "half") == 0


@pytest.mark.parametrize("more", ["", "&progress=true"])
def test_a_file_that_is_whole_is_loaded_to_its_end_also_when_its_sender_leaves(
    served: tuple[Program, Server], more: str
) -> None:
    server, name = served[1], f"left{len(more)}"
    with connect(server) as connection:
        connection.sendall(head(name, len(TABLE), more) + TABLE)

    until = time.monotonic() + 30
    while claims(server, name) < ROWS and time.monotonic() < until:
        time.sleep(0.2)
    assert claims(server, name) == ROWS
    assert send(server, name, TABLE)["known"] == ROWS


def lines_of(connection: socket.socket) -> Iterator[dict[str, Any]]:
    """The objects of a streamed answer, as they come."""
    with connection.makefile("rb") as said:
        yield from (json.loads(line) for line in said if line.startswith(b"{"))


def test_a_load_is_cancelled_from_elsewhere_while_its_sender_watches(
    served: tuple[Program, Server],
) -> None:
    server, large = served[1], TABLE + TABLE.partition(b"\n")[2].replace(b"Sender", b"Other") * 5
    with connect(server) as connection:
        connection.sendall(head("watched", len(large), "&progress=true") + large)
        told = lines_of(connection)
        id = next(told)["progress"]["load_id"]
        request = urllib.request.Request(f"{server.said[-2].split()[3]}/api/v1/loads/{id}", method="DELETE")
        with urllib.request.urlopen(request, timeout=30) as answer:
            state = json.loads(answer.read())
        report = next(one["report"] for one in told if "report" in one)

    assert (state["state"], report["cancelled"]) == ("cancelled", True)
    assert state["new"] == report["new"] == claims(server, "watched")
    again = send(server, "watched", large)
    assert again["known"] - report["new"] == again["read"] - 2 * ROWS, "each claim that came again"
    assert claims(server, "watched") == 2 * ROWS


def test_a_server_that_is_stopped_leaves_whole_batches(tmp_path: Path) -> None:
    program = Program(tmp_path, {"ACTORGRAPH_PORT": "0", "ACTORGRAPH_STOP_TIMEOUT": "1"})
    large = b"subject,relation,object\n" + b"".join(b"A%d,meets,B%d\n" % (n, n % 999) for n in range(60_000))
    with program.serving("--empty") as server:
        server.wait_until_ready()
        with connect(server) as connection:
            connection.sendall(head("stopped", len(large), "&progress=true") + large)
            next(one for one in lines_of(connection) if one["progress"]["new"])
            ended = server.stop(signal.SIGINT)

    assert (ended.code, ended.seconds < 10) == (0, True), ended
    with program.serving("--empty") as server:
        server.wait_until_ready()
        before = claims(server, "stopped")
        again = send(server, "stopped", large)

    assert 0 < before < 60_000
    assert before % 5_000 == 0, "no batch is half written"
    assert (again["known"], again["new"]) == (before, 60_000 - before)


def test_a_refused_file_is_answered_although_it_is_large(served: tuple[Program, Server]) -> None:
    server, large = served[1], b"x" * (20 << 20)
    with connect(server) as first, connect(server) as second:
        first.sendall(head("first", len(TABLE)) + TABLE[:100])
        time.sleep(0.3)
        second.sendall(head("second", len(large)) + large)
        said = b""
        while part := second.recv(65536):  # the head and what it is about need not come together
            said += part
            if b"load-running" in said:
                break

    assert said.startswith(b"HTTP/1.1 409")
    assert b"load-running" in said
