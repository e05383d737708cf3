"""The pages: the explorer, its files, and the single pages that show one answer and can be embedded."""

from __future__ import annotations

from collections.abc import Sequence
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
from api.narration import OF_JSON
from api.queries import NeighbourhoodQuery, PathQuery
from graph.errors import InvalidQuestion
from graph.model import NamedActor, Subgraph
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


@router.get("/view/map")
async def embedded_page() -> Response:
    """The view or story that the fragment of the address describes, to be shown in pages of others."""
    return FileResponse(static_folder() / "map.html", media_type="text/html")


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
    if query.format != "json":
        raise InvalidQuestion.one("format", f"this page is HTML; the text is at {PREFIX}/paths")
    found = await paths_between(service, query)
    centre = ends_of(found)
    frame = PageFrame(
        title=_title(found),
        lead=_lead(found),
        api_call=_call(request, "/paths"),
        text_call=_text_call(request),
        explorer=_explorer(request, [("from", query.from_[0]), ("to", query.to[0])]),
        centre=centre,
        sentences=tuple(path.text for path in found.paths),
    )
    return await _page(service, found.graph, frame)


async def _page(service: ServiceDep, found: Subgraph, frame: PageFrame) -> Response:
    return HTMLResponse(await service.work(lambda: render_page(found, frame)))


def _title(found: PathAnswer) -> str:
    """Both ends by name."""
    asked = found.meta.asked
    return f"From {_either(asked.from_)} to {_either(asked.to)}"


def _either(actors: Sequence[NamedActor]) -> str:
    return " or ".join(actor.name for actor in actors)


def _lead(found: PathAnswer) -> str:
    if not found.paths:
        said = ["no path under these conditions", *(note.text for note in found.meta.notes)]
        return " ".join(f"{text[:1].upper()}{text[1:]}." for text in said)
    more = " There are more." if found.meta.truncated else ""
    shortest = _counted(min(path.length for path in found.paths), "hop")
    return f"{_counted(len(found.paths), 'path')}, the shortest of {shortest}.{more}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


def _call(request: Request, path: str) -> str:
    query = request.url.query
    return f"{PREFIX}{path}" + (f"?{query}" if query else "")


def _text_call(request: Request) -> str:
    """The call that gives the same paths as a text with footnotes."""
    given = [(k, v) for k, v in request.query_params.multi_items() if k not in (*OF_JSON, "format")]
    return f"{PREFIX}/paths?{urlencode([*given, ('format', 'markdown')])}"


def _explorer(request: Request, start: list[tuple[str, str]]) -> str:
    filters = [(k, v) for k, v in request.query_params.multi_items() if k not in NOT_IN_THE_EXPLORER]
    return f"/#{urlencode([*start, *filters])}"
