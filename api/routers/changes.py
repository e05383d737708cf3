"""GET /changes: what is different in the graph between two dates, or between two loads."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers import changes_between
from api.deps import ASKS, ServiceDep, answer, errors
from api.drawing import seen
from api.queries import ChangesQuery
from graph.questions.changes import Changes

router = APIRouter(tags=["changes"])


@router.get(
    "/changes",
    response_model=Changes,
    responses=ASKS | errors(404),
    summary="What changed between two days or loads",
)
async def changes(service: ServiceDep, query: Annotated[ChangesQuery, Query()]) -> Response:
    """New actors, new and ended relations, and relations that became contested, each list best supported
    first; `loads` names the loads there are.

    New is what first began after the last day of `since` and by that of `until`; ended is what held by the
    one and no longer by the other. Between loads new is what was first recorded after the one, by the other.
    """
    found = await changes_between(service, query)
    return answer(replace(found, graph=await seen(service, found.graph, ())) if query.view else found)
