"""The questions of the contract with their answers; HTTP and command line differ only in showing them."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from api.bodies import AmongBody, ChangesBody, SubgraphBody
from api.chosen import actor_id, chosen, compared, compared_among
from api.queries import (
    ActorQuery,
    ChangesQuery,
    ClaimsQuery,
    CommonQuery,
    ConnectionsQuery,
    DataQuery,
    GroupQuery,
    NeighbourhoodQuery,
    PathQuery,
    SearchQuery,
    TimelineQuery,
)
from api.schemas import ActorAnswer, ClaimsAnswer, FoundActor, PageMeta, SearchAnswer
from api.service import Service
from graph.errors import InvalidQuestion, NotFound
from graph.filters import Filter, among, around, between
from graph.model import Actor, Claim, Subgraph
from graph.projection.snapshot import Snapshot
from graph.questions.actors import profile
from graph.questions.catalogue import Schema, Stats, schema, stats
from graph.questions.changes import Changes, changes
from graph.questions.changesamong import ChangesAmong, changes_among
from graph.questions.claims import ClaimQuestion, claim_key, select_claims
from graph.questions.commonneighbours import CommonAnswer, CommonNeighboursQuestion, common_neighbours
from graph.questions.connections import ConnectionsAnswer, ConnectionsQuestion, connections
from graph.questions.counts import EvidenceCounts, evidence_counts
from graph.questions.neighbourhood import NeighbourhoodQuestion, neighbourhood
from graph.questions.paths import PathAnswer, PathQuestion, paths
from graph.questions.relations import claims_of_relations
from graph.questions.subgraph import SubgraphQuestion, subgraph
from graph.questions.summaries import actors_under
from graph.questions.timeline import Timeline, TimelineQuestion, timeline
from graph.store.keys import ClaimKey

MOST_CLAIMS = 5_000
"""Most claims that an answer carries with `claims=true`."""

Evidence = Mapping[str, tuple[ClaimKey, ...]]


async def search(service: Service, query: SearchQuery) -> SearchAnswer:
    """Actors that fit a name, best first."""

    def ask(snapshot: Snapshot) -> SearchAnswer:
        found = snapshot.names.search(query.q, kinds=query.kind, limit=query.limit)
        actors = actors_under(snapshot, Filter(), [hit.index for hit in found.hits])
        return SearchAnswer(
            tuple(
                FoundActor(**_fields(actor), matched_as=hit.matched_as, score=round(hit.score, 1))
                for actor, hit in zip(actors, found.hits, strict=True)
            ),
            found.truncated,
        )

    return await service.ask(ask)


async def actor(service: Service, id: str, query: ActorQuery) -> ActorAnswer:
    """One actor with its ties counted by type."""

    def ask(snapshot: Snapshot) -> ActorAnswer:
        found = profile(snapshot, id, around(chosen(snapshot, query)))
        return ActorAnswer(
            **_fields(found.actor),
            relations=found.relations,
            first_date=found.first_date,
            last_date=found.last_date,
            sources=found.sources,
            undated=found.undated,
        )

    return await service.ask(ask)


async def around_actor(service: Service, id: str, query: NeighbourhoodQuery) -> Subgraph:
    """What is around an actor."""
    begun = time.perf_counter()

    def ask(snapshot: Snapshot) -> tuple[tuple[Subgraph, Evidence], Sequence[ClaimKey]]:
        filter_ = around(chosen(snapshot, query))
        question = NeighbourhoodQuestion(
            actor=id,
            depth=query.depth,
            limit=query.limit,
            cursor=query.cursor,
            between=query.between,
            filter=filter_,
        )
        return _with_evidence(snapshot, neighbourhood(snapshot, question), filter_, query.claims)

    (answer, evidence), claims = await service.ask_for_claims(ask)
    return _timed(await _filled(service, answer, evidence, claims), begun)


async def named_actors(service: Service, body: SubgraphBody, *, with_claims: bool = False) -> Subgraph:
    """The subgraph of the actors named."""
    begun = time.perf_counter()

    def ask(snapshot: Snapshot) -> tuple[tuple[Subgraph, Evidence], Sequence[ClaimKey]]:
        filter_ = around(chosen(snapshot, body.filter))
        question = SubgraphQuestion(actors=body.actors, filter=filter_, between=body.between)
        return _with_evidence(snapshot, subgraph(snapshot, question), filter_, with_claims)

    (answer, evidence), claims = await service.ask_for_claims(ask)
    return _timed(await _filled(service, answer, evidence, claims), begun)


async def paths_between(service: Service, query: PathQuery) -> PathAnswer:
    """How the named actors are connected."""
    begun = time.perf_counter()
    deadline = time.monotonic() + service.limit_s

    def ask(snapshot: Snapshot) -> tuple[tuple[PathAnswer, Evidence], Sequence[ClaimKey]]:
        question = path_question(snapshot, query)
        answer = paths(snapshot, question, deadline=deadline)
        (_, evidence), keys = _with_evidence(snapshot, answer.graph, question.claims_filter, query.claims)
        return (answer, evidence), keys

    (answer, evidence), claims = await service.ask_for_claims(ask)
    spent = _ms(begun)
    return replace(
        answer,
        graph=_timed(await _filled(service, answer.graph, evidence, claims), begun),
        meta=replace(answer.meta, elapsed_ms=spent),
    )


def path_question(snapshot: Snapshot, query: PathQuery) -> PathQuestion:
    """The question for paths that a query means in this graph.

    Raises: InvalidQuestion, UnknownActor, AmbiguousActor.
    """
    starts = tuple(actor_id(snapshot, name, "from") for name in query.from_)
    ends = tuple(actor_id(snapshot, name, "to") for name in query.to)
    filter_ = between(chosen(snapshot, query), structural_given=query.structural_given)
    if {*starts, *ends} & set(filter_.avoid):
        raise InvalidQuestion.one("avoid", "names an end of the path; leave it out")
    via = tuple(actor_id(snapshot, name, "via") for name in query.via)
    return PathQuestion(starts, ends, query.k, query.max_hops, filter_, query.rank, via)


async def connections_among(service: Service, query: ConnectionsQuery) -> ConnectionsAnswer:
    """Who of the named actors is connected to whom."""
    begun = time.perf_counter()

    def ask(snapshot: Snapshot) -> tuple[tuple[ConnectionsAnswer, Evidence], Sequence[ClaimKey]]:
        filter_ = among(chosen(snapshot, query), structural_given=query.structural_given)
        answer = connections(snapshot, ConnectionsQuestion(_group(snapshot, query), filter_, query.by))
        (_, evidence), keys = _with_evidence(snapshot, answer.graph, filter_, query.claims)
        return (answer, evidence), keys

    (answer, evidence), claims = await service.ask_for_claims(ask)
    graph = _timed(await _filled(service, answer.graph, evidence, claims), begun)
    return replace(answer, graph=graph, meta=replace(answer.meta, elapsed_ms=_ms(begun)))


async def common_to(service: Service, query: CommonQuery) -> CommonAnswer:
    """Whom the named actors have in common."""
    begun = time.perf_counter()

    def ask(snapshot: Snapshot) -> tuple[tuple[CommonAnswer, Evidence], Sequence[ClaimKey]]:
        filter_ = between(chosen(snapshot, query), structural_given=query.structural_given)
        group = _group(snapshot, query)
        answer = common_neighbours(
            snapshot, CommonNeighboursQuestion(group, filter_, query.limit, query.between)
        )
        (_, evidence), keys = _with_evidence(snapshot, answer.graph, filter_, query.claims)
        return (answer, evidence), keys

    (answer, evidence), claims = await service.ask_for_claims(ask)
    graph = _timed(await _filled(service, answer.graph, evidence, claims), begun)
    return replace(answer, graph=graph, meta=replace(answer.meta, elapsed_ms=_ms(begun)))


async def timeline_of(service: Service, id: str, query: TimelineQuery) -> Timeline:
    """When an actor had to do with others."""
    begun = time.perf_counter()

    def ask(snapshot: Snapshot) -> Timeline:
        filter_ = around(chosen(snapshot, query))
        return timeline(snapshot, TimelineQuestion(id, query.bucket, query.limit, filter_))

    answer = await service.ask(ask)
    return replace(answer, meta=replace(answer.meta, elapsed_ms=_ms(begun)))


async def changes_between(service: Service, query: ChangesQuery) -> Changes:
    """What is different in the graph between two dates, or between two loads."""
    begun = time.perf_counter()

    def ask(snapshot: Snapshot) -> tuple[tuple[Changes, Evidence], Sequence[ClaimKey]]:
        question = compared(snapshot, query)
        answer = changes(snapshot, question)
        (_, evidence), keys = _with_evidence(snapshot, answer.graph, question.begun[1], query.claims)
        return (answer, evidence), keys

    (answer, evidence), claims = await service.ask_for_claims(ask)
    spent = _ms(begun)
    return replace(
        answer,
        graph=_timed(await _filled(service, answer.graph, evidence, claims), begun),
        meta=replace(answer.meta, elapsed_ms=spent),
    )


async def changes_of(service: Service, body: ChangesBody) -> ChangesAmong:
    """What is different between two dates among the actors named."""
    begun = time.perf_counter()

    def ask(snapshot: Snapshot) -> ChangesAmong:
        return changes_among(snapshot, compared_among(snapshot, body), body.actors)

    answer = await service.ask(ask)
    return replace(answer, meta=replace(answer.meta, elapsed_ms=_ms(begun)))


async def counts_among(service: Service, body: AmongBody) -> EvidenceCounts:
    """The claims among the actors named, counted by period and source."""
    begun = time.perf_counter()

    def ask(snapshot: Snapshot) -> EvidenceCounts:
        return evidence_counts(snapshot, body.actors, around(chosen(snapshot, body.filter)))

    answer = await service.ask(ask)
    return replace(answer, meta=replace(answer.meta, elapsed_ms=_ms(begun)))


async def claims(service: Service, query: ClaimsQuery) -> ClaimsAnswer:
    """A page of claims."""
    begun = time.perf_counter()

    def ask(snapshot: Snapshot) -> tuple[PageMeta, Sequence[ClaimKey]]:
        page = select_claims(
            snapshot,
            ClaimQuestion(
                subject=_end(snapshot, query.subject, "subject"),
                object=_end(snapshot, query.object, "object"),
                filter=chosen(snapshot, query),
                limit=query.limit,
                cursor=query.cursor,
            ),
        )
        return PageMeta(page.total, query.limit, page.next is not None, page.next), page.keys

    meta, found = await service.ask_for_claims(ask)
    in_order = tuple(found[id] for id in sorted(found))
    return ClaimsAnswer(in_order, replace(meta, elapsed_ms=_ms(begun)))


async def claim(service: Service, id: str) -> Claim:
    """One claim.

    Raises: NotFound.
    """
    key, found = await service.ask_for_claims(lambda snapshot: _one(claim_key(snapshot, id)))
    if key.id not in found:
        raise NotFound(f"no claim {id[:80]!r} in this graph")
    return found[key.id]


async def counted_types(service: Service, query: DataQuery) -> Schema:
    """The types in use, with their counts."""
    return await service.ask(lambda snapshot: schema(snapshot, chosen(snapshot, query)))


async def sizes(service: Service, query: DataQuery) -> Stats:
    """How much there is."""
    return await service.ask(lambda snapshot: stats(snapshot, chosen(snapshot, query)))


def _one(key: ClaimKey) -> tuple[ClaimKey, tuple[ClaimKey, ...]]:
    return key, (key,)


def _group(snapshot: Snapshot, query: GroupQuery) -> tuple[str, ...]:
    return tuple(actor_id(snapshot, name, "actor") for name in query.actor)


def _end(snapshot: Snapshot, name: str | None, parameter: str) -> str | None:
    return None if name is None else actor_id(snapshot, name, parameter)


def _with_evidence(
    snapshot: Snapshot, answer: Subgraph, filter_: Filter, wanted: bool
) -> tuple[tuple[Subgraph, Evidence], Sequence[ClaimKey]]:
    """The answer with the keys of the claims of each relation, and all of them in one list."""
    if not wanted:
        return (answer, {}), ()
    total = sum(relation.claim_count for relation in answer.relations)
    if total > MOST_CLAIMS:
        raise InvalidQuestion.one(
            "claims",
            f"the answer has {total} claims, at most {MOST_CLAIMS} come with it; narrow the question "
            f"or ask for each relation at /relations/{{id}}",
        )
    evidence = claims_of_relations(snapshot, filter_, tuple(relation.id for relation in answer.relations))
    return (answer, evidence), tuple(key for keys in evidence.values() for key in keys)


async def _filled(
    service: Service, answer: Subgraph, evidence: Evidence, claims: Mapping[str, Claim]
) -> Subgraph:
    """The answer with its claims in its relations."""
    if not evidence:
        return answer

    def fill() -> Subgraph:
        relations = tuple(
            replace(
                relation,
                claims=tuple(claims[key.id] for key in evidence.get(relation.id, ()) if key.id in claims),
            )
            for relation in answer.relations
        )
        return replace(answer, relations=relations)

    return await service.work(fill)


def _timed(answer: Subgraph, begun: float) -> Subgraph:
    return replace(answer, meta=replace(answer.meta, elapsed_ms=_ms(begun)))


def _ms(begun: float) -> float:
    return round((time.perf_counter() - begun) * 1000, 1)


def _fields(actor: Actor) -> dict[str, Any]:
    return {f.name: getattr(actor, f.name) for f in fields(Actor)}
