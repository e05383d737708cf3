"""Graph answers as pictures: the `view` of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from api.service import Service
from graph.model import Subgraph
from graph.questions.paths import PathAnswer
from graph.rendering.network import view_of


async def seen(service: Service, answer: Subgraph, centre: Sequence[str]) -> Subgraph:
    """The answer with its vis-network dictionaries; `centre` holds the ids in the middle of the picture."""
    view = await service.work(lambda: view_of(answer, centre=centre))
    return replace(answer, view=view)


def ends_of(answer: PathAnswer) -> tuple[str, ...]:
    """The actors that the paths lead between."""
    return tuple(dict.fromkeys(end for path in answer.paths for end in (path.actors[0], path.actors[-1])))
