"""When claims were, as far as it is known, and the periods in which they lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import numpy as np

from graph.dates import PRECISIONS, text_of
from graph.projection.columns import NO_DAY
from graph.projection.index import Longs
from graph.projection.snapshot import Snapshot

Bucket = Literal["month", "week", "day", "year"]

ROUGHEST: Mapping[str, int] = MappingProxyType({"day": 0, "week": 0, "month": 1, "year": 2})
"""The roughest precision (an index of `PRECISIONS`) that lies within one period, which is also the form in
which the period is written: a week is written as its first day."""
_MONTHS = np.array([0, 1, 12, 120, 1200])
"""How many months a date of each precision spans."""
_EPOCH = 719_163
"""The day number of 1970-01-01, from which numpy counts; its calendar is the same proleptic one."""


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """When claims were, per claim: first day (`NO_DAY`: not known) and precision."""

    first: Longs
    precision: Longs


def times_of(snapshot: Snapshot, rows: Longs) -> Times:
    """A claim counts with its date, one without at the begin of its validity."""
    columns = snapshot.columns
    written = columns.date_from[rows] != NO_DAY
    first = np.where(written, columns.date_from[rows], columns.valid_from[rows])
    precision = np.where(written, columns.date_precision[rows], columns.valid_from_precision[rows])
    return Times(first.astype(np.int64), precision.astype(np.int64))


def months_of(times: Times) -> Times:
    """The months in which days lie; what is known no better than a month stays as it is."""
    fine = times.precision < ROUGHEST["month"]
    first = times.first.copy()
    first[fine] = begin_of(times.first[fine], "month")
    return Times(first, np.maximum(times.precision, ROUGHEST["month"]))


def begin_of(days: Longs, bucket: Bucket) -> Longs:
    """The first day of the period that each day lies in; day number 1 is a Monday."""
    if bucket == "day":
        return days
    if bucket == "week":
        return days - (days - 1) % 7
    return _number(_calendar(days).astype("M8[M]" if bucket == "month" else "M8[Y]"))


def last_of(times: Times) -> Longs:
    """The last day of dates."""
    months = _calendar(times.first).astype("M8[M]") + _MONTHS[times.precision]
    return np.where(times.precision == 0, times.first, _number(months) - 1)


def text_at(first: int, precision: int) -> str:
    """A period as the partial date that begins on this day."""
    return text_of(first, PRECISIONS[precision])


def _calendar(days: Longs) -> np.ndarray[Any, np.dtype[np.datetime64]]:
    return (days - _EPOCH).astype("M8[D]")


def _number(dates: np.ndarray[Any, np.dtype[np.datetime64]]) -> Longs:
    """Day numbers of the first days of dates."""
    return dates.astype("M8[D]").astype(np.int64) + _EPOCH
