"""How everybody under a filter falls into communities, and what lies inside and between them: as numbers,
kept for the next question."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.errors import InvalidQuestion
from graph.filters import Filter
from graph.model import CATEGORIES, FAMILIES, FAMILY_OF
from graph.projection.index import Longs, distinct
from graph.projection.selection import claims_of, select
from graph.projection.snapshot import Snapshot
from graph.questions.communities import communities
from graph.questions.deadline import Deadline
from graph.questions.measurement import LIMITS
from graph.questions.tiegraph import Members, TieGraph, everybody, steps_among

FAMILY_NAMES: tuple[str, ...] = tuple(FAMILIES)


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Communities, numbered from 0, the largest first, and everything that is counted about them.

    `ranked` has the numbers of all actors with a tie, community by community, in each the one with most ties
    first, then in order of id; those of community `c` are `ranked[start[c]:start[c + 1]]`. `of` says the
    community of each actor of the snapshot (-1: no tie). Of each two communities with something between them,
    and of each with itself: `pairs` (the smaller number times the number of communities, plus the other one;
    ascending), how many `ties`, how many `relations` (denials included), and how many positive `claims` (one
    column for each family). `untied` counts the actors that the filter lets through and that have no tie.
    """

    ranked: Longs
    start: Longs
    of: Longs
    pairs: Longs
    ties: Longs
    relations: Longs
    claims: Longs
    untied: int
    modularity: float | None

    @property
    def nbytes(self) -> int:
        """Bytes it holds."""
        arrays = (self.ranked, self.start, self.of, self.pairs, self.ties, self.relations, self.claims)
        return sum(array.nbytes for array in arrays)

    @property
    def size(self) -> int:
        """Number of communities."""
        return len(self.start) - 1

    @property
    def sizes(self) -> Longs:
        """Number of actors of each community."""
        return np.diff(self.start)

    def inside(self, community: int) -> int:
        """Where what lies inside a community stands in `pairs`."""
        return int(np.searchsorted(self.pairs, community * self.size + community))


def grouping(snapshot: Snapshot, filter_: Filter, deadline: Deadline) -> Grouping:
    """The communities of everybody with a tie under the filter.

    Raises: InvalidQuestion when there are more actors or ties than communities are found among;
    QuestionTimeout.
    """
    return snapshot.kept("grouping", filter_, lambda: _grouping(snapshot, filter_, deadline))


def _grouping(snapshot: Snapshot, filter_: Filter, deadline: Deadline) -> Grouping:
    members = everybody(snapshot, filter_)
    graph = steps_among(snapshot, filter_, members, "any")
    _check_size(graph)
    found = communities(graph, deadline)
    of = np.full(len(snapshot.actors), -1, np.int64)
    of[members.actors] = found.of
    sizes = np.bincount(found.of)
    pairs, ties, relations, claims = _between(snapshot, filter_, (members, graph), of, len(sizes))
    return Grouping(
        ranked=members.actors[np.lexsort((-graph.degrees, found.of))],
        start=np.concatenate(([0], np.cumsum(sizes))),
        of=of,
        pairs=pairs,
        ties=ties,
        relations=relations,
        claims=claims,
        untied=len(members.walked) - len(members.actors),
        modularity=found.modularity,
    )


def _between(
    snapshot: Snapshot, filter_: Filter, tied: tuple[Members, TieGraph], of: Longs, count: int
) -> tuple[Longs, Longs, Longs, Longs]:
    """What lies inside and between communities: `pairs`, `ties`, `relations` and `claims` of a grouping."""
    members, graph = tied
    index = snapshot.relations
    once = graph.origin < graph.to
    of_ties = _pairs_of(of[members.actors[graph.origin[once]]], of[members.actors[graph.to[once]]], count)
    all_ends = of[index.subject], of[index.object]
    near = np.flatnonzero(select(snapshot, filter_).relations & (all_ends[0] >= 0) & (all_ends[1] >= 0))
    of_relations = _pairs_of(all_ends[0][near], all_ends[1][near], count)
    pairs = distinct(np.concatenate([of_ties, of_relations]))
    place = np.searchsorted(pairs, of_relations)
    tying = ~snapshot.denial[index.type[near]] & (index.subject[near] != index.object[near])
    family = _families(snapshot)[index.type[near[tying]]]
    _, group = claims_of(snapshot, filter_, near[tying])
    wide = len(FAMILY_NAMES)
    claims = np.bincount((place[tying] * wide + family)[group], minlength=len(pairs) * wide)
    return (
        pairs,
        np.bincount(np.searchsorted(pairs, of_ties), minlength=len(pairs)),
        np.bincount(place, minlength=len(pairs)),
        claims.reshape(len(pairs), wide),
    )


def _pairs_of(one: Longs, other: Longs, count: int) -> Longs:
    return np.minimum(one, other) * count + np.maximum(one, other)


def _families(snapshot: Snapshot) -> Longs:
    """The family of each type, as an index of `FAMILY_NAMES`."""
    of_category = np.array([FAMILY_NAMES.index(FAMILY_OF[category]) for category in CATEGORIES], np.int64)
    return of_category[snapshot.categories]


def _check_size(graph: TieGraph) -> None:
    most = LIMITS["communities"]
    if graph.size > most.actors or graph.ties > most.ties:
        raise InvalidQuestion.one(
            "filter",
            f"the overview takes up to {most.actors:,} actors and {most.ties:,} ties; here are "
            f"{graph.size:,} actors with {graph.ties:,} ties: narrow it by a filter "
            f"(such as dataset, type or since)",
        )
