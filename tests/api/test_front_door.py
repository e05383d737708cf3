"""Who may ask, how much may be sent, and what every answer carries."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest
import structlog
from starlette.types import Receive, Scope, Send

from api.access import Access
from api.app import create_app
from api.fairshare import FairShare
from api.middleware import FrontDoor
from api.security import LARGEST_BODY, LARGEST_HEADERS, LONGEST_ADDRESS, MOST_HEADERS
from api.service import Service
from api.settings import read_settings
from apiclient import HERE, Api, client_of

HOSTS: tuple[tuple[str, bool], ...] = (
    ("localhost", True),
    ("localhost:8000", True),
    ("LOCALHOST:8000", True),
    ("localhost.", True),
    ("127.0.0.1", True),
    ("127.0.0.1:9", True),
    ("127.1.2.3", True),
    ("[::1]", True),
    ("[::1]:8000", True),
    ("actors.example.org", True),
    ("Actors.Example.Org:443", True),
    ("inside.example.org:8443", True),
    ("inside.example.org:8444", False),
    ("inside.example.org", False),
    ("evil.example", False),
    ("localhost.evil.example", False),
    ("127.0.0.1.evil.example", False),
    ("actors.example.org.evil.example", False),
    ("evil@localhost", False),
    ("localhost:8000:8000", False),
    ("localhost:", False),
    ("localhost:0", False),
    ("localhost:99999", False),
    ("localhost/evil", False),
    ("localhost evil", False),
    ("[::1", False),
    ("::1", False),
    ("[evil]", False),
    ("[fe80::1]", False),
    ("0.0.0.0", False),
    ("", False),
)
ORIGINS: tuple[tuple[str, bool], ...] = (
    ("http://127.0.0.1:8000", True),
    ("HTTP://127.0.0.1:8000", True),
    ("https://actors.example.org", True),
    ("https://inside.example.org:8443", True),
    ("https://inside.example.org", False),
    ("http://127.0.0.1:3000", False),
    ("http://127.0.0.1", False),
    ("http://localhost:8000", False),
    ("http://evil.example", False),
    ("https://evil.example:8000", False),
    ("null", False),
    ("", False),
    ("file://", False),
    ("chrome-extension://abcdef", False),
    ("http://127.0.0.1:8000@evil.example", False),
    ("http://127.0.0.1:8000/", False),
)
DATA = "/api/v1/stats"


@pytest.fixture
async def listed(world_service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """The API where two further hosts are listed, one of them with its port."""
    listed = "actors.example.org, inside.example.org:8443"
    settings = read_settings({"allowed_hosts": listed, "public": True})
    async with client_of(create_app(settings, world_service), world_service) as client:
        yield client


@pytest.mark.parametrize(("host", "allowed"), HOSTS, ids=[host or "empty" for host, _ in HOSTS])
async def test_only_known_hosts_are_answered(listed: httpx.AsyncClient, host: str, allowed: bool) -> None:
    answer = await listed.get(DATA, headers={"host": host})

    assert answer.status_code == (200 if allowed else 400)
    if not allowed:
        assert answer.json()["code"] == "wrong-host"


async def test_a_request_with_two_hosts_is_refused(listed: httpx.AsyncClient) -> None:
    answer = await listed.get(DATA, headers=[("host", "localhost"), ("host", "localhost")])

    assert answer.status_code == 400


@pytest.mark.parametrize(("origin", "allowed"), ORIGINS, ids=[origin or "empty" for origin, _ in ORIGINS])
async def test_only_our_own_pages_may_ask(listed: httpx.AsyncClient, origin: str, allowed: bool) -> None:
    for path in (DATA, "/", "/static/icon.svg"):
        answer = await listed.get(path, headers={"origin": origin})
        assert answer.status_code == (200 if allowed else 403), path
        if not allowed:
            assert answer.json()["code"] == "wrong-origin"
            assert "access-control-allow-origin" not in answer.headers


PAGE_ASKS = {"sec-fetch-mode": "cors", "sec-fetch-dest": "empty"}
PAGE_SHOWS = {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}
PERSON_GOES = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


@pytest.mark.parametrize(
    ("site", "how", "allowed"),
    [
        ("same-origin", PAGE_ASKS, True),
        ("same-origin", PAGE_SHOWS, True),
        ("none", PERSON_GOES, True),
        ("cross-site", PERSON_GOES, True),
        ("cross-site", PAGE_SHOWS, False),
        ("cross-site", PAGE_ASKS, False),
        ("same-site", PAGE_SHOWS, False),
        ("same-site", PERSON_GOES, True),
        ("cross-site", {}, False),
    ],
)
async def test_a_page_of_another_site_cannot_make_us_work(
    listed: httpx.AsyncClient, site: str, how: Mapping[str, str], allowed: bool
) -> None:
    """Pictures and scripts are fetched without an Origin; browsers tell their site in another header."""
    answer = await listed.get(DATA, headers={"sec-fetch-site": site, **how})

    assert answer.status_code == (200 if allowed else 403)


async def test_a_listed_page_may_ask_whatever_its_browser_says_of_the_site(listed: httpx.AsyncClient) -> None:
    headers = {"origin": "https://actors.example.org", "sec-fetch-site": "cross-site", **PAGE_ASKS}

    assert (await listed.get(DATA, headers=headers)).status_code == 200


async def test_no_other_origin_is_given_a_permission(listed: httpx.AsyncClient) -> None:
    asked = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    for origin in ("http://evil.example", "https://actors.example.org", HERE):
        for method in ("GET", "OPTIONS"):
            answer = await listed.request(method, DATA, headers={"origin": origin, **asked})
            assert not [name for name in answer.headers if name.startswith("access-control")], origin


async def test_an_address_that_is_too_long_is_refused(world: Api) -> None:
    answer = await world.client.get(f"{DATA}?type={'X' * LONGEST_ADDRESS}")

    assert (answer.status_code, answer.json()["code"]) == (414, "address-too-long")


async def test_too_many_or_too_large_headers_are_refused(world: Api) -> None:
    many = [(f"x-{number}", "1") for number in range(MOST_HEADERS + 1)]
    for headers in (many, [("x-long", "x" * LARGEST_HEADERS)], [("x" * LARGEST_HEADERS, "x")]):
        answer = await world.client.get(DATA, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (431, "headers-too-large")


async def test_a_length_that_is_told_twice_is_refused(world: Api) -> None:
    headers = {"content-type": "application/json", "content-length": "2", "transfer-encoding": "chunked"}
    answer = await world.client.post("/api/v1/subgraph", content=b"{}", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (400, "length-told-twice")


async def test_a_body_that_is_too_large_is_refused(world: Api) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(LARGEST_BODY // 1000 + 10):
            yield b"x" * 1000

    kind = {"content-type": "application/json"}
    declared = await world.client.post("/api/v1/subgraph", content=b"x" * (LARGEST_BODY + 1), headers=kind)
    streamed = await world.client.post("/api/v1/subgraph", content=endless(), headers=kind)

    for answer in (declared, streamed):
        assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


EVERYTHING: tuple[tuple[str, str, Mapping[str, str], int], ...] = (
    ("GET", DATA, {}, 200),
    ("GET", "/", {}, 200),
    ("GET", "/docs", {}, 200),
    ("GET", "/docs/errors", {}, 200),
    ("GET", "/login", {}, 200),
    ("GET", "/livez", {}, 200),
    ("GET", "/openapi.json", {}, 200),
    ("GET", "/static/icon.svg", {}, 200),
    ("GET", "/static/vendor/vis-network.min.js", {}, 200),
    ("GET", "/api/v1/export", {}, 200),
    ("GET", "/api/v1/paths?from=amal-haddad&to=northland&format=markdown", {}, 200),
    ("HEAD", DATA, {}, 200),
    ("POST", "/logout", {"content-type": "application/x-www-form-urlencoded"}, 303),
    ("GET", DATA, {"host": "evil.example"}, 400),
    ("GET", DATA, {"origin": "null"}, 403),
    ("GET", "/api/v1/nothing", {}, 404),
    ("GET", "/nothing", {}, 404),
    ("GET", "/static/nothing", {}, 404),
    ("POST", "/api/v1/search", {"content-type": "application/json"}, 405),
    ("PUT", "/", {"content-type": "application/json"}, 405),
    ("GET", f"/api/v1/search?q={'x' * LONGEST_ADDRESS}", {}, 414),
    ("POST", "/api/v1/subgraph", {"content-type": "text/plain"}, 415),
    ("POST", "/login", {"content-type": "application/json"}, 415),
    ("GET", "/api/v1/search", {}, 422),
    ("GET", DATA, {"x-long": "x" * LARGEST_HEADERS}, 431),
)


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"), EVERYTHING, ids=lambda value: str(value)[:40]
)
async def test_every_answer_has_an_id_and_safe_headers(
    world: Api, method: str, path: str, headers: Mapping[str, str], status: int
) -> None:
    answer = await world.client.request(method, path, headers=headers)
    policy = answer.headers["content-security-policy"]

    assert answer.status_code == status
    assert len(answer.headers["x-request-id"]) == 16
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["referrer-policy"] == (
        "same-origin" if path == "/login" and status == 200 else "no-referrer"
    )
    assert answer.headers["cache-control"] in ("no-store", "no-cache", "max-age=86400")
    assert "set-cookie" not in answer.headers or path == "/logout"
    for part in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy
    for hole in ("unsafe", "http", "*", "data:" if path.startswith("/api/") else "blob:"):
        assert hole not in policy


async def test_the_callers_request_id_is_kept_if_harmless(world: Api) -> None:
    kept = await world.client.get("/api/v1/nothing", headers={"x-request-id": "trace-42"})
    made = await world.client.get("/api/v1/nothing", headers={"x-request-id": "<script>"})

    assert kept.headers["x-request-id"] == kept.json()["request_id"] == "trace-42"
    assert made.headers["x-request-id"] == made.json()["request_id"] != "<script>"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/api/v1/actors/%1b%5B31mred%0Alevel=error", "/api/v1/actors/%1B%5B31mred%0Alevel%3Derror"),
        ("/api/v1/actors/%E2%80%AEevil%00%FF", "/api/v1/actors/%E2%80%AEevil%00%EF%BF%BD"),
        (f"/{'x' * 9_000}", f"/{'x' * 299}…"),
    ],
)
async def test_a_log_line_holds_a_path_that_drives_no_terminal(world: Api, path: str, told: str) -> None:
    with structlog.testing.capture_logs() as lines:
        await world.client.get(f"{path}?q=private")

    assert [line["path"] for line in lines if line["event"] == "request"] == [told]
    assert "private" not in repr(lines)


async def test_who_may_embed_a_view_is_configurable(world_service: Service) -> None:
    settings = read_settings({"frame_ancestors": "https://paper.example"})
    async with client_of(create_app(settings, world_service), world_service) as client:
        view = await client.get("/view/neighbourhood/northland")
        start = await client.get("/")

    assert "frame-ancestors https://paper.example" in view.headers["content-security-policy"]
    assert "x-frame-options" not in view.headers
    assert "frame-ancestors 'none'" in start.headers["content-security-policy"]
    assert start.headers["x-frame-options"] == "DENY"


async def test_an_unforeseen_error_says_nothing_of_the_inside() -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise RuntimeError("the secret is in /etc/shadow")

    async with _client(broken) as client:
        answer = await client.get("/", headers={"x-request-id": "abc"})

    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["request_id"] == "abc"
    assert "secret" not in answer.text
    assert "RuntimeError" not in answer.text


async def test_an_answer_that_breaks_in_the_middle_does_not_look_whole() -> None:
    async def breaking(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise RuntimeError("gone")

    async with _client(breaking) as client:
        with pytest.raises(RuntimeError, match="gone"):
            await client.get("/")


def _client(app: Any) -> httpx.AsyncClient:
    settings = read_settings()
    door = FrontDoor(app, settings, Access(settings), FairShare(settings.cypher_share))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=door), base_url=HERE)
