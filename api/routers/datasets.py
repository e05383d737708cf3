"""GET /datasets: the collections that were loaded together."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from api.deps import ASKS, ServiceDep, answer, errors
from api.records import dataset as find
from api.records import datasets as every
from api.schemas import DatasetsAnswer
from graph.model import Dataset

router = APIRouter(tags=["catalogue"])


@router.get("/datasets", response_model=DatasetsAnswer, responses=ASKS, summary="Data sets")
async def datasets(service: ServiceDep) -> Response:
    """All data sets in order of name, with the number of their claims and their example questions."""
    return answer(await every(service))


@router.get("/datasets/{name}", response_model=Dataset, responses=ASKS | errors(404), summary="One data set")
async def dataset(
    service: ServiceDep,
    name: Annotated[str, Path(description="Name of a data set.", examples=["syria-2025"])],
) -> Response:
    """Title, description, licence and example questions of a data set."""
    return answer(await find(service, name))
