"""A path in words: one sentence per hop, and which hop carries least.

Nothing is said that is not in a claim or a count of claims: the sentence is the template of the type with the
names of the leading claim, then its date, who says so, how firmly, and how many other claims join the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.dates import PRECISIONS, text_of
from graph.model import STATUSES, Sentence, Weakest
from graph.projection.columns import NO_DAY, Bytes, Ints
from graph.projection.index import Longs, distinct
from graph.projection.snapshot import Snapshot
from graph.projection.ties import last_days
from graph.questions.summaries import name_of_relation

MOST_NAMED = 20
"""Claims that a sentence names by id; it counts them all."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Rows of the claims of one hop: those of its leading relation first, in it the leading claim."""

    rows: Longs

    @property
    def leading(self) -> int:
        """The row of the claim that the sentence is made of."""
        return int(self.rows[0])


def evidence_of(snapshot: Snapshot, rows: Longs) -> Evidence:
    """The claims of a hop in the order they are told: uncontested before contested, asserted before others,
    more sources of the relation first, latest first, then by id."""
    if len(rows) == 1:
        return Evidence(rows)
    columns, relations = snapshot.columns, snapshot.relations
    of = relations.relation_of[rows].astype(np.int64)
    contested = relations.opposed[of] >= 0
    firm = columns.status[rows] == STATUSES.index("asserted")
    wide = max(len(columns.sources), 1)
    pairs = distinct(of * wide + columns.source[rows]) // wide
    numbers, counts = np.unique(pairs, return_counts=True)
    sources = counts[np.searchsorted(numbers, of)]
    order = np.lexsort((snapshot.id_rank[rows], -last_days(snapshot, rows), -sources, ~firm, contested))
    return Evidence(rows[order])


def sentence(snapshot: Snapshot, evidence: Evidence, step: tuple[int, int], number: int) -> Sentence:
    """The hop in one sentence with the number of its footnote, and the claims it rests on.

    A symmetric relation is told in the direction of the `step`, which is how a path is read.
    """
    columns, row = snapshot.columns, evidence.leading
    symmetric = bool(snapshot.symmetric[columns.type[row]])
    ends = step if symmetric else (int(columns.subject[row]), int(columns.object[row]))
    names = [snapshot.actors[n].name for n in ends]
    told = snapshot.vocabulary.sentence(columns.types[columns.type[row]], *names).removesuffix(".")
    notes = [*_how(snapshot, row), *_besides(snapshot, evidence)]
    noted = f" ({'; '.join(notes)})" if notes else ""
    claims = tuple(columns.claim_id(row) for row in evidence.rows[:MOST_NAMED].tolist())
    relation = name_of_relation(snapshot, int(snapshot.relations.relation_of[row]))
    return Sentence(f"{told}{noted} [{number}].", claims, number, len(evidence.rows), relation)


def _how(snapshot: Snapshot, row: int) -> list[str]:
    """When, who says so, how firmly, and whether somebody denies it."""
    columns = snapshot.columns
    notes = [when(snapshot, row)] if when(snapshot, row) else []
    if columns.speaker[row] >= 0:
        notes.append(f"according to {columns.speakers[columns.speaker[row]][0]}")
    if STATUSES[columns.status[row]] != "asserted":
        notes.append(STATUSES[columns.status[row]])
    if snapshot.relations.opposed[snapshot.relations.relation_of[row]] >= 0:
        notes.append("contested")
    return notes


def _besides(snapshot: Snapshot, evidence: Evidence) -> list[str]:
    """How much else joins the two."""
    others = len(evidence.rows) - 1
    if not others:
        return []
    sources = len(distinct(snapshot.columns.source[evidence.rows].astype(np.int64)))
    counted = f"{others} further claim{'s' if others > 1 else ''}"
    return [counted + (f", {sources} sources" if sources > 1 else "")]


def when(snapshot: Snapshot, row: int) -> str:
    """The date of a claim as far as it is known, else how long it held; empty where neither is known."""
    columns = snapshot.columns
    written = _day(columns.date_from, columns.date_precision, row)
    if written:
        return written
    begin = _day(columns.valid_from, columns.valid_from_precision, row)
    # The columns hold the last day of an end; its text begins where its period begins.
    end = _day(columns.valid_to, columns.valid_to_precision, row)
    return period(begin, end)


def period(begin: str | None, end: str | None) -> str:
    """How long something held, in words; empty where neither end is known."""
    if begin and end:
        return f"{begin} to {end}"
    return f"from {begin}" if begin else f"until {end}" if end else ""


def _day(days: Ints, precisions: Bytes, row: int) -> str:
    return "" if days[row] == NO_DAY else text_of(int(days[row]), PRECISIONS[precisions[row]])


def weakest(snapshot: Snapshot, hops: Sequence[Evidence]) -> Weakest | None:
    """The hop that carries least, the first of equal ones: one that nobody asserts before one that is
    asserted, then one whose every relation is contested, then the one with fewest sources, then the one that
    is undated or whose last day is the earliest.

    The reasons are those of `alleged` (or `promised`, `threatened`), `contested`, `single source`, `undated`,
    `oldest` that hold for it; None where none does.
    """
    if not hops:
        return None
    weights = [_weight(snapshot, hop) for hop in hops]
    worst = max(range(len(hops)), key=lambda at: (weights[at], -at))
    status, contested, sources, age = weights[worst]
    days = [weight[3] for weight in weights]
    reasons = [
        name
        for name, holds in (
            (STATUSES[status], status > 0),
            ("contested", contested),
            ("single source", sources == -1),
            ("undated", age == UNDATED),
            ("oldest", age != UNDATED and len(hops) > 1 and days.count(age) == 1 and age == max(days)),
        )
        if holds
    ]
    return Weakest(worst, tuple(reasons), weights.count(weights[worst])) if reasons else None


UNDATED = 1 << 40


def _weight(snapshot: Snapshot, hop: Evidence) -> tuple[int, bool, int, int]:
    """Firmest status, whether all is contested, fewer sources, older: the larger, the weaker."""
    columns, relations = snapshot.columns, snapshot.relations
    firmest = int(columns.status[hop.rows].min())
    contested = bool((relations.opposed[relations.relation_of[hop.rows]] >= 0).all())
    sources = len(distinct(columns.source[hop.rows].astype(np.int64)))
    latest = int(last_days(snapshot, hop.rows).max())
    return firmest, contested, -sources, UNDATED if latest == NO_DAY else -latest
