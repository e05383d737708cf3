"""The pages: the explorer, its files, and the single pages that show one answer and can be embedded."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles

from api.answers import around_actor, paths_between
from api.deps import PREFIX, ServiceDep
from api.drawing import ends_of
from api.queries import NeighbourhoodQuery, PathQuery
from graph.model import Subgraph
from graph.questions.paths import PathAnswer
from graph.rendering.page import PageFrame, render_page, vendor_files

router = APIRouter(include_in_schema=False)
_HERE = Path(__file__).resolve().parent
NOT_IN_THE_EXPLORER = frozenset({"from", "to", "limit", "cursor", "view", "claims", "between", "depth"})
"""Parameters that the explorer's address does not have, or has in its own way."""


def static_folder() -> Path:
    """The explorer's files: beside this module in the wheel, beside the package in a clone."""
    return next(folder for folder in (_HERE / "static", _HERE.parent / "static") if folder.is_dir())


def static_files() -> StaticFiles:
    """The application that serves them."""
    return StaticFiles(directory=static_folder())


@router.get("/")
async def explorer() -> Response:
    """The explorer."""
    return FileResponse(static_folder() / "index.html", media_type="text/html")


@router.get("/static/vendor/{name}")
async def vendor(name: str) -> Response:
    """A file of the drawing library, out of the installed package.

    Raises: HTTPException 404.
    """
    found = vendor_files().get(name)
    if found is None:
        raise HTTPException(404)
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    return Response(found.read_bytes(), media_type=kind, headers={"Cache-Control": "max-age=86400"})


@router.get("/view/neighbourhood/{id:path}")
async def neighbourhood_page(
    request: Request, service: ServiceDep, id: str, query: Annotated[NeighbourhoodQuery, Query()]
) -> Response:
    """What is around an actor, as one page."""
    found = await around_actor(service, id, query)
    name = next(actor.name for actor in found.actors if actor.id == id)
    hops = "one hop" if query.depth == 1 else f"{query.depth} hops"
    frame = PageFrame(
        title=f"Around {name}",
        lead=f"{_counted(len(found.actors) - 1, 'actor')} within {hops} of {name}, "
        f"{_counted(len(found.relations), 'relation')}.",
        api_call=_call(request, f"/actors/{quote(id, safe='')}/neighbourhood"),
        explorer=_explorer(request, [("actor", id)]),
        centre=(id,),
    )
    return await _page(service, found, frame)


@router.get("/view/paths")
async def paths_page(request: Request, service: ServiceDep, query: Annotated[PathQuery, Query()]) -> Response:
    """How actors are connected, as one page."""
    found = await paths_between(service, query)
    centre = ends_of(found)
    frame = PageFrame(
        title=_title(found, query),
        lead=_lead(found),
        api_call=_call(request, "/paths"),
        explorer=_explorer(request, [("from", query.from_[0]), ("to", query.to[0])]),
        centre=centre,
        sentences=tuple(path.text for path in found.paths),
    )
    return await _page(service, found.graph, frame)


async def _page(service: ServiceDep, found: Subgraph, frame: PageFrame) -> Response:
    return HTMLResponse(await service.work(lambda: render_page(found, frame)))


def _title(found: PathAnswer, query: PathQuery) -> str:
    """Both ends by name; as they were asked for where no path tells the name."""
    names = {actor.id: actor.name for actor in found.graph.actors}
    starts = dict.fromkeys(names[path.actors[0]] for path in found.paths)
    ends = dict.fromkeys(names[path.actors[-1]] for path in found.paths)
    return f"From {' and '.join(starts or query.from_)} to {' and '.join(ends or query.to)}"


def _lead(found: PathAnswer) -> str:
    if not found.paths:
        return "No path under these conditions."
    more = " There are more of the same length." if found.meta.more_of_same_length else ""
    shortest = _counted(found.paths[0].length, "hop")
    return f"{_counted(len(found.paths), 'path')}, the shortest of {shortest}.{more}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


def _call(request: Request, path: str) -> str:
    query = request.url.query
    return f"{PREFIX}{path}" + (f"?{query}" if query else "")


def _explorer(request: Request, start: list[tuple[str, str]]) -> str:
    filters = [(k, v) for k, v in request.query_params.multi_items() if k not in NOT_IN_THE_EXPLORER]
    return f"/#{urlencode([*start, *filters])}"
