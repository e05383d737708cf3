"""Snapshots built directly from stated claims, and random ones, for tests of questions without a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from graph.filters import Filter
from graph.model import Actor
from graph.projection.columns import ClaimRow, ColumnsBuilder
from graph.projection.snapshot import Catalogue, Snapshot
from graph.vocabulary import RelationType, Vocabulary
from oracle import Asked, Graph, Stated, graph_of

TYPES: dict[str, tuple[str, bool]] = {
    "MEETS": ("CONSULT", True),
    "HELPS": ("AID", False),
    "FIGHTS": ("ASSAULT", False),
    "LEADS": ("LEADERSHIP", False),
    "LIES_IN": ("LOCATION", False),
}
"""Type → category and symmetry of the made-up vocabulary of random graphs."""
ALL_TYPES = TYPES | {"IS_TWIN_OF": ("IDENTITY", True), "TRADES_WITH": ("COOPERATE", True)}
"""Those and further ones, of the graphs of `randomgraphs`."""


def vocabulary() -> Vocabulary:
    """The types above, each with its folded name as its word and in its sentence."""
    return Vocabulary(
        tuple(
            RelationType(
                type=name,
                category=category,
                symmetric=symmetric,
                template=f"{{subject}} {name.lower().replace('_', ' ')} {{object}}",
                words=(name.lower(),),
            )
            for name, (category, symmetric) in ALL_TYPES.items()
        )
    )


Load = tuple[str, str | None]
"""Id of a load, and when it was recorded."""


def snapshot_of(
    claims: Sequence[Stated],
    extra_actors: Sequence[str] = (),
    token: str = "t",
    loads: Sequence[Load | None] = (),
) -> Snapshot:
    """A snapshot that holds just these claims; a repeated claim counts twice, as two claims of one source.

    `loads` says of each claim which load wrote it; without it they were written by hand.
    """
    return snapshot_of_graph(graph_of(claims, dict.fromkeys(extra_actors, "other")), token, loads)


def snapshot_of_graph(
    graph: Graph,
    token: str = "t",
    loads: Sequence[Load | None] = (),
    words: Vocabulary | None = None,
) -> Snapshot:
    """A snapshot that holds just this graph, its rows in the order of the claims; `words` is its vocabulary,
    else the one above."""
    ids, claims = graph.actors, graph.claims
    builder = ColumnsBuilder({name: number for number, name in enumerate(ids)})
    pairs = zip(claims, loads or [None] * len(claims), strict=True)
    builder.add([row_of(claim, number, load) for number, (claim, load) in enumerate(pairs)])
    actors = tuple(Actor(id=name, name=name.upper(), kind=graph.kinds[name]) for name in ids)
    return Snapshot(token, Catalogue(actors, (), words or vocabulary()), builder.build())


def row_of(claim: Stated, number: int, load: Load | None = None) -> ClaimRow:
    """The claim as the store returns it, with its number as its id."""
    load_id, recorded_at = load or (None, None)
    return ClaimRow(
        subject=claim.subject,
        type=claim.type,
        object=claim.object,
        id=claim.id or f"c_{number:032x}",
        status=claim.status,
        date=claim.date,
        valid_from=claim.valid_from,
        valid_to=claim.valid_to,
        source=claim.source,
        dataset=claim.dataset,
        attributed_to=claim.attributed_to,
        attributed_to_id=claim.attributed_to_id,
        load_id=load_id,
        recorded_at=recorded_at,
    )


POLARITIES: Mapping[str | None, tuple[str, ...]] = {
    None: (),
    "positive": ("positive",),
    "negative": ("negative",),
    "both": ("positive", "negative"),
}


def filter_of(asked: Asked) -> Filter:
    """The product's filter for the oracle's."""
    return Filter(
        type=asked.types,
        category=asked.categories,
        family=asked.families,
        status=asked.statuses,  # type: ignore[arg-type]  # plain text here
        polarity=POLARITIES[asked.polarity],  # type: ignore[arg-type]  # plain text here
        source=asked.sources,
        without_source=asked.without_sources,
        attributed_to=asked.attributed_to,
        dataset=asked.datasets,
        kind=asked.kinds,
        since=asked.since,
        until=asked.until,
        as_of=asked.as_of,
        undated=asked.undated,  # type: ignore[arg-type]  # plain text here
        min_sources=asked.min_sources,
        min_claims=asked.min_claims,
        direction=asked.direction,  # type: ignore[arg-type]  # plain text here
        avoid=asked.avoid,
        max_degree=asked.max_degree,
        structural=asked.structural,  # type: ignore[arg-type]  # plain text here
    )


DATES = st.sampled_from([None, None, "2024", "2024-06", "2024-06-15", "2025", "2025-01", "2025-03-07"])
NAMES = [f"a{number:02d}" for number in range(14)]


@st.composite
def stated(draw: st.DrawFn) -> Stated:
    """A random claim, one in six denied."""
    name = draw(st.sampled_from(sorted(TYPES)))
    category, symmetric = TYPES[name]
    denied = draw(st.integers(0, 5)) == 0
    return Stated(
        subject=draw(st.sampled_from(NAMES)),
        type="NOT_" + name if denied else name,
        object=draw(st.sampled_from(NAMES)),
        source=draw(st.sampled_from(["s1", "s2", "s3"])),
        status=draw(st.sampled_from(["asserted", "asserted", "alleged", "promised", "threatened"])),
        date=draw(DATES),
        valid_from=draw(DATES) if category == "LEADERSHIP" else None,
        valid_to=draw(DATES) if category == "LEADERSHIP" else None,
        category=category,
        symmetric=symmetric,
    )


def graphs() -> st.SearchStrategy[list[Stated]]:
    """Random multigraphs over at most 14 actors."""
    return st.lists(stated(), min_size=1, max_size=45)


DATES = st.sampled_from(
    ["2024", "2024-06", "2024-02-29", "2024-12-30", "2025-01-01", "2025-01-05", "2025-03", "195X", "1957",
     "18XX", "0000-03-01", "0001-01-01", "-0431", "-0431-03", "-0431-03-02", "-9999-01-01", "9999-12-31"]
)  # fmt: skip


@st.composite
def dated_anyhow(draw: st.DrawFn) -> list[Stated]:
    """Random claims with dates of every form, years before our era too."""
    claims = []
    for claim in draw(graphs()):
        claim = replace(claim, date=draw(st.none() | DATES))
        if draw(st.booleans()):
            claim = replace(claim, valid_from=draw(st.none() | DATES), valid_to=draw(st.none() | DATES))
        claims.append(claim)
    return claims


@st.composite
def filters(draw: st.DrawFn) -> Asked:
    """A random filter; most parts are left open most of the time."""

    def maybe(choice: st.SearchStrategy[str]) -> tuple[str, ...]:
        return tuple(draw(st.lists(choice, max_size=2, unique=True))) if draw(st.integers(0, 2)) == 0 else ()

    dated = draw(st.sampled_from(["", "", "window", "as_of"]))
    return Asked(
        types=maybe(st.sampled_from(["MEETS", "HELPS", "FIGHTS", "NOT_MEETS"])),
        categories=maybe(st.sampled_from(["CONSULT", "AID", "LEADERSHIP"])),
        statuses=maybe(st.sampled_from(["asserted", "alleged", "promised"])),
        polarity=draw(st.sampled_from([None, None, "positive", "negative"])),
        sources=maybe(st.sampled_from(["s1", "s2", "s3"])),
        without_sources=maybe(st.sampled_from(["s1", "s2", "s3"])),
        since=draw(st.sampled_from([None, "2024", "2024-06-15"])) if dated == "window" else None,
        until=draw(st.sampled_from([None, "2024", "2025-01"])) if dated == "window" else None,
        as_of=draw(st.sampled_from(["2024-06", "2025-02-01"])) if dated == "as_of" else None,
        undated=draw(st.sampled_from([None, None, "include", "exclude"])),
        min_sources=draw(st.sampled_from([1, 1, 1, 2])),
        min_claims=draw(st.sampled_from([1, 1, 1, 2])),
        direction=draw(st.sampled_from(["any", "any", "out", "in"])),
        avoid=maybe(st.sampled_from(NAMES[5:])),
        structural=draw(st.sampled_from(["include", "exclude"])),
    )
