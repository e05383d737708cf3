"""Requests to an application without a client between: longer and stranger than any client sends."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from starlette.types import ASGIApp, Message

HOST = (b"host", b"127.0.0.1:8000")


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it stands on the line: path and query are encoded."""

    method: str
    path: bytes
    query: bytes = b""
    headers: Sequence[tuple[bytes, bytes]] = ()
    body: bytes = b""

    def scope(self) -> dict[str, Any]:
        """What the server below the application makes of it."""
        return {
            "type": "http",
            "http_version": "1.1",
            "method": self.method,
            "scheme": "http",
            "path": unquote_to_bytes(self.path).decode("utf-8", "replace"),
            "raw_path": self.path,
            "query_string": self.query,
            "root_path": "",
            "headers": [HOST, *((name, value) for name, value in self.headers if name != b"host")],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 8000),
        }


@dataclass(frozen=True, slots=True)
class Said:
    """An answer."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


async def call(app: ASGIApp, request: Call) -> Said:
    """The answer of an application."""
    sent: list[Message] = []
    waiting: list[Message] = [{"type": "http.request", "body": request.body, "more_body": False}]

    async def receive() -> Message:
        # Whoever asks stays until there is an answer.
        return waiting.pop() if waiting else await asyncio.get_running_loop().create_future()

    async def send(message: Message) -> None:
        sent.append(message)

    await app(request.scope(), receive, send)
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in sent[0]["headers"])
    return Said(sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:]))
