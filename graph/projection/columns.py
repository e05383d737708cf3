"""The claims as columns of numbers: what structure questions need of them and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.dates import PRECISIONS, parse_date
from graph.ids import external_claim_id
from graph.model import EXTERNAL_DATASET, STATUSES

Ints = NDArray[np.int32]
Bytes = NDArray[np.uint8]

NO_DAY = np.iinfo(np.int32).min
"""Day number of a date that is not known."""

HASHED_PREFIXES: tuple[str, ...] = ("c_", "x_")
GIVEN_ID = len(HASHED_PREFIXES)
"""Value of `id_form` for an id that the data brought: its text stands in `given_ids`."""


class ClaimRow(NamedTuple):
    """One claim as the store returns it for the projection; dates as written."""

    subject: str
    type: str
    object: str
    id: str | None
    status: str | None
    date: str | None
    valid_from: str | None
    valid_to: str | None
    source: str | None
    dataset: str | None
    attributed_to: str | None
    attributed_to_id: str | None
    load_id: str | None = None
    recorded_at: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ClaimColumns:
    """One row per claim; all arrays have the same length.

    `subject`, `object` index the actors (in order of id), `type`, `source`, `dataset`, `speaker`, `load`
    their lookup tuples (speaker -1: not attributed; load -1: written by hand). Days are numbers of the
    proleptic calendar or `NO_DAY`; precisions index `dates.PRECISIONS`. `id_high`, `id_low` hold the 128
    bits of hashed ids. A load is its id and, as written, when it was recorded.
    """

    subject: Ints
    object: Ints
    type: Ints
    status: Bytes
    date_from: Ints
    date_to: Ints
    date_precision: Bytes
    valid_from: Ints
    valid_from_precision: Bytes
    valid_to: Ints
    valid_to_precision: Bytes
    source: Ints
    dataset: Ints
    speaker: Ints
    id_form: Bytes
    load: Ints
    id_high: NDArray[np.uint64]
    id_low: NDArray[np.uint64]
    types: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    datasets: tuple[str, ...]
    speakers: tuple[tuple[str, str | None], ...]
    loads: tuple[tuple[str, str | None], ...]
    given_ids: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.subject)

    def claim_id(self, row: int) -> str:
        """The text of a claim's id."""
        form = int(self.id_form[row])
        if form == GIVEN_ID:
            return self.given_ids[int(self.id_low[row])]
        return f"{HASHED_PREFIXES[form]}{int(self.id_high[row]):016x}{int(self.id_low[row]):016x}"

    def dated(self) -> NDArray[np.bool_]:
        """Which claims have a date or a validity."""
        known: NDArray[np.bool_] = (
            (self.date_from != NO_DAY) | (self.valid_from != NO_DAY) | (self.valid_to != NO_DAY)
        )
        return known


