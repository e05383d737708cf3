"""What a filter lets through, by asking every claim and every actor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from oracle.claims import FAMILY, FOREVER, PLACES, Brief, Graph, Key, Stated, grouped, relation_key
from oracle.days import day_from, day_to


@dataclass(frozen=True, repr=False)
class Asked(Brief):
    """The filter of a question, as plain values; a polarity of `both` names both of them.

    `ordered`: the question puts claims in order of time, so they need a date.
    """

    types: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    polarity: str | None = None
    sources: tuple[str, ...] = ()
    without_sources: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    undated: str | None = None
    min_sources: int = 1
    min_claims: int = 1
    direction: str = "any"
    avoid: tuple[str, ...] = ()
    structural: str = "include"
    families: tuple[str, ...] = ()
    attributed_to: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    max_degree: int | None = None
    ordered: bool = False

    @property
    def dated(self) -> bool:
        return bool(self.since or self.until or self.as_of or self.ordered)


def in_time(claim: Stated, asked: Asked) -> bool:
    if not claim.undated:
        return in_window(claim, asked) and as_of(claim, asked)
    if asked.undated is not None:
        return asked.undated == "include"
    return not asked.dated or FAMILY[claim.category] == "structural"


def in_window(claim: Stated, asked: Asked) -> bool:
    if not (asked.since or asked.until):
        return True
    low = day_from(asked.since) if asked.since else -FOREVER
    high = day_to(asked.until) if asked.until else FOREVER
    spans = []
    if claim.date:
        spans.append((day_from(claim.date), day_to(claim.date)))
    if claim.valid_from or claim.valid_to:
        begin = day_from(claim.valid_from) if claim.valid_from else -FOREVER
        spans.append((begin, day_to(claim.valid_to) if claim.valid_to else FOREVER))
    return any(begin <= high and end >= low for begin, end in spans)


def as_of(claim: Stated, asked: Asked) -> bool:
    if not asked.as_of:
        return True
    day = day_to(asked.as_of)
    begun = claim.valid_from or claim.date
    if begun and day_from(begun) > day:
        return False
    return not (claim.valid_to and day_to(claim.valid_to) < day)


def fits(claim: Stated, asked: Asked) -> bool:
    """Everything but the dates."""
    named = set(asked.types)
    if asked.polarity in ("negative", "both"):
        named |= {"NOT_" + t.removeprefix("NOT_") for t in asked.types}
    return (
        (not named or claim.type in named)
        and (not asked.categories or claim.category in asked.categories)
        and (not asked.families or FAMILY[claim.category] in asked.families)
        and (not asked.statuses or claim.status in asked.statuses)
        and (asked.polarity in (None, "both") or claim.denied == (asked.polarity == "negative"))
        and (not asked.sources or bool({claim.source, "/".join(claim.document)} & set(asked.sources)))
        and not {claim.source, "/".join(claim.document)} & set(asked.without_sources)
        and (not asked.datasets or claim.dataset in asked.datasets)
        and (not asked.attributed_to or said_by(claim, asked.attributed_to))
        and (asked.structural == "include" or claim.category not in PLACES)
    )


def said_by(claim: Stated, names: Sequence[str]) -> bool:
    """Named by the words, whatever their case and spaces, or by the actor's id."""
    if claim.attributed_to is None:
        return False
    words = {" ".join(name.casefold().split()) for name in names}
    return " ".join(claim.attributed_to.casefold().split()) in words or claim.attributed_to_id in names


def passing(claims: Iterable[Stated], asked: Asked) -> list[Stated]:
    """The claims a filter lets through."""
    kept = [c for c in claims if fits(c, asked) and in_time(c, asked)]
    if asked.min_claims == asked.min_sources == 1:
        return kept
    groups = grouped(kept)
    return [
        c
        for c in kept
        if len(groups[relation_key(c)]) >= asked.min_claims
        and len({x.document for x in groups[relation_key(c)]}) >= asked.min_sources
    ]


@dataclass(frozen=True)
class Under:
    """A graph under a filter."""

    graph: Graph
    asked: Asked

    @cached_property
    def claims(self) -> list[Stated]:
        return passing(self.graph.claims, self.asked)

    @cached_property
    def undated(self) -> list[Stated]:
        """What is left out only because it has no date."""
        return [
            c for c in self.graph.claims if c.undated and fits(c, self.asked) and not in_time(c, self.asked)
        ]

    @cached_property
    def relations(self) -> dict[Key, list[Stated]]:
        return grouped(self.claims)

    @cached_property
    def open(self) -> set[str]:
        """Who may be a neighbour or passed through."""
        kinds = self.graph.kinds.items()
        fitting = {actor for actor, kind in kinds if not self.asked.kinds or kind in self.asked.kinds}
        return fitting - set(self.asked.avoid)

    @cached_property
    def steps(self) -> dict[tuple[str, str], list[Stated]]:
        """Ordered pairs that can be walked, with the claims that allow it."""
        ways: dict[tuple[str, str], list[Stated]] = {}
        for claim in self.claims:
            if claim.denied or claim.subject == claim.object:
                continue
            for near, far, way in seen_from_both(claim):
                if claim.symmetric or self.asked.direction in ("any", way):
                    ways.setdefault((near, far), []).append(claim)
        return ways

    @cached_property
    def onward(self) -> dict[str, list[str]]:
        """Where a step leads from each actor."""
        found: dict[str, list[str]] = {}
        for one, other in self.steps:
            found.setdefault(one, []).append(other)
        return found

    @cached_property
    def neighbours(self) -> dict[str, set[str]]:
        """Who is tied to whom, whatever the direction."""
        found: dict[str, set[str]] = {}
        for claim in self.claims:
            if claim.denied or claim.subject == claim.object:
                continue
            for near, far, _ in seen_from_both(claim):
                if far in self.open:
                    found.setdefault(near, set()).add(far)
        return found

    def degree(self, actor: str) -> int:
        return len(self.neighbours.get(actor, ()))

    def claim_count(self, actor: str) -> int:
        """Claims with another actor that is let through, denials included."""
        return sum(
            claim.subject != claim.object and near == actor and far in self.open
            for claim in self.claims
            for near, far, _ in seen_from_both(claim)
        )

    def left_undated(self, actors: Iterable[str], *, among: bool = False, own: bool = True) -> int:
        """Claims about `actors` that only the missing date leaves out; the other end is one of them too or,
        unless only claims `among` them count, let through. `own`: what joins one with itself counts."""
        named, direction = set(actors), self.asked.direction
        reachable = named if among else named | self.open
        return sum(
            any(
                near in named and far in reachable and (claim.symmetric or direction in ("any", way))
                for near, far, way in seen_from_both(claim)
            )
            for claim in self.undated
            if own or claim.subject != claim.object
        )


def seen_from_both(claim: Stated) -> tuple[tuple[str, str, str], ...]:
    """The near end, the far end and the direction of a claim as each end sees it."""
    return (claim.subject, claim.object, "out"), (claim.object, claim.subject, "in")
