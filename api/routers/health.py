"""GET /livez and /readyz: does the process live, does the store answer."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter
from starlette.responses import Response

from api.deps import ServiceDep, answer, errors
from api.schemas import Alive
from graph.errors import StoreUnavailable

router = APIRouter(tags=["health"])
STORE_WITHIN_S = 2.0


@router.get("/livez", response_model=Alive, responses=errors(422), summary="The process lives")
async def livez() -> Response:
    """Answers as long as the process does; never asks the store."""
    return answer(Alive())


@router.get("/readyz", response_model=Alive, responses=errors(422, 503), summary="The store answers")
async def readyz(service: ServiceDep) -> Response:
    """Answers when questions can be answered."""
    try:
        async with asyncio.timeout(STORE_WITHIN_S):
            await service.store.token()
    except TimeoutError:
        raise StoreUnavailable(f"the store did not answer within {STORE_WITHIN_S:g} s") from None
    return answer(Alive())
