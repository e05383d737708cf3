"""create_app: the only place where settings, service, routers, pages and error handlers meet."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from importlib.metadata import version
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api import docs, login, views
from api.access import Access
from api.deps import PREFIX, as_bytes, as_json, body_model, once_each, query_model
from api.fairshare import FairShare
from api.loads import LoadDoor
from api.middleware import FrontDoor, problem_response
from api.openapi import describe
from api.parameters import problems_in
from api.problems import Problem, plain_problem, problem_of
from api.routers import (
    actors,
    changes,
    claims,
    counts,
    cypher,
    datasets,
    export,
    groups,
    health,
    loads,
    measures,
    overview,
    paths,
    relations,
    schema,
    search,
    sources,
    style,
    subgraph,
)
from api.service import Service, open_service
from api.settings import Settings
from graph.errors import ActorgraphError, InvalidQuestion

ROUTERS = (
    search,
    actors,
    paths,
    groups,
    changes,
    measures,
    overview,
    subgraph,
    relations,
    claims,
    counts,
    sources,
    datasets,
    schema,
    style,
    export,
    cypher,
)
TAGS = (
    {"name": "actors", "description": "Who is this, and what is around."},
    {"name": "paths", "description": "How actors are connected."},
    {"name": "groups", "description": "How several actors stand to each other."},
    {"name": "changes", "description": "What became different, and when."},
    {"name": "measures", "description": "Who matters, and in what way."},
    {"name": "overview", "description": "Everything at a glance."},
    {"name": "evidence", "description": "Who says so, when and where."},
    {"name": "cypher", "description": "Whatever else can be read from the graph."},
    {"name": "loading", "description": "Your own files into the graph."},
    {"name": "catalogue", "description": "What the graph holds."},
    {"name": "health", "description": "Whether the service can answer."},
)


def create_app(settings: Settings, service: Service | None = None) -> FastAPI:
    """The application; without a service it opens its own for as long as it runs."""
    app = _App(
        title="actorgraph",
        version=version("actorgraph"),
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        openapi_tags=[dict(tag) for tag in TAGS],
        lifespan=_lifespan(settings, service),
    )
    app.state.settings = settings
    app.state.access = Access(settings)
    app.state.share = FairShare(settings.cypher_share)
    app.state.loads = LoadDoor(settings)
    app.state.stopping = False
    if service is not None:
        app.state.service = service
    for part in ROUTERS:
        app.include_router(part.router, prefix=PREFIX, dependencies=[Depends(as_json), Depends(once_each)])
    app.include_router(loads.router, prefix=PREFIX, dependencies=[Depends(as_bytes), Depends(once_each)])
    app.include_router(health.router, dependencies=[Depends(once_each)])
    app.include_router(views.router)
    app.include_router(docs.router)
    app.include_router(login.router)
    app.mount("/static", views.static_files())
    app.add_exception_handler(ActorgraphError, _on_our_error)
    app.add_exception_handler(RequestValidationError, _on_wrong_parameters)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_middleware(FrontDoor, settings=settings, access=app.state.access, share=app.state.share)
    return app


class _App(FastAPI):
    """FastAPI with our own description of the API."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            self.openapi_schema = describe(self)
        return self.openapi_schema


def _lifespan(settings: Settings, service: Service | None) -> Any:
    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if service is not None:
            yield
            return
        async with open_service(settings) as own:
            app.state.service = own
            yield

    return lifespan


def _problem(request: Request, problem: Problem) -> Response:
    return problem_response(problem, request.state.request_id)


async def _on_our_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ActorgraphError)
    return _problem(request, problem_of(error))


async def _on_wrong_parameters(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return _problem(request, plain_problem(400, "the body is not JSON"))
    in_query = [{**one, "loc": one["loc"][1:]} for one in found]
    model_of = query_model if found[0]["loc"][0] == "query" else body_model
    model = model_of(request.scope.get("route"))
    return _problem(request, problem_of(InvalidQuestion(problems_in(in_query, model))))


async def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = {
        404: f"there is nothing at {request.url.path[:200]}; the calls are listed at /docs",
        405: f"{request.method} is not possible here",
    }.get(error.status_code, str(error.detail))
    return _problem(request, plain_problem(error.status_code, detail, error.headers))
