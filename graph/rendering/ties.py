"""Relations between the same two actors as lines that can be told apart: a fan of a few, or one thick tie.

Denials are never joined with what they deny: a tie and a barred mark stay two lines.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.model import Relation
from graph.rendering.style import DENIED_MARK, FAMILY_COLOUR, caption_of, firmest, stroke_of

FAN = 5
"""Up to so many relations between two actors are drawn apart; more become one tie with their count."""

_BEND = 0.17
_HEAD = 0.55
_LOOP_TURN = 1.1
_TITLE_LINES = 8


@dataclass(frozen=True, slots=True)
class Tie:
    """One line between two actors: the relations it stands for and its place in the fan of its pair."""

    relations: tuple[Relation, ...]
    offset: float = 0.0

    @property
    def first(self) -> Relation:
        return self.relations[0]


def ties_of(relations: Iterable[Relation], *, joined: bool) -> list[Tie]:
    """The lines for these relations, pair by pair.

    With `joined` all relations of a pair become one line (denials another); else up to `FAN` are fanned out.
    """
    pairs: dict[tuple[str, str], list[Relation]] = {}
    for relation in relations:
        one, two = sorted((relation.subject, relation.object))
        pairs.setdefault((one, two), []).append(relation)
    made: list[Tie] = []
    for pair in pairs.values():
        pair.sort(key=lambda r: (r.polarity == "negative", r.family, r.type, r.subject))
        bundles = _bundles(pair, joined=joined)
        middle = (len(bundles) - 1) / 2
        made += [Tie(tuple(bundle), place - middle) for place, bundle in enumerate(bundles)]
    return made


def _bundles(pair: Sequence[Relation], *, joined: bool) -> list[list[Relation]]:
    if len(pair) <= FAN and not joined:
        return [[relation] for relation in pair]
    ties = [relation for relation in pair if relation.polarity == "positive"]
    denials = [relation for relation in pair if relation.polarity == "negative"]
    return [bundle for bundle in (ties, denials) if bundle]


def edge_of(tie: Tie, names: Mapping[str, str]) -> dict[str, Any]:
    """The vis dictionary of a line, `from` and `to` included; `names` gives the actors' names by id.

    `relations` lists the ids it stands for; a line for one relation has that relation's id.
    """
    first = tie.first
    many = len(tie.relations) > 1
    status = firmest(_statuses(tie))
    contested = any(relation.contested for relation in tie.relations)
    family = (
        Counter(relation.family for relation in tie.relations).most_common(1)[0][0] if many else first.family
    )
    caption = _count_caption(tie, contested=contested) if many else caption_of(first)
    stroke = stroke_of(first.polarity, status)
    edge: dict[str, Any] = {
        "id": f"tie:{first.id}" if many else first.id,
        "from": first.subject,
        "to": first.object,
        "relations": [relation.id for relation in tie.relations],
        "caption": caption,
        "mark": ", ".join(part for part in (stroke.word, "contested" if contested else "") if part),
        "title": _title(tie, names),
        "color": {"color": FAMILY_COLOUR["light"][family], "inherit": False},
        "dashes": list(stroke.dashes) if stroke.dashes else False,
        "width": _width(tie),
        "arrows": _arrows(tie, contested=contested),
        "family": family,
        "polarity": first.polarity,
        "status": status,
        "contested": contested,
    }
    return edge | _bend(tie)


def _count_caption(tie: Tie, *, contested: bool) -> str:
    noun = "denials" if tie.first.polarity == "negative" else "relations"
    return f"{len(tie.relations)} {noun}{' (contested)' if contested else ''}"


def _statuses(tie: Tie) -> Mapping[str, int]:
    if len(tie.relations) == 1:
        return tie.first.statuses
    total: Counter[str] = Counter()
    for relation in tie.relations:
        total.update(relation.statuses)
    return total


def _width(tie: Tie) -> float:
    claims = sum(relation.claim_count for relation in tie.relations)
    if len(tie.relations) > 1:
        return round(min(1.5 + 0.75 * math.log2(len(tie.relations)), 5.0), 1)
    return round(min(1.6 + 0.5 * math.log2(max(claims, 1)), 5.0), 1)


def _arrows(tie: Tie, *, contested: bool) -> dict[str, Any]:
    """A head where all that a line stands for has one direction, a bar where it is denied or contested."""
    first = tie.first
    ends = {relation.object for relation in tie.relations if not relation.symmetric}
    arrows: dict[str, Any] = {
        "to": {"enabled": ends == {first.object}},
        "from": {"enabled": ends == {first.subject} != {first.object}, "scaleFactor": _HEAD},
    }
    if first.polarity == "negative" or contested:
        arrows["middle"] = {"enabled": True, "type": DENIED_MARK}
    return arrows


def _bend(tie: Tie) -> dict[str, Any]:
    first = tie.first
    if first.subject == first.object:
        return {"selfReference": {"size": 18, "angle": round(0.8 + _LOOP_TURN * tie.offset, 3)}}
    if tie.offset == 0:
        return {"smooth": False}
    clockwise = (tie.offset > 0) == (first.subject < first.object)
    roundness = round(_BEND * abs(tie.offset), 3)
    return {
        "smooth": {
            "enabled": True,
            "type": "curvedCW" if clockwise else "curvedCCW",
            "roundness": roundness,
        }
    }


def _title(tie: Tie, names: Mapping[str, str]) -> str:
    """Plain text for the pointer: who, what, how many claims and sources."""
    lines = [_line(relation, names) for relation in tie.relations[:_TITLE_LINES]]
    if len(tie.relations) > _TITLE_LINES:
        lines.append(f"and {len(tie.relations) - _TITLE_LINES} more")
    return "\n".join(lines)


def _line(relation: Relation, names: Mapping[str, str]) -> str:
    subject, object_ = names[relation.subject], names[relation.object]
    arrow = "–" if relation.symmetric else "→"
    claims = "1 claim" if relation.claim_count == 1 else f"{relation.claim_count} claims"
    when = f", {relation.last_date}" if relation.last_date else ""
    return f"{subject} {arrow} {object_}: {caption_of(relation)} ({claims}{when})"
