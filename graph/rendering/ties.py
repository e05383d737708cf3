"""Relations between the same two actors as lines that can be told apart: a fan of a few, or one thick tie.

Denials are never joined with what they deny: a tie and a barred mark stay two lines.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from graph.model import Relation, Status
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
    made: list[Tie] = []
    for pair in _pairs(relations):
        if len(pair) == 1:
            made.append(Tie(tuple(pair)))
            continue
        pair.sort(key=lambda r: (r.polarity == "negative", r.family, r.type, r.subject))
        bundles = _bundles(pair, joined=joined)
        middle = (len(bundles) - 1) / 2
        made += [Tie(tuple(bundle), place - middle) for place, bundle in enumerate(bundles)]
    return made


def _pairs(relations: Iterable[Relation]) -> Iterable[list[Relation]]:
    """The relations of each two actors."""
    pairs: dict[tuple[str, str], list[Relation]] = {}
    for relation in relations:
        one, two = relation.subject, relation.object
        ends = (one, two) if one < two else (two, one)
        if ends in pairs:
            pairs[ends].append(relation)
        else:
            pairs[ends] = [relation]
    return pairs.values()


def _bundles(pair: Sequence[Relation], *, joined: bool) -> list[list[Relation]]:
    if len(pair) <= FAN and not joined:
        return [[relation] for relation in pair]
    ties = [relation for relation in pair if relation.polarity == "positive"]
    denials = [relation for relation in pair if relation.polarity == "negative"]
    return [bundle for bundle in (ties, denials) if bundle]


def edge_of(tie: Tie, names: Mapping[str, str] | None) -> dict[str, Any]:
    """The vis dictionary of a line, `from` and `to` included; `names` gives the actors' names by id, None
    leaves the words for the pointer out.

    `relations` lists the ids it stands for; a line for one relation has that relation's id. Parts that many
    lines have alike are one value: nobody changes them.
    """
    first, relations = tie.first, tie.relations
    many = len(relations) > 1
    status = _firmest(relations)
    contested = any(relation.contested for relation in relations)
    family = _usual_family(relations) if many else first.family
    stroke = stroke_of(first.polarity, status)
    edge: dict[str, Any] = {
        "id": f"tie:{first.id}" if many else first.id,
        "from": first.subject,
        "to": first.object,
        "relations": [relation.id for relation in relations],
        "caption": _count_caption(tie, contested=contested) if many else caption_of(first),
        "mark": _mark(stroke.word, contested),
        "color": _colour(family),
        "dashes": list(stroke.dashes) if stroke.dashes else False,
        "width": _width(tie),
        "arrows": _arrows(tie, contested=contested),
        "family": family,
        "polarity": first.polarity,
        "status": status,
        "contested": contested,
    }
    if names is not None:
        edge["title"] = _title(tie, names)
    if tie.offset == 0 and first.subject != first.object:
        edge["smooth"] = False
        return edge
    return edge | _bend(tie)


def _count_caption(tie: Tie, *, contested: bool) -> str:
    noun = "denials" if tie.first.polarity == "negative" else "relations"
    return f"{len(tie.relations)} {noun}{' (contested)' if contested else ''}"


@cache
def _mark(word: str, contested: bool) -> str:
    return ", ".join(part for part in (word, "contested" if contested else "") if part)


@cache
def _colour(family: str) -> Mapping[str, Any]:
    return {"color": FAMILY_COLOUR["light"][family], "inherit": False}


def _firmest(relations: Sequence[Relation]) -> Status:
    """The firmest status of all that a line stands for."""
    found = {firmest(relation.statuses) for relation in relations}
    return found.pop() if len(found) == 1 else firmest(dict.fromkeys(found, 1))


def _usual_family(relations: Sequence[Relation]) -> str:
    """The family of most relations, of equally many the first."""
    counts: dict[str, int] = {}
    for relation in relations:
        counts[relation.family] = counts.get(relation.family, 0) + 1
    return max(counts, key=counts.__getitem__)


def _width(tie: Tie) -> float:
    if len(tie.relations) > 1:
        return _wide(1.5, 0.75, len(tie.relations))
    return _wide(1.6, 0.5, max(tie.first.claim_count, 1))


@lru_cache(maxsize=1 << 10)
def _wide(least: float, more: float, count: int) -> float:
    return round(min(least + more * math.log2(count), 5.0), 1)


def _arrows(tie: Tie, *, contested: bool) -> Mapping[str, Any]:
    """A head where all that a line stands for has one direction, a bar where it is denied or contested."""
    first = tie.first
    ends = {relation.object for relation in tie.relations if not relation.symmetric}
    to, back = ends == {first.object}, ends == {first.subject} != {first.object}
    return _heads(to, back, first.polarity == "negative" or contested)


@cache
def _heads(to: bool, back: bool, barred: bool) -> Mapping[str, Any]:
    arrows: dict[str, Any] = {"to": {"enabled": to}, "from": {"enabled": back, "scaleFactor": _HEAD}}
    return arrows | ({"middle": {"enabled": True, "type": DENIED_MARK}} if barred else {})


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
