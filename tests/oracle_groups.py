"""Answers to questions about groups from the raw claims by plain enumeration, without any code of the
product."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from oracle import (
    Asked,
    Stated,
    best_paths,
    contested,
    day_from,
    day_to,
    in_time,
    neighbours,
    passing,
    relation_key,
    steps,
)

Relations = set[tuple[str, str, str]]
EVERY_PATH = 10_000


@dataclass(frozen=True)
class Recorded:
    """What is on record between two actors: relations by key, claims and denials with their sources."""

    state: str
    relations: Relations
    claims: int
    sources: int
    denials: int
    denying_sources: int


def on_record(claims: Sequence[Stated], asked: Asked, one: str, other: str) -> list[Stated]:
    """The claims between two actors that the filter lets through, `direction` as seen from the first."""
    found = []
    for claim in passing(claims, asked):
        forward = (claim.subject, claim.object) == (one, other)
        backward = (claim.subject, claim.object) == (other, one)
        if asked.direction == "out":
            backward = backward and claim.symmetric
        elif asked.direction == "in":
            forward = forward and claim.symmetric
        if forward or backward:
            found.append(claim)
    return found


def recorded(everything: Sequence[Stated], found: Sequence[Stated]) -> Recorded | None:
    """What some claims between two actors amount to; None where there are none."""
    if not found:
        return None
    keys = {relation_key(claim) for claim in found}
    ties, denials = [c for c in found if not c.denied], [c for c in found if c.denied]
    state = "tied" if ties else "denied"
    if keys & contested(everything):
        state = "contested"
    sources = [len({claim.source for claim in side}) for side in (ties, denials)]
    return Recorded(state, keys, len(ties), sources[0], len(denials), sources[1])


def split(found: Sequence[Stated], families: dict[str, str] | None) -> dict[str, list[Stated]]:
    """Claims by family of their category or, without families, by type; a denial by what it denies."""
    parts: dict[str, list[Stated]] = {}
    for claim in found:
        name = families[claim.category] if families else claim.type.removeprefix("NOT_")
        parts.setdefault(name, []).append(claim)
    return parts


def in_the_middle(
    claims: Sequence[Stated], asked: Asked, ends: tuple[str, str], max_degree: int | None
) -> tuple[list[str], list[str]]:
    """Actors in the middle of paths of two hops, best first, and those with too many neighbours."""
    tied = neighbours(claims, asked)
    every = best_paths(claims, asked, ends, EVERY_PATH, 2)
    middle = [path[1] for path in every if len(path) == 3]
    heavy = [one for one in middle if max_degree is not None and len(tied.get(one, ())) > max_degree]
    return [one for one in middle if one not in heavy], heavy


@dataclass(frozen=True)
class Shared:
    """A common neighbour with the relations to each of the actors, and what the order rests on; `last_day` is
    a number, because Python's dates begin with the year 1."""

    id: str
    sources: int
    claims: int
    last_day: int | None
    ties: tuple[Relations, ...]


def in_common(claims: Sequence[Stated], asked: Asked, group: Sequence[str]) -> list[Shared]:
    """Everybody who is tied to each actor of a group, best first."""
    ways = steps(claims, asked)
    found = []
    for other in sorted({claim.subject for claim in claims} | {claim.object for claim in claims}):
        if other in group or other in asked.avoid or any((one, other) not in ways for one in group):
            continue
        behind = [claim for one in group for claim in ways[one, other]]
        days = [day for claim in behind if (day := _day(claim)) is not None]
        shared = Shared(
            id=other,
            sources=len({claim.source for claim in behind}),
            claims=len(behind),
            last_day=max(days, default=None),
            ties=tuple({relation_key(claim) for claim in ways[one, other]} for one in group),
        )
        found.append(shared)
    return sorted(found, key=lambda s: (-s.sources, -s.claims, _latest_first(s.last_day), s.id))


def _day(claim: Stated) -> int | None:
    if claim.date:
        return day_to(claim.date)
    return day_from(claim.valid_from) if claim.valid_from else None


def _latest_first(day: int | None) -> float:
    return math.inf if day is None else -day


def left_out_undated(claims: Sequence[Stated], asked: Asked, group: Sequence[str]) -> int:
    """How many claims about actors of a group are left out only because they have no date."""
    undated = [c for c in claims if not (c.date or c.valid_from or c.valid_to)]
    wanted = passing(undated, replace(asked, undated="include", min_sources=1, min_claims=1))
    return sum(
        not in_time(claim, asked)
        and any(
            near in group and (far in group or far not in asked.avoid)
            for near, far in ((claim.subject, claim.object), (claim.object, claim.subject))
        )
        for claim in wanted
    )
