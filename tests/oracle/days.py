"""Partial dates as day numbers by counting: the first and last day a written date can mean."""

from __future__ import annotations

from functools import cache

LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    return LENGTHS[month - 1] + (month == 2 and leap(year))


def day_number(year: int, month: int, day: int) -> int:
    """Day of the proleptic Gregorian calendar; 1 is 0001-01-01, the day before it is 0."""
    before = year - 1
    days = 365 * before + before // 4 - before // 100 + before // 400
    return days + sum(month_length(year, earlier) for earlier in range(1, month)) + day


@cache
def bounds(text: str) -> tuple[int, int]:
    """First and last day of `2025`, `2025-03`, `2025-03-07`, `202X`, `20XX` or `-0431`."""
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    year_text, *rest = digits.split("-")
    unknown = 10 ** year_text.count("X")
    first_year = sign * int(year_text.replace("X", "0"))
    last_year = first_year + unknown - 1
    first_month, last_month = (int(rest[0]), int(rest[0])) if rest else (1, 12)
    first, last = (int(rest[1]),) * 2 if len(rest) > 1 else (1, month_length(last_year, last_month))
    return day_number(first_year, first_month, first), day_number(last_year, last_month, last)


def day_from(text: str) -> int:
    return bounds(text)[0]


def day_to(text: str) -> int:
    return bounds(text)[1]


def roughness(text: str) -> int:
    """0 for a day, 1 for a month, 2 for a year, 3 for a decade, 4 for a century."""
    if "X" in text:
        return 2 + text.count("X")
    return 2 - text.removeprefix("-").count("-")


def written(day: int) -> str:
    """The day as a date is written."""
    year = day // 366
    while day_number(year + 1, 1, 1) <= day:
        year += 1
    while day_number(year, 1, 1) > day:
        year -= 1
    month = max(m for m in range(1, 13) if day_number(year, m, 1) <= day)
    number = day - day_number(year, month, 1) + 1
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{number:02d}"
