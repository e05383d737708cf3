"""Who may ask what: with a key, without one, from a browser that gave it, and on a server that is public."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from api import docs, login, views
from api.access import MORE_THAN_READING, READING_POSTS
from api.app import create_app
from api.middleware import FrontDoor
from api.problems import SettingsUnusable
from api.service import Service
from api.sessions import MOST_ATTEMPTS
from api.settings import read_settings
from apicalls import CALLS, address
from apiclient import HERE, client_of

KEY = "open sesame, open sesame"
SHOWN = {"X-API-Key": KEY}
DATA = "/api/v1/stats"
OPEN = {
    "/", "/docs", "/docs/errors", "/docs/docs.css", "/openapi.json", "/livez", "/readyz", "/login", "/logout",
    "/static/vendor/{name}",
}  # fmt: skip
"""Every route that shows nothing of the graph."""
CYPHER = {"statement": "RETURN 1"}


@pytest.fixture
async def keyed(world_service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """The API that needs a key."""
    async with client_of(create_app(read_settings({"api_key": KEY}), world_service), world_service) as client:
        yield client


@pytest.fixture
async def public(world_service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """The API that everybody may read, without a key."""
    async with client_of(create_app(read_settings({"public": "1"}), world_service), world_service) as client:
        yield client


@pytest.fixture
async def public_keyed(world_service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """The API that everybody may read, with a key for more."""
    settings = read_settings({"public": "1", "api_key": KEY})
    async with client_of(create_app(settings, world_service), world_service) as client:
        yield client


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ([("X-API-Key", KEY)], True),
        ([("Authorization", f"Bearer {KEY}")], True),
        ([("Authorization", f"bearer {KEY}")], True),
        ([], False),
        ([("X-API-Key", "")], False),
        ([("X-API-Key", KEY[:-1])], False),
        ([("X-API-Key", f"{KEY} ")], False),
        ([("X-API-Key", KEY.upper())], False),
        ([("X-API-Key", "\xff\xfe" * 20)], False),
        ([("X-API-Key", "x" * 10_000)], False),
        ([("Authorization", KEY)], False),
        ([("Authorization", f"Basic {KEY}")], False),
        ([("Authorization", "Bearer")], False),
        ([("X-API-Key", KEY), ("Authorization", "Bearer wrong")], False),
        ([("X-API-Key", KEY), ("X-API-Key", "wrong")], False),
        ([("Cookie", f"actorgraph_session={KEY}")], False),
        ([("Cookie", f"key={KEY}")], False),
    ],
)
async def test_data_needs_the_key(
    keyed: httpx.AsyncClient, headers: list[tuple[str, str]], allowed: bool
) -> None:
    sent = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    for path in (DATA, "/view/neighbourhood/northland", "/api/v1/nothing", "/nothing"):
        answer = await keyed.get(path, headers=sent)
        assert (answer.status_code != 401) is allowed, path
        if not allowed:
            assert answer.json()["code"] == "key-needed"
            assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_key_in_the_address_is_no_key(keyed: httpx.AsyncClient) -> None:
    for name in ("api_key", "key", "X-API-Key", "authorization", "access_token", "token"):
        assert (await keyed.get(DATA, params={name: KEY})).status_code == 401
        answer = await keyed.get(DATA, params={name: KEY}, headers=SHOWN)
        assert answer.status_code == 422
        assert KEY not in answer.text


@pytest.mark.parametrize(("path", "rest"), CALLS, ids=[address(*call)[-60:] for call in CALLS])
async def test_every_call_for_data_needs_the_key(keyed: httpx.AsyncClient, path: str, rest: str) -> None:
    without = await keyed.get(address(path, rest))
    with_key = await keyed.get(address(path, rest), headers=SHOWN)

    assert without.status_code == (200 if path in OPEN else 401)
    assert with_key.status_code == 200


async def test_whatever_is_not_known_to_be_harmless_needs_the_key(
    keyed: httpx.AsyncClient, description: Mapping[str, Any]
) -> None:
    """A new route is closed until somebody says that it shows nothing of the graph."""
    routes = (route for router in (views.router, docs.router, login.router) for route in router.routes)
    paths = {route.path for route in routes if isinstance(route, APIRoute)} | description["paths"].keys()
    assert len(paths) > len(OPEN)
    for path in sorted(paths):
        answer = await keyed.get(re.sub(r"\{.*\}", "northland", path))
        assert (answer.status_code != 401) is (path in OPEN), path


async def test_a_question_that_is_posted_needs_the_key_and_json(keyed: httpx.AsyncClient) -> None:
    body = {"actors": ["northland"]}

    assert (await keyed.post("/api/v1/subgraph", json=body)).status_code == 401
    assert (await keyed.post("/api/v1/subgraph", json=body, headers=SHOWN)).status_code == 200
    form = await keyed.post("/api/v1/subgraph", data={"actors": "northland"}, headers=SHOWN)
    assert (form.status_code, form.json()["code"]) == (415, "json-needed")


async def test_somebody_who_tries_keys_has_to_wait(keyed: httpx.AsyncClient) -> None:
    for number in range(MOST_ATTEMPTS):
        assert (await keyed.get(DATA, headers={"X-API-Key": f"guess {number}"})).status_code == 401
    answers = [await keyed.get(DATA, headers=headers) for headers in ({"X-API-Key": "guess"}, SHOWN)]

    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (429, "too-many-attempts")
        assert 50 <= int(answer.headers["retry-after"]) <= 60
    assert (await keyed.get("/livez")).status_code == 200


async def test_asking_without_a_key_is_no_attempt(keyed: httpx.AsyncClient) -> None:
    for _ in range(3 * MOST_ATTEMPTS):
        assert (await keyed.get(DATA)).status_code == 401

    assert (await keyed.get(DATA, headers=SHOWN)).status_code == 200


async def test_another_address_does_not_wait_for_the_first_one(world_service: Service) -> None:
    app = create_app(read_settings({"api_key": KEY}), world_service)
    app.state.service = world_service
    ends = {}
    for client in ("192.0.2.1", "192.0.2.2"):
        transport = httpx.ASGITransport(app=app, client=(client, 1))
        ends[client] = httpx.AsyncClient(transport=transport, base_url=HERE)
    for _ in range(MOST_ATTEMPTS):
        await ends["192.0.2.1"].get(DATA, headers={"X-API-Key": "guess"})

    assert (await ends["192.0.2.1"].get(DATA, headers=SHOWN)).status_code == 429
    assert (await ends["192.0.2.2"].get(DATA, headers=SHOWN)).status_code == 200
    for one in ends.values():
        await one.aclose()


# --- a public server


@pytest.mark.parametrize(("path", "rest"), CALLS, ids=[address(*call)[-60:] for call in CALLS])
async def test_a_public_server_may_be_read(public: httpx.AsyncClient, path: str, rest: str) -> None:
    assert (await public.get(address(path, rest))).status_code == 200


async def test_a_public_server_answers_a_question_that_is_posted(public: httpx.AsyncClient) -> None:
    assert (await public.post("/api/v1/subgraph", json={"actors": ["northland"]})).status_code == 200
    for name in ("counts", "export"):
        assert (await public.post(f"/api/v1/{name}", json={"actors": ["northland"]})).status_code == 200
    compared = {"actors": ["northland"], "since": "2023", "until": "2024"}
    assert (await public.post("/api/v1/changes", json=compared)).status_code == 200
    assert (await public.get("/view/neighbourhood/northland")).status_code == 200
    assert (await public.get("/api/v1/export")).status_code == 200


CLOSED = [
    ("POST", "/api/v1/cypher"), ("GET", "/api/v1/cypher"), ("POST", "/api/v1/cypher/explain"),
    ("POST", "/api/v1/loads"), ("GET", "/api/v1/loads/1"), ("PUT", "/api/v1/loads/1"),
    ("DELETE", "/api/v1/datasets/tiny-world"), ("PATCH", "/api/v1/actors/northland"), ("POST", "/api/v1/new"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), CLOSED)
async def test_on_a_public_server_without_a_key_nothing_but_reading_is_open(
    public: httpx.AsyncClient, method: str, path: str
) -> None:
    for headers in ({}, SHOWN):
        answer = await public.request(method, path, json=CYPHER, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "not-public")


@pytest.mark.parametrize(("method", "path"), CLOSED)
async def test_on_a_public_server_more_than_reading_needs_the_key(
    public_keyed: httpx.AsyncClient, method: str, path: str
) -> None:
    without = await public_keyed.request(method, path, json=CYPHER)
    with_key = await public_keyed.request(method, path, json=CYPHER, headers=SHOWN)

    assert (without.status_code, without.json()["code"]) == (401, "key-needed")
    assert with_key.status_code not in (401, 403)
    assert (await public_keyed.get(DATA)).status_code == 200
    assert (await public_keyed.get(DATA, headers={"X-API-Key": "wrong"})).status_code == 200


async def test_the_door_stays_shut_however_the_address_is_written(public: httpx.AsyncClient) -> None:
    for path in ("/api/v1/cypher/", "/api/v1/%63ypher", "/api/v1/cypher%2f", "/api/v1/cypher?x=1"):
        assert (await public.post(path, json=CYPHER)).status_code == 403, path
    for path in ("/api/v1//cypher", "/api/v1/./cypher", "/API/v1/cypher", "//api/v1/cypher"):
        assert (await public.post(path, json=CYPHER)).status_code in (403, 404), path


def test_every_call_that_is_posted_is_known_to_read_or_to_do_more(description: Mapping[str, Any]) -> None:
    posted = {path for path, methods in description["paths"].items() if methods.keys() - {"get"}}

    assert {path for path in posted if not path.startswith(MORE_THAN_READING)} == READING_POSTS


# --- settings


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org", "2001:db8::1"])
def test_listening_to_others_needs_a_key_or_a_word(host: str) -> None:
    for changes in ({"host": host}, {"allowed_hosts": host if ":" not in host else f"[{host}]"}):
        with pytest.raises(SettingsUnusable, match="ACTORGRAPH_API_KEY"):
            read_settings(changes)
        assert read_settings({**changes, "public": True}).public
        assert read_settings({**changes, "api_key": KEY}).api_key is not None


def test_loopback_needs_neither() -> None:
    for host in ("127.0.0.1", "::1", "localhost", "127.1.2.3"):
        assert read_settings({"host": host}).api_key is None
    assert read_settings({"allowed_hosts": "localhost:9000,[::1]"}).api_key is None


@pytest.mark.parametrize(
    ("key", "phrase"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("fifteen letters", "16 to 1024"),
        ("x" * 1025, "16 to 1024"),
        (f" {KEY}", "spaces around"),
        (f"{KEY}\r\nX-Other: 1", "no header can carry"),
    ],
)
def test_a_key_that_cannot_be_used_is_refused_without_being_shown(
    monkeypatch: pytest.MonkeyPatch, key: str, phrase: str
) -> None:
    monkeypatch.setenv("ACTORGRAPH_API_KEY", key)

    with pytest.raises(SettingsUnusable, match=f"ACTORGRAPH_API_KEY: .*{phrase}") as refused:
        read_settings()

    assert not key.strip() or key.strip() not in str(refused.value)


async def test_the_key_is_nowhere_in_what_the_service_holds(world_service: Service) -> None:
    settings = read_settings({"api_key": KEY})
    app = create_app(settings, world_service)
    door = next(one for one in app.user_middleware if one.cls is FrontDoor)  # type: ignore[comparison-overlap]  # a factory's type

    shown = [repr(settings), settings.model_dump_json(), repr(door.kwargs), repr(vars(door.kwargs["access"]))]
    assert all(KEY not in text for text in shown)
    assert "digest" not in "".join(shown)
    assert settings.api_key is not None
    assert settings.api_key.fits(KEY.encode())
    assert settings.api_key != read_settings({"api_key": KEY}).api_key, "salted"