class ColumnsBuilder:
    """Turns rows of the store into columns, a batch at a time."""

    def __init__(self, actor_index: dict[str, int]) -> None:
        self._actors = actor_index
        self._types: dict[str, int] = {}
        self._sources: dict[tuple[str, str], int] = {}
        self._datasets: dict[str, int] = {}
        self._speakers: dict[tuple[str, str | None], int] = {}
        self._loads: dict[tuple[str, str | None], int] = {}
        self._given: dict[str, int] = {}
        self._external: set[str] = set()
        self._days: dict[str | None, tuple[int, int, int]] = {None: (NO_DAY, NO_DAY, 0)}
        self._parts: list[tuple[Ints, NDArray[np.uint64]]] = []

    def add(self, rows: Sequence[ClaimRow]) -> None:
        """Take in rows; those with an end that is no actor of the table are left out, as is a second
        hand-written relationship that says exactly the same."""
        kept = [row for row in map(self._identified, rows) if row is not None]
        if not kept:
            return
        (
            subject, type_, object_, ids, status, date, valid_from, valid_to, source, dataset, by, by_id,
            load, recorded,
        ) = zip(*kept, strict=True)  # fmt: skip
        days = [self._day(text) for text in date]
        starts = [self._day(text) for text in valid_from]
        ends = [self._day(text) for text in valid_to]
        names = [name or EXTERNAL_DATASET for name in dataset]
        keys = [self._id(text) for text in ids]
        numbers = (
            [self._actors[a] for a in subject],
            [self._actors[a] for a in object_],
            [self._types.setdefault(t, len(self._types)) for t in type_],
            [STATUS_NUMBER.get(s, 0) for s in status],
            [d[0] for d in days],
            [d[1] for d in days],
            [d[2] for d in days],
            [d[0] for d in starts],
            [d[2] for d in starts],
            [d[1] for d in ends],
            [d[2] for d in ends],
            [
                self._sources.setdefault((n, s or n), len(self._sources))
                for n, s in zip(names, source, strict=True)
            ],
            [self._datasets.setdefault(n, len(self._datasets)) for n in names],
            [_place(self._speakers, pair) for pair in zip(by, by_id, strict=True)],
            [k[0] for k in keys],
            [_place(self._loads, pair) for pair in zip(load, recorded, strict=True)],
        )
        wide = np.array([[k[1] for k in keys], [k[2] for k in keys]], dtype=np.uint64)
        self._parts.append((np.array(numbers, dtype=np.int32), wide))

    def build(self) -> ClaimColumns:
        """The columns of everything taken in."""
        count = len(COLUMN_NAMES)
        numbers = np.concatenate([p[0] for p in self._parts] or [np.empty((count, 0), np.int32)], axis=1)
        wide = np.concatenate([p[1] for p in self._parts] or [np.empty((2, 0), np.uint64)], axis=1)
        narrow = {3, 6, 8, 10, 14}
        columns = [numbers[i].astype(np.uint8 if i in narrow else np.int32) for i in range(count)]
        named = dict(zip(COLUMN_NAMES, columns, strict=True))
        return ClaimColumns(
            **named,
            id_high=wide[0],
            id_low=wide[1],
            types=tuple(self._types),
            sources=tuple(self._sources),
            datasets=tuple(self._datasets),
            speakers=tuple(self._speakers),
            loads=tuple(self._loads),
            given_ids=tuple(self._given),
        )

    def _identified(self, row: ClaimRow) -> ClaimRow | None:
        if row.subject not in self._actors or row.object not in self._actors:
            return None
        if row.id is not None:
            return row
        details = (row.status, row.date, row.valid_from, row.valid_to, row.source, row.attributed_to)
        derived = external_claim_id(row.subject, row.type, row.object, details)
        if derived in self._external:
            return None
        self._external.add(derived)
        return row._replace(id=derived)

    def _day(self, text: str | None) -> tuple[int, int, int]:
        known = self._days.get(text)
        if known is None:
            known = self._days[text] = _bounds(text or "")
        return known

    def _id(self, text: str | None) -> tuple[int, int, int]:
        given = text or ""
        prefix, digits = given[:2], given[2:]
        if prefix in HASHED_PREFIXES and len(digits) == 32 and not set(digits) - HEX_DIGITS:
            return HASHED_PREFIXES.index(prefix), int(digits[:16], 16), int(digits[16:], 16)
        return GIVEN_ID, 0, self._given.setdefault(given, len(self._given))


COLUMN_NAMES: tuple[str, ...] = (
    "subject", "object", "type", "status", "date_from", "date_to", "date_precision", "valid_from",
    "valid_from_precision", "valid_to", "valid_to_precision", "source", "dataset", "speaker", "id_form",
    "load",
)  # fmt: skip
STATUS_NUMBER: Mapping[str | None, int] = {status: number for number, status in enumerate(STATUSES)}
HEX_DIGITS = frozenset("0123456789abcdef")


def _place(table: dict[tuple[str, str | None], int], pair: tuple[str | None, str | None]) -> int:
    """Where a pair stands in a lookup table that grows; -1 where its first part is not known."""
    known, detail = pair
    return -1 if known is None else table.setdefault((known, detail), len(table))


def _bounds(text: str) -> tuple[int, int, int]:
    """First day, last day and precision of a written date; what somebody wrote by hand and is no date counts
    as undated, because a reader must not fail on it."""
    try:
        date = parse_date(text)
    except ValueError:
        return NO_DAY, NO_DAY, 0
    return date.first, date.last, PRECISIONS.index(date.precision)
