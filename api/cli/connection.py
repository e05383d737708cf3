"""A connection of the server: what is no HTTP, or comes too slowly, ends with an answer like all others."""

from __future__ import annotations

import asyncio
import secrets
import sys
from collections.abc import Iterator

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.problems import MEDIA_TYPE, Problem
from api.security import HEAD_TOO_SLOW, HEAD_WITHIN_S, HEADERS_TOO_LARGE, UNREADABLE, headers_for


class Connection(H11Protocol):
    """uvicorn's connection with a limit on how long a request's head may take, and with our problems."""

    head_within_s = HEAD_WITHIN_S
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn does
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._stop_waiting()

    def on_response_complete(self) -> None:
        before = self.cycle
        self._await_head()
        super().on_response_complete()
        if self.cycle is not before:  # the next request was here already
            self._stop_waiting()

    def send_400_response(self, msg: str) -> None:
        """Answer what cannot be read; called while the error that says why is being handled."""
        reason = sys.exception()
        too_large = isinstance(reason, h11.RemoteProtocolError) and reason.error_status_hint == 431
        self._end_with(HEADERS_TOO_LARGE if too_large else UNREADABLE)

    def _await_head(self) -> None:
        self._stop_waiting()
        self._deadline = self.loop.call_later(self.head_within_s, self._too_slow)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self) -> None:
        if self.transport.is_closing():
            return
        begun, _ = self.conn.trailing_data
        if begun and self.conn.our_state is h11.IDLE:
            self._end_with(HEAD_TOO_SLOW)
        else:
            self.transport.close()

    def _end_with(self, problem: Problem) -> None:
        for event in _events(problem):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def _events(problem: Problem) -> Iterator[h11.Event]:
    """The answer with everything that an answer of the application has."""
    request_id = secrets.token_hex(8)
    body = problem.body(request_id)
    headers = {
        **headers_for("", "'none'"),
        **problem.headers,
        "Content-Type": MEDIA_TYPE,
        "Content-Length": str(len(body)),
        "Connection": "close",
        "X-Request-Id": request_id,
    }
    yield h11.Response(status_code=problem.status, headers=list(headers.items()))
    yield h11.Data(data=body)
    yield h11.EndOfMessage()
