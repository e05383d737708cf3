"""GET /search: which actors have a name like this."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers import search as find
from api.deps import ASKS, ServiceDep, answer
from api.queries import SearchQuery
from api.schemas import SearchAnswer

router = APIRouter(tags=["actors"])


@router.get("/search", response_model=SearchAnswer, responses=ASKS, summary="Actors by name")
async def search(service: ServiceDep, query: Annotated[SearchQuery, Query()]) -> Response:
    """Finds by name, alias, beginning, with typing errors, without accents, hyphens or "al-"."""
    return answer(await find(service, query))
