"""Whatever a name looks like, it is a value: in every parameter, field and header of every call."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, quote_plus

from fastapi import FastAPI

from apicalls import CALLS, address
from apiclient import Api
from asgicall import Call, Said, call
from payloads import MARK, PAYLOADS
from watched import Statements, watched

SURROGATE = "zq7\ud800"
"""Half a character: JSON can write it, nothing else can."""
JSON = ((b"content-type", b"application/json"),)
NEEDED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "/api/v1/search": (("q", "haddad"),),
    "/api/v1/paths": (("from", "amal-haddad"), ("to", "northland")),
    "/api/v1/connections": (("actor", "amal-haddad"), ("actor", "northland")),
    "/api/v1/common": (("actor", "amal-haddad"), ("actor", "northland")),
}
"""The parameters without which a call has no answer."""


def operations(description: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def tried(method: str, path: str, operation: Mapping[str, Any]) -> Iterator[Call]:
    """Every parameter of an operation with every payload, the others as they should be."""
    needed = NEEDED.get(path, ())
    for found in operation.get("parameters", ()):
        for payload in PAYLOADS.values():
            if found["in"] == "path":
                raw = path.replace("{" + found["name"] + "}", quote(payload, safe=""))
                yield Call(method, raw.encode(), _query(needed))
            else:
                others = [pair for pair in needed if pair[0] != found["name"]]
                raw = path.replace("{id}", "northland").replace("{name}", "tiny-world")
                yield Call(method, raw.encode(), _query([*others, (found["name"], payload)]))


def _query(pairs: Iterable[tuple[str, str]]) -> bytes:
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs).encode()


def check(asked: Call, said: Said, allowed: Mapping[str, Any]) -> None:
    """An answer that the description names, or a problem that says what is wrong; nothing of the inside."""
    told = (asked.path[:200], asked.query[:200], asked.body[:200], said.status, said.body[:500])
    assert str(said.status) in allowed, told
    assert said.status < 500, told
    assert b"Traceback" not in said.body, told
    if said.status >= 400:
        problem = said.json
        assert problem["status"] == said.status, told
        assert problem["detail"], told
    for name, value in said.headers:
        assert MARK not in value, (name, told)
        assert value.isprintable(), (name, told)


async def test_a_name_in_any_parameter_is_a_value(
    world: Api, app: FastAPI, description: Mapping[str, Any]
) -> None:
    count = 0
    with watched() as statements:
        await _warm_up(world)
        for method, path, operation in operations(description):
            for asked in tried(method, path, operation):
                check(asked, await call(app, asked), operation["responses"])
                count += 1

    parameters = sum(len(o.get("parameters", ())) for _, _, o in operations(description))
    assert count == parameters * len(PAYLOADS)
    _never_in(statements)


async def test_a_name_in_any_field_of_a_body_is_a_value(
    world: Api, app: FastAPI, description: Mapping[str, Any]
) -> None:
    operation = description["paths"]["/api/v1/subgraph"]["post"]
    filters = description["components"]["schemas"]["FilterQuery"]["properties"]
    with watched() as statements:
        await _warm_up(world)
        for payload in (*PAYLOADS.values(), SURROGATE):
            bodies: list[Any] = [
                {"actors": [payload]},
                {"actors": payload},
                {"actors": ["northland"], "between": payload},
                {"actors": ["northland"], "filter": payload},
                {"actors": ["northland"], payload: 1},
                {"actors": ["northland"], "filter": {payload: 1}},
                payload,
                *({"actors": ["northland"], "filter": {name: payload}} for name in filters),
                *({"actors": ["northland"], "filter": {name: [payload]}} for name in filters),
            ]
            for body in bodies:
                sent = json.dumps(body).encode()
                asked = Call("POST", b"/api/v1/subgraph", headers=JSON, body=sent)
                check(asked, await call(app, asked), operation["responses"])

    _never_in(statements)


async def test_a_name_as_an_unknown_parameter_is_a_value(app: FastAPI, world: Api) -> None:
    for path, rest in CALLS:
        for payload in PAYLOADS.values():
            raw, _, query = address(path, rest).partition("?")
            pairs = f"{query}&" if query else ""
            more = quote_plus(payload)
            said = await call(
                app, Call("GET", quote(raw).encode(), f"{quote(pairs, safe='&=')}{more}={more}".encode())
            )
            assert said.status in (414, 422), (path, payload, said)
            assert said.status == 414 or said.json["code"] == "invalid-question"


async def test_names_in_the_head_of_a_request_are_values(app: FastAPI, world: Api) -> None:
    for name in (
        b"x-request-id",
        b"accept",
        b"cookie",
        b"x-api-key",
        b"authorization",
        b"user-agent",
        b"referer",
    ):
        for payload in PAYLOADS.values():
            value = payload.encode("utf-8")
            said = await call(app, Call("GET", b"/api/v1/stats", headers=[(name, value)]))
            assert said.status == 200, (name, payload, said)
            # An id of the caller's own comes back, if it is one.
            ours = [header for header in said.headers if header != ("x-request-id", payload)]
            assert MARK not in str(ours)


async def _warm_up(world: Api) -> None:
    """Ask for everything that is fetched once for all questions, so that the watch has something to see."""
    await world.client.get("/api/v1/claims?limit=1")
    await world.client.get("/api/v1/sources")


def _never_in(statements: Statements) -> None:
    assert statements.sent > 10
    assert not statements.holding(MARK, *PAYLOADS.values())
