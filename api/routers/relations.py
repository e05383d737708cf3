"""GET /relations/{id}: one relation with the claims behind it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from api.deps import ASKS, ServiceDep, answer, errors
from api.records import relation as find
from api.schemas import RelationAnswer

router = APIRouter(tags=["evidence"])


@router.get(
    "/relations/{id}",
    response_model=RelationAnswer,
    responses=ASKS | errors(404),
    summary="One relation with its evidence",
)
async def relation(
    service: ServiceDep,
    id: Annotated[
        str,
        Path(
            description="Id of a relation, from a graph answer.",
            examples=["r_WyJhaG1lZC1hbC1zaGFyYWEiLCJNRUVUUyIsIndhbGlkLWp1bWJsYXR0Il0"],
        ),
    ],
) -> Response:
    """All its claims, earliest first, their sources and, where it is contested, the other side."""
    return answer(await find(service, id))
