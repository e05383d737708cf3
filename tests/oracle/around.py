"""What is around an actor and among actors, ring by ring."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from oracle.claims import FAMILY, FOREVER, Graph, Key, Stated, relation_key
from oracle.filtered import Asked, Under, seen_from_both
from oracle.summaries import first_date, last_date, polarity


@dataclass(frozen=True)
class AroundAsked:
    """A question for a neighbourhood, as plain values."""

    centre: str
    depth: int = 1
    between: bool = False
    asked: Asked = field(default_factory=Asked)


@dataclass(frozen=True)
class Rings:
    """The distance of everybody met, the relations met, who was walked on and who was not for being tied to
    too many."""

    distance: dict[str, int]
    relations: set[Key]
    walked: set[str]
    heavy: set[str]


@dataclass(frozen=True)
class Around:
    """The whole answer to a question for a neighbourhood, without pages."""

    graph: Graph
    question: AroundAsked

    @cached_property
    def under(self) -> Under:
        return Under(self.graph, self.question.asked)

    @cached_property
    def rings(self) -> Rings:
        centre, most = self.question.centre, self.question.asked.max_degree
        rings = Rings({centre: 0}, set(), set(), set())
        tied, front = {centre}, {centre}
        for hop in range(1, self.question.depth + 1):
            rings.walked.update(front)
            fresh: set[str] = set()
            for claim, near, far in self.seen_from(front):
                rings.relations.add(relation_key(claim))
                rings.distance.setdefault(far, hop)
                if not claim.denied:
                    fresh |= {near, far} - tied
            tied |= fresh
            over = {actor for actor in fresh if most is not None and self.under.degree(actor) > most}
            if hop < self.question.depth:
                rings.heavy.update(over)
            front = fresh - over
        if self.question.between:
            inside = rings.distance.keys()
            rings.relations.update(k for k in self.under.relations if k[0] in inside and k[2] in inside)
        return rings

    def seen_from(self, front: set[str]) -> list[tuple[Stated, str, str]]:
        """Claims with an end in `front` in the direction asked for, and the far end let through."""
        direction, met = self.question.asked.direction, self.under.open | {self.question.centre}
        return [
            (claim, near, far)
            for claim in self.under.claims
            for near, far, way in seen_from_both(claim)
            if near in front and far in met and (claim.symmetric or direction in ("any", way))
        ]

    @cached_property
    def order(self) -> list[str]:
        """Everybody met: the nearer ring first, then who has more sources, more claims, the later last day of
        the claims with actors nearer to the centre, then in order of id; the centre is not among them."""
        return sorted(self.rings.distance.keys() - {self.question.centre}, key=self._support)

    def _support(self, actor: str) -> tuple[Any, ...]:
        distance = self.rings.distance
        inward = [
            claim
            for key in self.rings.relations
            if actor in key[::2] and any(distance[end] < distance[actor] for end in key[::2])
            for claim in self.under.relations[key]
        ]
        sources = len({claim.document for claim in inward})
        latest = max((c.latest for c in inward if c.latest is not None), default=-FOREVER)
        return distance[actor], -sources, -len(inward), -latest, actor

    def last_end(self, key: Key) -> int:
        """The place in the order of the later one of a relation's ends; 0 is the centre."""
        place = {actor: at for at, actor in enumerate([self.question.centre, *self.order])}
        return max(place[key[0]], place[key[2]])

    def skipped(self) -> list[tuple[str, int]]:
        """Those not walked on because of `max_degree` with their neighbours, the busiest first."""
        counted = [(actor, self.under.degree(actor)) for actor in self.rings.heavy]
        return sorted(counted, key=lambda one: (-one[1], one[0]))

    def undated(self) -> int:
        return self.under.left_undated(self.rings.walked)


def profile(graph: Graph, name: str, asked: Asked) -> dict[str, Any]:
    """An actor's claims with others, by type and direction."""
    around = Around(graph, AroundAsked(name, asked=asked))
    groups: dict[tuple[str, str], list[Stated]] = {}
    for key in around.rings.relations:
        for claim in around.under.relations[key]:
            if claim.subject != claim.object:
                side = "both" if claim.symmetric else "out" if claim.subject == name else "in"
                groups.setdefault((claim.type, side), []).append(claim)
    mine = [claim for group in groups.values() for claim in group]
    counted = [type_count(side, group) for (_, side), group in groups.items()]
    return {
        "relations": sorted(counted, key=lambda c: (-c["claims"], c["type"], c["direction"])),
        "first_date": first_date(mine),
        "last_date": last_date(mine),
        "sources": len({claim.document for claim in mine}),
        "undated": around.under.left_undated([name], own=False),
    }


def type_count(side: str, claims: list[Stated]) -> dict[str, Any]:
    one = claims[0]
    return {
        "type": one.type,
        "category": one.category,
        "family": FAMILY[one.category],
        "polarity": polarity(one.type),
        "direction": side,
        "actors": len({frozenset((claim.subject, claim.object)) for claim in claims}),
        "claims": len(claims),
    }


def among(under: Under, actors: Iterable[str]) -> set[Key]:
    """The relations among named actors, whatever the direction."""
    named = set(actors)
    return {key for key in under.relations if {key[0], key[2]} <= named}
