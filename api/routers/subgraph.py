"""POST /subgraph: what joins actors that are named one by one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers import named_actors
from api.bodies import AnswerForm, SubgraphBody
from api.deps import ASKS, ServiceDep, answer, errors
from api.drawing import seen
from graph.model import Subgraph

router = APIRouter(tags=["actors"])


@router.post(
    "/subgraph", response_model=Subgraph, responses=ASKS | errors(400, 404), summary="Actors named one by one"
)
async def subgraph(service: ServiceDep, body: SubgraphBody, form: Annotated[AnswerForm, Query()]) -> Response:
    """The actors in the order given and the relations among them."""
    async with service.within_limit():
        found = await named_actors(service, body, with_claims=form.claims)
        return answer(await seen(service, found, ()) if form.view else found)
