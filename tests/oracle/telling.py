"""A path in words, made of the raw claims: which claim leads, what is noted beside it, the weakest hop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from oracle.claims import FOREVER, Stated, grouped, relation_key
from oracle.ranks import Hop, Ranking
from oracle.walks import Actors, Step

MOST_NAMED = 20
STATUSES = ("asserted", "alleged", "promised", "threatened")


@dataclass(frozen=True)
class Telling:
    """The sentences of paths; an actor's name is its id in capitals, a type's words are its name in small
    letters, and between dashes where the type is in no vocabulary."""

    ranking: Ranking
    unknown_types: Sequence[str] = ()
    footnotes: dict[tuple[Stated, ...], int] = field(default_factory=dict)
    """Their numbers by the claims they stand for; paths have to be told in their order."""

    def sentences(self, path: Actors) -> list[dict[str, Any]]:
        steps = zip(pairwise(path), self.ranking.hops(path), strict=True)
        return [self.sentence(step, hop) for step, hop in steps]

    def sentence(self, step: Step, hop: Hop) -> dict[str, Any]:
        claims = self.in_order(hop)
        number = self.footnotes.setdefault(tuple(claims), len(self.footnotes) + 1)
        lead, others = claims[0], len(claims) - 1
        further = f"{others} further claim{'s' if others > 1 else ''}"
        notes = [
            when(lead),
            f"according to {lead.attributed_to}" if lead.attributed_to else "",
            lead.status if lead.status != "asserted" else "",
            "contested" if self.contested(lead) else "",
            (further + (f", {hop.sources} sources" if hop.sources > 1 else "")) if others else "",
        ]
        noted = "; ".join(note for note in notes if note)
        subject, object_ = step if lead.symmetric else (lead.subject, lead.object)
        words = lead.type.lower().replace("_", " ")
        words = f"– {words} –" if lead.type in self.unknown_types else words
        told = f"{subject.upper()} {words} {object_.upper()}" + (f" ({noted})" if noted else "")
        return {
            "text": f"{told} [{number}].",
            "claims": tuple(claim.id for claim in claims[:MOST_NAMED]),
            "footnote": number,
            "claim_count": len(claims),
            "relation": relation_key(lead),
        }

    def in_order(self, hop: Hop) -> list[Stated]:
        """The claims of a hop: uncontested before contested, asserted before others, of the relation with
        more sources first, then the latest, then by id."""
        relations = grouped(hop.claims)

        def place(claim: Stated) -> tuple[Any, ...]:
            sources = {other.document for other in relations[relation_key(claim)]}
            latest = -FOREVER if claim.latest is None else claim.latest
            return self.contested(claim), claim.status != "asserted", -len(sources), -latest, claim.id

        return sorted(hop.claims, key=place)

    def contested(self, claim: Stated) -> bool:
        return relation_key(claim) in self.ranking.walks.graph.contested

    def weakest(self, path: Actors) -> dict[str, Any] | None:
        """The hop that carries least, the first of equal ones, and why."""
        weights = [self.weakness(hop) for hop in self.ranking.hops(path)]
        worst = max(weights)
        firmness, disputed, fewer, age = worst
        older_than_all = [weight[3] for weight in weights if weight[3] >= age] == [age]
        reasons = {
            STATUSES[firmness]: firmness > 0,
            "contested": disputed,
            "single source": fewer == -1,
            "undated": age == FOREVER,
            "oldest": age != FOREVER and len(weights) > 1 and older_than_all,
        }
        named = tuple(reason for reason, holds in reasons.items() if holds)
        return (
            {"hop": weights.index(worst), "reasons": named, "alike": weights.count(worst)} if named else None
        )

    def weakness(self, hop: Hop) -> tuple[int, bool, int, int]:
        """The firmest status, whether all is contested, fewer sources, older: the larger, the weaker."""
        return (
            min(STATUSES.index(claim.status) for claim in hop.claims),
            all(self.contested(claim) for claim in hop.claims),
            -hop.sources,
            FOREVER if hop.last_day is None else -hop.last_day,
        )


def when(claim: Stated) -> str:
    """The date, else how long the state lasted, as it is written."""
    if claim.date or not (claim.valid_from or claim.valid_to):
        return claim.date or ""
    if claim.valid_from and claim.valid_to:
        return f"{claim.valid_from} to {claim.valid_to}"
    return f"from {claim.valid_from}" if claim.valid_from else f"until {claim.valid_to}"
