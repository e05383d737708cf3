"""What the oracle knows: claims as a test states them, the graph they make, and what of it is contested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

from oracle.days import day_from, day_to

FOREVER = 10**9
"""A day after every other; its negative is a day before every other."""

FAMILY: Mapping[str, str] = {
    category: family
    for family, categories in {
        "verbal_cooperation": "AGREE CONSULT SUPPORT CONCEDE",
        "material_cooperation": "COOPERATE AID RETREAT",
        "verbal_conflict": "REQUEST ACCUSE REJECT THREATEN",
        "material_conflict": "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
        "structural": "MEMBERSHIP LEADERSHIP AFFILIATION CONTROL FAMILY OWNERSHIP EMPLOYMENT "
        "LOCATION PART_OF IDENTITY",
        "unclassified": "UNCLASSIFIED",
    }.items()
    for category in categories.split()
}
PLACES = {"LOCATION", "PART_OF", "IDENTITY"}

Key = tuple[str, str, str]
"""Subject, type and object of a relation; the ends of a symmetric one in order of id."""


class Brief:
    """Shows of a dataclass only the fields that say something, so that a failing example can be read."""

    def __repr__(self) -> str:
        told = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != f.default}  # type: ignore[arg-type]  # a dataclass inherits it
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in told.items())})"


@dataclass(frozen=True, repr=False)
class Stated(Brief):
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
    dataset: str = "made"
    attributed_to: str | None = None
    attributed_to_id: str | None = None
    id: str = ""

    @property
    def denied(self) -> bool:
        return self.type.startswith("NOT_")

    @property
    def document(self) -> tuple[str, str]:
        """The source; its id is unique within its data set only."""
        return self.dataset, self.source

    @property
    def undated(self) -> bool:
        return not (self.date or self.valid_from or self.valid_to)

    @property
    def span(self) -> tuple[int, int]:
        """First and last day of the date, else of the validity; what is not known is unbounded."""
        begin, end = (self.date, self.date) if self.date else (self.valid_from, self.valid_to)
        return day_from(begin) if begin else -FOREVER, day_to(end) if end else FOREVER

    @property
    def latest(self) -> int | None:
        """Last day of the date, else the first of the validity."""
        if self.date:
            return day_to(self.date)
        return day_from(self.valid_from) if self.valid_from else None


def relation_key(claim: Stated) -> Key:
    ends = [claim.subject, claim.object]
    if claim.symmetric:
        ends.sort()
    return ends[0], claim.type, ends[1]


def other_side(key: Key) -> Key:
    """The relation that denies this one, or that this one denies."""
    subject, type_, object_ = key
    return subject, type_.removeprefix("NOT_") if type_.startswith("NOT_") else "NOT_" + type_, object_


def grouped(claims: Iterable[Stated]) -> dict[Key, list[Stated]]:
    """The claims of each relation."""
    groups: dict[Key, list[Stated]] = {}
    for claim in claims:
        groups.setdefault(relation_key(claim), []).append(claim)
    return groups


def contested(claims: Sequence[Stated]) -> set[Key]:
    """Keys of the relations that are both claimed and denied, where the claims may be about the same time."""
    groups = grouped(claims)
    return {
        key
        for key, mine in groups.items()
        if any(_contradict(one, other) for one in mine for other in groups.get(other_side(key), ()))
    }


def _contradict(one: Stated, other: Stated) -> bool:
    argued = {one.status, other.status} <= {"asserted", "alleged"}
    return argued and one.span[0] <= other.span[1] and other.span[0] <= one.span[1]


@dataclass(frozen=True)
class Graph:
    """Claims, and the kind of every actor, also of those without claims."""

    claims: tuple[Stated, ...]
    kinds: Mapping[str, str]

    @property
    def actors(self) -> list[str]:
        return sorted(self.kinds)

    @cached_property
    def contested(self) -> set[Key]:
        return contested(self.claims)

    @cached_property
    def single_source(self) -> bool:
        return len({claim.document for claim in self.claims}) == 1


def graph_of(claims: Iterable[Stated], kinds: Mapping[str, str] | None = None) -> Graph:
    """A graph of these claims; the actors that are not in `kinds` are of kind other."""
    told = tuple(claims)
    ends = {claim.subject for claim in told} | {claim.object for claim in told}
    return Graph(told, dict.fromkeys(ends, "other") | dict(kinds or {}))
