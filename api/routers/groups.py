"""GET /connections and /common: how several actors stand to each other, and whom they have in common."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers import common_to, connections_among
from api.deps import ASKS, ServiceDep, answer, errors
from api.drawing import seen
from api.queries import CommonQuery, ConnectionsQuery
from graph.questions.commonneighbours import CommonAnswer
from graph.questions.connections import ConnectionsAnswer

router = APIRouter(tags=["groups"])


@router.get(
    "/connections",
    response_model=ConnectionsAnswer,
    responses=ASKS | errors(404),
    summary="Who of a group is connected to whom",
)
async def connections(service: ServiceDep, query: Annotated[ConnectionsQuery, Query()]) -> Response:
    """Every pair of the actors, in the order asked, with what is on record between the two: a tie, a
    contested one, a denial; else the best actor between them, or that there is no record.

    By default what is asserted or alleged counts, claims and denials, and no relation of category LOCATION,
    PART_OF or IDENTITY.
    """
    found = await connections_among(service, query)
    if query.view:
        found = replace(found, graph=await seen(service, found.graph, found.actors))
    return answer(found)


@router.get(
    "/common",
    response_model=CommonAnswer,
    responses=ASKS | errors(404),
    summary="Whom several actors have in common",
)
async def common(service: ServiceDep, query: Annotated[CommonQuery, Query()]) -> Response:
    """The actors that are tied to every one of the actors asked about, with the relations to each of them,
    best supported first.

    By default asserted and alleged positive claims count, and no relation of category LOCATION, PART_OF or
    IDENTITY.
    """
    found = await common_to(service, query)
    if query.view:
        found = replace(found, graph=await seen(service, found.graph, found.actors))
    return answer(found)
