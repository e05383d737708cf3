"""/changes: what is different in the graph between two dates or loads, or among actors named one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers import changes_between, changes_of
from api.bodies import ChangesBody
from api.deps import ASKS, ServiceDep, answer, errors
from api.drawing import seen
from api.queries import ChangesQuery
from graph.questions.changes import Changes
from graph.questions.changesamong import ChangesAmong

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


@router.post(
    "/changes",
    response_model=ChangesAmong,
    responses=ASKS | errors(400, 404),
    summary="What changed among actors named one by one",
)
async def changes_among(service: ServiceDep, body: ChangesBody) -> Response:
    """The same between two days, for the actors given and the relations among them: ids of those that are
    new, ended, newly contested, or unchanged, all of them."""
    async with service.within_limit():
        return answer(await changes_of(service, body))
