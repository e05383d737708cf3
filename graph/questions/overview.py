"""Everything at a glance: the communities of a graph, how they are tied to each other, and what is in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from graph.errors import NotFound
from graph.filters import Filter
from graph.model import ACTOR_KINDS, Actor, Note, Subgraph, View
from graph.projection.index import Longs
from graph.projection.selection import select
from graph.projection.snapshot import Snapshot
from graph.questions.actors import undated_of
from graph.questions.deadline import Deadline
from graph.questions.grouping import FAMILY_NAMES, Grouping, grouping
from graph.questions.measures import MeasuredSize
from graph.questions.subgraph import SubgraphQuestion, subgraph
from graph.questions.summaries import actors_under

PREFIX = "k_"
"""Begins the id of a community; the id of one of its actors follows."""
MOST_NAMED = 5
"""Actors that stand for a community in an answer."""
IN_LABEL = 3
"""Actors whose names make its label."""
MOST_BONDS = 300
"""Bonds in an answer: more lines say nothing to anybody."""


@dataclass(frozen=True, slots=True)
class OverviewQuestion:
    """Which communities: the largest, at most `limit`; or, with the id of a `community`, this one with at
    most `limit` of its actors."""

    community: str | None = None
    limit: int = 100
    filter: Filter = field(default_factory=Filter)


@dataclass(frozen=True, slots=True)
class OverviewCommunity:
    """A community: how many actors it has, how many ties and positive claims among them, by kind and by
    family (most first), and the `members` with the most ties, whose names make the label.

    `kind` is the most frequent one. The id names the first member; the id of any other actor of the community
    in its place means the same community.
    """

    id: str
    label: str
    actors: int
    ties: int
    claims: int
    kind: str
    kinds: Mapping[str, int]
    families: Mapping[str, int]
    members: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class Bond:
    """The ties between two communities, taken together; `from` is the larger one. `families` counts the
    claims, most first."""

    from_: str
    to: str
    ties: int
    claims: int
    families: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The smaller communities that are not listed: how many, their actors, the ties with an end in one."""

    communities: int
    actors: int
    ties: int


@dataclass(frozen=True, slots=True)
class OverviewMeta:
    """What the answer left out besides the gathered communities, and how long it took (milliseconds)."""

    truncated: bool = False
    omitted_bonds: int = 0
    omitted_ties: int = 0
    limit: int = 0
    undated: int = 0
    notes: tuple[Note, ...] = ()
    elapsed_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class OverviewAnswer:
    """Communities, largest first, and the bonds between them, heaviest first. `selection` counts all actors
    with a tie and all ties, `untied` the actors without.

    Where one community was asked for it is the only one listed, and `graph` holds its best connected actors
    with their relations; else `graph` is None. `view` is the picture of the communities.
    """

    communities: tuple[OverviewCommunity, ...]
    bonds: tuple[Bond, ...]
    gathered: Gathered
    untied: int
    modularity: float | None
    selection: MeasuredSize
    graph: Subgraph | None
    meta: OverviewMeta
    view: View | None = None


def overview(
    snapshot: Snapshot, question: OverviewQuestion, *, deadline: float | None = None
) -> OverviewAnswer:
    """The communities of everybody with a tie under the filter, or one of them with its actors.

    `deadline` is a time of `time.monotonic()`. Communities are those of the measure of that name.

    Raises: NotFound for a community that there is not; InvalidQuestion when the graph is too large;
    QuestionTimeout.
    """
    filter_ = question.filter
    limit = Deadline(deadline, "the overview took longer than it may; narrow it by a filter")
    found = grouping(snapshot, filter_, limit)
    if question.community is None:
        listed, graph = np.arange(min(found.size, question.limit)), None
    else:
        opened = _named(snapshot, found, question.community)
        listed, graph = np.array([opened]), _opened(snapshot, found, opened, question)
    bonds, omitted = _bonds(snapshot, found, len(listed)) if graph is None else ((), (0, 0))
    gathered = _gathered(found, len(listed)) if graph is None else Gathered(0, 0, 0)
    return OverviewAnswer(
        communities=_communities(snapshot, filter_, found, listed),
        bonds=bonds,
        gathered=gathered,
        untied=found.untied,
        modularity=found.modularity,
        selection=MeasuredSize(len(found.ranked), int(found.ties.sum())),
        graph=graph,
        meta=OverviewMeta(
            truncated=bool(gathered.communities or omitted[0] or (graph and graph.meta.truncated)),
            omitted_bonds=omitted[0],
            omitted_ties=omitted[1],
            limit=question.limit,
            undated=_undated(snapshot, filter_),
            notes=_notes(filter_),
        ),
    )


