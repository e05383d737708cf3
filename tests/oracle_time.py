"""Answers about time from the raw claims, by looking at each claim and at its dates as they are written; no
code of the product.

A day is (year, month, day), the year astronomical, so that days before our era compare like others.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from oracle import Asked, Stated, contested, in_time, passing, relation_key

Day = tuple[int, int, int]
Key = tuple[str, str, str]
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FAMILY = {
    "CONSULT": "verbal_cooperation",
    "AID": "material_cooperation",
    "ASSAULT": "material_conflict",
    "LEADERSHIP": "structural",
    "LOCATION": "structural",
}


def bounds(text: str) -> tuple[Day, Day]:
    """First and last day of a date as written."""
    if text.endswith("XX"):
        return (int(text[:2]) * 100, 1, 1), (int(text[:2]) * 100 + 99, 12, 31)
    if text.endswith("X"):
        return (int(text[:3]) * 10, 1, 1), (int(text[:3]) * 10 + 9, 12, 31)
    sign = -1 if text.startswith("-") else 1
    year, *rest = (int(part) for part in text.removeprefix("-").split("-"))
    year *= sign
    month, day = (*rest, None, None)[:2]
    first, last = month or 1, month or 12
    leap = last == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (year, first, day or 1), (year, last, day or LENGTHS[last - 1] + leap)


def written(day: Day) -> str:
    """A day as text."""
    year, month, date = day
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{date:02d}"


def week_of(day: Day) -> tuple[Day, Day]:
    """Monday and Sunday around a day: the calendar, weekdays too, repeats every 400 years."""
    shift = 400 * (5 - day[0] // 400)
    one = dt.date(day[0] + shift, *day[1:])
    monday = one - dt.timedelta(days=one.weekday())
    sunday = monday + dt.timedelta(days=6)
    return (monday.year - shift, monday.month, monday.day), (sunday.year - shift, sunday.month, sunday.day)


@dataclass
class Counted:
    """A period of a timeline; the families of its claims are counted by name."""

    period: str
    first: str
    last: str
    positive: int
    negative: int
    families: dict[str, int]


def with_others(claims: Iterable[Stated], asked: Asked, actor: str) -> list[Stated]:
    """Claims of an actor with others in the direction asked for."""
    found = []
    for claim in claims:
        outward = claim.subject == actor
        other = claim.object if outward else claim.subject
        led = asked.direction in ("any", "out" if outward else "in") or claim.symmetric
        if actor in (claim.subject, claim.object) and other not in (actor, *asked.avoid) and led:
            found.append(claim)
    return found


def timeline(
    claims: Sequence[Stated], asked: Asked, actor: str, bucket: str
) -> tuple[list[Counted], list[Counted], int]:
    """Periods with claims, those of which the bucket is not known, and how many have no day at all."""
    mine = with_others(passing(claims, asked), asked, actor)
    parts = {"year": 1, "month": 2, "week": 3, "day": 3}[bucket]
    fine: dict[str, list[Stated]] = {}
    rough: dict[str, list[Stated]] = {}
    undated = 0
    for claim in mine:
        date = claim.date or claim.valid_from
        if date is None:
            undated += 1
        elif "X" in date or len(date.removeprefix("-").split("-")) < parts:
            rough.setdefault(date, []).append(claim)
        elif bucket == "week":
            fine.setdefault(written(week_of(bounds(date)[0])[0]), []).append(claim)
        else:
            fine.setdefault(date[: date.startswith("-") + (4, 7, 10)[parts - 1]], []).append(claim)
    undated += len(with_others(left_out(claims, asked), asked, actor))
    periods = [_counted(period, group, bucket) for period, group in fine.items()]
    coarser = [_counted(period, group, "") for period, group in rough.items()]
    by_time = {one.period: bounds(one.period) for one in (*periods, *coarser)}
    return (
        sorted(periods, key=lambda one: by_time[one.period]),
        sorted(coarser, key=lambda one: by_time[one.period]),
        undated,
    )


def left_out(claims: Sequence[Stated], asked: Asked) -> list[Stated]:
    """Claims that only the missing date keeps from passing."""
    anyway = replace(asked, undated="include", min_sources=1, min_claims=1)
    undated = [c for c in claims if not (c.date or c.valid_from or c.valid_to)]
    return [c for c in passing(undated, anyway) if not in_time(c, asked)]


def _counted(period: str, claims: list[Stated], bucket: str) -> Counted:
    first, last = bounds(period)
    if bucket == "week":
        last = week_of(first)[1]
    denied = sum(claim.denied for claim in claims)
    families = Counter(FAMILY[claim.category] for claim in claims)
    return Counted(period, written(first), written(last), len(claims) - denied, denied, dict(families))


@dataclass(frozen=True)
class State:
    """Which claims there were at a point of time and which of them still held, before any filter."""

    begun: list[Stated]
    held: list[Stated]


def state_at(claims: Sequence[Stated], date: str) -> State:
    """What had begun by the end of a date, and what had not ended before it."""
    day = bounds(date)[1]
    dated = [c for c in claims if c.date or c.valid_from or c.valid_to]
    begun = [c for c in dated if _start(c) is None or bounds(_start(c) or "")[0] <= day]
    return State(begun, [c for c in begun if not (c.valid_to and bounds(c.valid_to)[1] < day)])


def _start(claim: Stated) -> str | None:
    return claim.valid_from or claim.date


@dataclass
class Difference:
    """New actors, new, ended and newly contested relations, each in order, and the claims of each relation
    that there is at the later state."""

    actors: list[str]
    new: list[Key]
    ended: list[Key]
    contested: list[Key]
    claims: dict[Key, list[Stated]]


def difference(then: State, now: State, asked: Asked) -> Difference:
    """What is different; `asked` has no dates where dates are compared."""
    before, after = relations_under(then.begun, asked), relations_under(now.begun, asked)
    ended = relations_under(then.held, asked).keys() - relations_under(now.held, asked).keys()
    newly = contested(now.begun) - contested(then.begun)
    met = Counter(
        end for c in _open(now.begun, asked) for end in {c.subject, c.object} if c.subject != c.object
    )
    known = {end for c in _open(then.begun, asked) for end in (c.subject, c.object)}
    there = {end for c in _open(now.begun, asked) for end in (c.subject, c.object)}
    return Difference(
        sorted(there - known, key=lambda actor: (-met[actor], actor)),
        _best_first(after.keys() - before.keys(), after),
        _best_first(ended, after),
        _best_first(newly & after.keys(), after),
        after,
    )


def _open(claims: Sequence[Stated], asked: Asked) -> list[Stated]:
    """Claims that pass with both their ends."""
    return [c for c in passing(claims, asked) if c.subject not in asked.avoid and c.object not in asked.avoid]


def relations_under(claims: Sequence[Stated], asked: Asked) -> dict[Key, list[Stated]]:
    """The claims that pass, by relation."""
    groups: dict[Key, list[Stated]] = {}
    for claim in _open(claims, asked):
        groups.setdefault(relation_key(claim), []).append(claim)
    return groups


def _best_first(keys: Iterable[Key], claims: dict[Key, list[Stated]]) -> list[Key]:
    return sorted(keys, key=lambda key: (-len({c.source for c in claims[key]}), -len(claims[key]), key))
