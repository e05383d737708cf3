"""Whatever a name in a file looks like: stored and shown as it is, or refused with a reason; never run."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import pytest_asyncio

from api.app import create_app
from api.settings import read_settings
from apiclient import client_of, service_on
from engines import RunningEngine
from ingest.loader import LoadRequest, load
from ingest.records import ACTORS, CLAIMS, SOURCES
from ingest.report import LoadReport
from ingest.vocabulary import builtin
from pages import Parts
from payloads import MARK, PAYLOADS
from watched import Statements, watched

PLAIN: Mapping[str, Mapping[str, str]] = {
    "claim": {
        "subject": "Subject {n}", "relation": "meets", "object": "Object {n}", "source": "s", "date": "2024",
        "date_text": "then", "status": "asserted", "polarity": "positive", "attributed_to": "Nobody",
        "statement": "Statement {n}", "quote": "Quote {n}", "passage_start": "1", "passage_end": "2",
        "subject_kind": "person", "object_kind": "state", "subject_id": "s{n}", "object_id": "o{n}",
        "valid_from": "2020", "valid_to": "2021", "dataset": "names", "claim_id": "c{n}",
    },
    "actor": {
        "id": "a{n}", "name": "Actor {n}", "kind": "person", "aliases": "Alias {n}", "description": "d",
        "wikidata_id": "Q1", "country": "SY",
    },
    "source": {
        "id": "q{n}", "title": "Title {n}", "publisher": "p", "url": "u", "author": "a", "published": "2024",
        "retrieved": "2024", "lang": "en", "sha256": "0",
    },
}  # fmt: skip
"""A row of each kind of table in which every column has a value; `{n}` is the number of the row."""
IS_FOUND_BY = {"claim": ("id", "c{n}"), "actor": ("id", "a{n}"), "source": ("id", "q{n}")}
UNLESS_THAT_IS_THE_PAYLOAD = {
    "claim": ("statement", "Statement {n}"),
    "actor": ("name", "Actor {n}"),
    "source": ("title", "Title {n}"),
}
"""Field and value by which the record of a row is found in the export."""
NAMES = frozenset({"subject", "object", "name", "aliases", "attributed_to"})
"""Columns in which white space becomes single spaces."""
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table whose one column holds a payload."""

    kind: str
    number: int
    column: str
    payload: str

    @property
    def cells(self) -> dict[str, str]:
        plain = {name: value.format(n=self.number) for name, value in PLAIN[self.kind].items()}
        return plain | {self.column: self.payload}

    @property
    def wanted(self) -> str:
        """What must be stored, if anything is."""
        if self.column == "quote":
            return self.payload
        if self.column == "dataset":  # the folder says which data set it is
            return "names"
        if self.column == "aliases":  # a bar divides them
            return "|".join(" ".join(one.split()) for one in self.payload.split("|"))
        return " ".join(self.payload.split()) if self.column in NAMES else self.payload.strip()


def rows_of(kind: str) -> Iterator[Row]:
    pairs = [(column, payload) for column in PLAIN[kind] for payload in PAYLOADS.values()]
    return (Row(kind, number, *pair) for number, pair in enumerate(pairs))


def write(path: Path, kind: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(PLAIN[kind]))
        writer.writeheader()
        writer.writerows(row.cells for row in rows_of(kind))


