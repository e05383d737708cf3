"""A question over its time limit ends with 504, and nobody goes on working on it."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path

import pytest
from fastapi import FastAPI

from api.service import QUESTIONS_AT_ONCE
from apiclient import Api, client_of, service_on
from benchmarks.madegraph import MadeGraph, name_of
from engines import RunningEngine
from ingest.loader import LoadRequest, load
from ingest.vocabulary import builtin

pytestmark = pytest.mark.timed

GRAPH = MadeGraph(actors=300, claims=4_000)
LIMIT, GRACE = 0.05, 1.5
"""Seconds that the question may take, which needs some 0.2 on a fast machine, and until its thread has to be
free again on a busy one.
"""


async def test_a_search_ends_with_its_question(
    embedded_engine: RunningEngine, app: FastAPI, tmp_path: Path
) -> None:
    start, end, *via = (name_of(n).lower().replace(" ", "-") for n in (290, 295, 3, 150, 200, 7, 250))
    async with service_on(embedded_engine) as service, client_of(app, service) as client:
        request = LoadRequest(paths=(GRAPH.write(tmp_path / "made.csv"),), vocabulary=builtin())
        await load(service.store, request)
        api = Api(client, service, service.store)
        assert (await api.get(f"/actors/{start}")).status_code == 200

        service.limit_s = LIMIT
        answer = await api.get("/paths", from_=start, to=end, via=via, k=25, max_hops=8, rank="recent")
        assert (answer.status_code, answer.json()["code"]) == (504, "question-timeout")

        service.limit_s = 10.0
        begun, everybody = time.monotonic(), threading.Barrier(QUESTIONS_AT_ONCE)
        # The threads can meet only when none of them searches any more.
        await asyncio.gather(*(service.work(everybody.wait) for _ in range(QUESTIONS_AT_ONCE)))
        assert time.monotonic() - begun < GRACE
