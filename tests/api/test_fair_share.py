"""Two callers at once: who has had much of the engine waits for its turn, the other one does not notice."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from api.app import create_app
from api.service import Service
from api.settings import read_settings
from apiclient import client_of

STATEMENT = "UNWIND range(1, 1000000) AS i UNWIND range(1, 1000000) AS j RETURN count(*)"
Conforms = Callable[[httpx.Response, str, str], None]


async def ask(client: httpx.AsyncClient, statement: str, timeout: float = 1.0) -> httpx.Response:
    return await client.post("/api/v1/cypher", json={"statement": statement, "timeout": timeout})


@pytest.mark.parametrize("percent", [1, 100])
async def test_a_greedy_caller_waits_for_others(
    world_service: Service, conforms: Conforms, percent: int
) -> None:
    app = create_app(read_settings({"cypher_share": percent}), world_service)
    async with (
        client_of(app, world_service, caller="127.0.0.2") as greedy,
        client_of(app, world_service, caller="127.0.0.1") as other,
    ):
        for _ in range(2):  # nobody else is there
            assert (await ask(greedy, STATEMENT, 1.2)).status_code == 504
        assert (await ask(greedy, "RETURN 1")).status_code == 200
        assert (await ask(other, "RETURN 1")).status_code == 200

        answer = await ask(greedy, "RETURN 1")
        assert answer.status_code == (429 if percent == 1 else 200)
        if percent == 1:
            conforms(answer, "POST", "/api/v1/cypher")
            assert answer.json()["code"] == "share-used"
            assert f"in {answer.headers['retry-after']} seconds" in answer.json()["detail"]
        assert (await ask(other, "RETURN 1")).status_code == 200
        paths = await greedy.get("/api/v1/paths", params={"from": "northland", "to": "northland"})
        assert paths.status_code != 429, "only statements wait"
