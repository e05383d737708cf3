"""The official JavaScript driver at the address for readers: it gets what Python's does, and cannot write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engines import RunningEngine
from graph.store.bolt import Store
from nodejs import run_script
from tracked import ROOT
from world import ACTORS, load_world

pytestmark = pytest.mark.node
READING = ROOT / "tests/node/reading.mjs"


async def test_a_program_in_javascript_reads_everything_and_writes_nothing(
    store: Store, engine: RunningEngine, tmp_path: Path
) -> None:
    await load_world(store)
    token = await store.token()
    reader = engine.reader

    environment = {
        "NEO4J_URI": reader.uri,
        "NEO4J_USERNAME": reader.username or "",
        "NEO4J_PASSWORD": reader.password or "",
        "NEO4J_DATABASE": reader.database or "",
    }

    said = json.loads(run_script(READING.read_text(encoding="utf-8"), tmp_path, environment))

    assert said == {
        "actor": {"labels": ["Actor"], "name": "Boris Orlov"},
        "values": [7, [1.5, None, "é😀"]],
        "path": {"ends": ["boris-orlov", "northland"], "type": "LEADS"},
        "joined": True,
        "day": "2024-05-01",
        "streamed": 3000,
        "inTransaction": len(ACTORS),
        "fault": "Neo4jError",
        "afterFault": 1,
        "writing": "Neo4jError",
        "stranger": "Neo4jError",
        "routed": 2,
    }
    assert await store.token() == token
