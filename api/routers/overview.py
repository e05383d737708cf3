"""GET /overview: everything at a glance."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.deps import ASKS, ServiceDep, answer, errors
from api.overviewed import overview_of
from api.queries import OverviewQuery
from graph.questions.overview import OverviewAnswer

router = APIRouter(tags=["overview"])


@router.get(
    "/overview", response_model=OverviewAnswer, responses=ASKS | errors(404), summary="Everything at a glance"
)
async def overview(service: ServiceDep, query: Annotated[OverviewQuery, Query()]) -> Response:
    """The communities of everybody with a tie under the filter, the largest first, and the bonds between
    them; or one community, opened: its best connected actors with their relations.

    By default asserted and alleged positive claims count, and no relation of category LOCATION, PART_OF or
    IDENTITY.
    """
    return answer(await overview_of(service, query))
