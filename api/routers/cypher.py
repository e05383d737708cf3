"""POST /cypher: somebody's own reading statement."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.callers import client_of
from api.cypherquery import CypherBody, CypherForm
from api.deps import ASKS, ServiceDep, ShareDep, answer, errors
from api.drawing import seen
from api.leaving import NOBODY_THERE, CallerLeft, while_connected
from api.schemas import CypherAnswer
from api.statements import Statement, run_statement

router = APIRouter(tags=["cypher"])


@router.post(
    "/cypher", response_model=CypherAnswer, responses=ASKS | errors(400, 403), summary="A Cypher statement"
)
async def cypher(
    request: Request,
    service: ServiceDep,
    share: ShareDep,
    body: CypherBody,
    form: Annotated[CypherForm, Query()],
) -> Response:
    """The rows of a reading statement and, where they hold actors or claims, these as a subgraph. Nothing can
    be changed here. After EXPLAIN the statement is not run: `plan` says what the engine would do.

    A statement ends when its caller leaves. While others ask too, whoever has used much of the engine waits
    for its turn: up to 2 s here, beyond that the answer is 429.
    """
    statement = Statement(body.statement, body.parameters, body.limit, body.timeout)
    try:
        async with share.turn(client_of(request.scope)):
            found = await while_connected(request, run_statement(service, statement, with_graph=True))
    except CallerLeft:
        return Response(status_code=NOBODY_THERE)
    if form.view and found.graph is not None:
        found = replace(found, graph=await seen(service, found.graph, ()))
    return answer(found)