def _named(snapshot: Snapshot, found: Grouping, id_: str) -> int:
    """The community that an id means.

    Raises: NotFound.
    """
    actor = snapshot.index.get(id_.removeprefix(PREFIX)) if id_.startswith(PREFIX) else None
    if actor is None:
        raise NotFound(f"no community {id_[:80]!r}: its id is {PREFIX} and the id of one of its actors")
    if found.of[actor] < 0:
        raise NotFound(f"no community {id_[:80]!r} under this filter: that actor has no tie there")
    return int(found.of[actor])


def _opened(snapshot: Snapshot, found: Grouping, community: int, question: OverviewQuestion) -> Subgraph:
    """The best connected actors of a community and the relations among them."""
    begin, end = found.start[community : community + 2].tolist()
    shown = found.ranked[begin : min(end, begin + question.limit)].tolist()
    asked = SubgraphQuestion(tuple(snapshot.actors[number].id for number in shown), question.filter)
    graph = subgraph(snapshot, asked)
    omitted_actors = end - begin - len(shown)
    meta = replace(
        graph.meta,
        truncated=omitted_actors > 0,
        omitted_actors=omitted_actors,
        omitted_relations=int(found.relations[found.inside(community)]) - len(graph.relations),
        limit=question.limit,
    )
    return replace(graph, meta=meta)


def _communities(
    snapshot: Snapshot, filter_: Filter, found: Grouping, listed: Longs
) -> tuple[OverviewCommunity, ...]:
    named = [found.ranked[found.start[c] : found.start[c + 1]][:MOST_NAMED].tolist() for c in listed]
    counted = iter(actors_under(snapshot, filter_, [number for some in named for number in some]))
    return tuple(
        _community(snapshot, found, community, tuple(next(counted) for _ in some))
        for community, some in zip(listed.tolist(), named, strict=True)
    )


def _community(
    snapshot: Snapshot, found: Grouping, community: int, members: tuple[Actor, ...]
) -> OverviewCommunity:
    everybody = found.ranked[found.start[community] : found.start[community + 1]]
    counts = np.bincount(snapshot.kinds[everybody], minlength=len(ACTOR_KINDS)).tolist()
    kinds = _most_first(dict(zip(ACTOR_KINDS, counts, strict=True)))
    at = found.inside(community)
    return OverviewCommunity(
        id=PREFIX + members[0].id,
        label=", ".join(member.name for member in members[:IN_LABEL]),
        actors=len(everybody),
        ties=int(found.ties[at]),
        claims=int(found.claims[at].sum()),
        kind=next(iter(kinds)),
        kinds=kinds,
        families=_by_family(found.claims[at]),
        members=members,
    )


def _bonds(snapshot: Snapshot, found: Grouping, listed: int) -> tuple[tuple[Bond, ...], tuple[int, int]]:
    """The heaviest bonds among the first communities; how many others there are, and their ties."""
    one, other = found.pairs // max(found.size, 1), found.pairs % max(found.size, 1)
    between = np.flatnonzero((one != other) & (other < listed) & (found.ties > 0))
    claims = found.claims[between].sum(axis=1)
    order = between[np.lexsort((found.pairs[between], -claims, -found.ties[between]))]
    bonds = tuple(
        Bond(
            from_=_id_of(snapshot, found, int(one[at])),
            to=_id_of(snapshot, found, int(other[at])),
            ties=int(found.ties[at]),
            claims=int(found.claims[at].sum()),
            families=_by_family(found.claims[at]),
        )
        for at in order[:MOST_BONDS].tolist()
    )
    left = order[MOST_BONDS:]
    return bonds, (len(left), int(found.ties[left].sum()))


def _id_of(snapshot: Snapshot, found: Grouping, community: int) -> str:
    first = int(found.ranked[found.start[community]])
    return PREFIX + snapshot.actors[first].id


def _gathered(found: Grouping, listed: int) -> Gathered:
    away = found.pairs % max(found.size, 1) >= listed
    return Gathered(
        communities=found.size - listed,
        actors=int(found.sizes[listed:].sum()),
        ties=int(found.ties[away].sum()),
    )


def _by_family(claims: Longs) -> Mapping[str, int]:
    return _most_first(dict(zip(FAMILY_NAMES, claims.tolist(), strict=True)))


def _most_first(counts: Mapping[str, int]) -> Mapping[str, int]:
    """Without what does not occur; of equal ones the order stays."""
    return {name: count for name, count in sorted(counts.items(), key=lambda item: -item[1]) if count}


def _undated(snapshot: Snapshot, filter_: Filter) -> int:
    """Claims between actors let through that would be a tie, or part of one, but have no date."""
    everybody = np.flatnonzero(select(snapshot, filter_).actors)
    return undated_of(snapshot, replace(filter_, direction="any"), everybody, own=False)


def _notes(filter_: Filter) -> tuple[Note, ...]:
    if filter_.max_degree is None:
        return ()
    text = "max_degree says whom not to walk on from; the overview walks from nobody, so it has no effect"
    return (Note("max_degree_unused", text),)
