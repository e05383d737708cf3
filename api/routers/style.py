"""GET /style: what each kind, family, status and polarity looks like."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from api.deps import answer, errors
from graph.rendering.style import style_table

router = APIRouter(tags=["catalogue"])


@router.get("/style", response_model=dict[str, Any], responses=errors(422), summary="Colours and shapes")
async def style() -> Response:
    """The one table of colours, shapes and dashes that maps, legends and pages are drawn with."""
    return answer(style_table())
