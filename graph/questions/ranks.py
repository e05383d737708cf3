"""Ranks: what makes one path better than another, as whole costs of steps and of the actors passed."""

from __future__ import annotations

import math
from typing import Literal, get_args

import numpy as np

from graph.filters import Filter
from graph.model import STATUSES
from graph.projection.columns import NO_DAY
from graph.projection.filled import Filled
from graph.projection.index import Longs, mask_of
from graph.projection.snapshot import Snapshot
from graph.projection.ties import Support, degrees_of, known_degrees, same_claims, walked_claims
from graph.questions.terrain import HOP, RANK, Costs, StepCosts

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
    is_end = mask_of(len(snapshot.actors), ends)
    degrees, support = known_degrees(snapshot, filter_), Support(snapshot, filter_)

    def passing(actors: Longs) -> Longs:
        (cost,) = degrees.at(actors)
        if rank == "specific":
            cost = cost + RANK * rarities(snapshot, filter_, actors)
        return np.where(is_end[actors], 0, cost)

    def stepping(slots: Longs) -> StepCosts:
        sources, latest = support.at(slots)
        primary = np.full(len(slots), HOP)
        if rank == "strongest":
            primary += RANK * weakness(snapshot, filter_, slots)
        secondary = (MOST_SOURCES - np.minimum(sources, MOST_SOURCES)) * DAY_SPAN + age(latest)
        return StepCosts(primary, secondary, age(latest) if rank == "recent" else None)

    return Costs(passing, stepping)


def age(latest: Longs) -> Longs:
    """Days from the last day of a step to a day after all; undated is older than everything."""
    return np.where(latest == NO_DAY, UNKNOWN_AGE, LAST_DAY - latest)


def rarities(snapshot: Snapshot, filter_: Filter, actors: Longs) -> Longs:
    """What passing each of these actors costs under `specific`."""

    def find(asked: Longs) -> tuple[Longs]:
        values, places = np.unique(degrees_of(snapshot, filter_, asked), return_inverse=True)
        return (np.array([rarity(int(n)) for n in values], np.int64)[places],)

    known = snapshot.kept("rarity", filter_, lambda: Filled(len(snapshot.actors), find))
    return known.at(actors)[0]


def rarity(neighbours: int) -> int:
    """What passing an actor with so many neighbours costs under `specific`."""
    return round(1000 * math.log2(1 + neighbours))


def weakness(snapshot: Snapshot, filter_: Filter, slots: Longs) -> Longs:
    """What steps over these slots cost under `strongest`: 4,000,000 // evidence."""
    size = len(snapshot.relations.slot_to)
    known = snapshot.kept(
        "evidence", filter_, lambda: Filled(size, lambda asked: (_evidence(snapshot, filter_, asked),))
    )
    evidence = known.at(same_claims(snapshot, filter_, slots))[0]
    return WEAK * FULL_WEIGHT // np.maximum(evidence, 1)


def _evidence(snapshot: Snapshot, filter_: Filter, slots: Longs) -> Longs:
    """Evidence of each slot in quarters: every source counts with the heaviest claim it has there.

    With one source in the whole graph every voice counts so (whom the claim is attributed to, or the source
    itself), and every claim with its weight besides.
    """
    columns, relations = snapshot.columns, snapshot.relations
    rows, of = walked_claims(snapshot, filter_, slots)
    weight = np.where(columns.status[rows] == STATUSES.index("asserted"), FULL_WEIGHT, FULL_WEIGHT // 2)
    weight = np.where(relations.opposed[relations.relation_of[rows]] >= 0, weight // 2, weight)
    if not snapshot.single_source:
        return _heaviest(of, columns.source[rows], weight, len(slots))
    evidence = _heaviest(of, _voices(snapshot)[columns.speaker[rows]], weight, len(slots))
    return evidence + np.bincount(of, weight, minlength=len(slots)).astype(np.int64)


def _voices(snapshot: Snapshot) -> Longs:
    """A number for each speaker by the words alone; the last place stands for the source itself."""

    def make() -> Longs:
        numbers: dict[str, int] = {}
        named = [numbers.setdefault(text, len(numbers)) for text, _ in snapshot.columns.speakers]
        return np.array([*named, len(numbers)], np.int64)

    return snapshot.kept("voices", Filter(), make)


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
