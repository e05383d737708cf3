"""The evidence behind an answer: always there, as new as the store, both sides of what is contested."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from fastapi import FastAPI

from apiclient import Api, client_of, service_on
from engines import RunningEngine
from graph.errors import QuestionTimeout
from graph.ids import relation_id
from graph.model import Dataset
from graph.projection.snapshot import Snapshot
from graph.questions.relations import relation
from graph.store.bolt import Store
from graph.store.dropping import drop
from graph.store.embedded import EmbeddedConfig, open_embedded
from graph.store.keys import ClaimKey
from world import CLAIMS, load_of, load_world, of_dataset

MEETING = relation_id("amal-haddad", "MEETS", "boris-orlov")


async def test_a_relation_carries_every_claim_with_its_source(worlds: Api) -> None:
    found = (await worlds.get(f"/relations/{MEETING}")).json()

    assert found["claim_count"] == len(found["claims"]) == 3
    assert [claim["date"] for claim in found["claims"]] == ["2023", "2024-05-01", "2024-05"]
    assert found["claims"][0]["quote"] == "They met twice."
    assert {source["id"] for source in found["sources"]} == {"daily", "radio", "report"}
    assert [actor["id"] for actor in found["actors"]] == ["amal-haddad", "boris-orlov"]
    assert found["opposing"] is None


async def test_a_contested_relation_shows_the_other_side(worlds: Api) -> None:
    found = (await worlds.get(f"/relations/{relation_id('cara-lindqvist', 'MEETS', 'dario-mendez')}")).json()

    assert found["contested"] is True
    assert found["opposing"]["id"] == found["opposed_by"]
    assert found["opposing"]["polarity"] == "negative"
    assert found["opposing"]["claims"][0]["attributed_to"] == "Cara Lindqvist"


async def test_a_claim_keeps_what_its_source_says(world: Api) -> None:
    stated = CLAIMS[0]
    found = (await world.get(f"/claims/{stated.id}")).json()

    assert stated.passage_end
    assert (found["passage_start"], found["passage_end"]) == (stated.passage_start, stated.passage_end)
    assert (found["date"], found["date_from"], found["date_to"]) == ("2024-05-01", "2024-05-01", "2024-05-01")
    assert found["statement"] == stated.statement


async def test_a_load_shows_in_the_next_answer(worlds: Api) -> None:
    before = (await worlds.get("/stats")).json()
    await load_world(
        worlds.store, of_dataset(CLAIMS[:3], "second"), load=load_of(Dataset("second"), "load-2")
    )
    after = (await worlds.get("/stats")).json()

    assert after["claims"] == before["claims"] + 3
    assert after["datasets"] == 2


@pytest.mark.neo4j
async def test_what_somebody_writes_by_hand_shows_in_the_next_answer(
    neo4j_engine: RunningEngine, app: FastAPI
) -> None:
    async with service_on(neo4j_engine) as service, client_of(app, service) as client:
        await load_world(service.store)
        assert (await client.get("/api/v1/actors/harvest-day")).json()["degree"] == 0
        async with await Store.connect(neo4j_engine.writer) as stranger:
            await stranger.define(
                "MATCH (a:Actor {id: 'harvest-day'}), (b:Actor {id: 'portville'}) CREATE (a)-[:HELD_IN]->(b)"
            )
        answer = await client.get("/api/v1/actors/harvest-day/neighbourhood?claims=true")
        datasets = (await client.get("/api/v1/datasets")).json()["datasets"]

    (relation,) = answer.json()["relations"]
    (claim,) = relation["claims"]
    assert (claim["dataset"], claim["type"], claim["status"]) == ("external", "HELD_IN", "asserted")
    assert "Harvest Day" in claim["statement"]
    assert "Portville" in claim["statement"]
    assert [(d["name"], d["claims"]) for d in datasets] == [("external", 1), ("tiny-world", 26)]


async def test_a_claim_that_vanishes_meanwhile_makes_us_ask_again(worlds: Api) -> None:
    """The snapshot has the claims when the question is asked, the store no longer when they are fetched."""
    await load_world(
        worlds.store, of_dataset(CLAIMS[:1], "second"), load=load_of(Dataset("second"), "load-2")
    )
    loop, counts = asyncio.get_running_loop(), list[int]()

    def question(snapshot: Snapshot) -> tuple[int, tuple[ClaimKey, ...]]:
        keys = relation(snapshot, MEETING).claims
        if not counts:
            asyncio.run_coroutine_threadsafe(drop(worlds.store, "second"), loop).result()
        counts.append(len(keys))
        return len(keys), keys

    count, claims = await worlds.service.ask_for_claims(question)

    # The old snapshot may be asked once more, beside the store, before it is known to be old.
    assert (counts[0], counts[-1]) == (4, 3)
    assert count == len(claims) == 3


async def test_a_lost_store_is_a_problem_with_a_time_to_try_again(app: FastAPI, tmp_path: Path) -> None:
    async with open_embedded(EmbeddedConfig(tmp_path, bolt_port=0)) as end:
        lost = service_on(end)
        service = await lost.__aenter__()
    begun = time.monotonic()
    async with client_of(app, service) as client:
        answer = await client.get("/api/v1/stats")
        alive = await client.get("/livez")
        ready = await client.get("/readyz")
    await lost.__aexit__(None, None, None)

    assert (answer.status_code, answer.json()["title"]) == (503, "The store does not answer")
    assert int(answer.headers["retry-after"]) > 0
    assert (alive.status_code, ready.status_code) == (200, 503)
    assert time.monotonic() - begun < 15


async def test_a_question_over_its_time_is_a_timeout(embedded_engine: RunningEngine, app: FastAPI) -> None:
    async with service_on(embedded_engine, limit_s=0.2) as service, client_of(app, service) as client:
        await load_world(service.store)
        await service.keeper.current()
        with pytest.raises(QuestionTimeout, match="no answer within"):
            await service.work(lambda: time.sleep(0.5))
        answer = await client.get("/api/v1/stats")

    assert answer.status_code == 200


async def test_questions_at_the_same_time_get_their_own_answers(worlds: Api) -> None:
    ids = ["amal-haddad", "boris-orlov", "northland", "southland", "grain-union"] * 6
    answers = await asyncio.gather(*(worlds.get(f"/actors/{id}") for id in ids))

    assert [answer.json()["id"] for answer in answers] == ids
