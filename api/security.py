"""Who may ask (host, origin, key), and the headers that say what a browser may do with an answer."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.problems import RETRY_AFTER_S, Problem, RequestRefused
from api.settings import Settings, is_loopback

Headers = Sequence[tuple[bytes, bytes]]
LONGEST_ADDRESS = 16_384
"""Bytes of path and query together."""
LARGEST_BODY = 1 << 20
"""Bytes of a request body."""
BODY_WITHIN_S = 10.0
"""Seconds in which a request body must have arrived."""

_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+)(?::(?P<port>[0-9]{1,5}))?")
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_KEYED = ("/api/", "/view/")
_NOT_PUBLIC = ("/api/v1/cypher",)
"""What a public server answers only to who has its key."""

COMMON_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class HostName:
    """A host as a browser names it: lower case, no final dot, no brackets; port None where none is given."""

    name: str
    port: int | None


def parse_host(text: str) -> HostName | None:
    """The host and port of a Host header or of an allowed host; None when it is neither."""
    found = _HOST.fullmatch(text)
    if found is None:
        return None
    name, port = found["name"].strip("[]").lower().removesuffix("."), found["port"]
    if not name or (port is not None and not 0 < int(port) < 65536):
        return None
    if found["name"].startswith("[") and not _is_address(name):
        return None
    return HostName(name, int(port) if port is not None else None)


@dataclass(frozen=True, slots=True)
class Doors:
    """The host names under which the service may be called: `listed`, the address it listens on, loopback."""

    listed: frozenset[HostName]
    own: HostName | None = None

    @classmethod
    def of(cls, settings: Settings) -> Doors:
        names = [parse_host(text) for text in settings.allowed_hosts]
        own = parse_host(f"[{settings.host}]" if ":" in settings.host else settings.host)
        if own is not None and _is_wildcard(own.name):
            own = None
        return cls(frozenset(name for name in names if name is not None), own)

    def admit(self, headers: Headers) -> None:
        """Check Host, and Origin where there is one.

        Raises: RequestRefused.
        """
        hosts = _values(headers, b"host")
        host = parse_host(hosts[0]) if len(hosts) == 1 else None
        if host is None or not (is_loopback(host.name) or self._is_own(host) or self._lists(host)):
            raise RequestRefused(_WRONG_HOST)
        for origin in _values(headers, b"origin"):
            if not self._same_site(origin, host):
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


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The key that calls for data must bring, as its hash; None: there is none.

    `public`: everybody may read without it; what a public server does not open needs it all the same.
    """

    digest: bytes | None
    public: bool = False

    @classmethod
    def of(cls, settings: Settings) -> KeyRing:
        key = settings.api_key
        return cls(None if key is None else _digest(key.get_secret_value().encode()), settings.public)

    def admit(self, path: str, headers: Headers) -> None:
        """Check the key where the path needs one, in constant time.

        Raises: RequestRefused.
        """
        if not path.startswith(_KEYED if not self.public else _NOT_PUBLIC):
            return
        if self.digest is None:
            if self.public:
                raise RequestRefused(_CLOSED)
            return
        given = [value.encode("latin-1") for value in _values(headers, b"x-api-key")]
        for value in _values(headers, b"authorization"):
            scheme, _, token = value.partition(" ")
            if scheme.lower() == "bearer":
                given.append(token.strip().encode("latin-1"))
        fits = [hmac.compare_digest(_digest(key), self.digest) for key in given]
        if len(fits) != 1 or not fits[0]:
            raise RequestRefused(_WRONG_KEY)


def page_policy(frame_ancestors: str) -> str:
    """Content security policy of a page: everything from here, nothing inline, nothing from another host."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {frame_ancestors}"
    )


def headers_for(path: str, frame_ancestors: str) -> Mapping[str, str]:
    """Headers of every answer under a path."""
    if path.startswith("/static/"):
        return {
            **COMMON_HEADERS,
            "Content-Security-Policy": page_policy("'none'"),
            "Cache-Control": "no-cache",
        }
    if path.startswith("/view/"):
        extra = {"Content-Security-Policy": page_policy(frame_ancestors)}
    else:
        extra = {"Content-Security-Policy": page_policy("'none'"), "X-Frame-Options": "DENY"}
    return {**COMMON_HEADERS, **extra, "Cache-Control": "no-store"}


def request_id_in(headers: Headers) -> str | None:
    """The caller's own request id, if it is a harmless one."""
    given = [value for name, value in headers if name == b"x-request-id"]
    return given[0].decode() if len(given) == 1 and _REQUEST_ID.fullmatch(given[0]) else None


def declared_length(headers: Headers) -> int | None:
    """What Content-Length says."""
    given = _values(headers, b"content-length")
    return int(given[0]) if len(given) == 1 and given[0].isdecimal() else None


def is_json(headers: Headers) -> bool:
    """Whether the body is declared as JSON."""
    kinds = [value.partition(";")[0].strip().lower() for value in _values(headers, b"content-type")]
    return kinds == ["application/json"]


def _values(headers: Headers, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in headers if key == name]


def _digest(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_wildcard(name: str) -> bool:
    return _is_address(name) and ipaddress.ip_address(name).is_unspecified


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
_WRONG_KEY = Problem(
    401,
    "key-needed",
    "A key is needed",
    "send the key of this service as X-API-Key or as a Bearer token",
    headers={"WWW-Authenticate": "Bearer"},
)
_CLOSED = Problem(
    403,
    "not-public",
    "This is not open to the public",
    "a public server answers questions, not Cypher; its owner can set ACTORGRAPH_API_KEY and use that",
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
STOPPING = Problem(
    503,
    "server-stops",
    "The server stops",
    "the server was stopped before the answer was ready",
    headers={"Retry-After": str(RETRY_AFTER_S), "Connection": "close"},
)
