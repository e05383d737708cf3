"""Who may ask what: which addresses need no key, what a public server opens, and what counts as a key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

import structlog
from starlette.types import Scope

from api.callers import client_of
from api.keys import HashedKey
from api.problems import Problem, RequestRefused
from api.sessions import SESSION_S, Attempts, Sessions
from api.settings import Settings

log = structlog.stdlib.get_logger("actorgraph.access")
Headers = Sequence[tuple[bytes, bytes]]

COOKIE = "actorgraph_session"
LOGIN, LOGOUT = "/login", "/logout"
_OPEN = frozenset({"/", LOGIN, LOGOUT, "/docs", "/openapi.json", "/livez", "/readyz"})
_OPEN_FOLDERS = ("/static/", "/docs/")
"""Pages and files without data of the graph; whatever is not among them needs the key."""
MORE_THAN_READING = ("/api/v1/cypher", "/api/v1/loads")
"""What stays closed on a public server; with all that begins so."""
READING_POSTS = frozenset(f"/api/v1/{name}" for name in ("changes", "counts", "export", "subgraph"))
"""Questions that are too long for an address; every other POST is more than reading."""

LONGEST_RETURN = 4_096
"""Characters of an address that a browser is sent back to."""
_OUR_ADDRESS = re.compile(r"/(?!/)[!-\[\]-~]*")
"""A path here: no host, no back slash (which browsers take for one), no control character."""


class Access:
    """The rules of one running service, with the sessions that it has given out."""

    def __init__(self, settings: Settings) -> None:
        self._key: HashedKey | None = settings.api_key
        self._public = settings.public
        self._sessions = Sessions()
        self._attempts = Attempts()

    @property
    def has_key(self) -> bool:
        """Whether there is a key at all."""
        return self._key is not None

    def admit(self, scope: Scope) -> None:
        """Let pass what needs no key, has the right one, or comes from a browser that has given it.

        Raises: RequestRefused.
        """
        path, headers = scope["path"], scope["headers"]
        if path in _OPEN or path.startswith(_OPEN_FOLDERS) or (self._public and _only_reads(scope)):
            return
        if self._key is None:
            if self._public:
                raise RequestRefused(READING_ONLY)
            return
        if self.signed_in(headers):
            return
        given = _keys_in(headers)
        if not given:
            raise RequestRefused(KEY_NEEDED)
        self._check(self._key, given, client_of(scope))

    def sign_in(self, key: str, client: str) -> str:
        """The token of a new session, for the right key.

        Raises: RequestRefused.
        """
        if self._key is None:
            raise RequestRefused(KEY_NEEDED)
        self._check(self._key, [key.encode("utf-8", "surrogatepass")], client)
        return self._sessions.begin()

    def signed_in(self, headers: Headers) -> bool:
        """Whether the request comes from a browser that has given the key."""
        return any(self._sessions.holds(token) for token in _tokens_in(headers))

    def sign_out(self, headers: Headers) -> None:
        """End the session of the request, if it has one."""
        for token in _tokens_in(headers):
            self._sessions.end(token)

    def _check(self, key: HashedKey, given: Sequence[bytes], client: str) -> None:
        wait = self._attempts.wait_s(client)
        if wait:
            raise RequestRefused(too_many_attempts(wait))
        fits = [key.fits(one) for one in given]
        if len(fits) != 1 or not fits[0]:
            self._attempts.failed(client)
            log.warning("wrong key", client=client)
            raise RequestRefused(KEY_NEEDED)


def login_address(scope: Scope) -> str:
    """Where a browser gives the key and comes back to the page it asked for."""
    query = f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
    wanted = (scope.get("raw_path") or b"/").decode("latin-1") + query
    return f"{LOGIN}?next={quote(wanted, safe='')}" if len(wanted) <= LONGEST_RETURN else LOGIN


def way_back(wanted: str) -> str:
    """Where to go after the key was given: an address of ours, whatever was asked for."""
    return wanted if len(wanted) <= LONGEST_RETURN and _OUR_ADDRESS.fullmatch(wanted) else "/"


def session_cookie(token: str, *, secure: bool) -> str:
    """The header that makes a browser keep a session; without a token, forget it."""
    age = SESSION_S if token else 0
    limits = "; Secure" if secure else ""
    return f"{COOKIE}={token}; Path=/; Max-Age={age}; HttpOnly; SameSite=Strict{limits}"


def _only_reads(scope: Scope) -> bool:
    path, method = scope["path"], scope["method"]
    if path.startswith(MORE_THAN_READING):
        return False
    return method in ("GET", "HEAD", "OPTIONS") or (method == "POST" and path in READING_POSTS)


def _keys_in(headers: Headers) -> list[bytes]:
    """The keys that a request brings; never from its address."""
    given = [value for name, value in headers if name == b"x-api-key"]
    for name, value in headers:
        scheme, _, token = value.partition(b" ")
        if name == b"authorization" and scheme.lower() == b"bearer":
            given.append(token.strip())
    return given


def _tokens_in(headers: Headers) -> list[str]:
    pairs = [
        pair.strip().partition("=")
        for name, value in headers
        if name == b"cookie"
        for pair in value.decode("latin-1").split(";")
    ]
    return [value for name, _, value in pairs if name == COOKIE and value]


KEY_NEEDED = Problem(
    401,
    "key-needed",
    "A key is needed",
    "send the key of this service as X-API-Key or as a Bearer token, or sign in at /login",
    headers={"WWW-Authenticate": "Bearer"},
)
READING_ONLY = Problem(
    403,
    "not-public",
    "Only reading is open here",
    "on a public server Cypher and loading need a key, and this one has none (ACTORGRAPH_API_KEY)",
)


def too_many_attempts(wait_s: int) -> Problem:
    """The problem of an address that has sent too many wrong keys."""
    return Problem(
        429,
        "too-many-attempts",
        "Too many wrong keys",
        f"too many wrong keys came from your address; try again in {wait_s} seconds",
        headers={"Retry-After": str(wait_s)},
    )
