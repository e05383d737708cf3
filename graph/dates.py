"""Partial dates: what is known of a day, as written, and the range of days it may be.

Only a strict form of our own is read, so that no date is ever moved to another day by a helpful parser:
`2025`, `2025-03`, `2025-03-07`, a minus in front for years before our era (`-0431`, astronomical: the year
0000 exists), `195X` for a decade and `18XX` for a century.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

Precision = Literal["day", "month", "year", "decade", "century"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)

_PLAIN = re.compile(r"(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_ROUGH = re.compile(r"(?:([0-9]{3})X|([0-9]{2})XX)")
_CYCLE_DAYS = 146_097
"""Days of 400 Gregorian years, after which the calendar repeats."""
_LAST_NATIVE = dt.date.max.toordinal()


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as written with its bounds.

    `first` and `last` are day numbers of the proleptic Gregorian calendar, both inclusive, 1 = 0001-01-01 as
    in `datetime.date.toordinal`; they may be 0 or less.
    """

    text: str
    precision: Precision
    first: int
    last: int


@lru_cache(maxsize=8192)
def parse_date(text: str) -> PartialDate:
    """The partial date that `text` writes.

    Raises: ValueError with one sentence, when the form is not ours or no such day exists.
    """
    if match := _PLAIN.fullmatch(text):
        return _plain(text, *match.groups())
    if match := _ROUGH.fullmatch(text):
        decade, century = match.groups()
        if decade is not None:
            return PartialDate(
                text, "decade", _day(int(decade) * 10, 1, 1), _day(int(decade) * 10 + 9, 12, 31)
            )
        return PartialDate(
            text, "century", _day(int(century) * 100, 1, 1), _day(int(century) * 100 + 99, 12, 31)
        )
    shown = text if len(text) <= 40 else text[:40] + "…"
    raise ValueError(f"{shown!r} is not a date of the form 2025, 2025-03, 2025-03-07, 195X, 18XX or -0431")


def as_dates(date: PartialDate) -> tuple[dt.date | None, dt.date | None]:
    """First and last day as native dates; each is None where it lies outside the years 1 to 9999."""
    return _native(date.first), _native(date.last)


def text_of(first: int, precision: Precision) -> str:
    """The text of the partial date of this precision that begins on day number `first`.

    Raises: ValueError when a decade or century before the year 0 is asked for: they have no written form.
    """
    cycles, rest = divmod(first - 1, _CYCLE_DAYS)
    day = dt.date.fromordinal(rest + 1)
    year = day.year + 400 * cycles
    if precision in ("decade", "century"):
        if year < 0:
            raise ValueError(f"a {precision} before the year 0 has no written form")
        return f"{year // 10:03d}X" if precision == "decade" else f"{year // 100:02d}XX"
    written = f"{year:04d}" if year >= 0 else f"-{-year:04d}"
    if precision == "year":
        return written
    return (
        f"{written}-{day.month:02d}" if precision == "month" else f"{written}-{day.month:02d}-{day.day:02d}"
    )


def _plain(text: str, year_text: str, month_text: str | None, day_text: str | None) -> PartialDate:
    if year_text == "-0000":
        raise ValueError(f"{text!r} is not a date: the year 0 is written 0000")
    year = int(year_text)
    if month_text is None:
        return PartialDate(text, "year", _day(year, 1, 1), _day(year, 12, 31))
    month = int(month_text)
    if not 1 <= month <= 12:
        raise ValueError(f"{text!r} is not a date: there is no month {month_text}")
    length = _month_length(year, month)
    if day_text is None:
        return PartialDate(text, "month", _day(year, month, 1), _day(year, month, length))
    day = int(day_text)
    if not 1 <= day <= length:
        raise ValueError(f"{text!r} is not a date: {month_name[month]} {year_text} has {length} days")
    return PartialDate(text, "day", _day(year, month, day), _day(year, month, day))


def _in_cycle(year: int) -> tuple[int, int]:
    """The year of the first 400 that has the same calendar, and how many cycles of 400 lie between."""
    cycles, rest = divmod(year - 1, 400)
    return rest + 1, cycles


def _month_length(year: int, month: int) -> int:
    return monthrange(_in_cycle(year)[0], month)[1]


def _day(year: int, month: int, day: int) -> int:
    same, cycles = _in_cycle(year)
    return dt.date(same, month, day).toordinal() + cycles * _CYCLE_DAYS


def _native(day: int) -> dt.date | None:
    return dt.date.fromordinal(day) if 1 <= day <= _LAST_NATIVE else None
