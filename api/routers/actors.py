"""GET /actors/{id}, its neighbourhood and its timeline: who is this, what is around, and when."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.answers import actor as profile
from api.answers import around_actor, timeline_of
from api.deps import ASKS, ServiceDep, answer, errors
from api.drawing import seen
from api.queries import ActorQuery, NeighbourhoodQuery, TimelineQuery
from api.schemas import ActorAnswer
from graph.model import Subgraph
from graph.questions.timeline import Timeline

router = APIRouter(tags=["actors"])
ActorId = Annotated[str, Path(description="Id of an actor.", examples=["ahmed-al-sharaa"])]


@router.get(
    "/actors/{id:path}/neighbourhood",
    response_model=Subgraph,
    responses=ASKS | errors(404, 409),
    summary="What is around an actor",
)
async def neighbourhood(
    service: ServiceDep, id: ActorId, query: Annotated[NeighbourhoodQuery, Query()]
) -> Response:
    """Relations with an end nearer than `depth` hops to the actor, best supported first.

    Over the limit `meta` says exactly how much was left out and holds the cursor of the next page.
    """
    async with service.within_limit():
        found = await around_actor(service, id, query)
        return answer(await seen(service, found, (id,)) if query.view else found)


@router.get(
    "/actors/{id:path}/timeline",
    response_model=Timeline,
    responses=ASKS | errors(404),
    summary="When an actor had to do with others",
)
async def timeline(service: ServiceDep, id: ActorId, query: Annotated[TimelineQuery, Query()]) -> Response:
    """The actor's claims with others by period and family, in order of time; a period without claims is not
    listed.

    A claim counts with its date, one without at the begin of its validity. One whose date spans several
    periods is not spread over them: it stands in `coarser`, under its date as it is known.
    """
    return answer(await timeline_of(service, id, query))


@router.get(
    "/actors/{id:path}", response_model=ActorAnswer, responses=ASKS | errors(404), summary="One actor"
)
async def actor(service: ServiceDep, id: ActorId, query: Annotated[ActorQuery, Query()]) -> Response:
    """The actor, and its ties counted by type and direction: what expanding would bring."""
    return answer(await profile(service, id, query))
