"""From where a request may come, how large it may be, and what a browser may do with the answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.types import Scope

from api.hosts import HostName, is_loopback, is_wildcard, parse_host
from api.problems import RETRY_AFTER_S, Problem, RequestRefused
from api.settings import Settings

Headers = Sequence[tuple[bytes, bytes]]
LONGEST_ADDRESS = 16_384
"""Bytes of path and query together."""
LARGEST_BODY = 1 << 20
"""Bytes of a request body."""
BODY_WITHIN_S = 10.0
"""Seconds in which a request body must have arrived."""
HEAD_WITHIN_S = 10.0
"""Seconds in which address and headers must have arrived."""
MOST_HEADERS = 100
LARGEST_HEADERS = 32_768
"""Bytes of the names and values of all headers together."""

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
BYTES = "application/octet-stream"
"""As what a file is sent: no form of another site can send it, and no page without asking first."""
DATA = "/api/v1/"
LOADS = "/api/v1/loads"
"""Where files are sent; they have a limit of their own and are read by the route, part by part."""

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")

COMMON_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_ANSWER_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""Content security policy of what is no page."""


@dataclass(frozen=True, slots=True)
class Doors:
    """The host names under which the service may be called: `listed`, the address it listens on, loopback."""

    listed: frozenset[HostName]
    own: HostName | None = None

    @classmethod
    def of(cls, settings: Settings) -> Doors:
        names = [parse_host(text) for text in settings.allowed_hosts]
        own = parse_host(f"[{settings.host}]" if ":" in settings.host else settings.host)
        if own is not None and is_wildcard(own.name):
            own = None
        return cls(frozenset(name for name in names if name is not None), own)

    def admit(self, headers: Headers) -> None:
        """Check Host, and what a browser says of the page that asks: Origin, else its own judgement.

        Following a link from another site is allowed, so that pages can be linked to.

        Raises: RequestRefused.
        """
        hosts = _values(headers, b"host")
        host = parse_host(hosts[0]) if len(hosts) == 1 else None
        if host is None or not (is_loopback(host.name) or self._is_own(host) or self._lists(host)):
            raise RequestRefused(_WRONG_HOST)
        origins = _values(headers, b"origin")
        for origin in origins:
            if not self._same_site(origin, host):
                raise RequestRefused(_WRONG_ORIGIN)
        elsewhere = {"cross-site", "same-site"} & set(_values(headers, b"sec-fetch-site"))
        if elsewhere and not origins and _values(headers, b"sec-fetch-mode") != ["navigate"]:
            raise RequestRefused(_WRONG_ORIGIN)

    def _is_own(self, host: HostName) -> bool:
        return self.own is not None and host.name == self.own.name

    def _lists(self, host: HostName) -> bool:
        return host in self.listed or HostName(host.name, None) in self.listed

    def _same_site(self, origin: str, host: HostName) -> bool:
        """Whether a page of this origin is ours: the address called, or a listed one."""
        scheme, _, rest = origin.partition("://")
        page = parse_host(rest)
        if page is None or scheme.lower() not in ("http", "https"):
            return False
        usual = 443 if scheme.lower() == "https" else 80
        here = (host.name, host.port or usual)
        return (page.name, page.port or usual) == here or self._lists(page)


def page_policy(frame_ancestors: str) -> str:
    """Content security policy of a page: everything from here, nothing inline, nothing from another host."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {frame_ancestors}"
    )


def headers_for(path: str, frame_ancestors: str) -> Mapping[str, str]:
    """Headers of every answer under a path."""
    if path.startswith("/view/"):
        extra = {"Content-Security-Policy": page_policy(frame_ancestors)}
    elif path.startswith("/api/"):
        extra = {"Content-Security-Policy": _ANSWER_POLICY, "X-Frame-Options": "DENY"}
    else:
        extra = {"Content-Security-Policy": page_policy("'none'"), "X-Frame-Options": "DENY"}
    kept = "no-cache" if path.startswith("/static/") else "no-store"
    return {**COMMON_HEADERS, **extra, "Cache-Control": kept}


def request_id_in(headers: Headers) -> str | None:
    """The caller's own request id, if it is a harmless one."""
    given = [value for name, value in headers if name == b"x-request-id"]
    return given[0].decode() if len(given) == 1 and _REQUEST_ID.fullmatch(given[0]) else None


