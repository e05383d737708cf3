"""A stated graph, loaded into a store: what the oracle knows as an engine keeps it."""

from __future__ import annotations

from graph.dates import as_dates, parse_date
from graph.model import Actor, Claim, Dataset
from graph.store.bolt import Store
from graph.store.writing import Batch, ClaimWriter, Load
from graph.vocabulary import types_to_json
from graphs import vocabulary
from oracle import Graph, Stated


async def load_graph(store: Store, graph: Graph) -> None:
    """Load the graph, data set by data set, into a store without data."""
    actors = tuple(Actor(id=name, name=name.upper(), kind=kind) for name, kind in graph.kinds.items())
    for name in sorted({claim.dataset for claim in graph.claims} or {"made"}):
        load = Load(name, "2026-01-02T03:04:05+00:00", Dataset(name), types_to_json(vocabulary().entries))
        claims = tuple(_claim(claim) for claim in graph.claims if claim.dataset == name)
        writer = ClaimWriter(store, load)
        await writer.begin()
        await writer.write(Batch(actors, (), claims))
        await writer.finish()


def _claim(stated: Stated) -> Claim:
    date = parse_date(stated.date) if stated.date else None
    first, last = as_dates(date) if date else (None, None)
    return Claim(
        id=stated.id,
        dataset=stated.dataset,
        subject=stated.subject,
        object=stated.object,
        type=stated.type,
        polarity="negative" if stated.denied else "positive",
        status=stated.status,  # type: ignore[arg-type]  # plain text here
        category=stated.category,
        attributed_to=stated.attributed_to,
        attributed_to_id=stated.attributed_to_id,
        source_id=stated.source,
        date=stated.date,
        date_from=first,
        date_to=last,
        date_precision=date.precision if date else None,
        valid_from=stated.valid_from,
        valid_to=stated.valid_to,
    )
