"""The oracle for tests that have nothing but a list of claims between actors of no particular kind."""

from __future__ import annotations

from collections.abc import Sequence

from oracle.claims import Stated, graph_of
from oracle.filtered import Asked, Under
from oracle.ranks import Ranking
from oracle.walks import Actors, PathsAsked, Step, Walks


def steps(claims: Sequence[Stated], asked: Asked) -> dict[Step, list[Stated]]:
    """Ordered pairs that can be walked, with the claims that allow it."""
    return Under(graph_of(claims), asked).steps


def neighbours(claims: Sequence[Stated], asked: Asked) -> dict[str, set[str]]:
    """Who is tied to whom under a filter, whatever the direction."""
    return Under(graph_of(claims), asked).neighbours


def best_paths(claims: Sequence[Stated], asked: Asked, ends: Step, k: int, max_hops: int) -> list[Actors]:
    """The k shortest paths, best first."""
    question = PathsAsked((ends[0],), (ends[1],), k, max_hops, asked)
    return Ranking(Walks(graph_of(claims, dict.fromkeys(ends, "other")), question)).best()[:k]
