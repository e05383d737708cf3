"""Everything at a glance: the question for the overview, asked for HTTP and the command line, and drawn."""

from __future__ import annotations

import time
from dataclasses import replace

from api.chosen import chosen
from api.queries import OverviewQuery
from api.service import Service
from graph.filters import between
from graph.projection.snapshot import Snapshot
from graph.questions.overview import OverviewAnswer, OverviewQuestion, overview
from graph.rendering.bubbles import bubbles, inside_bubble


async def overview_of(service: Service, query: OverviewQuery) -> OverviewAnswer:
    """The communities under a filter, or one of them, with their picture where it is asked for."""
    begun = time.perf_counter()
    deadline = time.monotonic() + service.limit_s

    def ask(snapshot: Snapshot) -> OverviewAnswer:
        filter_ = between(chosen(snapshot, query), structural_given=query.structural_given)
        return overview(snapshot, OverviewQuestion(query.community, query.limit, filter_), deadline=deadline)

    async with service.within_limit():
        found = await service.ask(ask)
        answer = await service.work(lambda: _seen(found)) if query.view else found
    spent = round((time.perf_counter() - begun) * 1000, 1)
    graph = answer.graph and replace(answer.graph, meta=replace(answer.graph.meta, elapsed_ms=spent))
    return replace(answer, graph=graph, meta=replace(answer.meta, elapsed_ms=spent))


def _seen(answer: OverviewAnswer) -> OverviewAnswer:
    """The answer with its picture: bubbles, or the actors of an opened one round its middle."""
    if answer.graph is None:
        return replace(answer, view=bubbles(answer))
    view = inside_bubble(answer.graph, answer.communities[0].actors)
    return replace(answer, graph=replace(answer.graph, view=view))
