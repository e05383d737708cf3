"""The score of a path: what its rank compared, as a whole and hop by hop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from graph.dates import text_of
from graph.model import Relation
from graph.projection.columns import NO_DAY
from graph.projection.index import Longs
from graph.projection.snapshot import Snapshot
from graph.projection.ties import Support, degrees_of
from graph.questions.chronology import ALWAYS, Chronology
from graph.questions.pathquestion import PathQuestion
from graph.questions.ranks import rarity, weakness
from graph.questions.terrain import FoundPath


def score_of(
    snapshot: Snapshot, question: PathQuestion, found: FoundPath, relations: Sequence[Sequence[Relation]]
) -> Mapping[str, Any]:
    """What the rank compared.

    Always `rank`, `neighbours` (their sum over the actors between the ends), `claims` and `hops`, each with
    `claims`, `sources` and `last_day`; `strongest` adds `cost` to the whole and to each hop, `specific` to
    the whole and `passed` per actor between the ends, `recent` the `oldest` day, `chronological` the `day`
    of each hop and `existed_from`.
    """
    slots = np.array([_slot(snapshot, a, b) for a, b in pairwise(found.actors)])
    degree = degrees_of(snapshot, question.claims_filter, np.array(found.actors))
    hops = [
        {"claims": sum(r.claim_count for r in of_step), **known}
        for known, of_step in zip(_support(snapshot, question, slots), relations, strict=True)
    ]
    passed = degree[1:-1].tolist()
    score: dict[str, Any] = {
        "rank": question.rank,
        "neighbours": sum(passed),
        "claims": sum(hop["claims"] for hop in hops),
    }
    if question.rank == "strongest":
        costs = weakness(snapshot, question.claims_filter, slots)
        for hop, cost in zip(hops, costs.tolist(), strict=True):
            hop["cost"] = cost
        score["cost"] = sum(hop["cost"] for hop in hops)
    elif question.rank == "specific":
        ids = [snapshot.actors[n].id for n in found.actors[1:-1]]
        score["passed"] = [
            {"actor": id, "neighbours": n, "cost": rarity(n)} for id, n in zip(ids, passed, strict=True)
        ]
        score["cost"] = sum(rarity(n) for n in passed)
    elif question.rank == "recent":
        days = [hop["last_day"] for hop in hops]
        score["oldest"] = None if None in days else _oldest(snapshot, question, slots)
    elif question.rank == "chronological":
        for hop, day in zip(hops, _days(snapshot, question, slots), strict=True):
            hop["day"] = day
        score["existed_from"] = _text(found.existed_from)
    return {**score, "hops": hops}


def _support(snapshot: Snapshot, question: PathQuestion, slots: Longs) -> list[dict[str, Any]]:
    """Sources and last day of each hop."""
    known = (column.tolist() for column in Support(snapshot, question.claims_filter).at(slots))
    return [
        {"sources": sources, "last_day": None if latest == NO_DAY else _text(latest)}
        for sources, latest in zip(*known, strict=True)
    ]


def _oldest(snapshot: Snapshot, question: PathQuestion, slots: Longs) -> str | None:
    return _text(int(Support(snapshot, question.claims_filter).at(slots)[1].min()))


def _days(snapshot: Snapshot, question: PathQuestion, slots: Longs) -> list[str | None]:
    """The earliest day of each hop, one after the other."""
    order = Chronology(snapshot, question.claims_filter)
    days, day = [], -ALWAYS
    for slot in slots:
        day = int(order.arrival(np.array([slot]), day)[0])
        days.append(_text(day))
    return days


def _text(day: int | None) -> str | None:
    return None if day is None or abs(day) >= ALWAYS else text_of(day, "day")


def _slot(snapshot: Snapshot, start: int, end: int) -> int:
    index = snapshot.relations
    begin, stop = int(index.slot_start[start]), int(index.slot_start[start + 1])
    return begin + int(np.searchsorted(index.slot_to[begin:stop], end))