@dataclass(frozen=True, slots=True)
class Loaded:
    """A store into which every payload was loaded in every column, and what was seen of it on the way."""

    client: httpx.AsyncClient
    report: LoadReport
    statements: Statements
    records: Mapping[str, tuple[Record, ...]]

    def stored(self, row: Row) -> str | None:
        """What the record of a row holds in the place of the payload; None when there is no record."""
        found_by = IS_FOUND_BY if row.column not in ("id", "claim_id") else UNLESS_THAT_IS_THE_PAYLOAD
        field, value = found_by[row.kind]
        record = next((r for r in self.records[row.kind] if r[field] == value.format(n=row.number)), None)
        return None if record is None else self._cell(row, record)

    def _cell(self, row: Row, record: Record) -> str | None:
        column = row.column
        if column in ("subject", "object"):
            return str(self._find("actor", record[column])["name"])
        if column == "source":
            source = self._find("source", record["source_id"])
            names = (source["id"], source["title"], source.get("url"))
            return row.wanted if row.wanted in names else str(source)
        if column == "aliases":
            return "|".join(record["aliases"])
        renamed = {
            "subject_id": "subject",
            "object_id": "object",
            "claim_id": "id",
            "relation": "relation_raw",
        }
        return str(record[renamed.get(column, column)])

    def _find(self, kind: str, id: str) -> Record:
        return next(record for record in self.records[kind] if record["id"] == id)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def loaded(engine: RunningEngine, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Loaded]:
    folder = tmp_path_factory.mktemp("names")
    (folder / "dataset.toml").write_text('name = "names"\n', encoding="utf-8")
    for kind in PLAIN:
        write(folder / f"{kind}s.csv", kind)
    async with service_on(engine) as service:
        app = create_app(read_settings())
        async with client_of(app, service) as client:
            with watched() as statements:
                report = await load(service.store, LoadRequest((folder,), builtin()))
                lines = (await client.get("/api/v1/export")).text.strip("\n").split("\n")
                records = [json.loads(line) for line in lines]
                by_kind = {kind: tuple(one for one in records if one["record"] == kind) for kind in PLAIN}
                yield Loaded(client, report, statements, by_kind)


def test_the_rows_have_every_column_there_is() -> None:
    assert PLAIN["claim"].keys() == set(CLAIMS.columns)
    assert PLAIN["actor"].keys() == set(ACTORS.columns)
    assert PLAIN["source"].keys() == set(SOURCES.columns)


async def test_a_payload_is_stored_as_it_is_or_its_row_is_refused(loaded: Loaded) -> None:
    refused, changed = [], []
    for kind in PLAIN:
        for row in rows_of(kind):
            found = loaded.stored(row)
            if found is None:
                refused.append((row.column, row.payload))
            elif found != row.wanted:
                changed.append((row, found))

    assert not changed, changed[:5]
    assert len(refused) == loaded.report.refused
    assert all(one.line and one.reason for one in loaded.report.rejections)


async def test_a_column_of_free_text_takes_everything_that_can_be_text(loaded: Loaded) -> None:
    free = {"statement", "quote", "date_text", "description", "publisher", "author", "title"}
    lost = [
        row for kind in PLAIN for row in rows_of(kind) if row.column in free and loaded.stored(row) is None
    ]

    assert {row.payload for row in lost} <= {PAYLOADS["null"]}, lost[:5]


async def test_no_payload_is_in_a_statement_but_as_the_name_of_a_type(loaded: Loaded) -> None:
    """A type is made of capital letters, digits and underscores, whatever the word in the file was."""
    without_types = [
        re.sub(r"\b(?:actorgraph_claim_)?[A-Z][A-Z0-9_]*\b", "", text) for text in loaded.statements.texts
    ]

    assert loaded.statements.sent > 10
    assert not [text for text in without_types if MARK in text.casefold()]
    assert not [text for text in loaded.statements.texts for payload in PAYLOADS.values() if payload in text]


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_a_payload_is_shown_as_it_is(loaded: Loaded, payload: str) -> None:
    rows = [row for row in rows_of("actor") if row.column == "name" and row.payload == PAYLOADS[payload]]
    for row in rows:
        if loaded.stored(row) is None:
            continue
        id = f"a{row.number}"
        actor = (await loaded.client.get(f"/api/v1/actors/{id}")).json()
        found = (await loaded.client.get("/api/v1/search", params={"q": row.wanted, "limit": 100})).json()
        page = await loaded.client.get(f"/view/neighbourhood/{id}")
        path = await loaded.client.get("/api/v1/paths", params={"from": row.wanted, "to": "o1"})

        assert actor["name"] == row.wanted
        assert id in [one["id"] for one in found["actors"]]
        assert page.status_code == 200
        Parts(page.text).check_safe()
        assert path.status_code in (200, 422), "several actors may have the name"


async def test_an_id_of_any_form_leads_to_its_record(loaded: Loaded) -> None:
    for kind, column, call in (
        ("actor", "id", "actors"),
        ("source", "id", "sources"),
        ("claim", "claim_id", "claims"),
    ):
        for row in rows_of(kind):
            if row.column == column and loaded.stored(row) is not None:
                answer = await loaded.client.get(f"/api/v1/{call}/{quote(row.payload, safe='')}")
                assert answer.status_code in (200, 414), (row, answer.text)
                assert answer.status_code == 414 or answer.json()["id"] == row.payload
