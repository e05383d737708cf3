"""Partial dates: what is read, what is refused, and that bounds and text agree."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates import Precision, as_dates, parse_date, text_of

YEARS = st.integers(-9999, 9999).map(lambda year: f"{year:04d}" if year >= 0 else f"-{-year:04d}")
MONTHS = st.integers(1, 12).map(lambda month: f"{month:02d}")
DAYS = st.integers(1, 28).map(lambda day: f"{day:02d}")
DATES = st.one_of(
    YEARS,
    st.tuples(YEARS, MONTHS).map("-".join),
    st.tuples(YEARS, MONTHS, DAYS).map("-".join),
    st.integers(0, 999).map(lambda decade: f"{decade:03d}X"),
    st.integers(0, 99).map(lambda century: f"{century:02d}XX"),
)


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2025", "year", "2025-01-01", "2025-12-31"),
        ("2025-03", "month", "2025-03-01", "2025-03-31"),
        ("2025-03-07", "day", "2025-03-07", "2025-03-07"),
        ("2024-02", "month", "2024-02-01", "2024-02-29"),
        ("1900-02", "month", "1900-02-01", "1900-02-28"),
        ("195X", "decade", "1950-01-01", "1959-12-31"),
        ("18XX", "century", "1800-01-01", "1899-12-31"),
    ],
)
def test_a_partial_date_has_its_bounds(text: str, precision: str, first: str, last: str) -> None:
    date = parse_date(text)

    assert date.precision == precision
    assert as_dates(date) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def test_day_numbers_go_on_below_the_first_year() -> None:
    assert parse_date("0001-01-01").first == 1
    assert parse_date("0000-12-31").first == 0
    assert parse_date("0000").last - parse_date("0000").first == 365, "the year 0 is a leap year"
    assert parse_date("-0001").last == parse_date("0000").first - 1


def test_years_before_our_era_have_no_native_dates() -> None:
    assert as_dates(parse_date("-0431")) == (None, None)
    assert as_dates(parse_date("00XX")) == (None, dt.date(99, 12, 31)), "each bound on its own"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2025-02-30", "February 2025 has 28 days"),
        ("2025-02-00", "28 days"),
        ("2025-13", "no month 13"),
        ("2025-00", "no month 00"),
        ("0307-13047-09", "form"),
        ("12025", "form"),
        ("２０２５", "form"),
        ("٢٠٢٥", "form"),
        ("2025-W10", "form"),
        ("03/04/2025", "form"),
        ("2025-3-7", "form"),
        ("20250307", "form"),
        ("2025-03-07T10:00", "form"),
        ("2025\n", "form"),
        (" 2025", "form"),
        ("18xx", "form"),
        ("-18XX", "form"),
        ("1XXX", "form"),
        ("-0000", "written 0000"),
        ("", "form"),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(text: str, part: str) -> None:
    with pytest.raises(ValueError, match=part) as caught:
        parse_date(text)

    assert "\n" not in str(caught.value)
    assert repr(text) in str(caught.value)


@given(DATES.filter(lambda text: not text.startswith("-0000")))
def test_the_text_of_the_first_day_is_the_date_again(text: str) -> None:
    date = parse_date(text)

    assert text_of(date.first, date.precision) == text
    assert date.first <= date.last


@given(st.text(max_size=14) | st.text("0123456789-X", max_size=11))
def test_any_other_text_raises_nothing_but_a_value_error(text: str) -> None:
    try:
        date = parse_date(text)
    except ValueError:
        return

    assert text_of(date.first, date.precision) == text


@given(st.dates())
def test_native_days_have_pythons_own_number(day: dt.date) -> None:
    date = parse_date(day.isoformat())

    assert date.first == date.last == day.toordinal()
    assert as_dates(date) == (day, day)


@pytest.mark.parametrize("precision", ["decade", "century"])
def test_decades_before_the_year_zero_have_no_text(precision: Precision) -> None:
    with pytest.raises(ValueError, match="no written form"):
        text_of(parse_date("-0431").first, precision)
