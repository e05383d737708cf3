"""Ranks: what makes one path better than another, as whole costs of steps and of the actors passed."""

from __future__ import annotations

import math
from typing import Literal, get_args

import numpy as np

from graph.filters import Filter
from graph.model import STATUSES
from graph.projection.columns import NO_DAY
from graph.projection.index import Longs
from graph.projection.snapshot import Snapshot
from graph.projection.ties import Support, degrees, support, walked_claims
from graph.questions.terrain import HOP, RANK, Costs

Rank = Literal["shortest", "strongest", "specific", "recent", "chronological"]
RANKS: tuple[Rank, ...] = get_args(Rank)

MOST_SOURCES = 1 << 28
LAST_DAY = 4_000_000
"""Later than the last day of year 9999; an undated step counts as a day before every other."""
DAY_SPAN = 1 << 27
UNKNOWN_AGE = DAY_SPAN // 16
FULL_WEIGHT = 4
"""Weight of an asserted claim; others weigh half, and in a contested relation half of that, so 1 is the
least."""
WEAK = 1_000_000
"""Cost of a step that one asserted claim of one source carries."""


def costs_of(snapshot: Snapshot, filter_: Filter, rank: Rank, ends: Longs) -> Costs:
    """The costs by which a rank compares paths between `ends`, where passing costs nothing.

    - `shortest`, `chronological`: hops, then T, the order of equal paths (`search`).
    - `strongest`: the sum over steps of 4,000,000 // e, e being the evidence of the step in quarters, then T.
    - `specific`: the sum over the actors passed of round(1000 · log2(1 + neighbours)), then T.
    - `recent`: the age of the oldest step, then T.
    """
    neighbours = degrees(snapshot, filter_)
    passing = neighbours + RANK * _rarity(neighbours) if rank == "specific" else neighbours
    passing = passing.astype(np.int64)
    passing[ends] = 0
    known = support(snapshot, filter_)
    step = snapshot.kept("hop", Filter(), lambda: np.full(len(snapshot.relations.slot_to), HOP))
    if rank == "strongest":
        step = snapshot.kept("weakness", filter_, lambda: HOP + RANK * weakness(snapshot, filter_))
    return Costs(
        pass_primary=passing,
        step_primary=step,
        step_secondary=snapshot.kept("order", filter_, lambda: _order(known)),
        step_worst=age(known.latest) if rank == "recent" else None,
    )


def age(latest: Longs) -> Longs:
    """Days from the last day of a step to a day after all; undated is older than everything."""
    return np.where(latest == NO_DAY, UNKNOWN_AGE, LAST_DAY - latest)


def _order(known: Support) -> Longs:
    """Secondary cost of steps: fewer sources cost more, then older days cost more."""
    return (MOST_SOURCES - np.minimum(known.sources, MOST_SOURCES)) * DAY_SPAN + age(known.latest)


def _rarity(neighbours: Longs) -> Longs:
    """round(1000 · log2(1 + n)) for every actor."""
    values, places = np.unique(neighbours, return_inverse=True)
    return np.array([rarity(int(n)) for n in values], np.int64)[places]


def rarity(neighbours: int) -> int:
    """What passing an actor with so many neighbours costs under `specific`."""
    return round(1000 * math.log2(1 + neighbours))


def weakness(snapshot: Snapshot, filter_: Filter) -> Longs:
    """What each slot costs under `strongest`: 4,000,000 // evidence."""
    evidence = snapshot.kept("evidence", filter_, lambda: _evidence(snapshot, filter_))
    return WEAK * FULL_WEIGHT // np.maximum(evidence, 1)


def _evidence(snapshot: Snapshot, filter_: Filter) -> Longs:
    """Evidence of each slot in quarters: every source counts with the heaviest claim it has there.

    With one source in the whole graph every voice counts so (whom the claim is attributed to, or the source
    itself), and every claim with its weight besides.
    """
    columns, relations = snapshot.columns, snapshot.relations
    rows, slots = walked_claims(snapshot, filter_)
    weight = np.where(columns.status[rows] == STATUSES.index("asserted"), FULL_WEIGHT, FULL_WEIGHT // 2)
    weight = np.where(relations.opposed[relations.relation_of[rows]] >= 0, weight // 2, weight)
    size = len(relations.slot_to)
    if snapshot.single_source:
        voices = _voices(snapshot)[columns.speaker[rows]]
        evidence = _heaviest(slots, voices, weight, size)
        evidence = evidence + np.bincount(slots, weight, minlength=size).astype(np.int64)
    else:
        evidence = _heaviest(slots, columns.source[rows], weight, size)
    if filter_.direction == "any":
        evidence = np.maximum(evidence, evidence[relations.slot_back])
    return evidence


def _voices(snapshot: Snapshot) -> Longs:
    """A number for each speaker by the words alone; the last place stands for the source itself."""
    numbers: dict[str, int] = {}
    named = [numbers.setdefault(text, len(numbers)) for text, _ in snapshot.columns.speakers]
    return np.array([*named, len(numbers)], np.int64)


def _heaviest(slots: Longs, group: np.ndarray, weight: Longs, size: int) -> Longs:
    """Sum per slot of the heaviest weight of each different group."""
    if not len(slots):
        return np.zeros(size, np.int64)
    wide = int(group.max()) + 1
    keys = (slots * wide + group) * (FULL_WEIGHT + 1) + weight
    keys = np.sort(keys)
    last = np.append(keys[1:] // (FULL_WEIGHT + 1) != keys[:-1] // (FULL_WEIGHT + 1), True)
    chosen = keys[last]
    pairs, best = chosen // (FULL_WEIGHT + 1), chosen % (FULL_WEIGHT + 1)
    return np.bincount(pairs // wide, best, minlength=size).astype(np.int64)
