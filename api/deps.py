"""What routes ask for and answer with: the service, JSON bytes, and the errors a call documents."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Annotated, Any, cast

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.fairshare import FairShare
from api.parameters import shown
from api.problems import RequestRefused
from api.schemas import ProblemAnswer
from api.security import BYTES, JSON, NOT_BYTES, NOT_JSON, media_type
from api.service import Service
from api.wire import encode
from graph.errors import InvalidQuestion, ParameterProblem
from graph.model import Subgraph

PREFIX = "/api/v1"

WHY: Mapping[int, str] = {
    400: "The request cannot be understood.",
    403: "Only reading statements are answered.",
    404: "Nothing has this id; for actors `nearest` names three.",
    409: "The cursor is of an older state of the graph: ask again without it.",
    413: "The graph is over the projection limit, and the question needs more of it than may be fetched.",
    422: "A parameter is unknown, out of range or contradictory; `errors` names each.",
    503: "The store does not answer; `Retry-After` says when to ask again.",
    504: "The question took longer than it may.",
}


async def get_service(request: Request) -> Service:
    """The service of this application."""
    return cast(Service, request.app.state.service)


ServiceDep = Annotated[Service, Depends(get_service)]


async def get_share(request: Request) -> FairShare:
    """What each caller has used of the engine."""
    return cast(FairShare, request.app.state.share)


ShareDep = Annotated[FairShare, Depends(get_share)]


def query_model(route: object) -> type[BaseModel] | None:
    """The model of a route's query parameters, if it has any."""
    return _model(route.dependant.query_params) if isinstance(route, APIRoute) else None


def body_model(route: object) -> type[BaseModel] | None:
    """The model of what is sent to a route, if anything is."""
    return _model(route.dependant.body_params) if isinstance(route, APIRoute) else None


def _model(parameters: Iterable[Any]) -> type[BaseModel] | None:
    kinds = (parameter.field_info.annotation for parameter in parameters)
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


async def once_each(request: Request) -> None:
    """Refuse what a query model alone would let pass: a single value given twice, parameters where none are.

    Raises: InvalidQuestion.
    """
    model = query_model(request.scope.get("route"))
    single = _single_values(model) if model else frozenset()
    problems = []
    for name in dict.fromkeys(request.query_params.keys()):
        given = request.query_params.getlist(name)
        if model is None:
            problems.append(ParameterProblem(name, "is not a parameter of this call: it has none"))
        elif name in single and len(given) > 1:
            values = " and ".join(shown(value) for value in given[:2])
            problems.append(ParameterProblem(name, f"has one value, not {values}"))
    if problems:
        raise InvalidQuestion(problems)


def as_json(request: Request) -> None:
    """Refuse a body that is not declared as JSON, so that no form of another site is taken for a call.

    Raises: RequestRefused.
    """
    if request.method != "GET" and media_type(request.scope["headers"]) != JSON:
        raise RequestRefused(NOT_JSON)


def as_bytes(request: Request) -> None:
    """Refuse a file that is not declared as mere bytes, so that no form of another site is taken for a call.

    Raises: RequestRefused.
    """
    if request.method not in ("GET", "DELETE") and media_type(request.scope["headers"]) != BYTES:
        raise RequestRefused(NOT_BYTES)


@cache
def _single_values(model: type[BaseModel]) -> frozenset[str]:
    """Names of the parameters of a query that are no lists."""
    properties = model.model_json_schema(by_alias=True)["properties"]
    return frozenset(name for name, schema in properties.items() if schema.get("type") != "array")


def answer(value: object) -> Response:
    """The JSON answer that carries a value."""
    return _Written(value)


FEW = 100
"""Relations that are written within a fraction of a millisecond."""


class _Written(Response):
    """JSON that is written in a thread unless it is short: on the loop a large answer holds up all others."""

    def __init__(self, value: object) -> None:
        super().__init__(media_type="application/json")
        self._value = value

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        graph = getattr(self._value, "graph", None)
        short = isinstance(graph, Subgraph) and len(graph.relations) + len(graph.actors) <= FEW
        body = encode(self._value) if short else await asyncio.to_thread(encode, self._value)
        await Response(body, media_type=self.media_type)(scope, receive, send)


def errors(*statuses: int, why: Mapping[int, str] = WHY) -> dict[int | str, dict[str, Any]]:
    """The errors that a call documents."""
    return {status: {"model": ProblemAnswer, "description": why[status]} for status in statuses}


READS = errors(422, 503, 504)
"""Errors of every call that reads the store."""
ASKS = READS | errors(413)
"""Errors of every question about the graph."""
