"""GET /paths: how two actors are connected."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import PlainTextResponse, Response

from api.answers import paths_between
from api.deps import ASKS, ServiceDep, answer, errors
from api.drawing import ends_of, seen
from api.narration import narrated
from api.queries import PathQuery
from graph.questions.paths import PathAnswer

router = APIRouter(tags=["paths"])


@router.get(
    "/paths",
    response_model=PathAnswer,
    responses=ASKS | errors(404) | {200: {"content": {"text/markdown": {}}}},
    summary="Paths between actors",
)
async def paths(service: ServiceDep, query: Annotated[PathQuery, Query()]) -> Response:
    """The best paths first; each reads as text, one sentence per hop with its footnote. No path: an empty
    list, and `meta` says why.

    By default asserted and alleged positive claims are walked, and no relation of category LOCATION, PART_OF
    or IDENTITY: through those everybody meets in one country.
    """
    if query.format == "markdown":
        return PlainTextResponse(await narrated(service, query), media_type="text/markdown")
    found = await paths_between(service, query)
    if query.view:
        found = replace(found, graph=await seen(service, found.graph, ends_of(found)))
    return answer(found)
