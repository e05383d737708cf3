"""The export holds everything in order, equal for equal graphs, and loads back to the same ids."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from apiclient import Api
from engines import wipe
from ingest.loader import LoadRequest, load
from world import ACTORS, CLAIMS, SOURCES, VOCABULARY


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


async def test_an_export_holds_everything_in_order_of_id(worlds: Api) -> None:
    answer = await worlds.get("/export", format="jsonl")
    found = records(answer.text)
    by_kind = {
        kind: [r for r in found if r["record"] == kind] for kind in ("actor", "source", "dataset", "claim")
    }

    assert answer.headers["content-type"].startswith("application/x-ndjson")
    assert [r["record"] for r in found] == sorted(
        (r["record"] for r in found), key=["actor", "source", "dataset", "claim"].index
    )
    assert [r["id"] for r in by_kind["actor"]] == sorted(actor.id for actor in ACTORS)
    assert [r["id"] for r in by_kind["source"]] == sorted(source.id for source in SOURCES)
    assert [r["name"] for r in by_kind["dataset"]] == ["tiny-world"]
    assert [r["id"] for r in by_kind["claim"]] == sorted(claim.id for claim in CLAIMS)
    assert not any("load_id" in r or "recorded_at" in r for r in found)


async def test_an_export_loads_back_to_the_same_export(worlds: Api, tmp_path: Path) -> None:
    before = (await worlds.get("/export")).content
    file = tmp_path / "all.jsonl"
    file.write_bytes(before)
    await wipe(worlds.store)
    report = await load(worlds.store, LoadRequest(paths=(file,), vocabulary=VOCABULARY))

    assert report.refused == 0
    assert (await worlds.get("/export")).content == before


async def test_an_export_under_a_filter_is_the_selection(world: Api) -> None:
    found = records((await world.get("/export", type="MEETS", source="daily")).text)
    claims = [r for r in found if r["record"] == "claim"]
    ends = {end for claim in claims for end in (claim["subject"], claim["object"])}

    assert {claim["type"] for claim in claims} == {"MEETS"}
    assert {claim["source_id"] for claim in claims} == {"daily"}
    assert {r["id"] for r in found if r["record"] == "actor"} == ends
    assert [r["id"] for r in found if r["record"] == "source"] == ["daily"]


async def test_an_empty_store_has_an_empty_export(nothing: Api) -> None:
    answer = await nothing.get("/export")

    assert (answer.status_code, answer.content) == (200, b"")
