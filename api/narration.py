"""Paths as a text with footnotes: the same question, answered in Markdown."""

from __future__ import annotations

from api.answers import paths_between
from api.queries import PathQuery
from api.records import sources_of_claims
from api.service import Service
from graph.projection.snapshot import Snapshot
from graph.questions.claims import claim_key
from graph.questions.markdown import leading_claims, markdown
from graph.store.keys import ClaimKey


async def narrated(service: Service, query: PathQuery) -> str:
    """The paths of a question in words, each sentence with its footnote.

    Raises: as `paths_between`; NotFound when a claim went away meanwhile.
    """
    async with service.within_limit():
        answer = await paths_between(service, query)
        wanted = leading_claims(answer.paths)

        def ask(snapshot: Snapshot) -> tuple[None, list[ClaimKey]]:
            return None, [claim_key(snapshot, id) for id in wanted]

        _, claims = await service.ask_for_claims(ask)
        sources = await sources_of_claims(service, claims)
        by_key = {(dataset, source.id): source for source in sources for dataset in source.datasets}
        return await service.work(lambda: markdown(answer, claims, by_key))
