"""The server below the application, over sockets: what is no HTTP, too large, or never ends."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import time
from collections.abc import AsyncIterator

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from api.cli.connection import Connection
from program import Program, Server

HEAD = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n"
PATIENCE_S = 0.3


class ImpatientConnection(Connection):
    """The same with less time for the head of a request."""

    head_within_s = PATIENCE_S


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that greets."""
    await PlainTextResponse("hello")(scope, receive, send)


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """A server in this loop whose connections have little patience."""
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as listener:
        config = uvicorn.Config(hello, http=ImpatientConnection, lifespan="off", log_config=None, ws="none")
        server = uvicorn.Server(config)
        running = asyncio.create_task(server._serve([listener]))
        yield int(listener.getsockname()[1])
        server.should_exit = True
        await running


def answer_to(server: Server, raw: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of whatever a server says to these bytes before it ends the connection."""
    host, port = server.said[-2].split()[3].removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(raw)
        said = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = said.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return int(first.split()[1]), headers, body


UNREADABLE = [
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400, "request-unreadable"),
    (b"GET / HTTP/1.1\r\n\r\n", 400, "request-unreadable"),
    (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "request-unreadable"),
    (b"GET /\xff HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "request-unreadable"),
    (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400, "request-unreadable"),
    (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400,
     "request-unreadable"),
    (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400,
     "length-told-twice"),
    (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", 400, "request-unreadable"),
    (HEAD + b"X: " + b"x" * 70_000, 431, "headers-too-large"),
    (HEAD + b"X: 1\r\n" * 200 + b"Connection: close\r\n\r\n", 431, "headers-too-large"),
    (b"GET /" + b"x" * 70_000, 431, "headers-too-large"),
    (b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 414,
     "address-too-long"),
    (b"GET / HTTP/1.0\r\n\r\n", 400, "wrong-host"),
    (b"POST /api/v1/subgraph HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
     b"Content-Length: 10000000000\r\nConnection: close\r\n\r\n", 413, "body-too-large"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "status", "code"), UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_is_no_request_gets_a_problem_with_all_headers(
    served: tuple[Program, Server], raw: bytes, status: int, code: str
) -> None:
    found, headers, body = answer_to(served[1], raw)

    assert (found, json.loads(body)["code"]) == (status, code)
    assert headers["content-type"] == "application/problem+json"
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-request-id"] == json.loads(body)["request_id"]


async def closed_after(port: int, *parts: bytes, pause: float = 0.1) -> tuple[bytes, float]:
    """What the server says to parts that are sent one after the other, and when it hangs up, in seconds."""
    begun = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    reading = asyncio.create_task(reader.read())
    with contextlib.suppress(ConnectionError):
        for part in parts:
            if reading.done():
                break
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)
    said = await asyncio.wait_for(reading, 10)
    writer.close()
    return said, time.monotonic() - begun


async def test_a_head_that_does_not_end_is_given_up(port: int) -> None:
    said, seconds = await closed_after(port, *[bytes([one]) for one in HEAD])

    assert said.startswith(b"HTTP/1.1 408 ")
    assert b"head-too-slow" in said
    assert seconds < PATIENCE_S + 1


async def test_a_connection_without_a_request_is_closed_silently(port: int) -> None:
    said, seconds = await closed_after(port)

    assert said == b""
    assert seconds < PATIENCE_S + 1


async def test_a_second_request_has_no_more_time_than_the_first(port: int) -> None:
    said, seconds = await closed_after(port, HEAD + b"\r\n", *[bytes([one]) for one in HEAD])

    assert said.count(b"HTTP/1.1 200 ") == 1
    assert b"head-too-slow" in said
    assert seconds < PATIENCE_S + 1.5


async def test_a_body_nobody_asked_for_keeps_no_connection(port: int) -> None:
    said, seconds = await closed_after(port, HEAD + b"Content-Length: 1000\r\n\r\n", *[b"x"] * 50)

    assert said.startswith(b"HTTP/1.1 200 ")
    assert seconds < PATIENCE_S + 1.5


async def test_several_requests_at_once_are_all_answered(port: int) -> None:
    said, _ = await closed_after(port, (HEAD + b"\r\n") * 3)

    assert said.count(b"hello") == 3
