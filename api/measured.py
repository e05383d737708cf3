"""Who matters: the question for measures, asked for HTTP and the command line."""

from __future__ import annotations

import time
from dataclasses import replace

from api.chosen import actor_id, chosen
from api.queries import MeasuresQuery
from api.service import Service
from graph.errors import InvalidQuestion
from graph.filters import between
from graph.projection.snapshot import Snapshot
from graph.questions.measures import MeasuresAnswer, MeasuresQuestion, measures


async def measured_actors(service: Service, query: MeasuresQuery) -> MeasuresAnswer:
    """Who matters under a filter, everywhere or around some actors."""
    begun = time.perf_counter()
    deadline = time.monotonic() + service.limit_s

    def ask(snapshot: Snapshot) -> MeasuresAnswer:
        actors = tuple(actor_id(snapshot, name, "actor") for name in query.actor)
        filter_ = between(chosen(snapshot, query), structural_given=query.structural_given)
        if {*actors} & {*filter_.avoid}:
            raise InvalidQuestion.one("avoid", "names an actor to measure around; leave it out")
        question = MeasuresQuestion(query.measure, actors, query.depth, query.limit, filter_)
        return measures(snapshot, question, deadline=deadline)

    answer = await service.ask(ask)
    spent = round((time.perf_counter() - begun) * 1000, 1)
    return replace(answer, meta=replace(answer.meta, elapsed_ms=spent))
