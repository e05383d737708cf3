"""What happens to every request before and after its route: id, checks, limits, headers, one log line."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

import structlog
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access import KEY_NEEDED, Access, login_address
from api.callers import client_of
from api.fairshare import FairShare
from api.problems import MEDIA_TYPE, Problem, RequestRefused, our_fault
from api.security import (
    BODY_TOO_LARGE,
    BODY_TOO_SLOW,
    BODY_WITHIN_S,
    DATA,
    LARGEST_BODY,
    LOADS,
    STOPPING,
    Doors,
    check_head,
    headers_for,
    request_id_in,
)
from api.settings import Settings

log = structlog.stdlib.get_logger("actorgraph.http")
LONGEST_TOLD = 300
"""Characters of a path in a log line."""


class FrontDoor:
    """ASGI middleware: turns away what may not ask, answers what nobody foresaw, marks every answer."""

    def __init__(self, app: ASGIApp, settings: Settings, access: Access, share: FairShare) -> None:
        self._app = app
        self._doors = Doors.of(settings)
        self._access = access
        self._share = share
        self._frame_ancestors = settings.frame_ancestors
        self._largest_file = settings.load_limit << 20

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "HEAD":  # what GET answers; the server leaves the body out
            scope = {**scope, "method": "GET"}
        visit = _Visit(scope, send, self._frame_ancestors)
        try:
            self._check(scope)
            await self._app(scope, await _body_first(scope, receive), visit.send)
        except RequestRefused as refused:
            await visit.refuse(refused.problem)
        except asyncio.CancelledError:  # the server stops and could not wait any longer
            if visit.begun:
                raise
            await visit.answer(STOPPING)
        except Exception:  # the last line of defence: whatever it is, the caller gets a clean answer
            log.exception("request failed", request_id=visit.request_id, path=_path_told(scope))
            if visit.begun:  # cut off, so that nobody takes half an answer for a whole one
                raise
            await visit.answer(our_fault())
        finally:
            visit.report()

    def _check(self, scope: Scope) -> None:
        check_head(scope, self._largest_file)
        self._doors.admit(scope["headers"])
        self._access.admit(scope)
        if scope["path"].startswith(DATA):
            self._share.asks(client_of(scope))


class _Visit:
    """One request on its way: its id, whether the answer began, and how it ended."""

    def __init__(self, scope: Scope, send: Send, frame_ancestors: str) -> None:
        self.request_id = request_id_in(scope["headers"]) or secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = self.request_id
        self._scope = scope
        self._send = send
        self._headers = headers_for(scope["path"], frame_ancestors)
        self._begun = time.perf_counter()
        self._status: int | None = None

    @property
    def begun(self) -> bool:
        """Whether the answer is already on its way."""
        return self._status is not None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
            headers["X-Request-Id"] = self.request_id
        await self._send(message)

    async def refuse(self, problem: Problem) -> None:
        """Answer what was turned away; a person who opens a page is led to where the key is given."""
        if problem is KEY_NEEDED and _opens_page(self._scope):
            await Response(status_code=303, headers={"Location": login_address(self._scope)})(
                self._scope, _nothing, self.send
            )
        else:
            await self.answer(problem)

    async def answer(self, problem: Problem) -> None:
        """Answer with a problem."""
        response = problem_response(problem, self.request_id)
        await response(self._scope, _nothing, self.send)

    def report(self) -> None:
        """Write the log line; the query is left out, because it names people."""
        log.info(
            "request",
            method=self._scope["method"],
            path=_path_told(self._scope),
            status=self._status,
            ms=round((time.perf_counter() - self._begun) * 1000, 1),
            request_id=self.request_id,
        )


def problem_response(problem: Problem, request_id: str) -> Response:
    """The answer that carries a problem."""
    return Response(problem.body(request_id), problem.status, dict(problem.headers), media_type=MEDIA_TYPE)


def _path_told(scope: Scope) -> str:
    """The path as a log line holds it: encoded, so that it drives no terminal, and not at any length."""
    encoded = quote(scope["path"][: LONGEST_TOLD + 1], errors="replace")
    return encoded[:LONGEST_TOLD] + ("…" if len(encoded) > LONGEST_TOLD else "")


def _opens_page(scope: Scope) -> bool:
    """Whether a browser asks for a page to show, not a program for data."""
    accepted = [value for name, value in scope["headers"] if name == b"accept"]
    page = scope["path"].startswith("/view/")
    return page and scope["method"] == "GET" and any(b"text/html" in value for value in accepted)


async def _body_first(scope: Scope, receive: Receive) -> Receive:
    """Take the whole body in, within its limits, and hand it to the route in one piece; but for a file, which
    the route takes in part by part."""
    if scope["method"] not in ("POST", "PUT", "PATCH") or scope["path"] == LOADS:
        return receive
    try:
        async with asyncio.timeout(BODY_WITHIN_S):
            body = await _read_body(receive)
    except TimeoutError:
        raise RequestRefused(BODY_TOO_SLOW) from None
    return _replay(body, receive)


async def _read_body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        part: bytes = message.get("body", b"")
        parts.append(part)
        size += len(part)
        if size > LARGEST_BODY:
            raise RequestRefused(BODY_TOO_LARGE)
        if not message.get("more_body", False):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Callable[[], Awaitable[Message]]:
    pending: list[dict[str, Any]] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return pending.pop() if pending else await receive()

    return next_message


async def _nothing() -> Message:
    return {"type": "http.disconnect"}
