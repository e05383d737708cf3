"""POST /loads: a file over HTTP into the store, from whom it is taken, and what is left when it is not."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.security import BYTES
from api.service import Service
from api.settings import read_settings
from apiclient import Api, client_of
from graph.store.bolt import Store
from ingest import loader
from workbooks import GOOD, HEADER, workbook

LOADS = "/api/v1/loads"
AS_BYTES = {"Content-Type": BYTES}
KEY = "open sesame, open sesame"
TABLE = b"subject,relation,object,mood\nA,meets,B,good\nC,meets,,bad\nD,leads,E,fair\n"
Conforms = Callable[[httpx.Response, str, str], None]


async def send(client: httpx.AsyncClient, content: Any, **asked: Any) -> httpx.Response:
    """Send a file."""
    asked.setdefault("name", "some.csv")
    return await client.post(LOADS, params=asked, content=content, headers=AS_BYTES)


async def everything(store: Store) -> list[Any]:
    """Every claim with what it says, and every data set."""
    claims = (
        "MATCH (a)-[r]->(b) WHERE r.dataset IS NOT NULL RETURN r.id AS id, properties(r) AS p ORDER BY id"
    )
    return [
        *await store.read(claims),
        *await store.read("MATCH (d:Dataset) RETURN properties(d) AS p ORDER BY d.name"),
    ]


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files lie while they are loaded; nothing may be left in it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


async def test_a_file_is_loaded_and_seen_by_the_next_question(worlds: Api, conforms: Conforms) -> None:
    before = (await worlds.get("/stats")).json()
    answer = await send(worlds.client, TABLE)

    conforms(answer, "POST", LOADS)
    report = answer.json()
    assert [report[name] for name in ("read", "new", "known", "updated", "refused")] == [3, 2, 0, 0, 1]
    assert (report["dataset"], report["other_columns"], report["kept"]) == ("some", ["mood"], True)
    assert "recognised" not in report
    (refused,) = report["rejections"]
    assert (refused["file"], refused["line"], refused["column"]) == ("some.csv", 3, "object")
    after = (await worlds.get("/stats")).json()
    assert after["claims"] == before["claims"] + 2
    again = (await send(worlds.client, TABLE)).json()
    assert [again[name] for name in ("new", "known", "updated")] == [0, 2, 0]


async def test_a_dry_run_says_what_it_is_taken_for_and_writes_nothing(
    nothing: Api, conforms: Conforms
) -> None:
    answer = await send(nothing.client, TABLE, dry_run=True, dataset="mine")

    conforms(answer, "POST", LOADS)
    report = answer.json()
    assert [report[name] for name in ("read", "new", "refused", "kept", "dry_run")] == [3, 2, 1, False, True]
    assert report["recognised"] == {
        "format": "CSV",
        "form": "claims",
        "columns": [
            {"name": name, "taken_as": None if name == "mood" else name}
            for name in ("subject", "relation", "object", "mood")
        ],
        "rows": [
            {"line": 2, "cells": ["A", "meets", "B", "good"]},
            {"line": 3, "cells": ["C", "meets", "", "bad"]},
            {"line": 4, "cells": ["D", "leads", "E", "fair"]},
        ],
    }
    assert await everything(nothing.store) == []


async def test_an_excel_sheet_and_json_come_in_too(nothing: Api, tmp_path: Path) -> None:
    sheet = workbook(tmp_path / "x.xlsx", HEADER, GOOD).read_bytes()
    rows = json.dumps([{"object": "B", "subject": "A", "relation": "meets", "mood": 7}]).encode()
    found = [
        (await send(nothing.client, content, name=name, dry_run=True)).json()["recognised"]
        for name, content in (("a.XLSX", sheet), ("b.json", rows), ("c.jsonl", rows[1:-1]))
    ]

    assert [one["format"] for one in found] == ["Excel", "JSON", "JSON Lines"]
    assert found[0]["rows"] == [{"line": 2, "cells": ["Good", "meets", "Better", "", ""]}]
    for one in found[1:]:
        assert [column["taken_as"] for column in one["columns"]] == ["subject", "relation", "object", None]
        assert one["rows"] == [{"line": 1, "cells": ["A", "meets", "B", ""]}]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("some.csv", b"subject,relation\n", "some.csv: no column 'object'"),
        ("some.xlsx", b"no sheet", "some.xlsx: not an Excel file"),
        ("some.exe", b"", "some.exe: files are known by their ending"),
        ("actors.csv", b"name\nA\n", "actors and sources files need one claims file beside them"),
        ("some.csv", b'subject,relation,object\n"A,meets,B', "some.csv, line 2: a quote"),
    ],
)
async def test_a_file_that_cannot_be_used_is_a_problem_without_our_folders(
    nothing: Api, own_temporary_folder: Path, name: str, content: bytes, words: str
) -> None:
    answer = await send(nothing.client, content, name=name)
    streamed = await send(nothing.client, content, name=name, progress=True)

    assert (answer.status_code, streamed.status_code) == (400, 200)
    for problem in (answer.json(), json.loads(streamed.text.splitlines()[-1])["problem"]):
        assert (problem["status"], problem["code"]) == (400, "input-unusable")
        assert problem["detail"].startswith(words)
        assert str(own_temporary_folder) not in json.dumps(problem)
    assert list(own_temporary_folder.iterdir()) == []
    assert await everything(nothing.store) == []


async def test_a_report_names_no_more_than_it_can_and_counts_all(nothing: Api, conforms: Conforms) -> None:
    words = [f"word {n}" for n in range(1_003)]
    rows = [
        {"subject": "A", "relation": word, "object": "B", f"mood {word}": 1} for word in [*words, words[7]]
    ]
    content = b"\n".join(json.dumps(row).encode() for row in rows)
    answer = await send(nothing.client, content, name="many.jsonl", dry_run=True)

    conforms(answer, "POST", LOADS)
    report = answer.json()
    named = report["unknown_relations"]
    assert (len(named), report["unknown_words"]) == (1_000, 1_003)
    assert next(iter(named.items())) == ("word 7", 2)
    assert (len(report["other_columns"]), report["columns_unread"]) == (1_000, 1_003)


async def test_strict_keeps_nothing_beside_a_refused_row(nothing: Api) -> None:
    report = (await send(nothing.client, TABLE, strict=True)).json()

    assert (report["refused"], report["kept"]) == (1, False)
    assert await everything(nothing.store) == []


async def test_progress_comes_line_by_line_and_the_report_last(
    nothing: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader, "WINDOW", 100)
    table = b"subject,relation,object\n" + b"".join(b"A%d,meets,B\n" % n for n in range(1_000))
    answer = await send(nothing.client, table, progress=True)

    assert answer.headers["content-type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [list(line) for line in lines] == [["progress"]] * (len(lines) - 1) + [["report"]]
    rows = [line["progress"]["rows"] for line in lines[:-1]]
    assert rows == sorted(rows)
    assert {100, 1_000} <= set(rows)
    first = lines[0]["progress"]
    assert (first["file"], first["bytes_total"]) == ("some.csv", len(table))
    assert lines[-1]["report"]["new"] == 1_000


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("application/json", 415, "bytes-needed"),
        ("text/csv", 415, "bytes-needed"),
        ("application/x-www-form-urlencoded", 415, "bytes-needed"),
        ("multipart/form-data; boundary=x", 415, "bytes-needed"),
        ("text/plain", 415, "bytes-needed"),
        (None, 415, "bytes-needed"),
        ("Application/Octet-Stream; x=1", 200, None),
    ],
)
async def test_only_bytes_are_taken_which_no_form_can_send(
    nothing: Api, conforms: Conforms, kind: str | None, status: int, code: str | None
) -> None:
    headers = {"Content-Type": kind} if kind else {}
    answer = await nothing.client.post(f"{LOADS}?name=a.csv&dry_run=true", content=TABLE, headers=headers)

    conforms(answer, "POST", LOADS)
    assert (answer.status_code, answer.json().get("code")) == (status, code)


async def test_a_page_of_another_site_sends_no_file(nothing: Api) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = await nothing.client.post(f"{LOADS}?name=a.csv", content=TABLE, headers=AS_BYTES | headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "wrong-origin")
    assert await everything(nothing.store) == []


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("..", 422), (".", 422), ("", 422), ("../a.csv", 422), ("a/b.csv", 422), ("a\\b.csv", 422),
        ("a\0.csv", 422), ("x" * 130 + ".csv", 422), ("é" * 110 + ".csv", 422), ("C:a.csv", 422),
        ("مرحبا.csv", 200), ("<b>.csv", 422), ("a b & c.CSV", 200), ("-rf.csv", 200),
    ],
)  # fmt: skip
async def test_a_name_is_the_name_of_a_file_and_no_way(
    nothing: Api, conforms: Conforms, name: str, status: int
) -> None:
    answer = await send(nothing.client, TABLE, name=name, dry_run=True)

    conforms(answer, "POST", LOADS)
    assert answer.status_code == status, answer.text


async def test_a_file_has_a_largest_size_declared_or_not(
    world_service: Service, own_temporary_folder: Path
) -> None:
    app = create_app(read_settings({"load_limit": 1}))
    sent = 0

    async def parts() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(200):
            sent += 1
            yield b"x" * 100_000

    async with client_of(app, world_service) as client:
        declared = await send(client, b"x" * ((1 << 20) + 1))
        chunked = await send(client, parts())
        fits = await send(client, TABLE + b" " * ((1 << 20) - len(TABLE)), dry_run=True)

    for answer in (declared, chunked):
        assert (answer.status_code, answer.json()["code"]) == (413, "file-too-large")
        assert "ACTORGRAPH_LOAD_LIMIT" in answer.json()["detail"]
    assert fits.status_code == 200
    assert list(own_temporary_folder.iterdir()) == []


async def test_other_calls_keep_their_limit(nothing: Api) -> None:
    body = b"[" + b" " * (1 << 20) + b"]"
    answer = await nothing.client.post(
        "/api/v1/subgraph", content=body, headers={"Content-Type": "application/json"}
    )

    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


async def test_one_file_at_a_time(nothing: Api, conforms: Conforms) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield TABLE
        begun.set()
        await go_on.wait()

    first = asyncio.create_task(send(nothing.client, slowly()))
    await begun.wait()
    second = await send(nothing.client, TABLE)
    go_on.set()

    conforms(second, "POST", LOADS)
    assert (second.status_code, second.json()["code"]) == (409, "load-running")
    assert (await first).json()["new"] == 2
    assert (await send(nothing.client, TABLE)).status_code == 200


# --- who may


OPEN_ELSEWHERE: Mapping[str, object] = {"allowed_hosts": "actors.example.org", "api_key": KEY}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, None),
        ({"host": "::1"}, None),
        ({"api_key": KEY}, None),
        ({"loads": "true"}, None),
        ({"loads": "false"}, "ACTORGRAPH_LOADS=false"),
        ({"host": "0.0.0.0", "api_key": KEY}, "ACTORGRAPH_LOADS=true"),
        (OPEN_ELSEWHERE, "ACTORGRAPH_LOADS=true"),
        ({**OPEN_ELSEWHERE, "loads": "true"}, None),
        ({"host": "0.0.0.0", "api_key": KEY, "loads": "true"}, None),
        ({"public": True, "api_key": KEY}, "ACTORGRAPH_LOADS=true"),
        ({"public": True, "api_key": KEY, "loads": "true"}, None),
        ({"public": True}, "ACTORGRAPH_API_KEY"),
        ({"public": True, "loads": "true"}, "ACTORGRAPH_API_KEY"),
        ({"public": True, "host": "0.0.0.0", "loads": "true"}, "ACTORGRAPH_API_KEY"),
    ],
)
async def test_where_files_are_taken(
    world_service: Service, changes: Mapping[str, object], words: str | None
) -> None:
    headers = {"X-API-Key": KEY} if "api_key" in changes else {}
    app = create_app(read_settings(changes))
    async with client_of(app, world_service, headers=headers) as client:
        said = (await client.get("/api/v1/loading")).json()
        answer = await send(client, TABLE, dry_run=True)
        without = await client.post(LOADS, params={"name": "a.csv"}, headers={**AS_BYTES, "X-API-Key": ""})

    assert said["allowed"] is (words is None)
    assert answer.status_code == (200 if words is None else 403)
    if words is not None:
        assert words in answer.json()["detail"]
        assert words in said["reason"]
        assert answer.json()["code"] == (
            "loads-closed" if "public" not in changes or headers else "not-public"
        )
    if headers:
        assert without.status_code == 401


async def test_a_public_page_is_told_that_it_needs_the_key(world_service: Service) -> None:
    app = create_app(read_settings({"public": True, "api_key": KEY, "loads": "true"}))
    async with client_of(app, world_service) as client:
        before = (await client.get("/api/v1/loading")).json()
        await client.post("/login", data={"key": KEY, "next": "/"})
        after = (await client.get("/api/v1/loading")).json()
        answer = await send(client, TABLE, dry_run=True)

    assert (before["allowed"], before["key_needed"]) == (True, True)
    assert (after["key_needed"], after["limit"], ".xlsx" in after["endings"]) == (False, 64 << 20, True)
    assert answer.status_code == 200
