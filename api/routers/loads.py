"""POST /loads: a file into the store; DELETE: stop that. GET /loading: whether it is allowed here."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Annotated, Any, cast

from fastapi import APIRouter, Path, Query, Request
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from api.deps import ServiceDep, answer, errors
from api.leaving import NOBODY_THERE, CallerLeft, while_connected
from api.loadquery import LoadQuery
from api.loadrun import LoadRun
from api.loads import LoadDoor, nobody
from api.loadstream import MEDIA_TYPE, LoadStream
from api.problems import RequestRefused
from api.schemas import LoadAnswer, LoadingAnswer, LoadState
from api.security import BYTES
from ingest.readers.formats import ENDINGS

router = APIRouter(tags=["loading"])
LINES: Mapping[str, Any] = {"schema": {"type": "string"}}
WHY: Mapping[int, str] = {
    400: "The file cannot be used at all, or the request cannot be understood.",
    403: "No files are taken here; the detail names the setting that says so.",
    409: "Another file is being loaded; or the store holds data that stands in the way.",
    413: "The file is too large.",
    415: "The body is not declared as bytes.",
    422: "A parameter is unknown, out of range or contradictory; `errors` names each.",
    503: "The store does not answer; `Retry-After` says when to ask again.",
}
WHY_NOT_CANCELLED: Mapping[int, str] = {
    403: WHY[403],
    404: "This server knows no load with this id.",
    422: "There are no parameters.",
}
FILE: Mapping[str, Any] = {
    "required": True,
    "description": "The bytes of the file.",
    "content": {BYTES: {"schema": {"type": "string", "format": "binary"}}},
}


def door_of(request: Request) -> LoadDoor:
    """The way in for files of this application."""
    return cast(LoadDoor, request.app.state.loads)


@router.get(
    "/loading",
    response_model=LoadingAnswer,
    responses=errors(422),
    summary="Whether files may be loaded here",
)
async def loading(request: Request) -> Response:
    """Whether this server takes files, and if not, the setting that says so."""
    door, access, settings = door_of(request), request.app.state.access, request.app.state.settings
    return answer(
        LoadingAnswer(
            allowed=door.closed_because is None,
            reason=door.closed_because,
            key_needed=settings.public and access.has_key and not access.signed_in(request.scope["headers"]),
            limit=door.limit,
            endings=ENDINGS,
            load_id=door.running.id if door.running else None,
        )
    )


@router.post(
    "/loads",
    response_model=LoadAnswer,
    responses=errors(*WHY, why=WHY)
    | {200: {"description": "What became of it.", "content": {MEDIA_TYPE: dict(LINES)}}},
    openapi_extra={"requestBody": dict(FILE)},
    summary="A file into the store",
)
async def load_file(request: Request, service: ServiceDep, query: Annotated[LoadQuery, Query()]) -> Response:
    """The claims of a file (its name says in which format) join the graph, as with `actorgraph load`. Loading
    the same file twice changes nothing; good rows beside bad ones are kept. A dry run writes nothing and says
    what the file is taken for. One file is loaded at a time. With `progress` the answer is JSON Lines:
    `progress` any number of times, then `report`, or `problem`.

    Nothing is written before the whole file is here; then it is loaded to its end, also if its sender leaves.
    """
    door = door_of(request)
    try:
        async with contextlib.AsyncExitStack() as held:
            try:
                folder = await held.enter_async_context(door.entered())
            except RequestRefused:
                await door.pass_over(request)
                raise
            path = folder / query.name
            await door.take_in(request, path)
            work = LoadRun(service, path, query)
            await held.enter_async_context(door.known(work))
            if query.progress:
                return LoadStream(work, request, held.pop_all())
            run = work.run(nobody)
            return answer(await (while_connected(request, run) if query.dry_run else run))
    except (ClientDisconnect, CallerLeft):
        return Response(status_code=NOBODY_THERE)


@router.delete(
    "/loads/{id}",
    response_model=LoadState,
    responses=errors(*WHY_NOT_CANCELLED, why=WHY_NOT_CANCELLED),
    summary="Stop a load",
)
async def cancel_load(
    request: Request, id: Annotated[str, Path(description="Id of a load, from its progress or its report.")]
) -> Response:
    """The load under way stops as soon as the batch that is being written is whole. What was written stays,
    and loading the file again writes the rest. The answer says how much of it is in the graph; asked again,
    the same. A load that was over before stays as it is.
    """
    return answer(await door_of(request).cancel(id))
