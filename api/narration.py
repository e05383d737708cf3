"""Paths as a text with footnotes: the same question, answered in Markdown."""

from __future__ import annotations

import time

from api.answers import path_question
from api.queries import PathQuery
from api.records import sources_of_claims
from api.service import Service
from graph.errors import InvalidQuestion, ParameterProblem
from graph.projection.snapshot import Snapshot
from graph.questions.claims import held_claim
from graph.questions.footnotes import leading_claims
from graph.questions.markdown import markdown
from graph.questions.paths import PathAnswer, PathQuestion, paths
from graph.store.keys import ClaimKey

OF_JSON = ("view", "claims")
"""Parameters that add to the JSON answer and have no meaning in a text."""


async def narrated(service: Service, query: PathQuery) -> str:
    """The paths of a question in words, each sentence with its footnote.

    Paths and claims come from one state of the graph; a claim that is gone when it is fetched makes us ask
    once more.

    Raises: as `paths_between`; InvalidQuestion for what only the JSON answer can carry.
    """
    wrong = [
        ParameterProblem(name, "adds to the JSON answer only; leave it out with format=markdown")
        for name in OF_JSON
        if getattr(query, name)
    ]
    if wrong:
        raise InvalidQuestion(wrong)
    deadline = time.monotonic() + service.limit_s

    def ask(snapshot: Snapshot) -> tuple[tuple[PathQuestion, PathAnswer], list[ClaimKey]]:
        question = path_question(snapshot, query)
        answer = paths(snapshot, question, deadline=deadline)
        return (question, answer), [held_claim(snapshot, id) for id in leading_claims(answer.paths)]

    async with service.within_limit():
        (question, answer), claims = await service.ask_for_claims(ask)
        sources = await sources_of_claims(service, claims)
        return await service.work(lambda: markdown(question, answer, claims, sources))
