"""What is told of claims together: relations, dates, counts; and which claims a question lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from oracle.claims import FAMILY, Graph, Key, Stated, other_side, relation_key
from oracle.days import day_from, day_to, roughness
from oracle.filtered import Asked, Under


def first_date(claims: Iterable[Stated]) -> str | None:
    """The date, else the begin of the validity, that begins first; of those the most exact."""
    begins = [text for claim in claims if (text := claim.date or claim.valid_from)]
    return min(begins, key=lambda text: (day_from(text), roughness(text)), default=None)


def last_date(claims: Iterable[Stated]) -> str | None:
    """The date, else the end of the validity, else its begin, that is latest; of those the most exact."""
    ends: list[tuple[int, int, str]] = []
    for claim in claims:
        if text := claim.date or claim.valid_to:
            ends.append((day_to(text), -roughness(text), text))
        elif text := claim.valid_from:
            ends.append((day_from(text), -roughness(text), text))
    return max(ends)[2] if ends else None


def polarity(type_: str) -> str:
    return "negative" if type_.startswith("NOT_") else "positive"


def relation(under: Under, key: Key) -> dict[str, Any]:
    """A relation as an answer shows it; `opposed_by` is the key of the other side."""
    claims = under.relations[key]
    contested = key in under.graph.contested
    return {
        "subject": key[0],
        "type": key[1],
        "object": key[2],
        "category": claims[0].category,
        "family": FAMILY[claims[0].category],
        "symmetric": claims[0].symmetric,
        "polarity": polarity(key[1]),
        "statuses": dict(Counter(claim.status for claim in claims)),
        "claim_count": len(claims),
        "source_count": len({claim.document for claim in claims}),
        "first_date": first_date(claims),
        "last_date": last_date(claims),
        "contested": contested,
        "opposed_by": other_side(key) if contested else None,
    }


def actor(under: Under, name: str) -> dict[str, Any]:
    """An actor as an answer shows it."""
    kind = under.graph.kinds[name]
    return {"id": name, "kind": kind, "degree": under.degree(name), "claims": under.claim_count(name)}


@dataclass(frozen=True)
class ClaimsAsked:
    """Which claims are listed; a relation of a symmetric type is found from either end."""

    subject: str | None = None
    object: str | None = None
    asked: Asked = field(default_factory=Asked)


def listed(graph: Graph, question: ClaimsAsked) -> list[Stated]:
    """The claims that fit, in order of id."""
    under = Under(graph, question.asked)
    open_ = under.open | {question.subject or "", question.object or ""}

    def is_wanted(claim: Stated) -> bool:
        ends = [(claim.subject, claim.object)]
        if claim.symmetric:
            ends.append((claim.object, claim.subject))
        return any(
            question.subject in (None, one) and question.object in (None, other) for one, other in ends
        )

    among = [claim for claim in under.claims if {claim.subject, claim.object} <= open_]
    return sorted((claim for claim in among if is_wanted(claim)), key=lambda claim: claim.id)


def schema(graph: Graph, asked: Asked) -> dict[str, Any]:
    """Types with their counts, most claims first, and how many of everything."""
    claims = listed(graph, ClaimsAsked(asked=asked))
    by_type: dict[str, list[Stated]] = {}
    for claim in claims:
        by_type.setdefault(claim.type, []).append(claim)
    order = sorted(by_type, key=lambda type_: (-len(by_type[type_]), type_))
    return {
        "types": [type_entry(type_, by_type[type_]) for type_ in order],
        "categories": dict(Counter(claim.category for claim in claims)),
        "families": dict(Counter(FAMILY[claim.category] for claim in claims)),
        "statuses": dict(Counter(claim.status for claim in claims)),
        "kinds": dict(Counter(graph.kinds[actor] for actor in counted_actors(graph, asked, claims))),
        "first_date": first_date(claims),
        "last_date": last_date(claims),
    }


def type_entry(type_: str, claims: Sequence[Stated]) -> dict[str, Any]:
    return {
        "type": type_,
        "category": claims[0].category,
        "family": FAMILY[claims[0].category],
        "symmetric": claims[0].symmetric,
        "polarity": polarity(type_),
        "relations": len({relation_key(claim) for claim in claims}),
        "claims": len(claims),
    }


def stats(graph: Graph, asked: Asked) -> dict[str, Any]:
    """Sizes of what a filter lets through; a contested tie counts once, whichever side is let through."""
    claims = listed(graph, ClaimsAsked(asked=asked))
    relations = {relation_key(claim) for claim in claims}
    return {
        "actors": len(counted_actors(graph, asked, claims)),
        "claims": len(claims),
        "relations": len(relations),
        "sources": len({claim.document for claim in claims}),
        "datasets": len({claim.dataset for claim in claims}),
        "contested": len({frozenset((key, other_side(key))) for key in relations & graph.contested}),
        "undated": sum(claim.undated for claim in claims),
        "first_date": first_date(claims),
        "last_date": last_date(claims),
    }


def counted_actors(graph: Graph, asked: Asked, claims: Iterable[Stated]) -> set[str]:
    """The actors of these claims; without a filter all there are."""
    if asked == Asked():
        return set(graph.kinds)
    return {end for claim in claims for end in (claim.subject, claim.object)}
