"""GET /claims: single statements of sources, by their ends or by a filter."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.answers import claim as find
from api.answers import claims as select
from api.deps import ASKS, ServiceDep, answer, errors
from api.queries import ClaimsQuery
from api.schemas import ClaimsAnswer
from graph.model import Claim

router = APIRouter(tags=["evidence"])


@router.get("/claims", response_model=ClaimsAnswer, responses=ASKS | errors(404, 409), summary="Claims")
async def claims(service: ServiceDep, query: Annotated[ClaimsQuery, Query()]) -> Response:
    """A page of claims in order of id; a claim of a symmetric type is found from either end."""
    return answer(await select(service, query))


@router.get("/claims/{id:path}", response_model=Claim, responses=ASKS | errors(404), summary="One claim")
async def claim(
    service: ServiceDep, id: Annotated[str, Path(description="Id of a claim, from an answer.")]
) -> Response:
    """What one source says, who says it, when, and where in the source."""
    return answer(await find(service, id))
