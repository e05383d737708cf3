"""GET /sources: the documents that claims were taken from."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.deps import READS, ServiceDep, answer, errors
from api.queries import SourcesQuery
from api.records import source as find
from api.records import sources as page
from api.schemas import SourcesAnswer
from graph.model import Source

router = APIRouter(tags=["catalogue"])


@router.get("/sources", response_model=SourcesAnswer, responses=READS | errors(409), summary="Sources")
async def sources(service: ServiceDep, query: Annotated[SourcesQuery, Query()]) -> Response:
    """A page of sources in order of data set and id."""
    return answer(await page(service, query))


@router.get("/sources/{id:path}", response_model=Source, responses=READS | errors(404), summary="One source")
async def source(
    service: ServiceDep,
    id: Annotated[
        str,
        Path(description="Id of a source; DATASET/ID where data sets share an id.", examples=["syria-2025"]),
    ],
) -> Response:
    """Title, publisher, address, author and dates of a document."""
    return answer(await find(service, id))
