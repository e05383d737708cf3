"""GET /measures: who matters in the graph, or in a part of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.deps import ASKS, ServiceDep, answer, errors
from api.measured import measured_actors
from api.queries import MeasuresQuery
from graph.questions.measures import MeasuresAnswer

router = APIRouter(tags=["measures"])


@router.get("/measures", response_model=MeasuresAnswer, responses=ASKS | errors(404), summary="Who matters")
async def measures(service: ServiceDep, query: Annotated[MeasuresQuery, Query()]) -> Response:
    """The actors with the highest values of a measure, among everybody with a tie under the filter or around
    some actors; for communities also those.

    By default asserted and alleged positive claims count, and no relation of category LOCATION, PART_OF or
    IDENTITY.
    """
    return answer(await measured_actors(service, query))
