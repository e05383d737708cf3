"""Answers from the raw claims by plain enumeration, without any code of the product.

Tests compare the product with these functions; they are written for being obviously right, not for speed.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

STRUCTURAL = {
    "MEMBERSHIP", "LEADERSHIP", "AFFILIATION", "CONTROL", "LOCATION", "PART_OF", "FAMILY", "OWNERSHIP",
    "EMPLOYMENT", "IDENTITY",
}  # fmt: skip
PLACES = {"LOCATION", "PART_OF", "IDENTITY"}


@dataclass(frozen=True)
class Stated:
    """One claim as a test states it; `category` and `symmetric` belong to the type without NOT_."""

    subject: str
    type: str
    object: str
    source: str = "s1"
    status: str = "asserted"
    date: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    category: str = "CONSULT"
    symmetric: bool = False

    @property
    def denied(self) -> bool:
        return self.type.startswith("NOT_")


@dataclass(frozen=True)
class Asked:
    """The filter of a question, as plain values."""

    types: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    polarity: str | None = None
    sources: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    undated: str | None = None
    min_sources: int = 1
    min_claims: int = 1
    direction: str = "any"
    avoid: tuple[str, ...] = ()
    structural: str = "include"


def first_day(text: str) -> dt.date:
    parts = [int(p) for p in text.split("-")]
    return dt.date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def last_day(text: str) -> dt.date:
    parts = [int(p) for p in text.split("-")]
    month = parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(parts[0], month)[1]
    return dt.date(parts[0], month, day)


def in_time(claim: Stated, asked: Asked) -> bool:
    undated = not (claim.date or claim.valid_from or claim.valid_to)
    if not (asked.since or asked.until or asked.as_of):
        return not (undated and asked.undated == "exclude")
    if undated:
        if asked.undated is not None:
            return asked.undated == "include"
        return claim.category in STRUCTURAL
    return _in_window(claim, asked) and _as_of(claim, asked)


def _in_window(claim: Stated, asked: Asked) -> bool:
    low = first_day(asked.since) if asked.since else dt.date.min
    high = last_day(asked.until) if asked.until else dt.date.max
    spans = []
    if claim.date:
        spans.append((first_day(claim.date), last_day(claim.date)))
    if claim.valid_from or claim.valid_to:
        begin = first_day(claim.valid_from) if claim.valid_from else dt.date.min
        spans.append((begin, last_day(claim.valid_to) if claim.valid_to else dt.date.max))
    return any(begin <= high and end >= low for begin, end in spans)


def _as_of(claim: Stated, asked: Asked) -> bool:
    if not asked.as_of:
        return True
    day = last_day(asked.as_of)
    begun = claim.valid_from or claim.date
    if begun and first_day(begun) > day:
        return False
    return not (claim.valid_to and last_day(claim.valid_to) < day)


def passing(claims: Sequence[Stated], asked: Asked) -> list[Stated]:
    """The claims a filter lets through."""
    kept = [c for c in claims if _fits(c, asked) and in_time(c, asked)]
    groups: dict[tuple[str, str, str], list[Stated]] = {}
    for claim in kept:
        groups.setdefault(relation_key(claim), []).append(claim)
    return [
        c
        for c in kept
        if len(groups[relation_key(c)]) >= asked.min_claims
        and len({x.source for x in groups[relation_key(c)]}) >= asked.min_sources
    ]


def _fits(claim: Stated, asked: Asked) -> bool:
    named = set(asked.types)
    if asked.polarity == "negative":
        named |= {"NOT_" + t.removeprefix("NOT_") for t in asked.types}
    return (
        (not named or claim.type in named)
        and (not asked.categories or claim.category in asked.categories)
        and (not asked.statuses or claim.status in asked.statuses)
        and (asked.polarity is None or claim.denied == (asked.polarity == "negative"))
        and (not asked.sources or claim.source in asked.sources)
        and (asked.structural == "include" or claim.category not in PLACES)
    )


def relation_key(claim: Stated) -> tuple[str, str, str]:
    ends = [claim.subject, claim.object]
    if claim.symmetric:
        ends.sort()
    return ends[0], claim.type, ends[1]


def steps(claims: Sequence[Stated], asked: Asked) -> dict[tuple[str, str], list[Stated]]:
    """Ordered pairs that can be walked, with the claims that allow it."""
    ways: dict[tuple[str, str], list[Stated]] = {}
    for claim in passing(claims, asked):
        if claim.denied or claim.subject == claim.object:
            continue
        if asked.direction in ("any", "out") or claim.symmetric:
            ways.setdefault((claim.subject, claim.object), []).append(claim)
        if asked.direction in ("any", "in") or claim.symmetric:
            ways.setdefault((claim.object, claim.subject), []).append(claim)
    return ways


def neighbours(claims: Sequence[Stated], asked: Asked) -> dict[str, set[str]]:
    """Who is tied to whom under a filter, whatever the direction."""
    found: dict[str, set[str]] = {}
    for claim in passing(claims, asked):
        if claim.denied or claim.subject == claim.object:
            continue
        for one, other in ((claim.subject, claim.object), (claim.object, claim.subject)):
            if other not in asked.avoid:
                found.setdefault(one, set()).add(other)
    return found


def simple_paths(
    claims: Sequence[Stated], asked: Asked, start: str, end: str, max_hops: int
) -> Iterator[tuple[str, ...]]:
    """Every simple path, in no particular order."""
    ways = steps(claims, asked)
    onward: dict[str, list[str]] = {}
    for one, other in ways:
        onward.setdefault(one, []).append(other)

    def walk(path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if path[-1] == end:
            yield path
            return
        if len(path) > max_hops:
            return
        for step in onward.get(path[-1], ()):
            if step not in path and (step not in asked.avoid or step == end):
                yield from walk((*path, step))

    yield from walk((start,))


def best_paths(
    claims: Sequence[Stated], asked: Asked, ends: tuple[str, str], k: int, max_hops: int
) -> list[tuple[str, ...]]:
    """The k best: shortest, then fewest neighbours between the ends, most sources, latest, ids."""
    ways = steps(claims, asked)
    tied = neighbours(claims, asked)

    def cost(path: tuple[str, ...]) -> tuple[object, ...]:
        pairs = list(pairwise(path))
        return (
            len(pairs),
            sum(len(tied.get(a, ())) for a in path[1:-1]),
            -sum(len({c.source for c in ways[p]}) for p in pairs),
            sum(_age(ways[p]) for p in pairs),
            path,
        )

    return sorted(simple_paths(claims, asked, *ends, max_hops), key=cost)[:k]


def _age(claims: Sequence[Stated]) -> int:
    """Days from the last day of a step to a day after all; undated is older than everything."""
    days = [last_day(c.date) for c in claims if c.date]
    days += [first_day(c.valid_from) for c in claims if not c.date and c.valid_from]
    return 4_000_000 - max(days).toordinal() if days else 8_388_608


def contested(claims: Sequence[Stated]) -> set[tuple[str, str, str]]:
    """Keys of the relations that are both claimed and denied, where the claims may be about the same time."""
    found = set()
    for one in claims:
        for other in claims:
            denies = other.type == "NOT_" + one.type and relation_key(one)[::2] == relation_key(other)[::2]
            argued = {one.status, other.status} <= {"asserted", "alleged"}
            if denies and argued and _same_time(one, other):
                found |= {relation_key(one), relation_key(other)}
    return found


def _same_time(one: Stated, other: Stated) -> bool:
    spans = []
    for claim in (one, other):
        if claim.date:
            spans.append((first_day(claim.date), last_day(claim.date)))
        else:
            begin = first_day(claim.valid_from) if claim.valid_from else dt.date.min
            spans.append((begin, last_day(claim.valid_to) if claim.valid_to else dt.date.max))
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]
