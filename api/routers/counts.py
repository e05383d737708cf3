"""POST /counts: when the claims among actors are that are named one by one, and whose."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.answers import counts_among
from api.bodies import AmongBody
from api.deps import ASKS, ServiceDep, answer, errors
from graph.questions.counts import EvidenceCounts

router = APIRouter(tags=["evidence"])


@router.post(
    "/counts",
    response_model=EvidenceCounts,
    responses=ASKS | errors(400, 404),
    summary="Claims among actors named one by one, counted",
)
async def counts(service: ServiceDep, body: AmongBody) -> Response:
    """For each relation among the actors how many claims each month and each source has: all of them, however
    many there are. A claim that is known no better than to a year counts under that, and is not spread."""
    async with service.within_limit():
        return answer(await counts_among(service, body))
