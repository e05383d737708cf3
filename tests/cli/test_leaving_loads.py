"""A file sent over a socket by somebody who leaves: before it is whole nothing is written, then all of it."""

from __future__ import annotations

import json
import socket
import time
import urllib.request
from collections.abc import Iterator

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
