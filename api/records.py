"""What is looked up one by one: a relation with its evidence, sources, data sets."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from api.queries import SourcesQuery
from api.schemas import DatasetsAnswer, PageMeta, RelationAnswer, SourcesAnswer
from api.service import Service
from graph.dates import parse_date
from graph.errors import NotFound
from graph.filters import Filter
from graph.model import EXTERNAL_DATASET, Claim, Dataset, Relation, Source
from graph.projection.snapshot import Snapshot
from graph.questions.cursors import read_cursor, write_cursor
from graph.questions.relations import RelationEvidence
from graph.questions.relations import relation as find_relation
from graph.questions.summaries import actors_under
from graph.store.evidence import datasets as stored_datasets
from graph.store.evidence import source as stored_source
from graph.store.evidence import sources as stored_sources
from graph.store.evidence import sources_by_key
from graph.store.keys import ClaimKey


async def relation(service: Service, id: str) -> RelationAnswer:
    """A relation with all its claims and, where it is contested, the other side.

    Raises: NotFound.
    """

    def ask(snapshot: Snapshot) -> tuple[tuple[RelationEvidence, RelationAnswer], Sequence[ClaimKey]]:
        found = find_relation(snapshot, id)
        ends = sorted({snapshot.index[found.relation.subject], snapshot.index[found.relation.object]})
        bare = RelationAnswer(**_fields(found.relation), actors=actors_under(snapshot, Filter(), ends))
        keys = found.claims + (found.opposed.claims if found.opposed else ())
        return (found, bare), keys

    (found, bare), claims = await service.ask_for_claims(ask)
    opposing = None
    if found.opposed is not None:
        opposing = replace(found.opposed.relation, claims=_in_order(found.opposed.claims, claims))
    return replace(
        bare,
        claims=_in_order(found.claims, claims),
        opposing=opposing,
        sources=tuple((await sources_of_claims(service, claims)).values()),
    )


async def sources(service: Service, query: SourcesQuery) -> SourcesAnswer:
    """A page of sources.

    Raises: StaleCursor, InvalidQuestion (a cursor of another question).
    """
    begun = time.perf_counter()
    token = await service.store.token()
    kind = f"sources {query.dataset!r} {query.limit}"
    begin = 0 if query.cursor is None else int(read_cursor(query.cursor, token, kind))
    found = await stored_sources(service.store, query.dataset)
    end = begin + query.limit
    following = write_cursor(token, kind, end) if end < len(found) else None
    spent = round((time.perf_counter() - begun) * 1000, 1)
    meta = PageMeta(len(found), query.limit, following is not None, following, spent)
    return SourcesAnswer(tuple(found[begin:end]), meta)


async def source(service: Service, id: str) -> Source:
    """One source.

    Raises: NotFound.
    """
    found = await stored_source(service.store, id)
    if found is None:
        raise NotFound(f"no source {id[:80]!r} in this graph")
    return found


async def datasets(service: Service) -> DatasetsAnswer:
    """All data sets with the number of their claims; relationships written by hand count as one more."""
    counts = await service.ask(lambda snapshot: snapshot.contents.datasets)
    stored = {found.name: found for found in await stored_datasets(service.store)}
    if counts.get(EXTERNAL_DATASET):
        stored.setdefault(
            EXTERNAL_DATASET, Dataset(EXTERNAL_DATASET, "Relationships written into the graph by hand")
        )
    return DatasetsAnswer(tuple(replace(stored[name], claims=counts.get(name, 0)) for name in sorted(stored)))


async def dataset(service: Service, name: str) -> Dataset:
    """One data set.

    Raises: NotFound.
    """
    for found in (await datasets(service)).datasets:
        if found.name == name:
            return found
    raise NotFound(f"no data set {name[:80]!r} in this graph")


async def sources_of_claims(service: Service, claims: Mapping[str, Claim]) -> dict[tuple[str, str], Source]:
    """The sources of some claims by data set and id, in that order."""
    wanted = sorted({(claim.dataset, claim.source_id) for claim in claims.values()})
    return await sources_by_key(service.store, wanted)


def _in_order(keys: Sequence[ClaimKey], claims: Mapping[str, Claim]) -> tuple[Claim, ...]:
    return tuple(sorted((claims[key.id] for key in keys if key.id in claims), key=_by_date))


def _by_date(claim: Claim) -> tuple[float, str]:
    """Earliest first, undated last; what somebody wrote by hand may be no date."""
    written = claim.date or claim.valid_from
    try:
        return (parse_date(written).first if written else math.inf, claim.id)
    except ValueError:
        return (math.inf, claim.id)


def _fields(relation: Relation) -> dict[str, Any]:
    return {f.name: getattr(relation, f.name) for f in fields(Relation)}
