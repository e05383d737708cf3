"""The pages where a browser gives the key: a form without script, a session, and the way back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.service import Service
from api.sessions import MOST_ATTEMPTS, SESSION_S
from api.settings import read_settings
from apiclient import HERE, client_of

KEY = "clé ouvre-toi & + % 鍵 =;"
DATA = "/api/v1/stats"
VIEW = "/view/neighbourhood/northland?type=LEADS"
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
async def browser(world_service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """A browser before a server with a key; it keeps cookies and follows nothing by itself."""
    app = create_app(read_settings({"api_key": KEY}), world_service)
    async with client_of(app, world_service, headers=BROWSER) as client:
        yield client


async def sign_in(
    client: httpx.AsyncClient, key: str = KEY, way: str = "/login", **headers: str
) -> httpx.Response:
    return await client.post(way, data={"key": key}, headers={"origin": HERE, **headers})


async def test_the_form_needs_no_script_and_names_no_address(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/login")).text

    assert '<form method="post">' in page
    assert re.search(r'<label for="key">.*</label>\s*<input id="key" name="key" type="password"', page)
    assert "<script" not in page


async def test_the_key_opens_a_session_that_no_script_and_no_other_site_can_use(
    browser: httpx.AsyncClient,
) -> None:
    answer = await sign_in(browser)
    cookie = answer.headers["set-cookie"]
    token = cookie.split("=")[1].split(";")[0]

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert set(cookie.split("; ")[1:]) == {"Path=/", f"Max-Age={SESSION_S}", "HttpOnly", "SameSite=Strict"}
    assert len(token) >= 43
    assert KEY not in answer.text + cookie
    assert (await browser.get(DATA)).status_code == 200
    assert (await browser.get(VIEW)).status_code == 200
    assert (await browser.post("/api/v1/subgraph", json={"actors": ["northland"]})).status_code == 200


async def test_behind_a_proxy_with_tls_the_cookie_is_for_tls_alone(world_service: Service) -> None:
    settings = read_settings({"api_key": KEY, "allowed_hosts": "actors.example.org"})
    async with client_of(create_app(settings, world_service), world_service) as client:
        answer = await sign_in(client, origin="https://actors.example.org", host="actors.example.org")

    assert "; Secure" in answer.headers["set-cookie"]


@pytest.mark.parametrize("key", ["wrong", "", KEY[:-1], KEY.upper(), "x" * 100_000, "\x00"])
async def test_a_wrong_key_is_said_and_opens_nothing(browser: httpx.AsyncClient, key: str) -> None:
    answer = await sign_in(browser, key)

    assert answer.status_code == 401
    assert "This is not the key of this server." in answer.text
    assert "set-cookie" not in answer.headers
    assert (await browser.get(DATA)).status_code == 401


@pytest.mark.parametrize(
    "body", ["", "key", "other=1", f"key={KEY}&key={KEY}", "&".join(["key=1"] * 50), "%"]
)
async def test_a_form_that_is_not_ours_opens_nothing(browser: httpx.AsyncClient, body: str) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = await browser.post("/login", content=body.encode(), headers=kind)

    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


async def test_a_key_in_the_address_of_the_form_opens_nothing(browser: httpx.AsyncClient) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = await browser.post("/login", params={"key": KEY}, content=b"", headers=kind)

    assert answer.status_code == 401
    assert (await browser.get("/login", params={"key": KEY})).text.count("<form") == 1
    assert (await browser.get(DATA)).status_code == 401


async def test_who_tries_keys_has_to_wait_even_with_the_right_one(browser: httpx.AsyncClient) -> None:
    for number in range(MOST_ATTEMPTS):
        assert (await sign_in(browser, f"guess {number}")).status_code == 401
    answer = await sign_in(browser)

    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 60
    assert "Too many wrong keys" in answer.text
    assert "set-cookie" not in answer.headers


async def test_who_is_signed_in_does_not_wait_for_those_who_try(browser: httpx.AsyncClient) -> None:
    await sign_in(browser)
    for number in range(MOST_ATTEMPTS + 1):
        await browser.get(DATA, headers={"cookie": "", "x-api-key": f"guess {number}"})

    assert (await browser.get(DATA)).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
async def test_another_site_cannot_sign_a_browser_in_or_out(browser: httpx.AsyncClient, origin: str) -> None:
    await sign_in(browser)
    for path in ("/login", "/logout"):
        answer = await browser.post(path, data={"key": KEY}, headers={"origin": origin})
        assert (answer.status_code, answer.json()["code"]) == (403, "wrong-origin")
    crossing = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}
    assert (await browser.post("/logout", data={"": ""}, headers=crossing)).status_code == 403

    assert (await browser.get(DATA)).status_code == 200


async def test_signing_out_ends_the_session_on_the_server(browser: httpx.AsyncClient) -> None:
    token = (await sign_in(browser)).headers["set-cookie"].split(";")[0]
    signed_in = (await browser.get("/login")).text
    answer = await browser.post("/logout", data={"": ""}, headers={"origin": HERE})

    assert "You are signed in" in signed_in
    assert 'action="/logout"' in signed_in
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert (await browser.get(DATA)).status_code == 401
    assert (await browser.get(DATA, headers={"cookie": token})).status_code == 401


async def test_a_new_session_takes_the_place_of_the_old_one(browser: httpx.AsyncClient) -> None:
    first = (await sign_in(browser)).headers["set-cookie"].split(";")[0]
    second = (await sign_in(browser)).headers["set-cookie"].split(";")[0]

    assert first != second
    browser.cookies.clear()
    assert (await browser.get(DATA, headers={"cookie": first})).status_code == 401
    assert (await browser.get(DATA, headers={"cookie": f"other=1; {second}; more=2"})).status_code == 200


async def test_a_person_who_opens_a_page_gives_the_key_and_comes_back(browser: httpx.AsyncClient) -> None:
    asked = await browser.get(VIEW)
    page = await browser.get(asked.headers["location"])
    back = await sign_in(browser, way=asked.headers["location"])

    assert asked.status_code == 303
    assert page.status_code == 200
    assert back.headers["location"] == VIEW
    assert "Boris Orlov" in (await browser.get(back.headers["location"])).text


async def test_a_program_that_asks_for_a_page_gets_a_problem(browser: httpx.AsyncClient) -> None:
    for path, accept in ((VIEW, "application/json"), (VIEW, "*/*"), (DATA, BROWSER["accept"])):
        answer = await browser.get(path, headers={"accept": accept})
        assert (answer.status_code, answer.json()["code"]) == (401, "key-needed")


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/", "/"),
        ("/view/paths?from=a&to=b%20c", "/view/paths?from=a&to=b%20c"),
        ("/#actor=northland", "/#actor=northland"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\/evil.example", "/"),
        ("https://evil.example/", "/"),
        ("evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("/\t/evil.example", "/"),
        ("/%0d%0aX: 1", "/"),
        ("/" + "x" * 5_000, "/"),
        ("", "/"),
    ],
)
async def test_the_way_back_leads_nowhere_else(browser: httpx.AsyncClient, wanted: str, led_to: str) -> None:
    parameters: dict[str, Any] = {"next": wanted}
    answer = await browser.post("/login", params=parameters, data={"key": KEY}, headers={"origin": HERE})

    assert answer.status_code == 303
    assert answer.headers["location"] == led_to


async def test_the_address_asked_for_is_only_text_on_the_page(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/login", params={"next": '/"><script>alert(1)</script>'})).text

    assert "<script" not in page


async def test_a_very_long_page_address_comes_back_to_the_start(browser: httpx.AsyncClient) -> None:
    answer = await browser.get(f"/view/paths?from={'x' * 6_000}&to=b")

    assert (answer.status_code, answer.headers["location"]) == (303, "/login")


async def test_without_a_key_there_is_nothing_to_sign_in_to(world_service: Service) -> None:
    async with client_of(create_app(read_settings(), world_service), world_service) as client:
        page = await client.get("/login")
        answer = await sign_in(client, way="/login?next=/docs")

    assert "No key is needed" in page.text
    assert (answer.status_code, answer.headers["location"]) == (303, "/docs")
    assert "set-cookie" not in answer.headers
