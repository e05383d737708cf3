"""The export holds everything in order, equal for equal graphs, and loads back to the same ids."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from apiclient import Api
from engines import wipe
from ingest.loader import LoadRequest, load
from world import ACTORS, CLAIMS, SOURCES, VOCABULARY, claim, identified, load_world


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def without_datasets(export: bytes) -> list[dict[str, Any]]:
    """All records but those of data sets, which list their relation types as the loader met them."""
    return [record for record in records(export.decode()) if record["record"] != "dataset"]


async def test_an_export_holds_everything_in_order_of_id(worlds: Api) -> None:
    answer = await worlds.get("/export", format="jsonl")
    found = records(answer.text)
    kinds = ("actor", "source", "dataset", "claim")
    by_kind = {kind: [r for r in found if r["record"] == kind] for kind in kinds}

    assert answer.headers["content-type"].startswith("application/x-ndjson")
    assert [r["record"] for r in found] == sorted((r["record"] for r in found), key=kinds.index)
    assert [r["id"] for r in by_kind["actor"]] == sorted(actor.id for actor in ACTORS)
    assert [r["id"] for r in by_kind["source"]] == sorted(source.id for source in SOURCES)
    assert [r["name"] for r in by_kind["dataset"]] == ["tiny-world"]
    assert [r["id"] for r in by_kind["claim"]] == sorted(claim.id for claim in CLAIMS)
    assert not any("load_id" in r or "recorded_at" in r for r in found)


async def test_an_export_loads_back_to_the_same_export(worlds: Api, tmp_path: Path) -> None:
    exports = [(await worlds.get("/export")).content]
    for number in range(2):
        file = tmp_path / f"{number}.jsonl"
        file.write_bytes(exports[-1])
        await wipe(worlds.store)
        report = await load(worlds.store, LoadRequest(paths=(file,), vocabulary=VOCABULARY))
        assert report.refused == 0
        exports.append((await worlds.get("/export")).content)
    written_in_code, loaded, loaded_again = exports

    assert loaded_again == loaded
    assert without_datasets(loaded) == without_datasets(written_in_code)


async def test_an_export_under_a_filter_is_the_selection(world: Api) -> None:
    found = records((await world.get("/export", type="MEETS", source="daily")).text)
    claims = [r for r in found if r["record"] == "claim"]
    ends = {end for claim in claims for end in (claim["subject"], claim["object"])}

    assert {claim["type"] for claim in claims} == {"MEETS"}
    assert {claim["source_id"] for claim in claims} == {"daily"}
    assert {r["id"] for r in found if r["record"] == "actor"} == ends
    assert [r["id"] for r in found if r["record"] == "source"] == ["daily"]


async def test_the_records_among_named_actors_are_those_of_the_whole_export(world: Api) -> None:
    everything = (await world.get("/export")).text.splitlines()
    named = {"amal-haddad", "boris-orlov", "northland", "harvest-day"}
    body = {"actors": sorted(named, reverse=True), "filter": {"without_source": ["daily"]}}

    answer = await world.client.post("/api/v1/export", json=body)

    assert answer.headers["content-type"].startswith("application/x-ndjson")
    assert [line for line in everything if line in answer.text.splitlines()] == answer.text.splitlines()
    found = records(answer.text)
    assert {one["id"] for one in found if one["record"] == "actor"} == named
    assert {one["id"] for one in found if one["record"] == "source"} == {"radio", "report"}
    assert [one["name"] for one in found if one["record"] == "dataset"] == ["tiny-world"]
    assert {one["id"] for one in found if one["record"] == "claim"} == {
        claim.id
        for claim in CLAIMS
        if {claim.subject, claim.object} <= named and claim.source_id != "daily"
    }  # fmt: skip


async def test_for_readers_a_claim_has_the_sentence_of_its_type(worlds: Api) -> None:
    wordless = identified(replace(claim("delta-oil", "SUPPORTS", "southland", "daily"), statement=""))
    await load_world(worlds.store, (wordless,))
    body = {"actors": ["delta-oil", "southland"]}
    plain, told = [
        [one for one in records(answer.text) if one["record"] == "claim"]
        for answer in (
            await worlds.client.post("/api/v1/export", json=body),
            await worlds.client.post("/api/v1/export?sentences=true", json=body),
        )
    ]

    assert [one["statement"] for one in plain] == [None]
    (shown,) = (await worlds.get("/claims", subject="delta-oil", object="southland")).json()["claims"]
    assert [one["statement"] for one in told] == [shown["statement"]]
    assert "Oil" in shown["statement"]
    assert [{**one, "statement": None} for one in told] == plain


async def test_an_empty_store_has_an_empty_export(nothing: Api) -> None:
    answer = await nothing.get("/export")

    assert (answer.status_code, answer.content) == (200, b"")
