"""Who may ask, how much may be sent, and what every answer carries."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from api.app import create_app
from api.middleware import FrontDoor
from api.problems import SettingsUnusable
from api.security import LARGEST_BODY, LONGEST_ADDRESS
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
    settings = read_settings({"allowed_hosts": "actors.example.org, inside.example.org:8443"})
    async with client_of(create_app(settings, world_service), world_service) as client:
        yield client


@pytest.fixture
async def keyed(world_service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """The API that needs a key."""
    settings = read_settings({"api_key": "open sesame"})
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


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"X-API-Key": "open sesame"}, True),
        ({"Authorization": "Bearer open sesame"}, True),
        ({"Authorization": "bearer open sesame"}, True),
        ({}, False),
        ({"X-API-Key": ""}, False),
        ({"X-API-Key": "open sesam"}, False),
        ({"X-API-Key": "open sesame "}, False),
        ({"Authorization": "open sesame"}, False),
        ({"Authorization": "Basic open sesame"}, False),
        ({"X-API-Key": "open sesame", "Authorization": "Bearer wrong"}, False),
    ],
)
async def test_data_needs_the_key(
    keyed: httpx.AsyncClient, headers: Mapping[str, str], allowed: bool
) -> None:
    for path in (DATA, "/view/neighbourhood/northland", "/api/v1/nothing"):
        answer = await keyed.get(path, headers=headers)
        assert (answer.status_code != 401) is allowed, path
        if not allowed:
            assert answer.json()["code"] == "key-needed"
            assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("key", "headers", "status"),
    [(None, {}, 403), ("sesame", {}, 401), ("sesame", {"X-API-Key": "sesame"}, 200)],
)
async def test_a_public_server_opens_reading_but_not_cypher(
    world_service: Service, key: str | None, headers: Mapping[str, str], status: int
) -> None:
    settings = read_settings({"public": True, "api_key": key})
    async with client_of(create_app(settings, world_service), world_service) as client:
        assert (await client.get(DATA)).status_code == 200
        for path in ("/api/v1/cypher", "/api/v1/cypher/"):
            answer = await client.post(path, json={"statement": "RETURN 1"}, headers=headers)
            assert answer.status_code == (404 if (status, path[-1]) == (200, "/") else status), path


async def test_a_key_in_the_address_is_no_key(keyed: httpx.AsyncClient) -> None:
    for name in ("api_key", "key", "X-API-Key"):
        assert (await keyed.get(DATA, params={name: "open sesame"})).status_code == 401


async def test_pages_without_data_need_no_key(keyed: httpx.AsyncClient) -> None:
    for path in ("/", "/docs", "/openapi.json", "/livez", "/readyz", "/static/icon.svg"):
        assert (await keyed.get(path)).status_code == 200, path


def test_an_empty_key_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTORGRAPH_API_KEY", "")

    with pytest.raises(SettingsUnusable, match="ACTORGRAPH_API_KEY: is empty"):
        read_settings()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_listening_to_others_needs_a_key_or_a_word(host: str) -> None:
    with pytest.raises(SettingsUnusable, match="ACTORGRAPH_API_KEY"):
        read_settings({"host": host})

    assert read_settings({"host": host, "public": True}).host == host
    assert read_settings({"host": host, "api_key": "k"}).host == host


async def test_an_address_that_is_too_long_is_refused(world: Api) -> None:
    answer = await world.client.get(f"{DATA}?type={'X' * LONGEST_ADDRESS}")

    assert (answer.status_code, answer.json()["code"]) == (414, "address-too-long")


async def test_a_body_that_is_too_large_is_refused(world: Api) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(LARGEST_BODY // 1000 + 10):
            yield b"x" * 1000

    kind = {"content-type": "application/json"}
    declared = await world.client.post("/api/v1/subgraph", content=b"x" * (LARGEST_BODY + 1), headers=kind)
    streamed = await world.client.post("/api/v1/subgraph", content=endless(), headers=kind)

    for answer in (declared, streamed):
        assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


async def test_every_answer_has_an_id_and_safe_headers(world: Api) -> None:
    for path in (DATA, "/", "/docs", "/api/v1/nothing", "/static/icon.svg", "/openapi.json"):
        headers = (await world.client.get(path)).headers
        assert len(headers["x-request-id"]) == 16, path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "no-referrer", path
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert "unsafe" not in policy, path


async def test_the_callers_request_id_is_kept_if_harmless(world: Api) -> None:
    kept = await world.client.get("/api/v1/nothing", headers={"x-request-id": "trace-42"})
    made = await world.client.get("/api/v1/nothing", headers={"x-request-id": "<script>"})

    assert kept.headers["x-request-id"] == kept.json()["request_id"] == "trace-42"
    assert made.headers["x-request-id"] == made.json()["request_id"] != "<script>"


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
    door = FrontDoor(app, read_settings())
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=door), base_url=HERE)