def declared_length(headers: Headers) -> int | None:
    """What Content-Length says."""
    given = _values(headers, b"content-length")
    return int(given[0]) if len(given) == 1 and given[0].isdecimal() else None


def check_head(scope: Scope, largest_file: int) -> None:
    """Check the size of address, headers and declared body, and that its length is not told twice.

    A file that is sent to be loaded may have `largest_file` bytes.

    Raises: RequestRefused.
    """
    if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
        raise RequestRefused(ADDRESS_TOO_LONG)
    headers: Headers = scope["headers"]
    size = sum(len(name) + len(value) for name, value in headers)
    if len(headers) > MOST_HEADERS or size > LARGEST_HEADERS:
        raise RequestRefused(HEADERS_TOO_LARGE)
    if {b"content-length", b"transfer-encoding"} <= {name for name, _ in headers}:
        raise RequestRefused(LENGTH_TOLD_TWICE)
    declared = declared_length(headers) or 0
    if declared > (largest_file if scope["path"] == LOADS else LARGEST_BODY):
        raise RequestRefused(file_too_large(largest_file) if scope["path"] == LOADS else BODY_TOO_LARGE)


def file_too_large(limit: int) -> Problem:
    """The problem of a file that is larger than `limit` bytes."""
    return Problem(
        413,
        "file-too-large",
        "The file is too large",
        f"a file may have {limit >> 20} MiB here (ACTORGRAPH_LOAD_LIMIT); load it with the command line",
    )


def media_type(headers: Headers) -> str | None:
    """As what the body is declared, without parameters; None where that is not told, or told twice."""
    kinds = [value.partition(";")[0].strip().lower() for value in _values(headers, b"content-type")]
    return kinds[0] if len(kinds) == 1 else None


def _values(headers: Headers, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in headers if key == name]


_WRONG_HOST = Problem(
    400,
    "wrong-host",
    "The service is not called by this name",
    "the Host header names no host of this service; list the name in ACTORGRAPH_ALLOWED_HOSTS",
)
_WRONG_ORIGIN = Problem(
    403,
    "wrong-origin",
    "Pages of other sites may not ask",
    "the request comes from a page of another site; list its host in ACTORGRAPH_ALLOWED_HOSTS if it is yours",
)
ADDRESS_TOO_LONG = Problem(
    414,
    "address-too-long",
    "The address is too long",
    f"path and query may have {LONGEST_ADDRESS} bytes together",
)
BODY_TOO_LARGE = Problem(
    413, "body-too-large", "The request is too large", f"a request body may have {LARGEST_BODY} bytes"
)
BODY_TOO_SLOW = Problem(
    408, "body-too-slow", "The request did not arrive", f"a body must arrive within {BODY_WITHIN_S:g} seconds"
)
NOT_JSON = Problem(415, "json-needed", "The body must be JSON", "send the body as application/json")
NOT_BYTES = Problem(415, "bytes-needed", "The body must be a file", f"send the bytes of the file as {BYTES}")
NOT_A_FORM = Problem(415, "form-needed", "The body must be a form", f"send the body as {FORM}")
HEADERS_TOO_LARGE = Problem(
    431,
    "headers-too-large",
    "The headers are too large",
    f"a request may have {MOST_HEADERS} headers with {LARGEST_HEADERS} bytes together",
)
LENGTH_TOLD_TWICE = Problem(
    400,
    "length-told-twice",
    "The length is told twice",
    "a request has a Content-Length or a Transfer-Encoding, not both",
    headers={"Connection": "close"},
)
UNREADABLE = Problem(
    400,
    "request-unreadable",
    "The request is no HTTP",
    "the request cannot be read as HTTP/1.1",
    headers={"Connection": "close"},
)
HEAD_TOO_SLOW = Problem(
    408,
    "head-too-slow",
    "The request did not arrive",
    f"address and headers must arrive within {HEAD_WITHIN_S:g} seconds",
    headers={"Connection": "close"},
)
STOPPING = Problem(
    503,
    "server-stops",
    "The server stops",
    "the server was stopped before the answer was ready",
    headers={"Retry-After": str(RETRY_AFTER_S), "Connection": "close"},
)
