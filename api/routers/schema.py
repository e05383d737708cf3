"""GET /schema and /stats: what the graph holds."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers import counted_types, sizes
from api.deps import ASKS, ServiceDep, answer, errors
from api.queries import DataQuery
from graph.questions.catalogue import Schema, Stats

router = APIRouter(tags=["catalogue"])


@router.get("/schema", response_model=Schema, responses=ASKS | errors(404), summary="Types and kinds")
async def schema(service: ServiceDep, query: Annotated[DataQuery, Query()]) -> Response:
    """Relation types, most claims first; claims by category, family and status; actors by kind."""
    return answer(await counted_types(service, query))


@router.get("/stats", response_model=Stats, responses=ASKS | errors(404), summary="Sizes")
async def stats(service: ServiceDep, query: Annotated[DataQuery, Query()]) -> Response:
    """How many actors, claims, relations and sources there are, and from when to when."""
    return answer(await sizes(service, query))
