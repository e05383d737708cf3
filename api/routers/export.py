"""GET /export: the selection as a file, streamed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import StreamingResponse

from api.bodies import AmongBody, ExportForm
from api.deps import ASKS, ServiceDep, errors
from api.export import Selection, exported, selected, selected_among
from api.queries import ExportQuery
from api.service import Service

router = APIRouter(tags=["catalogue"])
MEDIA_TYPE = "application/x-ndjson"
LINES: Mapping[str, Any] = {"schema": {"type": "string"}}


@router.get(
    "/export",
    responses=ASKS
    | errors(404)
    | {200: {"description": "One JSON object a line.", "content": {MEDIA_TYPE: LINES}}},
    response_class=StreamingResponse,
    summary="Everything, or a selection, as a file",
)
async def export(
    request: Request, service: ServiceDep, query: Annotated[ExportQuery, Query()]
) -> StreamingResponse:
    """Actors, sources, data sets, then claims, each kind in order of id; `record` says which it is.

    Loading the file into an empty graph gives the same ids. An answer that is cut off was not complete.
    """
    return _streamed(request, service, await selected(service, query))


@router.post(
    "/export",
    responses=ASKS
    | errors(400, 404)
    | {200: {"description": "One JSON object a line.", "content": {MEDIA_TYPE: LINES}}},
    response_class=StreamingResponse,
    summary="Actors named one by one, as a file",
)
async def export_among(
    request: Request, service: ServiceDep, body: AmongBody, form: Annotated[ExportForm, Query()]
) -> StreamingResponse:
    """The same records of the actors named and of the claims among them."""
    selection = await selected_among(service, body)
    return _streamed(request, service, selection, sentences=form.sentences)


def _streamed(
    request: Request, service: Service, selection: Selection, *, sentences: bool = False
) -> StreamingResponse:
    return StreamingResponse(
        exported(service, selection, lambda: bool(request.app.state.stopping), sentences=sentences),
        media_type=MEDIA_TYPE,
        headers={"Content-Disposition": 'attachment; filename="actorgraph.jsonl"'},
    )
